package bench

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/tiaochu/tiaochu/store"
)

// ReadOptions say what to measure.
type ReadOptions struct {
	// URL is the API's, APIProcess and PostgresProcess are theirs.
	URL                         string
	APIProcess, PostgresProcess int
	SignIn                      func(personID string) (string, error)
	Record                      *store.Store
	// PostgresURL is the database as the product sees it; SuperuserURL as its superuser does, in
	// a cluster that counts what statements take, or empty.
	PostgresURL, SuperuserURL string
	Load                      LoadOptions
	// Loaded says that an earlier run has loaded them; AfterLoad, where not nil, is called when
	// they are.
	Loaded    bool
	AfterLoad func() error
	// Clients are numbers of clients at once, Lasting how long each lap is.
	Clients []int
	Lasting time.Duration
	// Deep is the second page that is measured, or the last there is.
	Deep int
	// Peer starts a server with the same page to compare with; nil for none.
	Peer func(context.Context) (peer *Peer, err error)
	// API serves the API in this process on another URL of the database, for its profile; nil for
	// no profile. Profile also takes the processor's, into a file of that name.
	API     func(databaseURL string, observe func(Stages)) (url string, stop func(), err error)
	Profile string
	// Plans prints how every filter and order is read.
	Plans bool
	Out   io.Writer
}

// Peer is another server that answers the measured page at URL/graphql.
type Peer struct {
	Name, URL string
	Process   int
	Stop      func()
}

// Read loads a province's cases and measures a page of them at every level of the division
// tree, over the API and as a bare read of the same rows, and fails where the two differ.
func Read(ctx context.Context, o ReadOptions) error {
	if err := o.load(ctx); err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, o.PostgresURL)
	if err != nil {
		return fmt.Errorf("connect to Postgres: %w", err)
	}
	defer pool.Close()
	if err := o.sizes(ctx, pool); err != nil {
		return err
	}
	var times *statementTimes
	if o.SuperuserURL != "" {
		address, err := url.Parse(o.PostgresURL)
		if err != nil {
			return fmt.Errorf("read the database URL: %w", err)
		}
		if times, err = openStatementTimes(ctx, o.SuperuserURL, address.User.Username()); err != nil {
			return err
		}
		defer times.close()
	}
	sides := []side{{name: "API", url: o.URL, lapProcesses: lapProcesses{o.APIProcess, o.PostgresProcess}}}
	if o.Peer != nil {
		peer, err := o.Peer(ctx)
		if err != nil {
			return err
		}
		defer peer.Stop()
		sides = append(sides, side{name: peer.Name, url: peer.URL, lapProcesses: lapProcesses{peer.Process, o.PostgresProcess}})
	}
	fmt.Fprintf(o.Out, "\n%d cases a page with handler, unit, deadlines and the last three events; what a page takes\n", readPage)
	summary := &readSummary{}
	for _, r := range readers() {
		if err := o.measure(ctx, pool, times, sides, r, summary); err != nil {
			return err
		}
	}
	if err := o.once(ctx, pool, times, sides); err != nil {
		return err
	}
	summary.print(o.Out)
	if o.API != nil {
		if err := o.profile(ctx, pool); err != nil {
			return err
		}
	}
	if o.Plans {
		return o.plans(ctx, times)
	}
	return nil
}

// side is a server that is measured.
type side struct {
	name, url string
	lapProcesses
	// client and at are those of the reader and page at hand.
	client *pageClient
	at     place
}

func (o ReadOptions) load(ctx context.Context) error {
	if o.Loaded {
		fmt.Fprintf(o.Out, "%d cases were loaded before\n", o.Load.Cases)
		return nil
	}
	began, own, postgres := time.Now(), cpuOf(selfPID), cpuBelow(o.PostgresProcess)
	if _, err := o.Record.SeedDirectory(ctx, ProvinceOffices(loadedProfile(o.Load.lives())), false); err != nil {
		return err
	}
	lives, err := LoadCases(ctx, o.Record, o.Load)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.Out, "%d cases, copies of %d lives, loaded in %.0f s; processor: %.0f s of this process, %.0f s of Postgres\n", o.Load.Cases, lives,
		time.Since(began).Seconds(), (cpuOf(selfPID) - own).Seconds(), (cpuBelow(o.PostgresProcess) - postgres).Seconds())
	if o.AfterLoad != nil {
		return o.AfterLoad()
	}
	return nil
}

func (o ReadOptions) sizes(ctx context.Context, pool *pgxpool.Pool) error {
	for _, table := range []string{"cases", "events", "deadlines", "tasks", "case_grants", "case_exclusions", "supervision_orders"} {
		var rows, heap, all int64
		err := pool.QueryRow(ctx, "select reltuples::bigint, pg_table_size(oid), pg_total_relation_size(oid) from pg_class where oid = $1::text::regclass", table).
			Scan(&rows, &heap, &all)
		if err != nil {
			return fmt.Errorf("measure %s: %w", table, err)
		}
		fmt.Fprintf(o.Out, "%-18s %9d rows %6d MB, %6d MB with indexes\n", table, rows, heap>>20, all>>20)
	}
	return nil
}

// measure measures the first page and a deep one of one reader.
func (o ReadOptions) measure(ctx context.Context, pool *pgxpool.Pool, times *statementTimes, sides []side, r reader, summary *readSummary) error {
	token, err := o.SignIn(r.person)
	if err != nil {
		return err
	}
	for _, page := range []int{1, o.Deep} {
		at, err := newPageClient(sides[0].url, token).walk(ctx, page)
		if err != nil {
			return err
		}
		if page > 1 && at.page == 1 {
			continue // there is no other
		}
		bare, err := newBareReader(ctx, pool, r, at)
		if err != nil {
			return err
		}
		cases := 0
		for i, s := range sides {
			begins := at
			client := newPageClient(s.url, token)
			if i > 0 {
				if begins, err = client.walk(ctx, at.page); err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
			}
			if cases, err = sameRows(ctx, client, bare, begins); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			sides[i].client, sides[i].at = client, begins
		}
		fmt.Fprintf(o.Out, "%s, page %d, %d cases\n", r.name, at.page, cases)
		for _, clients := range o.Clients {
			one, err := readingLap(ctx, clients, o.Lasting, lapProcesses{0, o.PostgresProcess}, times, func(ctx context.Context) error {
				_, err := bare.page(ctx)
				return err
			})
			if err != nil {
				return err
			}
			one.server = one.own // it reads in this process
			fmt.Fprintf(o.Out, "  %-14s %3d clients  %s\n", "bare read", clients, one)
			for i, s := range sides {
				measured, err := readingLap(ctx, clients, o.Lasting, s.lapProcesses, times, func(ctx context.Context) error {
					_, err := s.client.page(ctx, s.at.cursor)
					return err
				})
				if err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
				fmt.Fprintf(o.Out, "  %-14s %3d clients  %s\n", s.name, clients, measured)
				summary.add(r, at.page, clients, i, s.name, measured, one)
			}
			if page == 1 {
				if err := o.unchanged(ctx, times, sides[0], clients); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
