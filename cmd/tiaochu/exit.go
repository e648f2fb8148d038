package main

import (
	"context"
	"errors"
)

// The exit codes, besides 0 for done.
const (
	exitFailed      = 1   // the command failed
	exitUsage       = 2   // the command line or the configuration is wrong; nothing was begun
	exitInterrupted = 130 // ended by a signal before it was done
)

// usageError is a mistake of whoever typed the command or set the environment.
type usageError struct{ cause error }

func (e usageError) Error() string { return e.cause.Error() }
func (e usageError) Unwrap() error { return e.cause }

func exitCode(err error) int {
	var usage usageError
	var own interface{ ExitCode() int }
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &own):
		return own.ExitCode()
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	default:
		return exitFailed
	}
}
