package stack

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// ErrNotRunning says that no embedded stack runs on the data folder.
var ErrNotRunning = errors.New("no embedded stack is running")

// Description tells where the parts of a running stack are. Its files are readable by the data
// folder's owner only.
type Description struct {
	// PostgresURL is the product's database with its role and password, for pgx.
	PostgresURL string `json:"postgresURL"`
	// TemporalAddress is the host:port of Temporal's frontend, which asks for a client certificate.
	TemporalAddress string `json:"temporalAddress"`
	// TemporalNamespace is the namespace made for the product.
	TemporalNamespace string `json:"temporalNamespace"`
	// TemporalTLS is what a client needs to be let in.
	TemporalTLS TLSFiles `json:"temporalTLS"`
	// PIDs are the process ids at the moment of reading.
	PIDs ProcessIDs `json:"pids"`

	data string
}

// TLSFiles are paths of PEM files, and the name in the certificate that the frontend shows.
type TLSFiles struct {
	CA         string `json:"ca"`
	Cert       string `json:"cert"`
	Key        string `json:"key"`
	ServerName string `json:"serverName"`
}

// ProcessIDs are the processes of a stack; 0 is one that is being started again.
type ProcessIDs struct {
	Supervisor int `json:"supervisor"`
	Postgres   int `json:"postgres"`
	Temporal   int `json:"temporal"`
}

// Read answers where the stack that runs on a data folder is. The error matches ErrNotRunning where
// none runs, or not yet, though an earlier one may have left its description there.
func Read(data string) (*Description, error) {
	running, err := locked(filepath.Join(data, "lock"))
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	content, err := os.ReadFile(filepath.Join(data, "stack.json"))
	if errors.Is(err, os.ErrNotExist) || !running {
		return nil, fmt.Errorf("%w on %s", ErrNotRunning, data)
	}
	if err != nil {
		return nil, fmt.Errorf("description of the stack: %w", err)
	}
	var description Description
	if err := json.Unmarshal(content, &description); err != nil {
		return nil, fmt.Errorf("description of the stack in %s: %w", data, err)
	}
	description.data = data
	return &description, nil
}

// Data is the data folder.
func (d *Description) Data() string { return d.data }

// SuperuserURL is a database of the stack as seen by its superuser: for tests that make databases
// of their own, and for backups. The product has no use for it.
func (d *Description) SuperuserURL(database string) (string, error) {
	password, err := os.ReadFile(filepath.Join(d.data, "secrets", "postgres"))
	if err != nil {
		return "", fmt.Errorf("password of the superuser: %w", err)
	}
	return d.databaseURL("postgres", strings.TrimSpace(string(password)), database)
}

// locked answers whether a process holds the lock file. Asking holds it shared for an instant, for
// which a starting stack waits.
func locked(path string) (bool, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }()
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return true, nil
	}
	return false, err
}
