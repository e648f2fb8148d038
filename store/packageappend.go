package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// PackageAppended is the answer to an AppendPackage.
type PackageAppended = Answer[leadership.Event]

// AppendPackage decides a command on the stored state of its package and stores the events,
// the read model and the feed in one transaction, as Append does for a case. Of two
// packages that take the same case at once one is refused.
func (s *Store) AppendPackage(ctx context.Context, shellVersion int, command leadership.Command, now time.Time) (PackageAppended, error) {
	if !validUUID(command.PackageID) {
		return refused[leadership.Event](0, casefile.Refusal{
			Code: casefile.RefusedNoCase, Field: []string{"packageId"}, Message: "there is no such package", MessageZH: "没有这一包案",
		}), nil
	}
	var appended PackageAppended
	var err error
	// Decided again on what another one stored first: the first events of the package, or a
	// case that another package took. Two that take the same cases may also wait for each
	// other, and then Postgres ends one.
	for range 5 {
		appended, err = s.tryAppendPackage(ctx, shellVersion, command, casefile.Instant(now))
		if !overtaken(err) {
			break
		}
	}
	switch {
	case err == nil:
		return appended, nil
	case sqlState(err) == unknownText:
		return PackageAppended{}, &UnknownTextError{CaseID: command.PackageID}
	}
	return PackageAppended{}, fmt.Errorf("append to package %s: %w", command.PackageID, err)
}

const deadlock = "40P01"

func overtaken(err error) bool {
	switch violated(err) {
	case "package_events_are_numbered", "package_requests_are_done_once", "package_members_hold_a_case_once":
		return true
	}
	return sqlState(err) == deadlock
}

// knownPackage is what an append finds when it has locked the package.
type knownPackage struct {
	locked[leadership.Event]
	state leadership.State
}

func (s *Store) tryAppendPackage(ctx context.Context, shellVersion int, command leadership.Command, now time.Time) (PackageAppended, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return PackageAppended{}, err
	}
	defer release(conn)
	known, err := s.lockPackage(ctx, conn, shellVersion, command)
	if err != nil {
		return PackageAppended{}, err
	}
	version := known.state.Version
	if answer, settled, err := known.settled(command.PackageID, version, shellVersion, command.InputDigest); settled {
		return answer, err
	}
	rules := leadership.Rules{Now: now, Directory: known.directory, Law: known.law, Number: "-"}
	if rules.Cases, err = caseFacts(ctx, conn, leadership.CasesNamed(known.state, command.Act)); err != nil {
		return PackageAppended{}, err
	}
	events, refusal, err := decidePackage(ctx, conn, known.state, command, rules)
	switch {
	case err != nil:
		return PackageAppended{}, err
	case refusal != nil:
		return refused[leadership.Event](version, *refusal), nil
	case len(events) == 0:
		return PackageAppended{Status: Added, Version: version}, dequeue(ctx, conn, known.counts(command))
	}
	e, err := newPackageEntry(known, command, events)
	if err != nil {
		return PackageAppended{}, err
	}
	if err := e.commit(ctx, conn); err != nil {
		return PackageAppended{}, err
	}
	s.waker.wake()
	return PackageAppended{Status: Added, Events: e.events, Version: e.after.Version}, nil
}

func (s *Store) lockPackage(ctx context.Context, conn *pgxpool.Conn, shellVersion int, command leadership.Command) (*knownPackage, error) {
	k := &knownPackage{}
	var dirVersion, lawVersion int64
	batch := &pgx.Batch{}
	k.queueLock(batch, "packages", command.PackageID, &k.state)
	batch.Queue("select input_digest from package_requests where package_id = $1 and request_key = $2", command.PackageID, command.RequestKey).
		QueryRow(func(row pgx.Row) error {
			err := row.Scan(&k.digest)
			k.requested = err == nil
			return ignoreNoRows(err)
		})
	batch.Queue("select "+packageEventColumns+" from package_events where package_id = $1 and seq > $2 order by seq", command.PackageID, shellVersion).
		Query(func(rows pgx.Rows) error {
			stored, err := pgx.CollectRows(rows, scanPackageEvent)
			k.ahead = barePackage(stored)
			return err
		})
	batch.Queue(inForceFor, command.PackageID).QueryRow(func(row pgx.Row) error { return row.Scan(&dirVersion, &lawVersion, &k.queued) })
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fmt.Errorf("lock the package: %w", err)
	}
	var err error
	if k.directory, err = s.directoryAt(ctx, conn, dirVersion); err != nil {
		return nil, err
	}
	k.law, err = s.lawAt(ctx, conn, lawVersion)
	return k, err
}

// querier is a pool, a connection or a transaction.
type querier interface {
	Query(context.Context, string, ...any) (pgx.Rows, error)
}

// caseFacts reads what the decision needs of the cases that it names.
func caseFacts(ctx context.Context, db querier, ids []string) (map[string]leadership.CaseFacts, error) {
	facts := make(map[string]leadership.CaseFacts, len(ids))
	var asked []string
	for _, id := range ids {
		if validUUID(id) {
			asked = append(asked, id)
		}
	}
	if len(asked) == 0 {
		return facts, nil
	}
	rows, err := db.Query(ctx, `
		select c.id::text, c.state, coalesce(m.package_id::text, '')
		from cases c left join package_members m on m.case_id = c.id and m.holds
		where c.id = any($1::uuid[])`, asked)
	if err != nil {
		return nil, fmt.Errorf("read the cases of a package: %w", err)
	}
	var id, heldBy string
	var raw []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &raw, &heldBy}, func() error {
		var state casefile.State
		if err := json.Unmarshal(raw, &state); err != nil {
			return err
		}
		facts[id] = leadership.FactsOf(state, heldBy)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the cases of a package: %w", err)
	}
	return facts, nil
}

// PackageFacts are the facts of the cases that an act names, for deciding early.
func (s *Store) PackageFacts(ctx context.Context, state leadership.State, act leadership.Act) (map[string]leadership.CaseFacts, error) {
	return caseFacts(ctx, s.pool, leadership.CasesNamed(state, act))
}

// decidePackage decides a command; one that makes a package is decided again with the
// number reserved for it once it is known not to be refused.
func decidePackage(ctx context.Context, conn *pgxpool.Conn, state leadership.State, command leadership.Command, rules leadership.Rules) ([]leadership.Event, *casefile.Refusal, error) {
	events, refusal, err := decided(leadership.Decide(state, command, rules))
	if err != nil || refusal != nil || state.Exists() || len(events) == 0 {
		return events, refusal, err
	}
	division := leadership.Fold(command.PackageID, events).Division
	year := rules.Now.In(casefile.Shanghai).Year()
	var last int
	if err := conn.QueryRow(ctx, reservePackageNumber, division, year).Scan(&last); err != nil {
		return nil, nil, fmt.Errorf("reserve a package number: %w", err)
	}
	rules.Number = packageNumber(division, year, last)
	return decided(leadership.Decide(state, command, rules))
}
