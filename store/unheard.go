package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Unheard is a case or a package whose workflow may not know what is in its record.
type Unheard struct {
	// Note names the row, for Heard.
	Note int64
	// CaseID or PackageID is set.
	CaseID, PackageID string
}

// NoteUnheard notes that the workflow of a case or a package has to be told, before something is
// stored that it doesn't store itself. One of the two ids is given.
func (s *Store) NoteUnheard(ctx context.Context, of Unheard) (note int64, err error) {
	err = s.pool.QueryRow(ctx, `
		insert into unheard (case_id, package_id) values (nullif($1, '')::uuid, nullif($2, '')::uuid) returning id`,
		of.CaseID, of.PackageID).Scan(&note)
	if err != nil {
		return 0, fmt.Errorf("note a workflow that is to be told: %w", err)
	}
	return note, nil
}

// Heard takes notes back whose workflow has been told, or whose command was not stored.
func (s *Store) Heard(ctx context.Context, notes ...int64) error {
	if _, err := s.pool.Exec(ctx, "delete from unheard where id = any($1)", notes); err != nil {
		return fmt.Errorf("take back the note of a workflow that was told: %w", err)
	}
	return nil
}

// LeaveUnheard puts a note behind the others: its workflow could not be told.
func (s *Store) LeaveUnheard(ctx context.Context, note int64) error {
	if _, err := s.pool.Exec(ctx, "update unheard set since = now() where id = $1", note); err != nil {
		return fmt.Errorf("leave the note of a workflow that could not be told: %w", err)
	}
	return nil
}

// mostUnheard is how many notes are read at once.
const mostUnheard = 1000

// Unheard are notes of before an instant, the oldest first, at most a thousand: whoever noted them
// has had the time to tell the workflows, and has not.
func (s *Store) Unheard(ctx context.Context, before time.Time) ([]Unheard, error) {
	rows, err := s.pool.Query(ctx, `
		select id, coalesce(case_id::text, ''), coalesce(package_id::text, '') from unheard where since < $1 order by since, id limit $2`,
		before, mostUnheard)
	if err != nil {
		return nil, fmt.Errorf("read which workflows are to be told: %w", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Unheard])
	if err != nil {
		return nil, fmt.Errorf("read which workflows are to be told: %w", err)
	}
	return found, nil
}
