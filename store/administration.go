package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/directory"
)

// DirectoryCommand is an administrator's change, on its way into the record.
type DirectoryCommand struct {
	Actor  casefile.Actor
	Change directory.Change
	// RequestKey and InputDigest are as in casefile.Command: the same request is done once.
	RequestKey, InputDigest, RequestID string
}

// ChangeDirectory decides a change on the directory in force and stores it with its trail,
// or leaves nothing. Rights follow it from the next request on. Where somebody takes or loses
// a role, the work that this moves is moved in the same step: what waited for them waits in
// the inbox of the role. The refusal says why nothing was done.
func (s *Store) ChangeDirectory(ctx context.Context, command DirectoryCommand, now time.Time) (*casefile.Refusal, error) {
	var refusal *casefile.Refusal
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var err error
		refusal, err = s.changeDirectory(ctx, tx, command, casefile.Instant(now))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("change the directory: %w", err)
	}
	return refusal, nil
}

func (s *Store) changeDirectory(ctx context.Context, tx pgx.Tx, command DirectoryCommand, now time.Time) (*casefile.Refusal, error) {
	// The lock that appends share: none gives work by the directory as it was while this one
	// is changed.
	if _, err := tx.Exec(ctx, ownLaw, lawLock); err != nil {
		return nil, err
	}
	var version int64
	if err := tx.QueryRow(ctx, directoryVersion+" for update").Scan(&version); err != nil {
		return nil, err
	}
	var digest string
	err := tx.QueryRow(ctx, "select input_digest from directory_changes where request_key = $1", command.RequestKey).Scan(&digest)
	switch {
	case err == nil && digest == command.InputDigest:
		return nil, nil
	case err == nil:
		return casefile.OtherInput(), nil
	case !errors.Is(err, pgx.ErrNoRows):
		return nil, err
	}
	if signedIn, ok := command.Change.(directory.SignIn); ok {
		var newer bool
		if err := tx.QueryRow(ctx, rolesAreNewer, signedIn.Subject, casefile.Instant(signedIn.IssuedAt)).Scan(&newer); err != nil || newer {
			return nil, err
		}
	}
	before, err := s.directoryAt(ctx, tx, version)
	if err != nil {
		return nil, err
	}
	rows, refusal := before.Administer(command.Actor, command.Change, now)
	if refusal != nil {
		return refusal, nil
	}
	if err := writeChange(ctx, tx, command.Change, rows, now); err != nil {
		return nil, err
	}
	body, err := json.Marshal(command.Change)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `
		insert into directory_changes (version, at, person_id, role, unit_id, request_id, request_key, input_digest, change, body)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		version+1, now, command.Actor.PersonID, string(command.Actor.Role), command.Actor.UnitID,
		command.RequestID, command.RequestKey, command.InputDigest, command.Change.Mutation(), string(body)); err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, "update directory_version set version = $1", version+1); err != nil {
		return nil, err
	}
	// Read whole: what the rows now make must be a directory, or nobody could read it.
	after, err := readDirectory(ctx, tx)
	if err != nil {
		return nil, err
	}
	if set, ok := command.Change.(directory.SetAbsence); ok {
		if calendar.DateOf(now).Before(set.From) {
			return nil, nil // it moves work when it begins
		}
		return nil, moveWork(ctx, tx, workOf(before, set.PersonID), after)
	}
	if len(rows.People) == 1 && command.Change.Mutation() == (directory.SignIn{}).Mutation() {
		work, gained := workOf(before, rows.People[0].ID), workOf(after, rows.People[0].ID)
		return nil, moveWork(ctx, tx, movedWork{inboxes: append(work.inboxes, gained.inboxes...)}, after)
	}
	if inboxes := moved(command.Change); len(inboxes) > 0 {
		return nil, moveWork(ctx, tx, movedWork{inboxes: inboxes}, after)
	}
	return nil, nil
}

// writeChange writes the rows of a change. A saved unit has the superiors given, no others.
func writeChange(ctx context.Context, tx pgx.Tx, change directory.Change, rows directory.Entries, now time.Time) error {
	switch change := change.(type) {
	case directory.SignIn:
		return writeSignIn(ctx, tx, change, rows)
	case directory.SetAbsence:
		return writeAbsence(ctx, tx, change, rows.Absences, calendar.DateOf(now))
	case directory.SaveUnit:
		if _, err := tx.Exec(ctx, "delete from unit_superiors where unit_id = $1", change.ID); err != nil {
			return err
		}
	case directory.RevokeRole:
		_, err := tx.Exec(ctx, "delete from person_roles where person_id = $1 and role = $2 and unit_id = $3",
			change.PersonID, string(change.Role), change.UnitID)
		return err
	}
	_, err := seedRows(ctx, tx, rows)
	return err
}

// moved are the inboxes whose work a change may move: a person's own and that of the role; a
// post that is filled draws what the unit's other roles had to do for it.
func moved(change directory.Change) []string {
	switch change := change.(type) {
	case directory.RevokeRole:
		return []string{personKey(change.PersonID), roleKey(change.Role, change.UnitID)}
	case directory.GrantRole:
		inboxes := []string{personKey(change.PersonID)}
		for _, role := range casefile.Terms("Role") {
			inboxes = append(inboxes, roleKey(casefile.Role(role.Value), change.UnitID))
		}
		return inboxes
	}
	return nil
}
