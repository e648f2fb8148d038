package main

import (
	"context"
	"io"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchStatisticsCommand struct {
	Cases   int    `default:"1000000" help:"How many cases the province has."`
	Seed    uint64 `default:"1" help:"The same seed gives the same cases."`
	Lives   int    `default:"2000" help:"How many lives are lived by the rules; the cases are copies of them."`
	Times   int    `default:"20" help:"How often each table is asked for."`
	Plain   int    `default:"3" help:"How often each is counted in SQL beside, which takes long."`
	Appends int    `default:"500" help:"How many cases each measurement of appends registers; 0 measures none."`
	Keep    string `help:"A data folder to keep the cases in, for the next run to find them; else they are removed." type:"path"`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchStatisticsCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	machine, err := openMachineAt(ctx, settings, c.Keep)
	if err != nil {
		return err
	}
	defer machine.close()
	record, err := openStore(ctx, machine.settings, hclog.NewNullLogger())
	if err != nil {
		return err
	}
	defer record.Close()
	options := bench.StatisticsOptions{
		Record:      record,
		PostgresURL: machine.settings.PostgresURL,
		Load: bench.LoadOptions{
			Cases: c.Cases, Seed: c.Seed, Lives: c.Lives, CopyOptions: store.CopyOptions{Figures: true},
		},
		Times: c.Times, Plain: c.Plain, Appends: c.Appends, Out: stdout,
	}
	if options.Loaded, options.AfterLoad, err = loadedBefore(machine.settings.Data, options.Load); err != nil {
		return err
	}
	return bench.Statistics(ctx, options)
}
