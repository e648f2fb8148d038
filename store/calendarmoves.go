package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// ClockMove is an open clock of a case or package that a year of the calendar would move, or
// make final.
type ClockMove struct {
	Number string
	Event  casefile.DeadlineRecounted
}

// movesPortion is how many cases are counted at once.
const movesPortion = 500

// Moves counts the clocks that a planned year may move by the rules, as each case and package
// will when it is told, and calls visit with what moves, in no order. Nothing is written.
func (s *Store) Moves(ctx context.Context, plan CalendarPlan, now time.Time, visit func(ClockMove)) error {
	dir, _, err := s.InForce(ctx)
	if err != nil {
		return err
	}
	ofCase, ofPackage := casefile.Rules{Now: now, Directory: dir, Law: plan.Law}, leadership.Rules{Now: now, Directory: dir, Law: plan.Law}
	if err := s.visitMovable(ctx, caseClocks, plan, func(raw []byte) error { return movesOf(raw, ofCase, visit) }); err != nil {
		return err
	}
	return s.visitMovable(ctx, packageClocks, plan, func(raw []byte) error { return packageMoves(raw, ofPackage, visit) })
}

// visitMovable visits the states of the cases or packages whose clocks a planned year may move.
func (s *Store) visitMovable(ctx context.Context, of clocks, plan CalendarPlan, visit func(state []byte) error) error {
	movable := movableBy(of, plan.where, plan.touched)
	rows, err := s.pool.Query(ctx, "select distinct t.case_id::text"+movable.from, movable.args.values...)
	if err != nil {
		return fmt.Errorf("read which clocks may move: %w", err)
	}
	ids, err := collectStrings(rows)
	if err != nil {
		return fmt.Errorf("read which clocks may move: %w", err)
	}
	for portion := range slices.Chunk(ids, movesPortion) {
		rows, err := s.pool.Query(ctx, "select state from "+of.owners+" where id = any($1::uuid[])", portion)
		if err != nil {
			return fmt.Errorf("read whose clocks may move: %w", err)
		}
		var raw []byte
		if _, err := pgx.ForEachRow(rows, []any{&raw}, func() error { return visit(raw) }); err != nil {
			return fmt.Errorf("count clocks that may move: %w", err)
		}
	}
	return nil
}

func movesOf(raw []byte, rules casefile.Rules, visit func(ClockMove)) error {
	var state casefile.State
	if err := json.Unmarshal(raw, &state); err != nil {
		return err
	}
	events, err := casefile.Decide(state, casefile.Command{CaseID: state.ID, Actor: casefile.System, Act: casefile.PassTime{}}, rules)
	if refusal := (*casefile.Refusal)(nil); err != nil && !errors.As(err, &refusal) {
		return err
	}
	for _, event := range events {
		if moved, ok := event.Body.(casefile.DeadlineRecounted); ok {
			visit(ClockMove{state.Number, moved})
		}
	}
	return nil
}

func packageMoves(raw []byte, rules leadership.Rules, visit func(ClockMove)) error {
	var state leadership.State
	if err := json.Unmarshal(raw, &state); err != nil {
		return err
	}
	events, err := leadership.Decide(state, leadership.Command{PackageID: state.ID, Actor: casefile.System, Act: leadership.PassTime{}}, rules)
	if err != nil {
		return err
	}
	for _, event := range events {
		if moved, ok := event.Body.(leadership.DeadlineRecounted); ok {
			visit(ClockMove{state.Number, casefile.DeadlineRecounted(moved)})
		}
	}
	return nil
}
