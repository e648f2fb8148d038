package main

import (
	"context"
	"io"
	"time"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchDueCommand struct {
	Cases    int           `default:"10000" help:"How many cases fall due."`
	Within   time.Duration `default:"1m" help:"Within which time they do."`
	Commands float64       `default:"10" help:"How many commands people send a second meanwhile."`
	Lasting  time.Duration `default:"30s" help:"How long people's commands are measured with nothing due."`
	Patience time.Duration `default:"3m" help:"How long after the last due instant every case must have been decided."`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchDueCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	machine, err := openMachine(ctx, settings)
	if err != nil {
		return err
	}
	defer machine.close()
	reached, disconnect, err := machine.connect(ctx)
	if err != nil {
		return err
	}
	defer disconnect()
	return bench.Due(ctx, bench.DueOptions{
		Stack:    reached,
		Cases:    c.Cases,
		Within:   c.Within,
		Commands: c.Commands,
		Lasting:  c.Lasting,
		Patience: c.Patience,
		Out:      stdout,
	})
}
