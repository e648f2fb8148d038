package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchCommand struct {
	Lifecycle benchLifecycleCommand `cmd:"" help:"Cases from registration to closure over GraphQL, next to the bare toy workflow."`
}

type benchLifecycleCommand struct {
	Clients []int         `default:"16,50" help:"Numbers of clients to measure with."`
	Lasting time.Duration `default:"20s" help:"How long each measurement goes on."`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchLifecycleCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	folder, err := os.MkdirTemp("", "tiaochu-bench-")
	if err != nil {
		return fmt.Errorf("make a folder for the measurement: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	data := filepath.Join(folder, "data")
	url, stop, err := startMachine(ctx, data)
	if err != nil {
		return err
	}
	defer stop()
	measured := *settings
	measured.Data, measured.TokenKeyFile, measured.PostgresURL, measured.TemporalAddress = data, "", "", ""
	reached, err := reach(&measured)
	if err != nil {
		return err
	}
	temporal, err := dialTemporal(reached, hclog.NewNullLogger())
	if err != nil {
		return err
	}
	defer temporal.Close()
	key, err := api.TokenKey(measured.TokenKeyPath())
	if err != nil {
		return err
	}
	return bench.Lifecycle(ctx, bench.LifecycleOptions{
		URL:         url,
		SignIn:      func(personID string) (string, error) { return api.IssueToken(key, personID, time.Hour) },
		Temporal:    temporal,
		PostgresURL: reached.PostgresURL,
		Clients:     c.Clients,
		Lasting:     c.Lasting,
		Out:         stdout,
	})
}

// startMachine runs `tiaochu dev` on a folder and returns where its API is.
func startMachine(ctx context.Context, data string) (url string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, fmt.Errorf("find this binary: %w", err)
	}
	machine := exec.Command(self, "dev", "--data="+data, "--listen=127.0.0.1:0", "--log-level=error")
	machine.Stderr = os.Stderr
	if err := machine.Start(); err != nil {
		return "", nil, fmt.Errorf("start a stack to measure: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- machine.Wait() }()
	stop = func() {
		_ = machine.Process.Signal(syscall.SIGTERM)
		if err := <-ended; err != nil {
			fmt.Fprintln(os.Stderr, "the measured stack ended badly:", err)
		}
	}
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		var now processes
		if raw, err := os.ReadFile(filepath.Join(data, processesFile)); err == nil && json.Unmarshal(raw, &now) == nil && now.URL != "" {
			return now.URL, stop, nil
		}
		select {
		case <-ctx.Done():
			stop()
			return "", nil, context.Cause(ctx)
		case err := <-ended:
			return "", nil, fmt.Errorf("the stack to measure ended: %w", err)
		case <-look.C:
		}
	}
}
