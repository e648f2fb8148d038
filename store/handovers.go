package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// HandOver is somebody's work on its way to a colleague, as it was asked for.
type HandOver struct {
	// RequestKey and InputDigest are as in casefile.Command.
	RequestKey, InputDigest, RequestID string
	// PersonID asked for it. ToID is empty where the work goes to the inbox of the unit.
	PersonID, FromID, ToID string
	// Input is what was asked for, whole, so that it can be gone on with; it is stored encrypted
	// until the hand-over has ended.
	Input []byte
}

// HandOverStatus is what became of one case or package of a hand-over.
type HandOverStatus string

// The statuses: ASKED is one whose answer is not known.
const (
	HandOverAsked   HandOverStatus = "ASKED"
	HandOverMoved   HandOverStatus = "MOVED"
	HandOverRefused HandOverStatus = "REFUSED"
)

// HandOverItem is one case or package of a hand-over.
type HandOverItem struct {
	OwnerID   string
	OfPackage bool
	Status    HandOverStatus
	Refusal   *casefile.Refusal
}

// BeginHandOver notes a hand-over, or that somebody goes on with it, and returns what became of
// its cases so far. ok is false where the key belongs to another input.
func (s *Store) BeginHandOver(ctx context.Context, over HandOver, now time.Time) (items []HandOverItem, ok bool, err error) {
	master, err := s.keys.Current(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("begin a hand-over: %w", err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`
		insert into hand_overs as o (request_key, input_digest, at, person_id, request_id, from_person_id, to_person_id, input, key_id, stepped_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $3) on conflict (request_key) do update set stepped_at = excluded.stepped_at,
			input = coalesce(o.input, excluded.input), key_id = coalesce(o.key_id, excluded.key_id)
		where o.input_digest = excluded.input_digest`,
		over.RequestKey, over.InputDigest, casefile.Instant(now), over.PersonID, over.RequestID, over.FromID, over.ToID,
		seal(master.aead, over.Input, boundHandOver(over.RequestKey)), master.ID)
	batch.Queue("select input_digest = $2 from hand_overs where request_key = $1", over.RequestKey, over.InputDigest).
		QueryRow(func(row pgx.Row) error { return row.Scan(&ok) })
	batch.Queue("select owner_id::text, of_package, status, refusal from hand_over_items where request_key = $1 order by owner_id", over.RequestKey).
		Query(func(rows pgx.Rows) error {
			items, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (item HandOverItem, err error) {
				var refusal []byte
				if err := row.Scan(&item.OwnerID, &item.OfPackage, &item.Status, &refusal); err != nil || refusal == nil {
					return item, err
				}
				return item, json.Unmarshal(refusal, &item.Refusal)
			})
			return err
		})
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, false, fmt.Errorf("begin a hand-over: %w", err)
	}
	return items, ok, nil
}

// NoteHandOver notes how it stands with one case or package.
func (s *Store) NoteHandOver(ctx context.Context, requestKey string, item HandOverItem) error {
	var refusal []byte
	if item.Refusal != nil {
		var err error
		if refusal, err = json.Marshal(item.Refusal); err != nil {
			return err
		}
	}
	// What was moved stays moved, whoever asked again at the same moment.
	_, err := s.pool.Exec(ctx, `
		insert into hand_over_items as i (request_key, owner_id, of_package, status, refusal) values ($1, $2, $3, $4, $5)
		on conflict (request_key, owner_id) do update set status = excluded.status, refusal = excluded.refusal where i.status = 'ASKED'`,
		requestKey, item.OwnerID, item.OfPackage, string(item.Status), refusal)
	if err != nil {
		return fmt.Errorf("note a hand-over: %w", err)
	}
	return nil
}

// WorkRow is a case that somebody handles or mediates, or a package that they lead or work on.
type WorkRow struct {
	// ID is the case's, Number its number; of the package where Package is set.
	ID, Number string
	State      casefile.State
	Package    *leadership.State
	// Seen says that the viewer sees it by their own rights.
	Seen bool
}

// WorkOf lists the open work of somebody in which a viewer may have a say: cases that they
// handle or mediate, and packages that they lead or of whose team they are. What is kept from the viewer is left out,
// whatever their role; so is what they don't see, unless it is NORMAL.
func (s *Store) WorkOf(ctx context.Context, viewer Viewer, personID string) ([]WorkRow, error) {
	var work []WorkRow
	args := &arguments{}
	sees := viewer.sees(nil, args)
	id := args.add(personID)
	batch := &pgx.Batch{}
	batch.Queue(`
		select c.id::text, c.number, c.state, `+sees+` as seen from cases c
		where c.open and c.id in (select id from cases where open and handler_id = `+id+`
			union all select case_id from case_grants where open and grantee = 'person/' || `+id+`::text)
			and (c.handler_id = `+id+` or c.state::jsonb->'mediations' @> jsonb_build_array(jsonb_build_object('mediatorId', `+id+`::text)))
			and not `+viewer.excludedFrom(args)+` order by c.id`, args.values...).
		Query(func(rows pgx.Rows) error {
			return eachRow(rows, func(row pgx.CollectableRow) error {
				var of WorkRow
				var state []byte
				if err := row.Scan(&of.ID, &of.Number, &state, &of.Seen); err != nil {
					return err
				}
				if err := json.Unmarshal(state, &of.State); err != nil {
					return err
				}
				handles, mediation := of.State.WorkOf(personID)
				if (handles || mediation != "") && (of.Seen || of.State.Confidentiality == casefile.ConfidentialityNormal) {
					work = append(work, of)
				}
				return nil
			})
		})
	args = &arguments{}
	seesPackages := viewer.seesPackages(args)
	id = args.add(personID)
	batch.Queue("select c.id::text, c.number, c.state from packages c where "+seesPackages+" and c.open"+
		" and (c.state->>'leaderId' = "+id+" or c.state->'teamIds' ? "+id+")"+
		" and exists (select from package_grants g where g.package_id = c.id and g.grantee = 'person/' || "+id+"::text) order by c.id", args.values...).
		Query(func(rows pgx.Rows) error {
			return eachRow(rows, func(row pgx.CollectableRow) error {
				of := WorkRow{Package: &leadership.State{}, Seen: true}
				var state []byte
				if err := row.Scan(&of.ID, &of.Number, &state); err != nil {
					return err
				}
				if err := json.Unmarshal(state, of.Package); err != nil {
					return err
				}
				if of.Package.WorkOf(personID) {
					work = append(work, of)
				}
				return nil
			})
		})
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fmt.Errorf("read somebody's work: %w", err)
	}
	return work, nil
}

// NumberOf is the number of a case or package that a viewer sees; "" where they don't.
func (s *Store) NumberOf(ctx context.Context, viewer Viewer, item HandOverItem) (string, error) {
	if item.OfPackage {
		row, err := s.Package(ctx, viewer, item.OwnerID)
		if err != nil || row == nil {
			return "", err
		}
		return row.State.Number, nil
	}
	row, err := s.Case(ctx, viewer, item.OwnerID)
	if err != nil || row == nil {
		return "", err
	}
	return row.State.Number, nil
}
