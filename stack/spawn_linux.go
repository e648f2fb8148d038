package stack

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// spawner starts processes from one OS thread that is never given up: the kernel sends a child its
// parent-death signal when the thread that started it ends, and Go ends threads at will.
var spawner struct {
	once  sync.Once
	queue chan func()
}

// spawn starts a process in a group of its own, so that a terminal's Ctrl-C reaches only us, and
// has the kernel kill it should we die without stopping it.
func spawn(command *exec.Cmd) error {
	spawner.once.Do(func() {
		spawner.queue = make(chan func())
		go func() {
			runtime.LockOSThread()
			for work := range spawner.queue {
				work()
			}
		}()
	})
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	answer := make(chan error, 1)
	spawner.queue <- func() { answer <- command.Start() }
	return <-answer
}
