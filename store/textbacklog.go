package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// IndexTexts indexes the texts of up to limit cases that were stored before there was an index
// to search in, and returns how many cases it did; 0 when none is left. Whoever is stopped goes on where
// it was; several may do so at once.
func (s *Store) IndexTexts(ctx context.Context, limit int) (int, error) {
	var states []casefile.State
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// Appends take the lock of the case too: no amendment comes in between.
		rows, err := tx.Query(ctx, `
			select c.state from text_backlog b join cases c on c.id = b.case_id
			order by c.id limit $1 for update of b, c skip locked`, limit)
		if err != nil {
			return err
		}
		states, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (casefile.State, error) {
			var state casefile.State
			var raw []byte
			if err := row.Scan(&raw); err != nil {
				return state, err
			}
			return state, json.Unmarshal(raw, &state)
		})
		if err != nil || len(states) == 0 {
			return err
		}
		return s.rewriteTokens(ctx, tx, states)
	})
	if err != nil {
		return 0, fmt.Errorf("index the texts of cases: %w", err)
	}
	return len(states), nil
}

// verifyTokens finds index entries that are not what the texts of some cases give: missing,
// others, or of a text that the case no longer has. What waits in the backlog isn't looked at.
func (s *Store) verifyTokens(ctx context.Context, tx pgx.Tx, states []casefile.State) ([]Finding, error) {
	ids := make([]string, len(states))
	for i, state := range states {
		ids[i] = state.ID
	}
	rows, err := tx.Query(ctx, "select case_id::text from text_backlog where case_id = any($1::uuid[])", ids)
	if err != nil {
		return nil, err
	}
	waiting, err := collectStrings(rows)
	if err != nil {
		return nil, err
	}
	later := setOf(waiting)
	var refs []TextRef
	for _, state := range states {
		for _, ref := range searchedTexts(state) {
			if ref.CaseID == state.ID && !later[state.ID] {
				refs = append(refs, ref)
			}
		}
	}
	wrong, err := s.expectedTokens(ctx, tx, refs)
	if err != nil {
		return nil, err
	}
	rows, err = tx.Query(ctx, `
		select t.case_id::text, t.text_id::text, t.tokens::text, c.referenced_at is not null
		from text_tokens t join contents c on c.case_id = t.case_id and c.id = t.text_id
		where t.case_id = any($1::uuid[])`, ids)
	if err != nil {
		return nil, err
	}
	var ref TextRef
	var tokens string
	var named bool
	_, err = pgx.ForEachRow(rows, []any{&ref.CaseID, &ref.ID, &tokens, &named}, func() error {
		should, current := wrong[ref]
		switch {
		case later[ref.CaseID], !current && !named: // the latter belongs to a command under way
		case should == tokens:
			delete(wrong, ref)
		default:
			wrong[ref] = tokens
		}
		return nil
	})
	var findings []Finding
	for ref := range wrong {
		findings = append(findings, Finding{CaseID: ref.CaseID, What: RowsDiffer, Detail: "text_tokens " + string(ref.ID)})
	}
	return findings, err
}
