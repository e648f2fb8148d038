package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// Finding is something in the record that must not be.
type Finding struct {
	// CaseID is empty where the finding is about a series of numbers or a sum, and a package's id where it
	// is about one.
	CaseID string
	// What was found: EVENTS_MISSING, CHAIN_BROKEN, STATE_DIFFERS, ROWS_DIFFER, NUMBERS_GAP,
	// MEMBERSHIP_DIFFERS, STATISTICS_DIFFER, FILE_MISSING, FILE_DAMAGED.
	What string
	// Detail says where; it holds no personal text.
	Detail string
	// OfPackage says that CaseID is a package's.
	OfPackage bool
}

// The kinds of findings.
const (
	EventsMissing = "EVENTS_MISSING" // the numbers of events have a gap, or the version is another
	ChainBroken   = "CHAIN_BROKEN"   // an event is not the one that was hashed
	StateDiffers  = "STATE_DIFFERS"  // the stored state is not the fold of the events
	RowsDiffer    = "ROWS_DIFFER"    // a read table is not what the state gives
	NumbersGap    = "NUMBERS_GAP"    // a series of numbers of cases or packages has a gap
)

// VerifyOptions says what to verify.
type VerifyOptions struct {
	// Cases are the ids to verify; none is all.
	Cases []string
	// Sample verifies about this share of all cases (above 0, below 1); else all.
	Sample float64
	// AtRest says that no command is under way, so that whatever packages and cases know
	// differently of each other is a finding at once.
	AtRest bool
}

// verifyBatch is how many cases are read at once.
const verifyBatch = 100

// Verify checks that the read model is the fold of the events, that the chains of events
// are whole, that attached files are the ones that were attached, that case numbers have no gaps, that what is searched is what the texts give, that the sums of the statistics are those of the
// cases, and that packages and their cases know the same of each other. Each case is read in one snapshot, so it
// may run beside everything else.
func (s *Store) Verify(ctx context.Context, options VerifyOptions) ([]Finding, error) {
	var findings []Finding
	last := ""
	for {
		ids, err := s.nextToVerify(ctx, options, last)
		if err != nil {
			return findings, fmt.Errorf("verify: %w", err)
		}
		if len(ids) == 0 {
			break
		}
		found, err := s.verifyCases(ctx, ids)
		findings = append(findings, found...)
		if err != nil {
			return findings, fmt.Errorf("verify: %w", err)
		}
		last = ids[len(ids)-1]
	}
	gaps, err := s.verifyNumbers(ctx)
	if err != nil {
		return findings, fmt.Errorf("verify: %w", err)
	}
	findings = append(findings, gaps...)
	if options.Cases != nil || options.Sample > 0 {
		return findings, nil
	}
	figures, err := s.verifyStatistics(ctx)
	if err != nil {
		return findings, fmt.Errorf("verify statistics: %w", err)
	}
	findings = append(findings, figures...)
	packages, err := s.verifyPackages(ctx, options)
	if err != nil {
		return findings, fmt.Errorf("verify packages: %w", err)
	}
	return append(findings, packages...), nil
}

// nextToVerify lists cases after an id, those with events but no row included.
func (s *Store) nextToVerify(ctx context.Context, options VerifyOptions, after string) ([]string, error) {
	args := &arguments{}
	condition := "true"
	if after != "" {
		condition = "id > " + args.add(after) + "::text::uuid"
	}
	if options.Cases != nil {
		condition += " and id = any(" + args.add(options.Cases) + "::uuid[])"
	}
	if options.Sample > 0 && options.Sample < 1 {
		condition += " and random() < " + args.add(options.Sample)
	}
	rows, err := s.pool.Query(ctx, `select id::text from (
		select id from cases union select case_id from events where seq = 1) c
		where `+condition+fmt.Sprintf(" order by id limit %d", verifyBatch), args.values...)
	if err != nil {
		return nil, err
	}
	return collectStrings(rows)
}

// stored is a case as the database has it.
type stored struct {
	state            casefile.State
	chainHash        string
	directoryVersion int64
	events           []StoredEvent
}

func (s *Store) verifyCases(ctx context.Context, ids []string) ([]Finding, error) {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	cases, version, err := readStored(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	dir, err := s.directoryAt(ctx, tx, version)
	if err != nil {
		return nil, err
	}
	var findings []Finding
	expected := map[string][]any{}
	var states []casefile.State
	var fresh []string // cases whose tasks and grants were derived from this directory
	for _, id := range ids {
		c := cases[id]
		findings = append(findings, c.check(id)...)
		state := casefile.Fold(id, bare(c.events))
		if !state.Exists() {
			continue
		}
		states = append(states, state)
		push(expected, casesTable, []caseRow{foldCase(state, c.lastHash(), c.directoryVersion)})
		push(expected, exclusionsTable, foldExclusions(state))
		push(expected, heldEndsTable, foldHeldEnds(state))
		push(expected, borrowedTable, foldBorrowed(state))
		push(expected, deadlinesTable, foldDeadlines(state))
		push(expected, ordersTable, foldOrders(state))
		push(expected, statisticsTable, foldStatistics(state, casefile.FoldCourse(id, bare(c.events))))
		if c.directoryVersion == dir.Version {
			fresh = append(fresh, id)
			push(expected, grantsTable, foldGrants(state, dir))
			push(expected, tasksTable, foldTasks(state, dir))
		}
	}
	for _, t := range []table{casesTable, grantsTable, exclusionsTable, heldEndsTable, borrowedTable, deadlinesTable, ordersTable, statisticsTable, tasksTable} {
		of := ids
		if t.name == tasksTable.name || t.name == grantsTable.name {
			of = fresh
		}
		found, err := compareRows(ctx, tx, t, of, expected[t.name])
		if err != nil {
			return findings, err
		}
		findings = append(findings, found...)
	}
	found, err := s.verifyTokens(ctx, tx, states)
	findings = append(findings, found...)
	if err != nil {
		return findings, err
	}
	_ = tx.Rollback(ctx) // a snapshot is not held while files are read
	for _, id := range ids {
		found, err := s.verifyFiles(ctx, id, bare(cases[id].events))
		if err != nil {
			return findings, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

func push[T any](expected map[string][]any, t table, rows []T) {
	for _, row := range rows {
		expected[t.name] = append(expected[t.name], row)
	}
}

// readStored reads cases and their events.
func readStored(ctx context.Context, tx pgx.Tx, ids []string) (map[string]*stored, int64, error) {
	cases := make(map[string]*stored, len(ids))
	for _, id := range ids {
		cases[id] = &stored{}
	}
	var version int64
	batch := &pgx.Batch{}
	batch.Queue(directoryVersion).QueryRow(func(row pgx.Row) error { return row.Scan(&version) })
	batch.Queue("select id::text, state, chain_hash, directory_version from cases where id = any($1::uuid[])", ids).
		Query(func(rows pgx.Rows) error {
			var id, hash string
			var state []byte
			var of int64
			_, err := pgx.ForEachRow(rows, []any{&id, &state, &hash, &of}, func() error {
				cases[id].chainHash, cases[id].directoryVersion = hash, of
				return json.Unmarshal(state, &cases[id].state)
			})
			return err
		})
	batch.Queue("select "+eventColumns+" from events where case_id = any($1::uuid[]) order by case_id, seq", ids).
		Query(func(rows pgx.Rows) error {
			events, err := pgx.CollectRows(rows, scanEvent)
			for _, e := range events {
				cases[e.CaseID].events = append(cases[e.CaseID].events, e)
			}
			return err
		})
	return cases, version, tx.SendBatch(ctx, batch).Close()
}

func (c *stored) lastHash() string {
	if len(c.events) == 0 {
		return ""
	}
	return c.events[len(c.events)-1].Hash
}

// check compares a case's events with their numbers, their chain and the stored state.
func (c *stored) check(id string) []Finding {
	var findings []Finding
	hash := ""
	for i, e := range c.events {
		if e.Seq != i+1 {
			return []Finding{{CaseID: id, What: EventsMissing, Detail: fmt.Sprintf("event %d follows event %d", e.Seq, i)}}
		}
		next, err := casefile.ChainHash(hash, e.Event)
		if err != nil || next != e.Hash {
			findings = append(findings, Finding{CaseID: id, What: ChainBroken, Detail: fmt.Sprintf("event %d", e.Seq)})
		}
		hash = e.Hash
	}
	if c.state.Version != len(c.events) {
		return append(findings, Finding{CaseID: id, What: EventsMissing, Detail: fmt.Sprintf("version %d, %d events", c.state.Version, len(c.events))})
	}
	if c.chainHash != hash {
		findings = append(findings, Finding{CaseID: id, What: ChainBroken, Detail: "the case names another last hash"})
	}
	if casefile.StateDigest(casefile.Fold(id, bare(c.events))) != casefile.StateDigest(c.state) {
		findings = append(findings, Finding{CaseID: id, What: StateDiffers, Detail: fmt.Sprintf("at version %d", c.state.Version)})
	}
	return findings
}

// compareRows finds rows of a table that are not what the events give.
func compareRows(ctx context.Context, tx pgx.Tx, t table, ids []string, expected []any) ([]Finding, error) {
	if expected == nil {
		expected = []any{}
	}
	raw, err := json.Marshal(expected)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, t.differing(), ids, string(raw))
	if err != nil {
		return nil, err
	}
	keys, err := collectStrings(rows)
	var findings []Finding
	for _, key := range keys {
		findings = append(findings, Finding{CaseID: key[:36], What: RowsDiffer, Detail: t.name + " " + key[36:]})
	}
	return findings, err
}

// verifyNumbers finds series whose numbers aren't 1 to the last given.
func (s *Store) verifyNumbers(ctx context.Context) ([]Finding, error) {
	rows, err := s.pool.Query(ctx, `
		select coalesce(n.series, c.series) || ': ' || coalesce(c.cases, 0) || ' in use, ' || coalesce(n.last, 0) || ' numbers given'
		from (select format('%s-%s-%s', prefix, letter, to_char(year, 'fm0000')) as series, last
				from (select prefix, letter, year, last from case_numbers union all select prefix, 'L', year, last from package_numbers) given) n
		full join (select left(number, length(number) - position('-' in reverse(number))) as series, count(*) as cases,
				max(split_part(number, '-', 4)::integer) as highest
				from (select number from cases union all select number from packages) used group by 1) c on c.series = n.series
		where (n.last, n.last) is distinct from (c.cases, c.highest)`)
	if err != nil {
		return nil, err
	}
	gaps, err := collectStrings(rows)
	var findings []Finding
	for _, gap := range gaps {
		findings = append(findings, Finding{What: NumbersGap, Detail: gap})
	}
	return findings, err
}
