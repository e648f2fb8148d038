package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/tests/bench"
)

type benchLiveCommand struct {
	Subscribers int           `default:"2000" help:"How many WebSockets follow."`
	Events      []float64     `default:"2,5,10" help:"How many events there are a second, one lap each."`
	Lasting     time.Duration `default:"20s" help:"How long each lap goes on."`
}

// Run measures on a stack of its own, in a temporary folder that it removes afterwards.
func (c *benchLiveCommand) Run(ctx context.Context, settings *config.Config, stdout io.Writer) error {
	// The development set has few people for so many connections.
	if err := os.Setenv("TIAOCHU_LIVE_CONNECTIONS_PER_PERSON", strconv.Itoa(c.Subscribers)); err != nil {
		return fmt.Errorf("let people have many connections: %w", err)
	}
	machine, err := openMachine(ctx, settings)
	if err != nil {
		return err
	}
	defer machine.close()
	running, err := machine.processes()
	if err != nil {
		return err
	}
	record, err := openStore(ctx, machine.settings, hclog.NewNullLogger())
	if err != nil {
		return err
	}
	defer record.Close()
	return bench.Live(ctx, bench.LiveOptions{
		URL:         machine.url,
		SignIn:      machine.signIn,
		API:         running.API,
		Subscribers: c.Subscribers,
		Record:      record,
		Events:      c.Events,
		Lasting:     c.Lasting,
		Out:         stdout,
	})
}
