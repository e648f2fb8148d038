package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/stack"
)

type devCommand struct {
	Embedded string `help:"The embedded stack's program; by default tiaochu-embedded beside this one." type:"path"`
}

// processesFile tells, in the data folder, which processes serve and where.
const processesFile = "processes.json"

// processes is what `tiaochu dev` writes to processesFile whenever it changes.
type processes struct {
	URL    string `json:"url"`
	Dev    int    `json:"dev"`
	API    int    `json:"api"`
	Worker int    `json:"worker"`
}

// Run starts everything on this machine, each part a process of its own so that none takes
// another down, and keeps them running until ctx ends.
func (c *devCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this binary: %w", err)
	}
	embedded := c.Embedded
	if embedded == "" {
		embedded = filepath.Join(filepath.Dir(self), "tiaochu-embedded")
	}
	listen, err := freeAddress(ctx, settings.Listen)
	if err != nil {
		return err
	}
	patience := time.Duration(0)
	if orphaned(settings.Data) {
		patience = orphanPatience
	}
	if err := awaitFree(ctx, listen, patience); err != nil {
		return err
	}
	began := time.Now()
	running, err := startStack(ctx, stack.Options{
		Data:           settings.Data,
		EmbeddedBinary: embedded,
		PostgresPort:   settings.PostgresPort,
		TemporalPort:   settings.TemporalPort,
		// The API's and the worker's pool, and as much again for imports and tools.
		ProductConnections: 4 * settings.PostgresPool,
		Logger:             logger.Named("stack"),
	})
	if err != nil {
		return err
	}
	defer func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), settings.ShutdownTimeout)
		defer cancel()
		if err := running.Stop(ending); err != nil {
			logger.Error("the stack did not stop cleanly", "error", err)
		}
	}()
	if err := (&migrateCommand{Development: settings.OIDCIssuer == ""}).Run(ctx, settings, logger); err != nil {
		return err
	}

	supervisor := stack.NewSupervisor(logger)
	defer func() { supervisor.Stop(context.WithoutCancel(ctx)) }()
	for _, part := range []stack.Process{
		{Name: "worker", Args: []string{"worker"}},
		{Name: "api", Args: slices.Concat([]string{"api", "--listen=" + listen}, signIn(settings), limits(settings))},
	} {
		part.Path, part.StopTimeout = self, settings.ShutdownTimeout
		part.Args = append(part.Args, "--data="+settings.Data, "--log-format=json", "--log-level="+settings.LogLevel.String())
		if err := supervisor.Start(part); err != nil {
			return err
		}
	}
	url := "http://" + listen
	if err := awaitReady(ctx, url); err != nil {
		return err
	}
	write := func() error {
		return writeProcesses(settings.Data, processes{
			URL: url, Dev: os.Getpid(), API: supervisor.PID("api"), Worker: supervisor.PID("worker"),
		})
	}
	if err := write(); err != nil {
		return err
	}
	defer func() { _ = os.Remove(filepath.Join(settings.Data, processesFile)) }()
	c.announce(stdout, url, settings.Data, time.Since(began))
	look := time.NewTicker(500 * time.Millisecond)
	defer look.Stop()
	for {
		if err := write(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			logger.Info("stopping")
			return nil
		case <-running.Done():
			return fmt.Errorf("the embedded stack on %s has ended; its words are above", settings.Data)
		case <-look.C:
		}
	}
}

// limits are the flags of who may ask for what.
func limits(settings *config.Config) []string {
	return []string{
		"--trusted-documents=" + settings.TrustedDocuments, fmt.Sprintf("--trusted-documents-only=%t", settings.TrustedDocumentsOnly),
		"--cors-origins=" + settings.CORSOrigins.String(),
		"--cost-limits=" + settings.CostLimits.String(), "--rate-limits=" + settings.RateLimits.String(),
		"--client-address-header=" + settings.ClientAddressHeader, fmt.Sprintf("--api-heap-mib=%d", settings.APIHeapMiB),
	}
}

// signIn are the flags of how people sign in: by the identity provider where one is set, and
// else, on loopback, by development tokens.
func signIn(settings *config.Config) []string {
	if settings.OIDCIssuer != "" {
		return []string{
			"--oidc-issuer=" + settings.OIDCIssuer, "--oidc-audience=" + settings.OIDCAudience,
			"--oidc-subject-claim=" + settings.OIDCSubjectClaim,
			"--oidc-roles-claim=" + settings.OIDCRolesClaim, "--oidc-roles=" + settings.OIDCRoles,
		}
	}
	return []string{fmt.Sprintf("--development-tokens=%t", settings.OnLoopback())}
}

// orphanPatience is how long a stack may take to end whose `tiaochu dev` was killed.
const orphanPatience = 30 * time.Second

// startStack starts the embedded stack. One left behind by a killed `tiaochu dev` is ending
// by itself, and is waited for; one that somebody runs is not.
func startStack(ctx context.Context, options stack.Options) (*stack.Stack, error) {
	waiting, cancel := context.WithTimeout(ctx, orphanPatience)
	defer cancel()
	for {
		running, err := stack.Start(ctx, options)
		if !errors.Is(err, stack.ErrInUse) || !orphaned(options.Data) {
			return running, err
		}
		pause := time.NewTimer(300 * time.Millisecond)
		select {
		case <-pause.C:
		case <-waiting.Done():
			pause.Stop()
			return nil, err
		}
	}
}

// orphaned reports whether the `tiaochu dev` that last ran on a folder was killed.
func orphaned(data string) bool {
	raw, err := os.ReadFile(filepath.Join(data, processesFile))
	if err != nil {
		return false
	}
	var last processes
	if json.Unmarshal(raw, &last) != nil || last.Dev <= 0 {
		return false
	}
	return errors.Is(syscall.Kill(last.Dev, 0), syscall.ESRCH)
}

func (c *devCommand) announce(stdout io.Writer, url, data string, took time.Duration) {
	fmt.Fprintf(stdout, `Tiaochu is ready (%.1f s). 调处已就绪。

  GraphQL       %s/graphql
  GraphiQL      %s/graphiql
  A token       bin/tiaochu --data %s token --role MANAGER --division 530402
  Stop          Ctrl-C

`, took.Seconds(), url, url, data)
}

// freeAddress settles a port of 0 before the API starts, so that it keeps its address when
// it is started again.
func freeAddress(ctx context.Context, listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil || port != "0" {
		return listen, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return "", fmt.Errorf("find a free port on %s: %w", host, err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String(), nil
}

// awaitFree fails where another program listens on the address and goes on doing so: an API
// that cannot listen would be started again and again.
func awaitFree(ctx context.Context, listen string, patience time.Duration) error {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
		if err == nil {
			return listener.Close()
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("TIAOCHU_LISTEN: %w", err)
		}
		pause := time.NewTimer(300 * time.Millisecond)
		select {
		case <-pause.C:
		case <-waiting.Done():
			pause.Stop()
			return fmt.Errorf("TIAOCHU_LISTEN: another program listens on %s: stop it, or choose another --listen", listen)
		}
	}
}

// awaitReady waits until a command would succeed.
func awaitReady(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	last := "no answer"
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", http.NoBody)
		if err != nil {
			return err
		}
		if answer, err := http.DefaultClient.Do(request); err == nil {
			said, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
			last = oneLine(string(said))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the API at %s did not become ready: %s", url, last)
		case <-look.C:
		}
	}
}

func writeProcesses(data string, now processes) error {
	raw, err := json.Marshal(now)
	if err != nil {
		return err
	}
	path := filepath.Join(data, processesFile)
	if old, err := os.ReadFile(path); err == nil && string(old) == string(raw) {
		return nil
	}
	if err := os.WriteFile(path+".new", raw, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(path+".new", path)
}
