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
	Lifecycle  benchLifecycleCommand  `cmd:"" help:"Cases from registration to closure over GraphQL, next to the bare toy workflow."`
	Due        benchDueCommand        `cmd:"" help:"Many cases that fall due within one minute: each is escalated once, how late, and what people's commands take meanwhile."`
	Idle       benchIdleCommand       `cmd:"" help:"What very many open cases cost that wait for their clocks."`
	Live       benchLiveCommand       `cmd:"" help:"Thousands of subscribers while people work: how late events reach them, and what one costs."`
	Read       benchReadCommand       `cmd:"" help:"Pages of a million cases at every level of the division tree, over the API next to a bare read of the same rows."`
	Recount    benchRecountCommand    `cmd:"" help:"A calendar that moves the clocks of many cases: how fast they are counted anew, and what people's commands take meanwhile."`
	Search     benchSearchCommand     `cmd:"" help:"Searches in the encrypted texts of very many cases that one manager works on."`
	Statistics benchStatisticsCommand `cmd:"" help:"Tables of counts and indicators over a million cases at every level of the division tree, and what appends take beside."`
}

type benchLifecycleCommand struct {
	Clients []int         `default:"16,50" help:"Numbers of clients to measure with."`
	Lasting time.Duration `default:"20s" help:"How long each measurement goes on."`

	Statements bool `help:"Print which statements of the product's database take most, a life."`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchLifecycleCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	machine, err := openMachine(ctx, settings)
	if err != nil {
		return err
	}
	defer func() { machine.close() }()
	superuser := ""
	if c.Statements {
		if superuser, err = countStatements(ctx, machine, stdout); err != nil {
			return err
		}
	}
	temporal, err := dialTemporal(machine.settings, hclog.NewNullLogger())
	if err != nil {
		return err
	}
	defer temporal.Close()
	return bench.Lifecycle(ctx, bench.LifecycleOptions{
		URL:         machine.url,
		SignIn:      machine.signIn,
		Temporal:    temporal,
		PostgresURL: machine.settings.PostgresURL,
		Clients:     c.Clients,
		Lasting:     c.Lasting,

		SuperuserURL: superuser,
		Out:          stdout,
	})
}

// machine is a stack of its own that is measured.
type machine struct {
	url string
	// settings reach its Postgres and Temporal.
	settings *config.Config
	tokenKey []byte
	stop     func()
	close    func()
}

// restart ends the stack and starts it again on the same folder.
func (m *machine) restart(ctx context.Context) error {
	m.stop()
	m.stop = func() {}
	url, stop, err := startMachine(ctx, m.settings.Data)
	if err != nil {
		return err
	}
	m.url, m.stop = url, stop
	again := *m.settings
	again.PostgresURL, again.TemporalAddress = "", ""
	m.settings, err = reach(&again)
	return err
}

// openMachine starts a stack in a temporary folder; close ends it and removes the folder.
func openMachine(ctx context.Context, settings *config.Config) (*machine, error) {
	return openMachineAt(ctx, settings, "")
}

// openMachineAt is openMachine on a folder that is kept, or on a temporary one where it is empty.
func openMachineAt(ctx context.Context, settings *config.Config, kept string) (*machine, error) {
	if kept != "" {
		return openMachineOn(ctx, settings, kept, func() {})
	}
	folder, err := os.MkdirTemp("", "tiaochu-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the measurement: %w", err)
	}
	remove := func() { _ = os.RemoveAll(folder) }
	return openMachineOn(ctx, settings, filepath.Join(folder, "data"), remove)
}

func openMachineOn(ctx context.Context, settings *config.Config, data string, remove func()) (*machine, error) {
	url, stop, err := startMachine(ctx, data)
	if err != nil {
		remove()
		return nil, err
	}
	m := &machine{url: url, stop: stop}
	m.close = func() { m.stop(); remove() }
	measured := *settings
	measured.Data, measured.TokenKeyFile, measured.MasterKeyFile, measured.PostgresURL, measured.TemporalAddress = data, "", "", "", ""
	if m.settings, err = reach(&measured); err != nil {
		m.close()
		return nil, err
	}
	if m.tokenKey, err = api.TokenKey(measured.TokenKeyPath()); err != nil {
		m.close()
		return nil, err
	}
	return m, nil
}

// signIn gives a token of a development person, for longer than any measurement lasts.
func (m *machine) signIn(personID string) (string, error) {
	return api.IssueToken(m.tokenKey, personID, 12*time.Hour)
}

// connect reaches the machine's API, record and Temporal, until disconnect is called.
func (m *machine) connect(ctx context.Context) (reached bench.Stack, disconnect func(), err error) {
	logger := hclog.NewNullLogger()
	record, err := openStore(ctx, m.settings, logger)
	if err != nil {
		return bench.Stack{}, nil, err
	}
	temporal, err := dialTemporal(m.settings, logger)
	if err != nil {
		record.Close()
		return bench.Stack{}, nil, err
	}
	return bench.Stack{
		URL: m.url, SignIn: m.signIn, Temporal: temporal, TaskQueue: m.settings.TaskQueue,
		Record: record, PostgresURL: m.settings.PostgresURL,
	}, func() { temporal.Close(); record.Close() }, nil
}

// processes are those that serve.
func (m *machine) processes() (processes, error) {
	var running processes
	raw, err := os.ReadFile(filepath.Join(m.settings.Data, processesFile))
	if err == nil {
		err = json.Unmarshal(raw, &running)
	}
	if err != nil {
		return running, fmt.Errorf("find the API's process: %w", err)
	}
	return running, nil
}

// startMachine runs `tiaochu dev` on a folder and returns where its API is.
func startMachine(ctx context.Context, data string) (url string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, fmt.Errorf("find this binary: %w", err)
	}
	machine := exec.Command(self, "dev", "--data="+data, "--listen=127.0.0.1:0", "--log-level=error")
	machine.Env = append(os.Environ(), "TIAOCHU_RATE_LIMITS=NOBODY=0,OTHERS=0") // a few callers ask for many
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
