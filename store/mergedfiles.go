package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// MergedCase is what the case that goes on shows of one that was merged into it: its files, and
// which cases had been merged into it before.
type MergedCase struct {
	Documents []casefile.Document
	TakenOver []casefile.TakenOver
}

// MergedCases reads cases that were merged into one that the viewer sees; whether they do, the
// caller has asked there. Those that the viewer is kept from are left out.
func (s *Store) MergedCases(ctx context.Context, viewer Viewer, ids []string) (map[string]*MergedCase, error) {
	args := &arguments{values: []any{ids}}
	query := `select c.id::text, coalesce(c.state::jsonb->'documents', '[]'), coalesce(c.state::jsonb->'takenOver', '[]')
		from cases c where c.id = any($1::uuid[]) and not ` + viewer.excludedFrom(args)
	rows, err := s.pool.Query(ctx, query, args.values...)
	if err != nil {
		return nil, fmt.Errorf("read merged cases: %w", err)
	}
	merged := make(map[string]*MergedCase, len(ids))
	var (
		id                   string
		documents, takenOver []byte
	)
	if _, err := pgx.ForEachRow(rows, []any{&id, &documents, &takenOver}, func() error {
		one := &MergedCase{}
		merged[id] = one
		if err := json.Unmarshal(documents, &one.Documents); err != nil {
			return err
		}
		return json.Unmarshal(takenOver, &one.TakenOver)
	}); err != nil {
		return nil, fmt.Errorf("read merged cases: %w", err)
	}
	return merged, nil
}
