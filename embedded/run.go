package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
)

// runCommand starts the stack on a data folder and keeps it running until it is told to stop.
type runCommand struct {
	Data               string        `required:"" type:"path" env:"TIAOCHU_DATA" help:"The data folder. Made where it is missing, closed to other users."`
	PostgresPort       int           `help:"Loopback port of Postgres; chosen free and kept in the folder where it is not given."`
	TemporalPort       int           `help:"Loopback port of Temporal's frontend; chosen free and kept in the folder where it is not given."`
	PostgresPrograms   string        `type:"path" help:"Folder of postgres and initdb, where they are neither on the PATH nor in the distribution's usual place."`
	ProductConnections int           `default:"60" help:"Database connections that the product's pools may open together."`
	StartTimeout       time.Duration `default:"2m" help:"How long a start may take."`
	ExitWithStdin      bool          `help:"Stop when stdin ends: the process that holds its other end has gone."`
	Ephemeral          bool          `help:"Remove the data folder after the stop: for tests."`
	LogLevel           string        `default:"info" enum:"trace,debug,info,warn,error" help:"What goes to stderr: trace, debug, info, warn or error."`
	LogFormat          string        `default:"text" enum:"text,json" help:"text or json."`
	TemporalLogLevel   string        `default:"warn" enum:"info,warn,error" help:"What Temporal writes to log/temporal.log: info, warn or error."`
}

// errStopped says that the stack was asked to stop while it was starting.
var errStopped = errors.New("asked to stop")

// Run answers nil after a clean stop.
func (r runCommand) Run() error {
	logger := hclog.New(&hclog.LoggerOptions{
		Name: "embedded", Level: hclog.LevelFromString(r.LogLevel), Output: os.Stderr, JSONFormat: r.LogFormat == "json",
	})
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	signal.Ignore(syscall.SIGHUP, syscall.SIGPIPE) // a closed terminal or log reader is no reason to stop
	go func() {
		logger.Info("stopping", "signal", (<-signals).String())
		cancel(errStopped)
	}()
	if r.ExitWithStdin {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			logger.Info("stopping: stdin ended")
			cancel(errStopped)
		}()
	}
	s := &supervisor{runCommand: r, logger: logger}
	err := s.start(ctx)
	if err == nil {
		<-ctx.Done()
	} else if errors.Is(err, errStopped) {
		err = nil
	}
	s.stop()
	return err
}

// supervisor holds the two children of one data folder.
type supervisor struct {
	runCommand
	logger hclog.Logger

	folder   *folder
	ports    *ports // holds the reservations
	cluster  *cluster
	postgres *child
	temporal *child
	frontend *frontend

	mu        sync.Mutex
	published description
	ready     bool
}

func (s *supervisor) start(ctx context.Context) (err error) {
	born := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, s.StartTimeout, fmt.Errorf("not ready within %s", s.StartTimeout))
	defer cancel()
	if s.folder, err = openFolder(s.Data); err != nil {
		return err
	}
	if s.Ephemeral && !s.folder.fresh {
		s.Ephemeral = false
		return fmt.Errorf("--ephemeral would remove %s, which is not empty", s.folder.path)
	}
	withdrawDescription(s.folder)
	if err := endOrphans(s.folder); err != nil {
		return err
	}
	certs, err := loadCertificates(s.folder, time.Now())
	if err != nil {
		return err
	}
	memory := machineMemory()
	if err := s.startPostgres(ctx, memory); err != nil {
		return err
	}
	postgresReady := time.Since(born)
	if err := s.cluster.setUpRoles(ctx, s.ProductConnections); err != nil {
		return fmt.Errorf("roles: %w", err)
	}
	if err := s.cluster.setUpTemporalDatabases(ctx, s.logger); err != nil {
		return err
	}
	settings, err := newTemporalSettings(s.cluster, s.ports, certs, s.TemporalLogLevel, memory)
	if err != nil {
		return err
	}
	databasesReady := time.Since(born)
	if err := s.startTemporal(ctx, settings, certs); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.published = description{
		PostgresURL:       s.cluster.url(productRole, s.cluster.passwords.product, productDatabase),
		TemporalAddress:   settings.address(s.ports.Frontend),
		TemporalNamespace: productNamespace,
		TemporalTLS: tlsDescription{
			CA: certs.authority, Cert: certs.clientCert, Key: certs.clientKey, ServerName: temporalServerName,
		},
	}
	s.published.PIDs = s.processIDs()
	line, err := s.published.publish(s.folder)
	if err != nil {
		return fmt.Errorf("write %s: %w", descriptionFile, err)
	}
	s.ready = true
	s.logger.Info("ready", "data", s.folder.path, "postgresAfter", postgresReady.Round(time.Millisecond).String(),
		"databasesAfter", databasesReady.Round(time.Millisecond).String(), "after", time.Since(born).Round(time.Millisecond).String())
	_, _ = os.Stdout.Write(line) // nobody may be listening
	return nil
}

func (s *supervisor) startPostgres(ctx context.Context, memory int64) error {
	c := &cluster{folder: s.folder}
	s.cluster = c
	var err error
	if c.programs, err = findPostgres(s.PostgresPrograms); err != nil {
		return err
	}
	if c.servant, err = chooseServant(s.folder.file("postgres")); err != nil {
		return err
	}
	major, err := c.version(ctx)
	if err != nil {
		return err
	}
	if major < oldestPostgres {
		return fmt.Errorf("the Postgres in %s is version %d; %d or newer is needed", c.programs, major, oldestPostgres)
	}
	if err := c.checkVersion(major); err != nil {
		return err
	}
	if c.passwords, err = loadPasswords(s.folder, c.exists()); err != nil {
		return err
	}
	if s.ports, err = choosePorts(s.folder, s.PostgresPort, s.TemporalPort); err != nil {
		return err
	}
	c.port = s.ports.Postgres
	c.settings = postgresSettings(c.port, s.ProductConnections, memory)
	if !c.exists() {
		s.logger.Info("making a new database cluster", "in", s.folder.file("postgres"))
		if err := c.create(ctx); err != nil {
			return fmt.Errorf("make the database cluster: %w", err)
		}
	}
	output, err := openBoundedLog(s.folder.file("log", "postgres.log"), logLimit)
	if err != nil {
		return err
	}
	s.postgres = &child{
		name: "postgres", logger: s.logger, output: output,
		prepare: c.command, credential: c.servant.credential(),
		onParentDeath: syscall.SIGINT, // fast shutdown
		onChange:      s.republish,
	}
	s.postgres.keep()
	return s.postgres.waitReady(ctx, c.answers)
}

func (s *supervisor) startTemporal(ctx context.Context, settings *temporalSettings, certs certificates) error {
	output, err := openBoundedLog(s.folder.file("log", "temporal.log"), logLimit)
	if err != nil {
		return err
	}
	content, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	if s.frontend, err = dialFrontend(settings.address(s.ports.Frontend), certs, s.logger); err != nil {
		return err
	}
	s.temporal = &child{
		name: "temporal", logger: s.logger, output: output,
		onParentDeath: syscall.SIGKILL, // all it knows is in Postgres
		onChange:      s.republish,
		prepare: func(ctx context.Context) (*exec.Cmd, func() error, error) {
			if err := s.postgres.waitReady(ctx, s.cluster.answers); err != nil {
				return nil, nil, err
			}
			// Not the path: that may be another version by now.
			cmd := exec.Command("/proc/self/exe", "temporal-server", "--data="+s.folder.path)
			cmd.Args[0] = "tiaochu-embedded"
			cmd.Dir, cmd.Env = "/", childEnvironment()
			input, err := cmd.StdinPipe()
			if err != nil {
				return nil, nil, err
			}
			return cmd, func() error {
				_, err := input.Write(content)
				return errors.Join(err, input.Close())
			}, nil
		},
	}
	s.temporal.keep()
	return s.temporal.waitReady(ctx, s.frontend.serves)
}

func (s *supervisor) processIDs() processIDs {
	ids := processIDs{Supervisor: os.Getpid()}
	if s.postgres != nil {
		ids.Postgres = s.postgres.currentPID()
	}
	if s.temporal != nil {
		ids.Temporal = s.temporal.currentPID()
	}
	return ids
}

// republish keeps the process ids of stack.json true when a child was started again.
func (s *supervisor) republish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ready {
		return
	}
	s.published.PIDs = s.processIDs()
	if _, err := s.published.publish(s.folder); err != nil {
		s.logger.Error("can't write "+descriptionFile, "reason", err)
	}
}

// stop ends Temporal, then Postgres, and gives the folder back.
func (s *supervisor) stop() {
	if s.folder == nil {
		return
	}
	born := time.Now()
	s.mu.Lock()
	s.ready = false
	s.mu.Unlock()
	withdrawDescription(s.folder)
	if s.frontend != nil {
		s.frontend.close()
	}
	if s.temporal != nil {
		s.temporal.stop(farewell{syscall.SIGTERM, 10 * time.Second}, farewell{syscall.SIGKILL, 5 * time.Second})
	}
	if s.postgres != nil {
		s.postgres.stop(farewell{syscall.SIGINT, 60 * time.Second}, farewell{syscall.SIGQUIT, 10 * time.Second}, farewell{syscall.SIGKILL, 5 * time.Second})
	}
	if s.Ephemeral {
		if err := os.RemoveAll(s.folder.path); err != nil {
			s.logger.Error("can't remove the data folder", "reason", err)
		}
	}
	s.folder.release()
	s.logger.Info("stopped", "after", time.Since(born).Round(time.Millisecond).String())
}
