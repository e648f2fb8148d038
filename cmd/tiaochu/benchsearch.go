package main

import (
	"context"
	"io"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchSearchCommand struct {
	Cases    int    `default:"100000" help:"How many cases there are."`
	Division string `default:"530402" help:"Where they lie; empty is the province."`
	Seed     uint64 `default:"1" help:"The same seed gives the same cases."`
	Lives    int    `default:"500" help:"How many lives are lived by the rules; the cases are copies of them."`
	Times    int    `default:"20" help:"How often each search is made."`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchSearchCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	machine, err := openMachine(ctx, settings)
	if err != nil {
		return err
	}
	defer machine.close()
	record, err := openStore(ctx, machine.settings, hclog.NewNullLogger())
	if err != nil {
		return err
	}
	defer record.Close()
	return bench.Search(ctx, bench.SearchOptions{
		Record: record, PostgresURL: machine.settings.PostgresURL, Times: c.Times, Out: stdout,
		Load: bench.LoadOptions{Cases: c.Cases, Seed: c.Seed, Lives: c.Lives, Within: casefile.Division(c.Division)},
	})
}
