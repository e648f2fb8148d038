package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// MembershipDiffers is a finding between two aggregates: a package and a case don't know
// the same of each other, though both have been at rest.
const MembershipDiffers = "MEMBERSHIP_DIFFERS"

// verifyPackages checks every package as Verify does every case, and what packages and
// their cases know of each other. The findings name the package.
func (s *Store) verifyPackages(ctx context.Context, options VerifyOptions) ([]Finding, error) {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	ids, err := packageIDs(ctx, tx)
	if err != nil {
		return nil, err
	}
	var findings []Finding
	for _, id := range ids {
		found, err := s.verifyPackage(ctx, tx, id)
		if err != nil {
			return findings, err
		}
		findings = append(findings, found...)
	}
	apart, err := verifyMembership(ctx, tx, options.AtRest)
	return append(findings, apart...), err
}

func packageIDs(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, err := tx.Query(ctx, "select id::text from packages union select package_id::text from package_events where seq = 1 order by 1")
	if err != nil {
		return nil, err
	}
	return collectStrings(rows)
}

func (s *Store) verifyPackage(ctx context.Context, tx pgx.Tx, id string) ([]Finding, error) {
	var stored packageRow
	var state []byte
	var dirVersion int64
	var events []leadership.Event
	var hashes []string
	batch := &pgx.Batch{}
	batch.Queue(directoryVersion).QueryRow(func(row pgx.Row) error { return row.Scan(&dirVersion) })
	batch.Queue("select state, chain_hash, directory_version, version from packages where id = $1", id).QueryRow(func(row pgx.Row) error {
		return ignoreNoRows(row.Scan(&state, &stored.ChainHash, &stored.DirectoryVersion, &stored.Version))
	})
	batch.Queue("select "+packageEventColumns+" from package_events where package_id = $1 order by seq", id).Query(func(rows pgx.Rows) error {
		read, err := pgx.CollectRows(rows, scanPackageEvent)
		for _, e := range read {
			events, hashes = append(events, e.Event), append(hashes, e.Hash)
		}
		return err
	})
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	if findings := checkPackageEvents(id, stored, events, hashes); len(findings) > 0 {
		return findings, nil
	}
	folded := leadership.Fold(id, events)
	var known leadership.State
	if err := json.Unmarshal(state, &known); err != nil {
		return nil, fmt.Errorf("decode package %s: %w", id, err)
	}
	var findings []Finding
	if leadership.StateDigest(folded) != leadership.StateDigest(known) {
		findings = append(findings, Finding{id, StateDiffers, fmt.Sprintf("at version %d", stored.Version)})
	}
	expected := map[string][]any{}
	tables := []table{packagesTable, membersTable, packageGrantsTable}
	push(expected, packagesTable, []packageRow{foldPackage(folded, stored.ChainHash, stored.DirectoryVersion)})
	push(expected, membersTable, foldMembers(folded))
	push(expected, packageGrantsTable, foldPackageGrants(folded))
	if stored.DirectoryVersion == dirVersion {
		dir, err := s.directoryAt(ctx, tx, dirVersion)
		if err != nil {
			return nil, err
		}
		push(expected, packageTasksTable, foldPackageTasks(folded, dir))
		tables = append(tables, packageTasksTable)
	}
	for _, t := range tables {
		found, err := compareRows(ctx, tx, t, []string{id}, expected[t.name])
		if err != nil {
			return findings, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

func checkPackageEvents(id string, stored packageRow, events []leadership.Event, hashes []string) []Finding {
	hash := ""
	for i, e := range events {
		if e.Seq != i+1 {
			return []Finding{{id, EventsMissing, fmt.Sprintf("event %d follows event %d", e.Seq, i)}}
		}
		next, err := leadership.ChainHash(hash, e)
		if err != nil || next != hashes[i] {
			return []Finding{{id, ChainBroken, fmt.Sprintf("event %d", e.Seq)}}
		}
		hash = next
	}
	switch {
	case stored.Version != len(events):
		return []Finding{{id, EventsMissing, fmt.Sprintf("version %d, %d events", stored.Version, len(events))}}
	case stored.ChainHash != hash:
		return []Finding{{id, ChainBroken, "the package names another last hash"}}
	}
	return nil
}

// verifyMembership compares what packages and cases know of each other. Between the
// intent and its outcome they differ rightly, so what changed within the last minute is
// passed over, unless nothing is under way.
func verifyMembership(ctx context.Context, tx pgx.Tx, atRest bool) ([]Finding, error) {
	rows, err := tx.Query(ctx, `
		with known as (
			select p.id as package_id, c.id as case_id, p.status, m.status as member, c.state->>'packageId' as told,
				m.open as was_open, m.concluded as was_concluded, c.open, not c.open or c.concluded_at is not null as concluded
			from package_members m join packages p on p.id = m.package_id join cases c on c.id = m.case_id
			where m.status in ('INVITED', 'JOINED', 'LEAVING')
		), differing as (
			select package_id, case_id, 'case ' || case_id || ' has not been told yet: ' || member as what
				from known where member in ('INVITED', 'LEAVING')
			union all
			select package_id, case_id, 'case ' || case_id || ' does not know that it is a member'
				from known where member = 'JOINED' and status in ('OPEN', 'STABILISED') and told is distinct from package_id::text
			union all
			select package_id, case_id, 'the package has not heard how case ' || case_id || ' stands'
				from known where member = 'JOINED' and told = package_id::text and (was_open, was_concluded) <> (open, concluded)
			union all
			select p.id, c.id, 'case ' || c.id || ' takes itself for a member'
				from cases c join packages p on p.id::text = c.state->>'packageId'
				where p.status in ('OPEN', 'STABILISED') and not exists (select 1 from known k where k.package_id = p.id and k.case_id = c.id)
		)
		select package_id::text, what from differing d
		where $1 or not exists (select 1 from package_events e where e.package_id = d.package_id and e.at > now() - interval '1 minute')
			and not exists (select 1 from events e where e.case_id = d.case_id and e.at > now() - interval '1 minute')
		order by 1, 2`, atRest)
	if err != nil {
		return nil, err
	}
	var findings []Finding
	var id, what string
	_, err = pgx.ForEachRow(rows, []any{&id, &what}, func() error {
		findings = append(findings, Finding{id, MembershipDiffers, what})
		return nil
	})
	return findings, err
}
