package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/config"
)

// errNotReady is wrapped by the error of `tiaochu health` when the process answers, but not
// that it is ready.
var errNotReady = errors.New("not ready")

// errNoHealthAddress says that a worker can't be asked, since it serves no health.
var errNoHealthAddress = errors.New("TIAOCHU_WORKER_LISTEN is not set: the worker serves no /readyz")

type healthCommand struct {
	Process string        `arg:"" optional:"" enum:"api,worker" default:"api" help:"Which process to ask: api (TIAOCHU_LISTEN) or worker (TIAOCHU_WORKER_LISTEN)."`
	Timeout time.Duration `default:"3s" help:"How long to wait for the answer."`
}

// Run asks /readyz once. It is the health check of a container that has no other program.
func (c *healthCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	listen := settings.Listen
	if c.Process == config.Worker {
		listen = settings.WorkerListen
	}
	if listen == "" {
		return errNoHealthAddress
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+reachable(listen)+"/readyz", http.NoBody)
	if err != nil {
		return fmt.Errorf("ask %s: %w", listen, err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask the %s: %w", c.Process, err)
	}
	defer answer.Body.Close()
	reason, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the %s at %s is %w: %s: %s", c.Process, listen, errNotReady, answer.Status, strings.TrimSpace(string(reason)))
	}
	_, err = fmt.Fprintf(stdout, "the %s at %s is ready\n", c.Process, listen)
	return err
}

// reachable turns the address that a process listens on into one to ask it at: every address
// (0.0.0.0, ::) becomes this machine's own.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
