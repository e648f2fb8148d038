package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"go.temporal.io/sdk/temporal"
)

// buildID is set when a release is linked: -ldflags "-X main.buildID=…".
var buildID string

type versionCommand struct{}

// Run prints the id of this binary, which is also the worker build where none is configured,
// and what it was built with.
func (versionCommand) Run(stdout io.Writer) error {
	id, err := binaryBuildID()
	if err != nil {
		return err
	}
	goVersion := "unknown Go"
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
	}
	_, err = fmt.Fprintf(stdout, "tiaochu %s (%s, Temporal SDK %s)\n", id, goVersion, temporal.SDKVersion)
	return err
}

// binaryBuildID tells two builds apart, so that Temporal never takes a new worker for an old
// one: the linked id, else the commit of a clean checkout, else a digest of the binary itself.
func binaryBuildID() (string, error) {
	if buildID != "" {
		return buildID, nil
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		settings := map[string]string{}
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		if revision := settings["vcs.revision"]; len(revision) >= 12 && settings["vcs.modified"] == "false" {
			return revision[:12], nil
		}
	}
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this binary to identify its build: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("open this binary to identify its build: %w", err)
	}
	defer file.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, file); err != nil {
		return "", fmt.Errorf("read this binary to identify its build: %w", err)
	}
	return "sha256-" + hex.EncodeToString(digest.Sum(nil))[:12], nil
}
