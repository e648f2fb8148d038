package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/headers"
	"go.temporal.io/server/common/log"
	_ "go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql" // the store
	"go.temporal.io/server/temporal"
	"golang.org/x/sys/unix"
)

// temporalServerCommand is the process that is the Temporal server.
type temporalServerCommand struct {
	Data string `help:"The data folder it was started for; names the process, nothing is read there."`
}

// Run reads its settings from stdin, gives up root, and serves until SIGTERM.
func (temporalServerCommand) Run() error {
	parent := os.Getppid()
	var settings temporalSettings
	if err := json.NewDecoder(os.Stdin).Decode(&settings); err != nil {
		return fmt.Errorf("settings on stdin: %w", err)
	}
	_ = os.Stdin.Close()
	if err := settings.RunAs.become(parent); err != nil {
		return err
	}
	// What the caches may take, and as much again to work with, before the collector works harder.
	debug.SetMemoryLimit(share(settings.MemoryBytes, 4, 512*megabyte, 8<<30))
	// The SDK inside would otherwise read the whole binary, which this user may not be able to reach.
	worker.SetBinaryChecksum("temporal-server-" + headers.ServerVersion)
	logger := log.NewZapLogger(log.BuildZapLogger(log.Config{Level: settings.LogLevel}))
	server, err := temporal.NewServer(
		temporal.WithConfig(settings.serverConfig()),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(settings.staticHosts()),
		temporal.WithLogger(logger),
		// Who holds a certificate of this installation may do everything; nobody else connects.
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithDynamicConfigClient(settings.dynamicConfig()),
	)
	if err != nil {
		return fmt.Errorf("temporal server: %w", err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	if err := server.Start(); err != nil {
		return fmt.Errorf("start temporal server: %w", err)
	}
	<-stop
	return server.Stop()
}

// become gives up root for good. Changing the user clears the parent-death signal and also makes the
// process undumpable, which is welcome: others of the same user can't read its memory.
func (r *runAs) become(parent int) error {
	if r == nil {
		return nil
	}
	if err := syscall.Setgroups(nil); err != nil {
		return fmt.Errorf("give up root: %w", err)
	}
	if err := syscall.Setgid(r.GID); err != nil {
		return fmt.Errorf("give up root: %w", err)
	}
	if err := syscall.Setuid(r.UID); err != nil {
		return fmt.Errorf("give up root: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("ask for the parent-death signal: %w", err)
	}
	if os.Getppid() != parent {
		return errors.New("the supervisor ended during the start")
	}
	return nil
}
