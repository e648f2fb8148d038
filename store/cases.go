package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// CaseRow is a case as it is read: the columns that lists are made of, and the whole state.
type CaseRow struct {
	ID                string
	Number            string
	Kind              casefile.Kind
	Stage             casefile.Stage
	Division          casefile.Division
	Confidentiality   casefile.Confidentiality
	ResponsibleUnitID string
	HandlerID         string
	Open              bool
	// Overdue: the act of a missed deadline is still owed.
	Overdue bool
	// NextDueAt is the earliest due instant of the clocks that wait; zero where none does.
	NextDueAt time.Time
	Version   int
	// ChainHash is the hash of the newest event.
	ChainHash string
	State     casefile.State
	// EndHeld: a report of retaliation holds back its end. It is for Rules and for nobody to read.
	EndHeld bool
	// Cursor is the row's place in the list it was read from, and else empty.
	Cursor Cursor
}

// caseColumns are what scanCase reads.
const (
	caseColumns = "c.id::text, c.chain_hash, c.state, " + endIsHeld
	endIsHeld   = "exists (select from held_ends h where h.held_case_id = c.id)"
)

func scanCase(row pgx.CollectableRow, more ...any) (CaseRow, error) {
	var id, chainHash string
	var state []byte
	var endHeld bool
	if err := row.Scan(append([]any{&id, &chainHash, &state, &endHeld}, more...)...); err != nil {
		return CaseRow{}, err
	}
	return newCaseRow(id, chainHash, state, endHeld)
}

func newCaseRow(id, chainHash string, state []byte, endHeld bool) (CaseRow, error) {
	r := CaseRow{ID: id, ChainHash: chainHash, EndHeld: endHeld}
	if err := json.Unmarshal(state, &r.State); err != nil {
		return r, fmt.Errorf("decode case %s: %w", r.ID, err)
	}
	s := r.State
	r.Number, r.Kind, r.Stage, r.Division, r.Confidentiality = s.Number, s.Kind, s.Stage, s.Division, s.Confidentiality
	r.ResponsibleUnitID, r.HandlerID, r.Version = s.ResponsibleUnitID, s.HandlerID, s.Version
	r.Open, r.Overdue = s.Stage.Open(), s.Overdue()
	if next, waits := nextDue(s); waits {
		r.NextDueAt = casefile.Instant(next)
	}
	return r, nil
}

// Case returns a case that the viewer sees, or nil: one they may not see is as one that
// isn't there. An excluded viewer's attempt is recorded.
func (s *Store) Case(ctx context.Context, viewer Viewer, id string) (*CaseRow, error) {
	found, err := s.CasesByID(ctx, viewer, []string{id})
	if err != nil {
		return nil, err
	}
	return found[id], nil
}

// CaseByNumber is Case by the case's number.
func (s *Store) CaseByNumber(ctx context.Context, viewer Viewer, number string) (*CaseRow, error) {
	found, err := s.lookAt(ctx, viewer, "c.number = any($1::text[])", []string{number}, nil)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// CasesByID returns those of some cases that the viewer sees, in one round trip. Excluded
// viewers' attempts are recorded.
func (s *Store) CasesByID(ctx context.Context, viewer Viewer, ids []string) (map[string]*CaseRow, error) {
	asked := make([]string, 0, len(ids))
	for _, id := range ids {
		if validUUID(id) {
			asked = append(asked, id)
		}
	}
	cases := make(map[string]*CaseRow, len(asked))
	if len(asked) == 0 {
		return cases, nil
	}
	found, err := s.lookAt(ctx, viewer, "c.id = any($1::uuid[])", asked, s.keptStates(asked))
	for i := range found {
		cases[found[i].ID] = &found[i]
	}
	return cases, err
}

// keptStates are cases as they are in memory, each by its id and the hash as of which it is.
func (s *Store) keptStates(ids []string) map[string]CaseRow {
	kept := make(map[string]CaseRow, len(ids))
	for _, id := range ids {
		if row, chainHash, ok := s.states.newest(id); ok {
			kept[id+chainHash] = row
		}
	}
	return kept
}

// lookAt reads named cases. It reads those hidden from the viewer too, to tell apart who
// merely has no part in a case and who is excluded from it. The states of those that are still as
// they were kept are taken from there.
func (s *Store) lookAt(ctx context.Context, viewer Viewer, which string, names []string, kept map[string]CaseRow) ([]CaseRow, error) {
	args := &arguments{values: []any{names}}
	known := args.add(slices.AppendSeq(make([]string, 0, len(kept)), maps.Keys(kept)))
	query := "select c.id::text, c.chain_hash, case when c.id::text || c.chain_hash = any(" + known + "::text[]) then null else c.state end, " + endIsHeld +
		", coalesce(" + viewer.hasPartIn(nil, args) + ", false), " + viewer.excludedFrom(args) + " from cases c where " + which
	rows, err := s.pool.Query(ctx, query, args.values...)
	if err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	var excluded []string
	var seen []CaseRow
	var id, chainHash string
	var state []byte
	var endHeld, hasPart, closed bool
	_, err = pgx.ForEachRow(rows, []any{&id, &chainHash, &state, &endHeld, &hasPart, &closed}, func() error {
		if closed {
			excluded = append(excluded, id)
		}
		if closed || !hasPart {
			return nil
		}
		row, there := kept[id+chainHash]
		if !there {
			var err error
			if row, err = newCaseRow(id, chainHash, state, false); err != nil {
				return err
			}
			s.states.keep(id, chainHash, row, len(state))
		}
		row.EndHeld = endHeld
		seen = append(seen, row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	if len(excluded) > 0 {
		// Before the answer: an attempt that can't be recorded is not answered at all.
		if _, err := s.pool.Exec(ctx, "insert into access_attempts (case_id, person_id) select unnest($1::uuid[]), $2",
			excluded, viewer.PersonID); err != nil {
			return nil, fmt.Errorf("record an excluded viewer's attempt: %w", err)
		}
	}
	return seen, nil
}

// AccessAttempt is a look at a case by somebody it is closed to.
type AccessAttempt struct {
	PersonID string
	At       time.Time
}

// AccessAttempts lists the recorded attempts on a case, oldest first.
func (s *Store) AccessAttempts(ctx context.Context, caseID string) ([]AccessAttempt, error) {
	if !validUUID(caseID) {
		return nil, nil
	}
	rows, err := s.pool.Query(ctx, "select person_id, at from access_attempts where case_id = $1 order by at, id", caseID)
	if err != nil {
		return nil, fmt.Errorf("read access attempts: %w", err)
	}
	attempts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[AccessAttempt])
	if err != nil {
		return nil, fmt.Errorf("read access attempts: %w", err)
	}
	return attempts, nil
}
