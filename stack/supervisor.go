package stack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
)

// Process is a program that a Supervisor keeps running.
type Process struct {
	// Name is unique within the supervisor; it names the logger that gets the program's words.
	Name string
	// Path and Args are the program and its arguments, without the program's own name.
	Path string
	Args []string
	// Env is the environment; nil for our own.
	Env []string
	// Dir is the working directory; empty for ours.
	Dir string
	// StopTimeout is how long it may take to end after SIGTERM; 0 for 30 s.
	StopTimeout time.Duration
}

// Supervisor keeps processes running on this machine: one that ends without being told to is started
// again, at once after a healthy life, with growing pauses while it keeps ending. Should this
// process die, the kernel kills them. What they write is logged line by line under their names.
type Supervisor struct {
	logger hclog.Logger

	mu    sync.Mutex
	kept  []*keptProcess // in the order of their start
	ended bool
}

const (
	healthyLife        = 30 * time.Second
	firstPause         = 100 * time.Millisecond
	longestPause       = 10 * time.Second
	defaultStopTimeout = 30 * time.Second
)

// NewSupervisor makes a supervisor without processes.
func NewSupervisor(logger hclog.Logger) *Supervisor { return &Supervisor{logger: logger} }

// Start starts a process and keeps it running until Stop. It fails where the program can't be
// started at all, where the name is taken, or after Stop.
func (s *Supervisor) Start(process Process) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return fmt.Errorf("start %s: the supervisor has been stopped", process.Name)
	}
	if slices.ContainsFunc(s.kept, func(k *keptProcess) bool { return k.Name == process.Name }) {
		return fmt.Errorf("start %s: a process of that name is running", process.Name)
	}
	if process.StopTimeout == 0 {
		process.StopTimeout = defaultStopTimeout
	}
	k := &keptProcess{Process: process, logger: s.logger.Named(process.Name), stop: make(chan struct{}), stopped: make(chan struct{})}
	exited, err := k.start()
	if err != nil {
		return err
	}
	s.kept = append(s.kept, k)
	go k.keep(exited)
	return nil
}

// PID is the process id of a process, 0 while it is not running or unknown.
func (s *Supervisor) PID(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.kept {
		if k.Name == name {
			return k.pid()
		}
	}
	return 0
}

// Stop ends the processes one after another, the last started first: SIGTERM, and SIGKILL when its
// StopTimeout or ctx ends. It answers when all are gone.
func (s *Supervisor) Stop(ctx context.Context) {
	s.mu.Lock()
	s.ended = true
	kept := slices.Clone(s.kept)
	s.mu.Unlock()
	for _, k := range slices.Backward(kept) {
		k.end(ctx)
	}
}

type keptProcess struct {
	Process
	logger        hclog.Logger
	stop, stopped chan struct{}
	once          sync.Once

	mu      sync.Mutex
	running *os.Process
}

// start starts one life and answers a channel that tells its end.
func (k *keptProcess) start() (<-chan error, error) {
	command := exec.Command(k.Path, k.Args...)
	command.Env, command.Dir = k.Env, k.Dir
	words := newLineWriter(func(line string) { relay(k.logger, line) })
	command.Stdout, command.Stderr = words, words
	command.WaitDelay = time.Second // what it leaves behind may hold its output open
	if err := spawn(command); err != nil {
		return nil, fmt.Errorf("start %s: %w", k.Name, err)
	}
	k.mu.Lock()
	k.running = command.Process
	k.mu.Unlock()
	k.logger.Debug("process started", "pid", command.Process.Pid)
	exited := make(chan error, 1)
	go func() {
		err := command.Wait()
		words.flush()
		k.mu.Lock()
		k.running = nil
		k.mu.Unlock()
		if err == nil || errors.Is(err, exec.ErrWaitDelay) {
			err = errors.New(command.ProcessState.String())
		}
		exited <- err
	}()
	return exited, nil
}

func (k *keptProcess) keep(exited <-chan error) {
	defer close(k.stopped)
	born, pause := time.Now(), time.Duration(0)
	for {
		reason := <-exited
		select {
		case <-k.stop:
			return
		default:
		}
		if time.Since(born) > healthyLife {
			pause = 0
		}
		for {
			k.logger.Error("process ended, starting it again", "reason", reason, "lived", time.Since(born).Round(time.Millisecond), "pause", pause)
			select {
			case <-k.stop:
				return
			case <-time.After(pause):
			}
			pause = min(max(2*pause, firstPause), longestPause)
			born = time.Now()
			var err error
			if exited, err = k.start(); err == nil {
				break
			}
			reason = err
		}
		select { // told to stop while starting: end could not see the new life
		case <-k.stop:
			k.signal(syscall.SIGTERM)
		default:
		}
	}
}

func (k *keptProcess) end(ctx context.Context) {
	k.once.Do(func() { close(k.stop) })
	k.signal(syscall.SIGTERM)
	patience := time.NewTimer(k.StopTimeout)
	defer patience.Stop()
	select {
	case <-k.stopped:
		return
	case <-patience.C:
		k.logger.Warn("process did not end in time, killing it", "waited", k.StopTimeout)
	case <-ctx.Done():
	}
	k.signal(syscall.SIGKILL)
	<-k.stopped
}

func (k *keptProcess) signal(signal syscall.Signal) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running != nil {
		_ = k.running.Signal(signal)
	}
}

func (k *keptProcess) pid() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running == nil {
		return 0
	}
	return k.running.Pid
}
