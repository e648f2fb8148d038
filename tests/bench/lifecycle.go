// Package bench measures the product on this machine, next to the bare thing in the same
// run.
package bench

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	temporalclient "go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/tests/client"
)

// LifecycleOptions say what to measure.
type LifecycleOptions struct {
	// URL is the API; SignIn returns a token of a development person.
	URL    string
	SignIn func(personID string) (string, error)
	// Temporal and PostgresURL are where the toy runs beside it.
	Temporal    temporalclient.Client
	PostgresURL string
	// Clients are the numbers of clients to measure with, one after the other.
	Clients []int
	// Lasting is how long each measurement goes on.
	Lasting time.Duration
	// SuperuserURL is the product's database as its superuser sees it, in a cluster that counts what
	// statements take: then those that take most are told. Empty tells none.
	SuperuserURL string
	Out          io.Writer
}

// Lifecycle measures cases from registration to the verified closure and the search for
// them, over GraphQL, next to the toy, and prints both with their ratios.
func Lifecycle(ctx context.Context, options LifecycleOptions) error {
	toy, closeToy, err := startToy(ctx, options.Temporal, options.PostgresURL)
	if err != nil {
		return err
	}
	defer closeToy()
	office, err := signInAll(options.URL, options.SignIn)
	if err != nil {
		return err
	}
	fmt.Fprintln(options.Out, "A life is six commands: ours register, accept, assign, conclude the investigation, request and")
	fmt.Fprintln(options.Out, "verify the closure, and a search for the unit's cases; the toy's a start and five updates.")
	// A first round warms plans, caches and connections and counts for nothing.
	if _, err := measure(ctx, "warm up", 4, options.Lasting/4, nil, office.life); err != nil {
		return err
	}
	if _, err := measure(ctx, "warm up", 4, options.Lasting/4, nil, toy.life); err != nil {
		return err
	}
	var times *statementTimes
	if options.SuperuserURL != "" {
		if times, err = openStatementTimes(ctx, options.SuperuserURL, ""); err != nil {
			return err
		}
		defer times.close()
	}
	for _, clients := range options.Clients {
		bare, err := measure(ctx, "toy", clients, options.Lasting, nil, toy.life)
		if err != nil {
			return err
		}
		office.searches.reset()
		if times != nil {
			if err := times.reset(ctx); err != nil {
				return err
			}
		}
		ours, err := measure(ctx, "Tiaochu over GraphQL", clients, options.Lasting, nil, office.life)
		if err != nil {
			return err
		}
		fmt.Fprintln(options.Out)
		fmt.Fprintln(options.Out, bare)
		fmt.Fprintln(options.Out, ours)
		fmt.Fprintf(options.Out, "%-22s %3d clients  search p50 %.1f ms  p95 %.1f ms\n", "", clients,
			ms(office.searches.percentile(50)), ms(office.searches.percentile(95)))
		fmt.Fprintf(options.Out, "ratio                  %3d clients  lives %.2f of the toy's (aim: at least 0.50)   command p95 %.2f of the toy's (aim: at most 2.00)\n",
			clients, ours.PerSecond()/bare.PerSecond(), ms(ours.Percentile(95))/ms(bare.Percentile(95)))
		if times != nil {
			if err := times.tellMost(ctx, options.Out, ours.Lives); err != nil {
				return err
			}
		}
	}
	return nil
}

func startToy(ctx context.Context, temporal temporalclient.Client, postgresURL string) (*toyOffice, func(), error) {
	pool, err := pgxpool.New(ctx, postgresURL)
	if err != nil {
		return nil, nil, fmt.Errorf("connect the toy to Postgres: %w", err)
	}
	toy, err := openToy(ctx, temporal, pool)
	if err != nil {
		pool.Close()
		return nil, nil, err
	}
	return toy, func() { toy.close(); pool.Close() }, nil
}

// benchOffice is the people of a county's centre, signed in.
type benchOffice struct {
	clerk, manager, investigator, supervisor *client.Client
	searches                                 *timings
}

func signInAll(url string, signIn func(personID string) (string, error)) (*benchOffice, error) {
	office := &benchOffice{searches: &timings{}}
	first := client.New(url, "")
	for person, place := range map[string]**client.Client{
		"p-530402-center-clerk-1": &office.clerk, "p-530402-center-manager-1": &office.manager,
		investigator: &office.investigator, "p-530402-center-supervisor-1": &office.supervisor,
	} {
		token, err := signIn(person)
		if err != nil {
			return nil, err
		}
		*place = first.As(token)
	}
	return office, nil
}

const investigator = "p-530402-center-investigator-1"

func (o *benchOffice) life(ctx context.Context, timed func(func() error) error) error {
	var caseID string
	step := func(as *client.Client, mutation string, input map[string]any) error {
		input["clientMutationId"] = uuid.NewString()
		if caseID != "" {
			input["caseId"] = caseID
		}
		return timed(func() error {
			answer, err := as.Mutate(ctx, mutation, input)
			if err != nil {
				return fmt.Errorf("%s: %w", mutation, err)
			}
			caseID = answer.ID
			return nil
		})
	}
	for _, one := range []struct {
		as       *client.Client
		mutation string
		input    map[string]any
	}{
		{o.clerk, "registerCase", map[string]any{
			"kind": "DISPUTE", "source": "WALK_IN", "division": "530402001", "category": "D-NEIGHBOUR",
			"title": "邻里通行纠纷", "narrative": "双方共用的通道自春天起被堵塞，多次协商未果，请求处理。",
			"parties": []map[string]any{
				{"role": "APPLICANT", "name": "李明", "phone": "13800138000"}, {"role": "RESPONDENT", "name": "王强"},
			},
		}},
		{o.clerk, "acceptCase", map[string]any{}},
		{o.manager, "assignCase", map[string]any{"personId": schema.GlobalID("Person", investigator)}},
		{o.investigator, "concludeInvestigation", map[string]any{"facts": "现场核实，双方已自行和解。", "path": "CLOSE"}},
		{o.investigator, "requestClosure", map[string]any{"outcome": "SETTLED_BY_PARTIES", "summary": "双方和解。"}},
		{o.supervisor, "verifyClosure", map[string]any{}},
	} {
		if err := step(one.as, one.mutation, one.input); err != nil {
			return err
		}
	}
	return o.searches.time(func() error {
		return o.manager.Do(ctx, `{ cases(first: 20, filter: {division: "530402", open: true}) {
			edges { node { id number stage title nextDeadline { dueAt } handler { name } } } pageInfo { hasNextPage } } }`, nil, nil)
	})
}
