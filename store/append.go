package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// Appended is the answer to an Append.
type Appended = Answer[casefile.Event]

// Append decides a command on the stored state of its case and stores the events, the read
// model and the feed in one transaction, or leaves nothing. Appends of one case follow one
// another. shellVersion is how many events the caller has applied:
//
//   - a record ahead of it is answered by ADOPT with the events after it, nothing decided;
//   - a record behind it is a *RecordBehindError.
//
// A request key already carried out with the same input digest is a DUPLICATE, with
// another one REFUSED as CONFLICT. An external number that another case has is REFUSED as
// CONFLICT, without a word about that case. A command that names a text which is not
// stored for the case is an *UnknownTextError. Any other error means that the outcome is
// unknown: append again, the record tells.
func (s *Store) Append(ctx context.Context, shellVersion int, command casefile.Command, now time.Time) (Appended, error) {
	if !validUUID(command.CaseID) {
		return refused[casefile.Event](0, refusals.noSuchCase), nil
	}
	var appended Appended
	var err error
	// Only two first commands of one case can meet on a number: there was no row to lock.
	for range 3 {
		appended, err = s.tryAppend(ctx, shellVersion, command, casefile.Instant(now))
		if constraint := violated(err); constraint != "events_are_numbered" && constraint != "requests_are_done_once" {
			break
		}
	}
	switch {
	case err == nil:
		return appended, nil
	case violated(err) == "case_external_ids_are_unique":
		return refused[casefile.Event](0, refusals.numberTaken), nil
	case sqlState(err) == unknownText:
		return Appended{}, &UnknownTextError{CaseID: command.CaseID}
	}
	return Appended{}, fmt.Errorf("append to case %s: %w", command.CaseID, err)
}

// What the record itself refuses, before or after the rules.
var refusals = struct{ noSuchCase, numberTaken casefile.Refusal }{
	noSuchCase: casefile.Refusal{
		Code: casefile.RefusedNoCase, Field: []string{"caseId"},
		Message: "there is no such case", MessageZH: "没有这一案件",
	},
	numberTaken: casefile.Refusal{
		Code: casefile.RefusedConflict, Field: []string{"externalIds"},
		Message:   "a number of another system given here belongs to another case",
		MessageZH: "所填外部编号已属于另一案件",
	},
}

// tryAppend takes two round trips, or three for a registration, whose number comes between, and for
// an adoption.
func (s *Store) tryAppend(ctx context.Context, shellVersion int, command casefile.Command, now time.Time) (Appended, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return Appended{}, err
	}
	defer release(conn)
	known, err := s.lockCase(ctx, conn, shellVersion, command)
	if err != nil {
		return Appended{}, err
	}
	version := known.state.Version
	if answer, settled, err := known.settled(command.CaseID, version, shellVersion, command.InputDigest); settled {
		return answer, err
	}
	events, refusal, err := decideNumbered(ctx, conn, known, command, now)
	if err != nil {
		return Appended{}, err
	}
	if refusal != nil {
		return refused[casefile.Event](version, *refusal), nil
	}
	counted := known.counts(command)
	if len(events) == 0 {
		return Appended{Status: Added, Version: version}, dequeue(ctx, conn, counted)
	}
	e, err := newEntry(known.state, known.chainHash, known.course, command, events)
	if err != nil {
		return Appended{}, err
	}
	e.counted, e.uncounted = counted, known.uncounted
	tasksFrom := map[string]int64{command.CaseID: known.directoryVersion}
	if err := commitEntries(ctx, conn, []*entry{e}, known.directory, tasksFrom); err != nil {
		return Appended{}, err
	}
	s.waker.wake()
	return Appended{Status: Added, Events: e.events, Version: e.after.Version}, nil
}

// release gives a connection back. A transaction still open there is undone first.
func release(conn *pgxpool.Conn) {
	defer conn.Release()
	if pg := conn.Conn().PgConn(); !pg.IsClosed() && pg.TxStatus() != 'I' {
		// Its own time: the caller's may be up. A failure closes the connection, which undoes too.
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_, _ = conn.Exec(ctx, "rollback")
	}
}

// known is what an append finds when it has locked the case.
type known struct {
	locked[casefile.Event]
	state     casefile.State
	course    casefile.Course
	uncounted bool // it has no figures yet
	endHeld   bool // by a report of retaliation
}

// lockCase begins the transaction, locks the case and reads what the decision needs, in
// one round trip while directory and law stay as they were.
func (s *Store) lockCase(ctx context.Context, conn *pgxpool.Conn, shellVersion int, command casefile.Command) (*known, error) {
	k := &known{}
	var dirVersion, version int64
	batch := &pgx.Batch{}
	k.queueLock(batch, "cases", command.CaseID, &k.state)
	var course *casefile.Course
	batch.Queue(knownOfCase, command.CaseID, command.RequestKey, casefile.CountingRules).QueryRow(func(row pgx.Row) error {
		var digest *string
		var days []*int
		var reworks *int
		if err := row.Scan(&digest, &days, &reworks, &dirVersion, &version, &k.queued, &k.endHeld); err != nil {
			return err
		}
		if k.requested = digest != nil; k.requested {
			k.digest = *digest
		}
		if reworks != nil {
			read := courseOf(days, *reworks)
			course = &read
		}
		return nil
	})
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fmt.Errorf("lock the case: %w", err)
	}
	var err error
	switch {
	case k.state.Version > shellVersion: // nothing will be decided
		if k.ahead, err = eventsAfter(ctx, conn, command.CaseID, shellVersion); err != nil {
			return nil, fmt.Errorf("read the events that the shell lacks: %w", err)
		}
	case course != nil:
		k.course = *course
	case k.state.Exists():
		// Not counted yet since an upgrade: its course is in its events.
		k.uncounted = true
		if k.course, err = wholeCourse(ctx, conn, command.CaseID); err != nil {
			return nil, fmt.Errorf("read the case's course: %w", err)
		}
	}
	if k.directory, err = s.directoryAt(ctx, conn, dirVersion); err != nil {
		return nil, err
	}
	k.law, err = s.lawAt(ctx, conn, version)
	return k, err
}

func eventsAfter(ctx context.Context, db querier, caseID string, seq int) ([]casefile.Event, error) {
	rows, err := db.Query(ctx, "select "+eventColumns+" from events where case_id = $1 and seq > $2 order by seq", caseID, seq)
	if err != nil {
		return nil, err
	}
	stored, err := pgx.CollectRows(rows, scanEvent)
	return bare(stored), err
}

func ignoreNoRows(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

// decideNumbered decides a command; one that registers is decided with the number that is
// reserved for it once it is known not to be refused.
func decideNumbered(ctx context.Context, conn *pgxpool.Conn, k *known, command casefile.Command, now time.Time) ([]casefile.Event, *casefile.Refusal, error) {
	rules := casefile.Rules{Now: now, Directory: k.directory, Law: k.law, EndHeld: k.endHeld}
	register, registers := registration(command.Act)
	registers = registers && !k.state.Exists()
	numbers := seriesOf(register, now)
	if registers {
		rules.Number = numbers.number(0)
	}
	events, refusal, err := decided(casefile.Decide(k.state, command, rules))
	if err != nil || refusal != nil || !registers {
		return events, refusal, err
	}
	var last int
	err = conn.QueryRow(ctx, reserveNumbers, numbers.prefix, numbers.letter, numbers.year, 1).Scan(&last)
	if err != nil {
		return nil, nil, fmt.Errorf("reserve a case number: %w", err)
	}
	rules.Number = numbers.number(last)
	return decided(casefile.Decide(k.state, command, rules))
}

// commitEntries writes entries and commits, in one round trip.
func commitEntries(ctx context.Context, conn *pgxpool.Conn, entries []*entry, dir *directory.Directory, tasksFrom map[string]int64) error {
	batch := &pgx.Batch{}
	if err := queueEntries(batch, entries, dir, tasksFrom); err != nil {
		return err
	}
	batch.Queue("commit")
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("write events: %w", err)
	}
	return nil
}
