package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchReadCommand struct {
	Cases      int           `default:"1000000" help:"How many cases the province has."`
	Seed       uint64        `default:"1" help:"The same seed gives the same cases."`
	Lives      int           `default:"2000" help:"How many lives are lived by the rules; the cases are copies of them."`
	Clients    []int         `default:"1,16" help:"Numbers of clients to measure with."`
	Lasting    time.Duration `default:"3s" help:"How long each measurement goes on."`
	Deep       int           `default:"1000" help:"The second page that is measured, or the last there is."`
	Peer       string        `help:"A program that serves the same page by another library, to compare with (bin/tiaochu-bench-peer)." type:"path"`
	Profile    bool          `help:"Print where the time of a page goes." default:"true" negatable:""`
	CPUProfile string        `help:"Write the processor's profile of that into a file." type:"path" name:"cpu-profile"`
	Plans      bool          `help:"Print how every filter and order of the lists is read."`
	Statistics bool          `help:"Measure statistics over the same cases too, at the end."`
	Keep       string        `help:"A data folder to keep the cases in, for the next run to find them; else they are removed." type:"path"`
}

// Run measures on a stack of its own.
func (c *benchReadCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	machine, err := openMachineAt(ctx, settings, c.Keep)
	if err != nil {
		return err
	}
	defer func() { machine.close() }()
	superuser, err := countStatements(ctx, machine, stdout)
	if err != nil {
		return err
	}
	record, err := openStore(ctx, machine.settings, hclog.NewNullLogger())
	if err != nil {
		return err
	}
	defer record.Close()
	running, err := stack.Read(machine.settings.Data)
	if err != nil {
		return err
	}
	serving, err := machine.processes()
	if err != nil {
		return err
	}
	options := bench.ReadOptions{
		URL: machine.url, APIProcess: serving.API, PostgresProcess: running.PIDs.Postgres,
		SignIn:      machine.signIn,
		Record:      record,
		PostgresURL: machine.settings.PostgresURL, SuperuserURL: superuser,
		Load: bench.LoadOptions{
			Cases: c.Cases, Seed: c.Seed, Lives: c.Lives, CopyOptions: store.CopyOptions{Events: true, Unsummed: !c.Statistics},
		},
		Clients: c.Clients, Lasting: c.Lasting, Deep: c.Deep, Profile: c.CPUProfile, Plans: c.Plans, Out: stdout,
	}
	if c.Peer != "" {
		options.Peer = func(ctx context.Context) (*bench.Peer, error) { return c.startPeer(ctx, machine) }
	}
	if c.Profile {
		options.API = machine.serveHere()
	}
	if options.Loaded, options.AfterLoad, err = loadedBefore(machine.settings.Data, options.Load); err != nil {
		return err
	}
	if err := bench.Read(ctx, options); err != nil {
		return err
	}
	if c.Statistics {
		return bench.Statistics(ctx, bench.StatisticsOptions{
			Record: record, PostgresURL: machine.settings.PostgresURL, Load: options.Load, Loaded: true, Times: 20, Plain: 3, Appends: 500, Out: stdout,
		})
	}
	return nil
}

// countStatements has the cluster count what its statements take, and returns how its superuser
// reaches the product's database; empty where it can't count.
func countStatements(ctx context.Context, machine *machine, stdout io.Writer) (string, error) {
	superuser := func() (string, error) {
		running, err := stack.Read(machine.settings.Data)
		if err != nil {
			return "", err
		}
		return running.SuperuserURL("tiaochu")
	}
	address, err := superuser()
	if err != nil {
		return "", err
	}
	if err := bench.PrepareStatementTimes(ctx, address); errors.Is(err, bench.ErrNoStatementTimes) {
		fmt.Fprintln(stdout, err, "- the database's time is left out")
		return "", nil
	} else if err != nil {
		return "", err
	}
	if err := machine.restart(ctx); err != nil {
		return "", err
	}
	return superuser()
}

// loadedBefore reports whether a folder has these cases already; remember notes that it has.
func loadedBefore(data string, load bench.LoadOptions) (loaded bool, remember func() error, err error) {
	now, err := json.Marshal(load)
	if err != nil {
		return false, nil, err
	}
	note := filepath.Join(data, "loaded-cases.json")
	then, err := os.ReadFile(note)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return false, func() error { return os.WriteFile(note, now, 0o600) }, nil
	case err != nil:
		return false, nil, err
	case string(then) != string(now):
		return false, nil, fmt.Errorf("%s has other cases: %s", data, then)
	}
	return true, nil, nil
}

// serveHere serves the machine's API in this process, on another way to its database.
func (m *machine) serveHere() func(string, func(bench.Stages)) (string, func(), error) {
	return func(databaseURL string, observe func(bench.Stages)) (string, func(), error) {
		settings := *m.settings
		settings.PostgresURL = databaseURL
		record, err := openStore(context.Background(), &settings, hclog.NewNullLogger())
		if err != nil {
			return "", nil, err
		}
		handler, err := api.New(api.Options{
			Store: record, Commander: noCommander{}, TokenKey: m.tokenKey, Observe: observe,
			CommandsReady: func(context.Context) error { return nil },
		})
		if err != nil {
			record.Close()
			return "", nil, err
		}
		listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			record.Close()
			return "", nil, err
		}
		server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
		go func() { _ = server.Serve(listener) }()
		return "http://" + listener.Addr().String(), func() {
			_ = server.Close()
			record.Close()
		}, nil
	}
}

// noCommander carries nothing out: pages are only read.
type noCommander struct{ api.Commander }

// startPeer starts the other server on the machine's database.
func (c *benchReadCommand) startPeer(ctx context.Context, machine *machine) (*bench.Peer, error) {
	peer := exec.CommandContext(ctx, c.Peer)
	peer.Env = append(os.Environ(), "TIAOCHU_POSTGRES_URL="+machine.settings.PostgresURL,
		"TIAOCHU_MASTER_KEY_FILE="+machine.settings.MasterKeyPath(), "TIAOCHU_TOKEN_KEY_FILE="+machine.settings.TokenKeyPath())
	peer.Stderr = os.Stderr
	said, err := peer.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := peer.Start(); err != nil {
		return nil, fmt.Errorf("start the server to compare with: %w", err)
	}
	stop := func() {
		_ = peer.Process.Kill()
		_ = peer.Wait()
	}
	// Its first line is its name and where it listens.
	line, err := bufio.NewReader(said).ReadString('\n')
	name, url, told := strings.Cut(strings.TrimSpace(line), " ")
	if err != nil || !told {
		stop()
		return nil, fmt.Errorf("the server to compare with said %q: %w", line, err)
	}
	return &bench.Peer{Name: name, URL: url, Process: peer.Process.Pid, Stop: stop}, nil
}
