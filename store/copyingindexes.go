package store

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"
)

// madeAgain are the statements that make what dropIndexes dropped: keys and indexes in any
// order, then references one after the other.
type madeAgain struct{ indexes, references []string }

// dropIndexes drops all indexes and keys of some tables, and what refers to these.
func (s *Store) dropIndexes(ctx context.Context, tables []table) (madeAgain, error) {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.name
	}
	var again madeAgain
	for _, kind := range []struct {
		query string
		make  *[]string
	}{
		{`select format('alter table %s drop constraint %I', conrelid::regclass, conname),
			format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
			from pg_constraint where contype = 'f' and (conrelid = any($1::text[]::regclass[]) or confrelid = any($1::text[]::regclass[]))`, &again.references},
		{`select format('alter table %s drop constraint %I', conrelid::regclass, conname),
			format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
			from pg_constraint where contype in ('p', 'u') and conrelid = any($1::text[]::regclass[])`, &again.indexes},
		{`select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
			from pg_index where indrelid = any($1::text[]::regclass[])`, &again.indexes},
	} {
		rows, err := s.pool.Query(ctx, kind.query, names)
		if err != nil {
			return again, err
		}
		var drop, remake string
		var drops []string
		_, err = pgx.ForEachRow(rows, []any{&drop, &remake}, func() error {
			drops, *kind.make = append(drops, drop), append(*kind.make, remake)
			return nil
		})
		if err != nil {
			return again, err
		}
		if err := s.each(ctx, drops); err != nil {
			return again, err
		}
	}
	return again, nil
}

func (s *Store) makeIndexes(ctx context.Context, again madeAgain) error {
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(copying)
	for _, statement := range again.indexes {
		group.Go(func() error {
			return s.pool.AcquireFunc(within, func(conn *pgxpool.Conn) error {
				return pgx.BeginFunc(within, conn, func(tx pgx.Tx) error {
					if _, err := tx.Exec(within, "set local maintenance_work_mem = '512MB'"); err != nil {
						return err
					}
					_, err := tx.Exec(within, statement)
					return err
				})
			})
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return s.each(ctx, again.references)
}
