package main

import (
	"context"
	"io"
	"time"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchRecountCommand struct {
	Cases    int           `default:"10000" help:"How many cases a load of a calendar moves."`
	Rates    []float64     `default:"50,100" help:"At how many cases a second they are told, one load each."`
	Commands float64       `default:"10" help:"How many commands people send a second meanwhile."`
	Lasting  time.Duration `default:"20s" help:"How long people's commands are measured without a load, before each."`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchRecountCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
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
	return bench.Recount(ctx, bench.RecountOptions{
		Stack:     reached,
		Cases:     c.Cases,
		PerSecond: c.Rates,
		Commands:  c.Commands,
		Lasting:   c.Lasting,
		Out:       stdout,
	})
}
