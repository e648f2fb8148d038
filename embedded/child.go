package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
)

// child is one process that is kept running: when it dies it is started again, at once after a
// healthy life and with growing pauses while it keeps dying.
type child struct {
	name   string
	logger hclog.Logger
	output *boundedLog

	// prepare makes the next process and answers what to do once it has started (may be nil). It may
	// wait for what the process needs, until ctx ends.
	prepare func(ctx context.Context) (cmd *exec.Cmd, started func() error, err error)
	// onParentDeath is the signal the kernel sends it when this process dies.
	onParentDeath syscall.Signal
	credential    *syscall.Credential
	// onChange is called with every new process id, before anybody can wait for its readiness.
	onChange func()

	mu       sync.Mutex
	pid      int
	failures int
	process  *os.Process
	exited   chan struct{}

	cancel context.CancelFunc
	done   chan struct{}
}

const (
	healthyAfter = 30 * time.Second
	firstPause   = 100 * time.Millisecond
	longestPause = 10 * time.Second
	// A process that dies this often before it was ever ready is not going to live.
	hopelessAfter = 5
)

// keep starts the process and keeps it running until stop.
func (c *child) keep() {
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel, c.done = cancel, make(chan struct{})
	go func() {
		defer close(c.done)
		pause := time.Duration(0)
		for {
			born := time.Now()
			err := c.live(ctx)
			if ctx.Err() != nil {
				return
			}
			if time.Since(born) > healthyAfter {
				pause = 0
			}
			c.logger.Error("process ended, starting it again", "name", c.name, "reason", err, "after", time.Since(born).Round(time.Millisecond).String(), "pause", pause.String())
			select {
			case <-ctx.Done():
				return
			case <-time.After(pause):
			}
			pause = min(max(2*pause, firstPause), longestPause)
		}
	}()
}

// live runs one process from start to end.
func (c *child) live(ctx context.Context) error {
	cmd, started, err := c.prepare(ctx)
	if err != nil {
		c.countFailure()
		return err
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	// Not cmd.Stdout = c.output: Wait would then wait for the processes our child leaves behind.
	cmd.Stdout, cmd.Stderr = writer, writer
	err = spawn.start(cmd, c.onParentDeath, c.credential)
	_ = writer.Close()
	for _, handed := range cmd.ExtraFiles {
		_ = handed.Close()
	}
	if err != nil {
		_ = reader.Close()
		c.countFailure()
		return fmt.Errorf("start %s: %w", c.name, err)
	}
	go func() {
		defer reader.Close()
		buffer := make([]byte, 32<<10)
		for {
			n, err := reader.Read(buffer)
			_, _ = c.output.Write(buffer[:n])
			if err != nil {
				return
			}
		}
	}()
	exited := make(chan struct{})
	c.mu.Lock()
	c.pid, c.process, c.exited = cmd.Process.Pid, cmd.Process, exited
	c.mu.Unlock()
	if ctx.Err() != nil { // told to stop meanwhile, when there was no process to tell
		_ = cmd.Process.Signal(syscall.SIGTERM)
	}
	c.logger.Info("process started", "name", c.name, "pid", cmd.Process.Pid)
	if c.onChange != nil {
		c.onChange()
	}
	if started != nil {
		if err := started(); err != nil {
			c.logger.Error("process not accepting its settings", "name", c.name, "reason", err)
			_ = cmd.Process.Kill()
		}
	}
	state, err := cmd.Process.Wait()
	c.mu.Lock()
	c.pid, c.process = 0, nil
	c.failures++
	c.mu.Unlock()
	close(exited)
	if err != nil {
		return err
	}
	return errors.New(state.String())
}

func (c *child) countFailure() {
	c.mu.Lock()
	c.failures++
	c.mu.Unlock()
}

// currentPID is 0 while the process is not running.
func (c *child) currentPID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pid
}

// waitReady asks probe until it agrees. It gives up when ctx ends or when the process keeps dying,
// and then tells the last words of the process.
func (c *child) waitReady(ctx context.Context, probe func(context.Context) error) error {
	for {
		err := probe(ctx)
		if err == nil {
			c.mu.Lock()
			c.failures = 0
			c.mu.Unlock()
			return nil
		}
		c.mu.Lock()
		failures := c.failures
		c.mu.Unlock()
		if failures >= hopelessAfter {
			return fmt.Errorf("%s ends at every start (log: %s); its last words:\n%s", c.name, c.output.path, indent(c.output.lastLines()))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s not ready: %w (%w)", c.name, err, context.Cause(ctx))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// farewell is one step of stopping: a signal, and how long to wait before the next.
type farewell struct {
	signal   syscall.Signal
	patience time.Duration
}

// stop ends the process for good, step by step, and answers when it is gone.
func (c *child) stop(steps ...farewell) {
	if c.cancel == nil {
		return
	}
	c.cancel()
	for _, step := range steps {
		c.mu.Lock()
		process := c.process
		c.mu.Unlock()
		if process != nil {
			_ = process.Signal(step.signal)
		}
		select {
		case <-c.done:
			return
		case <-time.After(step.patience):
			c.logger.Warn("process still running", "name", c.name, "signal", step.signal.String(), "waited", step.patience.String())
		}
	}
	<-c.done
}

func indent(lines string) string { return "  " + strings.ReplaceAll(lines, "\n", "\n  ") }
