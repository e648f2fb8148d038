package main

import (
	"context"
	"io"
	"time"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchIdleCommand struct {
	Cases   int           `default:"100000" help:"How many open cases wait."`
	Lasting time.Duration `default:"10m" help:"How long the stack is watched, once without and once with them."`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchIdleCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	machine, err := openMachine(ctx, settings)
	if err != nil {
		return err
	}
	defer func() { machine.close() }()
	reached, disconnect, err := machine.connect(ctx)
	if err != nil {
		return err
	}
	defer disconnect()
	return bench.Idle(ctx, bench.IdleOptions{
		Stack:   reached,
		Data:    machine.settings.Data,
		Cases:   c.Cases,
		Lasting: c.Lasting,
		Restart: func(ctx context.Context) (string, error) {
			if err := machine.restart(ctx); err != nil {
				return "", err
			}
			return machine.url, nil
		},
		Out: stdout,
	})
}
