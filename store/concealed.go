package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// Concealed returns those of some cases of which a viewer may not know by what is named of them
// elsewhere, with their grade: those restricted or sealed, or closed to them, that they don't see.
// To be told of a link is no attempt to look at a case, and isn't recorded as one.
func (s *Store) Concealed(ctx context.Context, viewer Viewer, ids []string) (map[string]casefile.Confidentiality, error) {
	args := &arguments{values: []any{ids}}
	rows, err := s.pool.Query(ctx, `
		select c.id::text, case when `+viewer.excludedFrom(args)+` then 'SEALED' else c.confidentiality end from cases c
		where c.id = any($1::uuid[]) and not coalesce(`+viewer.sees(nil, args)+`, false)
			and (c.confidentiality <> 'NORMAL' or `+viewer.excludedFrom(args)+`)`, args.values...)
	if err != nil {
		return nil, fmt.Errorf("read which cases are concealed: %w", err)
	}
	concealed := map[string]casefile.Confidentiality{}
	var id string
	var grade casefile.Confidentiality
	if _, err := pgx.ForEachRow(rows, []any{&id, &grade}, func() error {
		concealed[id] = grade
		return nil
	}); err != nil {
		return nil, fmt.Errorf("read which cases are concealed: %w", err)
	}
	return concealed, nil
}
