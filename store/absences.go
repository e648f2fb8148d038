package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/directory"
)

// writeAbsence writes an absence over the one of the same first day; none takes that away.
func writeAbsence(ctx context.Context, tx pgx.Tx, change directory.SetAbsence, rows []directory.Absence, today calendar.Date) error {
	if _, err := tx.Exec(ctx, "delete from absences where person_id = $1 and from_day = $2", change.PersonID, change.From.String()); err != nil {
		return err
	}
	for _, row := range rows {
		status := "PLANNED"
		switch {
		case row.Begun:
			status = "BEGUN"
		case !row.From.After(today):
			status = "ENDED"
		}
		if _, err := tx.Exec(ctx, `
			insert into absences (person_id, from_day, until_day, deputy_id, status) values ($1, $2, nullif($3, '')::date, $4, $5)`,
			row.PersonID, row.From.String(), row.Until.String(), row.DeputyID, status); err != nil {
			return err
		}
	}
	return nil
}

// workOf is what somebody's absence may move: what is theirs, with what waits for the other
// roles of their units, which do what everybody of a post is away for.
func workOf(dir *directory.Directory, personID string) movedWork {
	key := personKey(personID)
	moved := movedWork{inboxes: []string{key}, grantees: []string{key}}
	person, _ := dir.Person(personID)
	for _, at := range person.Roles {
		for _, role := range casefile.Terms("Role") {
			moved.inboxes = append(moved.inboxes, roleKey(casefile.Role(role.Value), at.UnitID))
		}
	}
	return moved
}

// Those who begin to be away today, and those who are back.
const (
	beginning = "status = 'PLANNED' and from_day <= $1"
	ending    = "status = 'BEGUN' and until_day < $1"
)

// TurnAbsences begins and ends, by the day of an instant in Asia/Shanghai, the absences whose
// time has come, and moves the work that this moves in the same step. It returns whose; it
// costs one small query where nobody's has.
func (s *Store) TurnAbsences(ctx context.Context, now time.Time) (turned []string, err error) {
	today := calendar.DateOf(now).String()
	var due bool
	err = s.pool.QueryRow(ctx, "select exists (select from absences where "+beginning+" or "+ending+")", today).Scan(&due)
	if err == nil && due {
		err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
			turned, err = turnAbsences(ctx, tx, today)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("begin and end absences: %w", err)
	}
	return turned, nil
}

func turnAbsences(ctx context.Context, tx pgx.Tx, today string) ([]string, error) {
	// The lock that appends share, as for every change of the directory.
	if _, err := tx.Exec(ctx, ownLaw, lawLock); err != nil {
		return nil, err
	}
	var version int64
	if err := tx.QueryRow(ctx, directoryVersion+" for update").Scan(&version); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `
		with over as (update absences set status = 'ENDED' where `+ending+` returning person_id),
			begun as (update absences set status = case when until_day < $1 then 'ENDED' else 'BEGUN' end where `+beginning+` returning person_id)
		select person_id from over union select person_id from begun order by 1`, today)
	if err != nil {
		return nil, err
	}
	turned, err := collectStrings(rows)
	if err != nil || len(turned) == 0 { // another process was first
		return nil, err
	}
	if _, err := tx.Exec(ctx, "update directory_version set version = $1", version+1); err != nil {
		return nil, err
	}
	after, err := readDirectory(ctx, tx)
	if err != nil {
		return nil, err
	}
	var moved movedWork
	for _, personID := range turned {
		work := workOf(after, personID)
		moved.inboxes, moved.grantees = append(moved.inboxes, work.inboxes...), append(moved.grantees, work.grantees...)
	}
	return turned, moveWork(ctx, tx, moved, after)
}
