package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile/explore"
)

type exploreCommand struct {
	Scope    []string `placeholder:"NAME" help:"Search only this scope; may be repeated. Without it, all of them."`
	Crossed  bool     `help:"Search each two topics together, too; some minutes."`
	Depth    int      `help:"The most commands on a way from the registration; 0 is no bound."`
	States   int      `help:"The most states of one scope; 0 is no bound."`
	Handlers int      `default:"1" help:"How many people may come to have handled a case."`
	Sessions int      `default:"1" help:"How many sessions a mediation has."`
	Senders  int      `default:"1" help:"How many of those who may send a command do, of each kind of sender; 0 is everybody."`
	Compare  int      `default:"16" help:"Go on from every so manieth state that counts as a known one, too, and compare; 1 is all, 0 none."`
	Ways     bool     `help:"Print a shortest way to each stage, too."`
	JSON     bool     `name:"json" help:"Print as JSON."`
	Draw     string   `type:"path" placeholder:"FILE" help:"Put the state machine between the markers of this page."`
}

// Run searches, prints what was found, and fails where a rule doesn't hold.
func (c *exploreCommand) Run(ctx context.Context, stdout io.Writer) error {
	options := explore.DefaultOptions()
	options.Depth, options.States, options.CompareMerged = c.Depth, c.States, c.Compare
	options.Bounds.Handlers, options.Bounds.Sessions, options.Bounds.Senders = c.Handlers, c.Sessions, c.Senders
	options.Stop = func() bool { return ctx.Err() != nil }
	scopes, err := c.scopes()
	if err != nil {
		return usageError{err}
	}
	var results []explore.Result
	for _, scope := range scopes {
		began := time.Now()
		result := explore.Explore(scope, options)
		results = append(results, result)
		if !c.JSON {
			c.print(stdout, result, time.Since(began))
		}
	}
	if c.JSON {
		encoder := json.NewEncoder(stdout)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(results); err != nil {
			return err
		}
	}
	if c.Draw != "" {
		if err := redraw(c.Draw, explore.Drawing(results)); err != nil {
			return err
		}
	}
	faults := 0
	for _, result := range results {
		faults += len(result.Faults)
	}
	if faults > 0 {
		return fmt.Errorf("the rules don't hold in %d places", faults)
	}
	return nil
}

func (c *exploreCommand) scopes() ([]explore.Scope, error) {
	scopes, crossed := explore.Scopes(), explore.Crossed()
	switch {
	case len(c.Scope) > 0:
		scopes = slices.Concat(scopes, crossed)
	case c.Crossed:
		return slices.Concat(scopes, crossed), nil
	default:
		return scopes, nil
	}
	var names []string
	var chosen []explore.Scope
	for _, scope := range scopes {
		names = append(names, scope.Name)
		if slices.Contains(c.Scope, scope.Name) {
			chosen = append(chosen, scope)
		}
	}
	for _, name := range c.Scope {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("--scope %s: there are %s", name, strings.Join(names, ", "))
		}
	}
	return chosen, nil
}

func (c *exploreCommand) print(stdout io.Writer, result explore.Result, took time.Duration) {
	end := ""
	if !result.Complete {
		end = ", cut off by a bound"
	}
	fmt.Fprintf(stdout, "%-20s %7d states, %8d edges, %7d states of open cases, %6d pairs compared, %6.1f s%s\n",
		result.Scope, result.States, result.Edges, result.Open, result.Compared, took.Seconds(), end)
	if c.Ways {
		for _, stage := range explore.Stages() {
			if count, reached := result.Stages[stage]; reached {
				fmt.Fprintf(stdout, "  %-14s %6d states, by %s\n", stage, count.States, strings.Join(count.Way, ", "))
			}
		}
	}
	for _, fault := range result.Faults {
		fmt.Fprintln(stdout, fault)
	}
}

func redraw(path, drawing string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return usageError{fmt.Errorf("--draw: %w", err)}
	}
	redrawn, ok := explore.Redraw(string(page), drawing)
	if !ok {
		return usageError{errors.New("--draw: the page has no markers to draw between")}
	}
	return os.WriteFile(path, []byte(redrawn), 0o644) //nolint:gosec // a page of the documentation, which everybody reads
}
