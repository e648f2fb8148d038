//go:build !linux

package stack

import (
	"os/exec"
	"syscall"
)

// spawn starts a process in a group of its own. Without Linux's parent-death signal it may outlive
// us where we are killed.
func spawn(command *exec.Cmd) error {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return command.Start()
}
