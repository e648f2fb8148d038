package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// importBatch is how many cases an import writes in one transaction: few enough that the
// feed, which waits for the oldest transaction, waits no longer than a moment.
const importBatch = 200

// ImportEnded stores cases that had ended before (casefile.ImportEnded commands), in small
// transactions of many. Each is answered in its place: APPENDED, REFUSED by the rules or
// because another case has its external number, or DUPLICATE where the case is there
// already. After an error the answers so far are returned with it; running the whole again
// finds those cases as duplicates.
func (s *Store) ImportEnded(ctx context.Context, commands []casefile.Command, now time.Time) ([]Appended, error) {
	answers := make([]Appended, 0, len(commands))
	for part := range slices.Chunk(commands, importBatch) {
		done, err := s.importPart(ctx, part, casefile.Instant(now))
		if err != nil && violated(err) != "" || sqlState(err) == unknownText {
			// One of them met something that only shows when it is written, such as a number
			// that another import has just taken: one by one, only that one fails.
			done, err = s.importOneByOne(ctx, part, now)
		}
		answers = append(answers, done...)
		if err != nil {
			return answers, fmt.Errorf("import ended cases: %w", err)
		}
	}
	return answers, nil
}

func (s *Store) importOneByOne(ctx context.Context, commands []casefile.Command, now time.Time) ([]Appended, error) {
	var answers []Appended
	for _, command := range commands {
		done, err := s.Append(ctx, 0, command, now)
		if err != nil {
			return answers, err
		}
		if done.Status == Adopt {
			done = Appended{Status: Duplicate, Version: done.Version}
		}
		answers = append(answers, done)
	}
	return answers, nil
}

// importing is a part of an import under way.
type importing struct {
	versions  map[string]int                 // of cases already there
	numbers   map[casefile.ExternalID]string // external numbers taken, and by which case
	directory *directory.Directory
	law       *casefile.Law
	now       time.Time
}

func (s *Store) importPart(ctx context.Context, commands []casefile.Command, now time.Time) ([]Appended, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer release(conn)
	i, err := s.beginImport(ctx, conn, commands, now)
	if err != nil {
		return nil, err
	}
	answers := make([]Appended, len(commands))
	var wanted []int // indexes of commands that the rules accept
	for n, command := range commands {
		accepted, err := i.judge(command, &answers[n])
		if err != nil {
			return nil, err
		}
		if accepted {
			wanted = append(wanted, n)
		}
	}
	if len(wanted) == 0 {
		return answers, nil
	}
	numbers, err := reserve(ctx, conn, commands, wanted, now)
	if err != nil {
		return nil, err
	}
	var entries []*entry
	for _, n := range wanted {
		rules := casefile.Rules{Now: now, Directory: i.directory, Law: i.law, Number: numbers[n]}
		events, refusal, err := decided(casefile.Decide(casefile.State{}, commands[n], rules))
		if err == nil && refusal != nil {
			err = refusal // it was accepted a moment ago
		}
		if err != nil {
			return nil, err
		}
		e, err := newEntry(casefile.State{}, "", casefile.Course{}, commands[n], events)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
		answers[n] = Appended{Status: Added, Events: e.events, Version: e.after.Version}
	}
	if err := commitEntries(ctx, conn, entries, i.directory, nil); err != nil {
		return nil, err
	}
	s.waker.wake()
	return answers, nil
}

// beginImport begins the transaction and reads which cases and numbers are there already.
func (s *Store) beginImport(ctx context.Context, conn *pgxpool.Conn, commands []casefile.Command, now time.Time) (*importing, error) {
	i := &importing{versions: map[string]int{}, numbers: map[casefile.ExternalID]string{}, now: now}
	var ids []string
	var external []casefile.ExternalID
	for _, command := range commands {
		if validUUID(command.CaseID) {
			ids = append(ids, command.CaseID)
		}
		if register, ok := registration(command.Act); ok {
			external = append(external, register.ExternalIDs...)
		}
	}
	systems, numbers := splitExternal(external)
	var version, law int64
	batch := &pgx.Batch{}
	batch.Queue("begin isolation level read committed")
	batch.Queue(shareLaw, lawLock)
	batch.Queue("select id::text, version from cases where id = any($1::uuid[])", ids).Query(func(rows pgx.Rows) error {
		var id string
		var version int
		_, err := pgx.ForEachRow(rows, []any{&id, &version}, func() error { i.versions[id] = version; return nil })
		return err
	})
	batch.Queue(`select x.system, x.number, x.case_id::text from case_external_ids x
		join (select distinct * from unnest($1::text[], $2::text[])) as asked (system, number)
		on asked.system = x.system and asked.number = x.number`, systems, numbers).Query(func(rows pgx.Rows) error {
		var id casefile.ExternalID
		var caseID string
		_, err := pgx.ForEachRow(rows, []any{&id.System, &id.Number, &caseID}, func() error { i.numbers[id] = caseID; return nil })
		return err
	})
	batch.Queue(versionsInForce).QueryRow(func(row pgx.Row) error { return row.Scan(&version, &law) })
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	var err error
	if i.directory, err = s.directoryAt(ctx, conn, version); err != nil {
		return nil, err
	}
	i.law, err = s.lawAt(ctx, conn, law)
	return i, err
}

// judge answers what can be answered before anything is written, and notes what an
// accepted command takes.
func (i *importing) judge(command casefile.Command, answer *Appended) (accepted bool, err error) {
	register, ok := registration(command.Act)
	if !ok || !validUUID(command.CaseID) {
		return false, fmt.Errorf("a %s of case %q is no import", casefile.ActName(command.Act), command.CaseID)
	}
	if version, there := i.versions[command.CaseID]; there {
		*answer = Appended{Status: Duplicate, Version: version}
		return false, nil
	}
	for _, id := range register.ExternalIDs {
		if holder, taken := i.numbers[id]; taken && holder != command.CaseID {
			*answer = refused[casefile.Event](0, refusals.numberTaken)
			return false, nil
		}
	}
	rules := casefile.Rules{Now: i.now, Directory: i.directory, Law: i.law, Number: seriesOf(register, i.now).number(0)}
	events, refusal, err := decided(casefile.Decide(casefile.State{}, command, rules))
	if refusal != nil {
		*answer = refused[casefile.Event](0, *refusal)
	}
	if err != nil || refusal != nil {
		return false, err
	}
	i.versions[command.CaseID] = len(events)
	for _, id := range register.ExternalIDs {
		i.numbers[id] = command.CaseID
	}
	return true, nil
}

// reserve gives each wanted command its number, the numbers of a series in one step. The
// series are taken in one order, so that two imports don't wait for each other.
func reserve(ctx context.Context, conn *pgxpool.Conn, commands []casefile.Command, wanted []int, now time.Time) (map[int]string, error) {
	of := map[series][]int{}
	for _, n := range wanted {
		register, _ := registration(commands[n].Act)
		key := seriesOf(register, now)
		of[key] = append(of[key], n)
	}
	keys := make([]series, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b series) int { return strings.Compare(a.number(0), b.number(0)) })
	numbers := make(map[int]string, len(wanted))
	for _, key := range keys {
		var last int
		err := conn.QueryRow(ctx, reserveNumbers, key.prefix, key.letter, key.year, len(of[key])).Scan(&last)
		if err != nil {
			return nil, fmt.Errorf("reserve case numbers: %w", err)
		}
		for i, n := range of[key] {
			numbers[n] = key.number(last - len(of[key]) + 1 + i)
		}
	}
	return numbers, nil
}
