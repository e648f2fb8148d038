package main

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// spawner starts child processes from one OS thread that is never given up. The kernel sends a
// child its parent-death signal when the THREAD that started it ends, and Go ends threads at will.
type spawner struct {
	once  sync.Once
	queue chan func()
}

var spawn spawner

// start starts the command in a process group of its own (a terminal's Ctrl-C reaches us alone, and
// we stop our children in order) and has the kernel send it the given signal should we die.
func (s *spawner) start(cmd *exec.Cmd, onParentDeath syscall.Signal, credential *syscall.Credential) error {
	s.once.Do(func() {
		s.queue = make(chan func())
		go func() {
			runtime.LockOSThread()
			for work := range s.queue {
				work()
			}
		}()
	})
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: onParentDeath, Credential: credential}
	answer := make(chan error, 1)
	s.queue <- func() { answer <- cmd.Start() }
	return <-answer
}
