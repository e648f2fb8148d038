package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api"
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
	raw, err := os.ReadFile(filepath.Join(machine.settings.Data, processesFile))
	if err != nil {
		return fmt.Errorf("find the API's process: %w", err)
	}
	var running processes
	if err := json.Unmarshal(raw, &running); err != nil {
		return fmt.Errorf("find the API's process: %w", err)
	}
	record, err := openStore(ctx, machine.settings, hclog.NewNullLogger())
	if err != nil {
		return err
	}
	defer record.Close()
	return bench.Live(ctx, bench.LiveOptions{
		URL:         machine.url,
		SignIn:      func(personID string) (string, error) { return api.IssueToken(machine.tokenKey, personID, 12*time.Hour) },
		API:         running.API,
		Subscribers: c.Subscribers,
		Record:      record,
		Events:      c.Events,
		Lasting:     c.Lasting,
		Out:         stdout,
	})
}
