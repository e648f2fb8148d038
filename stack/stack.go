// Package stack runs the processes of Tiaochu on one machine: the embedded stack of Postgres and
// Temporal, as a child process of bin/tiaochu-embedded, and the product's own workers and API.
package stack

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
)

// ErrInUse says that another process already runs a stack on the data folder.
var ErrInUse = errors.New("the data folder is in use")

// exitFolderInUse is the exit status of tiaochu-embedded for a folder that is in use.
const exitFolderInUse = 3

// Options say how to start the embedded stack.
type Options struct {
	// Data is the data folder; it is made where it is missing.
	Data string
	// EmbeddedBinary is the path of tiaochu-embedded.
	EmbeddedBinary string
	// PostgresPort and TemporalPort are loopback ports; 0 for the folder's own, or free ones.
	PostgresPort, TemporalPort int
	// ProductConnections is how many database connections all pools of the product may open
	// together; 0 for the default of tiaochu-embedded.
	ProductConnections int
	// PostgresPrograms is the folder of postgres and initdb; empty to look for it.
	PostgresPrograms string
	// Ephemeral removes the data folder when the stack stops: for tests.
	Ephemeral bool
	// StartTimeout bounds the start; 0 for the default of tiaochu-embedded (2 minutes).
	StartTimeout time.Duration
	// Logger gets what the stack says; nil for nothing.
	Logger hclog.Logger
}

// Stack is an embedded stack that this process has started. It ends with this process, however that
// ends.
type Stack struct {
	Description

	command *exec.Cmd
	stdin   io.WriteCloser
	exited  chan struct{}
	outcome error
	words   *lastWords
	once    sync.Once
}

// Start starts the stack and answers when it is ready for commands. Ending ctx gives up a start, and
// has no meaning after it. The error matches ErrInUse where another process has the folder.
func Start(ctx context.Context, options Options) (*Stack, error) {
	logger := options.Logger
	if logger == nil {
		logger = hclog.NewNullLogger()
	}
	command := exec.Command(options.EmbeddedBinary, options.arguments()...)
	stdin, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s := &Stack{command: command, stdin: stdin, exited: make(chan struct{}), words: &lastWords{}}
	stderr := newLineWriter(func(line string) {
		s.words.add(line)
		relay(logger, line)
	})
	command.Stderr = stderr
	// A terminal's Ctrl-C must not reach the stack before the processes that stand on it have ended.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start the embedded stack: %w", err)
	}
	description := make(chan Description, 1)
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		lines := bufio.NewReader(stdout)
		if line, err := lines.ReadBytes('\n'); err == nil {
			var d Description
			if json.Unmarshal(line, &d) == nil {
				description <- d
			}
		}
		_, _ = io.Copy(io.Discard, lines)
	}()
	go func() {
		<-drained // Wait closes the pipe
		s.outcome = command.Wait()
		stderr.flush()
		close(s.exited)
	}()
	select {
	case s.Description = <-description:
		s.data = options.Data
		return s, nil
	case <-s.exited:
		return nil, s.failure()
	case <-ctx.Done():
		_ = s.Stop(context.WithoutCancel(ctx))
		return nil, fmt.Errorf("start the embedded stack: %w", context.Cause(ctx))
	}
}

func (o Options) arguments() []string {
	arguments := []string{"--data=" + o.Data, "--exit-with-stdin", "--log-format=json"}
	for flag, value := range map[string]int{
		"--postgres-port": o.PostgresPort, "--temporal-port": o.TemporalPort, "--product-connections": o.ProductConnections,
	} {
		if value != 0 {
			arguments = append(arguments, flag+"="+strconv.Itoa(value))
		}
	}
	if o.PostgresPrograms != "" {
		arguments = append(arguments, "--postgres-programs="+o.PostgresPrograms)
	}
	if o.StartTimeout != 0 {
		arguments = append(arguments, "--start-timeout="+o.StartTimeout.String())
	}
	if o.Ephemeral {
		arguments = append(arguments, "--ephemeral")
	}
	return arguments
}

func (s *Stack) failure() error {
	var exit *exec.ExitError
	if errors.As(s.outcome, &exit) && exit.ExitCode() == exitFolderInUse {
		return fmt.Errorf("%w: %s", ErrInUse, s.words.last())
	}
	outcome := s.outcome
	if outcome == nil {
		outcome = errors.New("it was asked to stop")
	}
	return fmt.Errorf("the embedded stack did not start: %w:\n%s", outcome, s.words)
}

// Pids are the process ids of now: a part that was killed comes back with another.
func (s *Stack) Pids() (ProcessIDs, error) {
	now, err := Read(s.data)
	if err != nil {
		return ProcessIDs{}, err
	}
	return now.PIDs, nil
}

// Done is closed when the stack has ended, whether it was stopped or died. Its parts dying alone
// doesn't end it: they are started again.
func (s *Stack) Done() <-chan struct{} { return s.exited }

// Stop ends Temporal, then Postgres, and answers when both are gone. When ctx ends before, they are
// killed; nothing that was answered is lost by that.
func (s *Stack) Stop(ctx context.Context) error {
	s.once.Do(func() { _ = s.stdin.Close() })
	select {
	case <-s.exited:
		return s.outcome
	case <-ctx.Done():
		_ = s.command.Process.Signal(os.Kill) // the kernel passes it on to the parts
		<-s.exited
		return fmt.Errorf("stop the embedded stack: %w", context.Cause(ctx))
	}
}
