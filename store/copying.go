package store

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"
)

// Copy is one case to be made of a pattern.
type Copy struct {
	Of *Pattern
	// Texts stand in the place of those that the pattern's copies differ by, in their order.
	Texts []string
}

// CopyOptions say how much of each case is copied.
type CopyOptions struct {
	// Figures copies nothing but the rows that statistics read, without a case behind them: the
	// record is good for nothing else then. Events copies the events too. Otherwise it is everything that is read of a case.
	Figures, Events bool
	// Unsummed leaves the sums of the statistics unmade: their tables show none of the cases.
	Unsummed bool
}

// copying is how many connections copy at once, and copiedPart how many bytes one takes.
const (
	copying    = 2
	copiedPart = 8 << 20
)

// CopyCases fills a record with copies of cases by COPY, for measurements: the copies have the
// rows of cases of the rules, but their chains of events don't verify. It makes the indexes anew
// when all are there, and the sums of the statistics at the end. It is for a record that nobody
// else uses: until it ends the tables have no indexes, and if it fails they keep none.
func (s *Store) CopyCases(ctx context.Context, copies iter.Seq[Copy], options CopyOptions) error {
	// No row is noted as a change: the sums are made at once, below.
	prepare := []string{"alter table statistics_cases disable trigger user"}
	if options.Figures {
		prepare = append(prepare, "alter table statistics_cases drop constraint if exists statistics_cases_case_exists",
			"alter table case_exclusions drop constraint if exists case_exclusions_case_exists")
	}
	for _, t := range copiedTables {
		prepare = append(prepare, "alter table "+t.name+" set (autovacuum_enabled = off)")
	}
	finish := []string{"alter table statistics_cases enable trigger user"}
	for _, t := range copiedTables {
		finish = append(finish, "alter table "+t.name+" reset (autovacuum_enabled)")
	}
	if err := s.each(ctx, prepare); err != nil {
		return fmt.Errorf("copy cases: %w", err)
	}
	indexes, err := s.dropIndexes(ctx, copiedTables)
	if err != nil {
		return fmt.Errorf("drop the indexes of what is copied: %w", err)
	}
	if err := s.copyAll(ctx, copies, options); err != nil {
		return err
	}
	if err := s.makeIndexes(ctx, indexes); err != nil {
		return fmt.Errorf("make the indexes of what was copied: %w", err)
	}
	if err := s.each(ctx, finish); err != nil {
		return fmt.Errorf("copy cases: %w", err)
	}
	if !options.Unsummed {
		if err := s.RecountStatistics(ctx); err != nil {
			return err
		}
	}
	for _, t := range append(copiedTables, table{name: "statistics_cells"}, table{name: "statistics_days"}) {
		if _, err := s.pool.Exec(ctx, "vacuum analyze "+t.name); err != nil {
			return fmt.Errorf("analyse %s: %w", t.name, err)
		}
	}
	return nil
}

func (s *Store) each(ctx context.Context, statements []string) error {
	for _, statement := range statements {
		if _, err := s.pool.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// part is a piece of what is copied: lines by table.
type part map[string]*bytes.Buffer

func newPart() part {
	p := part{}
	for _, t := range copiedTables {
		p[t.name] = &bytes.Buffer{}
	}
	return p
}

func (p part) add(c Copy, options CopyOptions) (size int) {
	for _, t := range copiedTables {
		if t.name == eventsTable.name && !options.Events || options.Figures && t.name != statisticsTable.name && t.name != exclusionsTable.name {
			continue
		}
		c.Of.lines[t.name].write(p[t.name], c.Texts)
		size += p[t.name].Len()
	}
	return size
}

// copyAll writes the copies on several connections at once, in any order.
func (s *Store) copyAll(ctx context.Context, copies iter.Seq[Copy], options CopyOptions) error {
	parts := make(chan part)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(parts)
		send := func(p part) error {
			select {
			case parts <- p:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		filling := newPart()
		for c := range copies {
			if filling.add(c, options) > copiedPart {
				if err := send(filling); err != nil {
					return err
				}
				filling = newPart()
			}
		}
		return send(filling)
	})
	for range copying {
		group.Go(func() error {
			conn, err := s.pool.Acquire(ctx)
			if err != nil {
				return err
			}
			defer conn.Release()
			for p := range parts {
				if err := p.copy(ctx, conn); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("copy cases: %w", err)
	}
	return nil
}

func (p part) copy(ctx context.Context, conn *pgxpool.Conn) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		// What a crash loses is copied again.
		if _, err := tx.Exec(ctx, "set local synchronous_commit = off"); err != nil {
			return err
		}
		for _, t := range copiedTables {
			if p[t.name].Len() == 0 {
				continue
			}
			if _, err := tx.Conn().PgConn().CopyFrom(ctx, p[t.name], "copy "+t.name+" ("+t.names("")+") from stdin"); err != nil {
				return fmt.Errorf("into %s: %w", t.name, err)
			}
		}
		return nil
	})
}
