package main

import (
	"bytes"
	"encoding/json"
	"os"
)

// description is what a client needs to find the stack: the line on stdout, and stack.json of the
// data folder while the stack runs.
type description struct {
	PostgresURL       string         `json:"postgresURL"`
	TemporalAddress   string         `json:"temporalAddress"`
	TemporalNamespace string         `json:"temporalNamespace"`
	TemporalTLS       tlsDescription `json:"temporalTLS"`
	PIDs              processIDs     `json:"pids"`
}

type tlsDescription struct {
	CA         string `json:"ca"`
	Cert       string `json:"cert"`
	Key        string `json:"key"`
	ServerName string `json:"serverName"`
}

// processIDs are 0 for a process that is being restarted.
type processIDs struct {
	Supervisor int `json:"supervisor"`
	Postgres   int `json:"postgres"`
	Temporal   int `json:"temporal"`
}

const descriptionFile = "stack.json"

// publish writes stack.json and answers the same as one line.
func (d description) publish(f *folder) ([]byte, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line) // ends it with a newline
	encoder.SetEscapeHTML(false)      // the URL's & is for people and shells too
	if err := encoder.Encode(d); err != nil {
		return nil, err
	}
	return line.Bytes(), f.writeAtomically(descriptionFile, line.Bytes())
}

func withdrawDescription(f *folder) { _ = os.Remove(f.file(descriptionFile)) }
