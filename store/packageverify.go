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
	findings = append(findings, apart...)
	for i := range findings {
		findings[i].OfPackage = true
	}
	return findings, err
}

func packageIDs(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, err := tx.Query(ctx, "select id::text from packages union select package_id::text from package_events where seq = 1 order by 1")
	if err != nil {
		return nil, err
	}
	return collectStrings(rows)
}

// storedPackage is a package as the database has it.
type storedPackage struct {
	row              packageRow // version, chain hash and directory version alone
	state            []byte
	events           []leadership.Event
	hashes           []string
	directoryVersion int64 // in force
}

func readStoredPackage(ctx context.Context, tx pgx.Tx, id string) (*storedPackage, error) {
	p := &storedPackage{}
	batch := &pgx.Batch{}
	batch.Queue(directoryVersion).QueryRow(func(row pgx.Row) error { return row.Scan(&p.directoryVersion) })
	batch.Queue("select state, chain_hash, directory_version, version from packages where id = $1", id).QueryRow(func(row pgx.Row) error {
		return ignoreNoRows(row.Scan(&p.state, &p.row.ChainHash, &p.row.DirectoryVersion, &p.row.Version))
	})
	batch.Queue("select "+packageEventColumns+" from package_events where package_id = $1 order by seq", id).Query(func(rows pgx.Rows) error {
		read, err := pgx.CollectRows(rows, scanPackageEvent)
		for _, e := range read {
			p.events, p.hashes = append(p.events, e.Event), append(p.hashes, e.Hash)
		}
		return err
	})
	return p, tx.SendBatch(ctx, batch).Close()
}

func (s *Store) verifyPackage(ctx context.Context, tx pgx.Tx, id string) ([]Finding, error) {
	p, err := readStoredPackage(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if findings := p.check(id); len(findings) > 0 {
		return findings, nil
	}
	folded := leadership.Fold(id, p.events)
	var known leadership.State
	if err := json.Unmarshal(p.state, &known); err != nil {
		return nil, fmt.Errorf("decode package %s: %w", id, err)
	}
	var findings []Finding
	if leadership.StateDigest(folded) != leadership.StateDigest(known) {
		findings = append(findings, Finding{CaseID: id, What: StateDiffers, Detail: fmt.Sprintf("at version %d", p.row.Version)})
	}
	expected := map[string][]any{}
	tables := []table{packagesTable, membersTable, packageGrantsTable, packageOrdersTable}
	push(expected, packagesTable, []packageRow{foldPackage(folded, p.row.ChainHash, p.row.DirectoryVersion)})
	push(expected, membersTable, foldMembers(folded))
	push(expected, packageGrantsTable, foldPackageGrants(folded))
	push(expected, packageOrdersTable, foldPackageOrders(folded))
	if p.row.DirectoryVersion == p.directoryVersion {
		dir, err := s.directoryAt(ctx, tx, p.directoryVersion)
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

// check compares a package's events with their numbers, their chain and the row's.
func (p *storedPackage) check(id string) []Finding {
	finding := func(what, detail string) []Finding { return []Finding{{CaseID: id, What: what, Detail: detail}} }
	hash := ""
	for i, e := range p.events {
		if e.Seq != i+1 {
			return finding(EventsMissing, fmt.Sprintf("event %d follows event %d", e.Seq, i))
		}
		next, err := leadership.ChainHash(hash, e)
		if err != nil || next != p.hashes[i] {
			return finding(ChainBroken, fmt.Sprintf("event %d", e.Seq))
		}
		hash = next
	}
	switch {
	case p.row.Version != len(p.events):
		return finding(EventsMissing, fmt.Sprintf("version %d, %d events", p.row.Version, len(p.events)))
	case p.row.ChainHash != hash:
		return finding(ChainBroken, "the package names another last hash")
	}
	return nil
}

// RederivePackage writes what is read of a leadership package again from its events, as Rederive
// does for a case.
func (s *Store) RederivePackage(ctx context.Context, packageID string) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// The lock that an append takes: no event comes in between.
		if _, err := tx.Exec(ctx, "select from packages where id = $1 for update", packageID); err != nil {
			return err
		}
		p, err := readStoredPackage(ctx, tx, packageID)
		if err != nil {
			return err
		}
		if p.row.Version = len(p.events); p.row.Version == 0 {
			return &DamagedError{packageID, []Finding{{CaseID: packageID, What: EventsMissing, Detail: "there is no event"}}}
		}
		p.row.ChainHash = p.hashes[len(p.hashes)-1]
		if damage := p.check(packageID); len(damage) > 0 {
			return &DamagedError{packageID, damage}
		}
		dir, err := s.directoryAt(ctx, tx, p.directoryVersion)
		if err != nil {
			return err
		}
		state := leadership.Fold(packageID, p.events)
		batch := &pgx.Batch{}
		w := writing{batch: batch}
		w.rows(upsertPackages, []packageRow{foldPackage(state, p.row.ChainHash, dir.Version)})
		for statement, rows := range map[string]any{
			replaceMembers: foldMembers(state), replacePackageGrants: foldPackageGrants(state), replacePackageTasks: foldPackageTasks(state, dir),
			replacePackageOrders: foldPackageOrders(state),
		} {
			var rewritten child
			rewritten.add(packageID, nil, rows, true)
			w.children(statement, rewritten)
		}
		if w.err != nil {
			return w.err
		}
		return tx.SendBatch(ctx, batch).Close()
	})
	if err != nil {
		return fmt.Errorf("derive package %s again: %w", packageID, err)
	}
	return nil
}

// verifyMembership compares what packages and cases know of each other. Between the
// intent and its outcome they differ rightly, so what changed within the last minute is
// passed over, unless nothing is under way.
func verifyMembership(ctx context.Context, tx pgx.Tx, atRest bool) ([]Finding, error) {
	rows, err := tx.Query(ctx, `
		with known as (
			select p.id as package_id, c.id as case_id, p.status, m.status as member, c.state::jsonb->>'packageId' as told,
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
				from cases c join packages p on c.state like '%"packageId"%' and p.id::text = c.state::jsonb->>'packageId'
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
		findings = append(findings, Finding{CaseID: id, What: MembershipDiffers, Detail: what})
		return nil
	})
	return findings, err
}
