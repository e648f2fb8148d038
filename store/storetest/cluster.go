// Package storetest gives tests a real Postgres: one private cluster a test process, and a
// migrated database of its own for each test.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// cluster is a running Postgres that listens on a socket in its own folder only.
type cluster struct {
	folder string
	server *exec.Cmd
	exited chan struct{}
	log    *bytes.Buffer
	as     *syscall.Credential
}

// settings trade durability, which no test here needs, for speed.
var settings = []string{
	"listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
	"shared_buffers=64MB", "max_connections=300", "autovacuum=off", "timezone=UTC",
}

func start() (*cluster, error) {
	folder, err := os.MkdirTemp("", "tiaochu-pg-")
	if err != nil {
		return nil, err
	}
	c := &cluster{folder: folder, exited: make(chan struct{}), log: &bytes.Buffer{}}
	if err := c.start(); err != nil {
		c.stop()
		return nil, fmt.Errorf("start a Postgres for the tests: %w\n%s", err, c.log)
	}
	return c, nil
}

func (c *cluster) start() error {
	if err := c.leaveRoot(); err != nil {
		return err
	}
	data := filepath.Join(c.folder, "data")
	initdb, err := c.command("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if err != nil {
		return err
	}
	if err := initdb.Run(); err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	arguments := []string{"-D", data, "-k", c.folder}
	for _, setting := range settings {
		arguments = append(arguments, "-c", setting)
	}
	if os.Getenv("TIAOCHU_TEST_STATEMENTS") != "" { // for benchmarks: it counts what statements take
		arguments = append(arguments, "-c", "shared_preload_libraries=pg_stat_statements")
	}
	if c.server, err = c.command("postgres", arguments...); err != nil {
		return err
	}
	if err := c.server.Start(); err != nil {
		return err
	}
	go func() {
		_ = c.server.Wait()
		close(c.exited)
	}()
	return c.awaitConnection()
}

// leaveRoot makes the cluster run as another user, since Postgres refuses root.
func (c *cluster) leaveRoot() error {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(account.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(account.Gid, 10, 32)
		if err := errors.Join(errUID, errGID); err != nil {
			return err
		}
		c.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return os.Chown(c.folder, int(uid), int(gid))
	}
	return errors.New("no user postgres or nobody to run Postgres as")
}

// command runs a program of the Postgres installation; it dies with the tests.
func (c *cluster) command(name string, arguments ...string) (*exec.Cmd, error) {
	path, err := program(name)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(context.Background(), path, arguments...) // stop ends it
	command.Dir = c.folder
	command.Env = append(os.Environ(), "LC_ALL=C")
	command.Stdout, command.Stderr = c.log, c.log
	command.SysProcAttr = &syscall.SysProcAttr{Credential: c.as, Pdeathsig: syscall.SIGQUIT}
	return command, nil
}

// program finds a Postgres program on the PATH or where distributions put it.
func program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return "", fmt.Errorf("%s is not installed: install Postgres 15 or newer", name)
	}
	return slices.Max(found), nil
}

func (c *cluster) awaitConnection() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.url("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-c.exited:
			return errors.New("postgres ended")
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond): // it has no other way to say that it listens
		}
	}
}

func (c *cluster) url(database string) string {
	query := url.Values{"host": {c.folder}, "user": {"postgres"}}
	return "postgres:///" + database + "?" + query.Encode()
}

func (c *cluster) stop() {
	if c.server != nil && c.server.Process != nil {
		_ = c.server.Process.Signal(syscall.SIGQUIT) // at once: nothing here is kept
		<-c.exited
	}
	_ = os.RemoveAll(c.folder)
}
