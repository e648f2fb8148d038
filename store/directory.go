package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/directory"
)

// directoryVersion is the version that a cached snapshot must have to be in force.
const directoryVersion = "select version from directory_version"

// Directory returns the snapshot of divisions, units, people and systems in force. It costs
// one small query while nothing has changed.
func (s *Store) Directory(ctx context.Context) (*directory.Directory, error) {
	var version int64
	if err := s.pool.QueryRow(ctx, directoryVersion).Scan(&version); err != nil {
		return nil, fmt.Errorf("read the directory's version: %w", err)
	}
	return s.directoryAt(ctx, s.pool, version)
}

// directoryAt returns the directory of a version from the cache, or else reads the newest.
func (s *Store) directoryAt(ctx context.Context, db batcher, version int64) (*directory.Directory, error) {
	found, err := s.directory.at(ctx, db, version, func(d *directory.Directory) int64 { return d.Version }, readDirectory)
	if err != nil {
		return nil, fmt.Errorf("read the directory: %w", err)
	}
	return found, nil
}

// readDirectory reads the newest snapshot.
func readDirectory(ctx context.Context, db batcher) (*directory.Directory, error) {
	version, entries, err := readEntries(ctx, db)
	if err != nil {
		return nil, err
	}
	snapshot, err := entries.Directory()
	if err != nil {
		return nil, err
	}
	snapshot.Version = version
	return snapshot, nil
}

// readEntries reads all entries as one JSON document: one statement, so one snapshot.
func readEntries(ctx context.Context, db batcher) (version int64, entries directory.Entries, err error) {
	var document []byte
	batch := &pgx.Batch{}
	batch.Queue(`
		select (select version from directory_version), jsonb_build_object(
			'Local', (select jsonb_agg(jsonb_build_object('code', code, 'name', name, 'local', true, 'members', members) order by code)
				from local_divisions),
			'Units', (select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'industry', industry,
					'division', division, 'supervisingUnitId', supervising_unit_id, 'superiorUnitIds',
					(select jsonb_agg(superior_id order by position) from unit_superiors where unit_id = u.id)) order by id)
				from units u),
			'People', (select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'roles',
					(select jsonb_agg(jsonb_build_object('role', role, 'unitId', unit_id) order by position)
						from person_roles where person_id = p.id)) order by id)
				from people p),
			'Systems', (select jsonb_agg(jsonb_build_object('id', system, 'unitId', unit_id) order by system)
				from issuing_systems),
			'Subjects', (select jsonb_agg(jsonb_build_object('subject', subject, 'personId', id) order by subject)
				from people where subject <> ''),
			'Absences', (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('personId', person_id, 'from', from_day, 'until', until_day,
					'deputyId', deputy_id, 'begun', status = 'BEGUN')) order by person_id, from_day)
				from absences where status <> 'ENDED'))`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&version, &document) })
	if err := db.SendBatch(ctx, batch).Close(); err != nil {
		return 0, entries, err
	}
	err = json.Unmarshal(document, &entries)
	return version, entries, err
}

// SeedDirectory adds local divisions, units, people with their roles, issuing systems and
// subjects, and brings those already there up to date. It takes nothing away, and run again
// with the same input it changes nothing. Where a local division's members change, the clocks
// that its calendar may move are queued in the same step. It returns what it changed; in a dry
// run, what it would change. The error is a *directory.InvalidError where what would result
// is no directory.
func (s *Store) SeedDirectory(ctx context.Context, seeds directory.Entries, dryRun bool) (Seeded, error) {
	var done Seeded
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if len(seeds.Local) > 0 {
			// Clocks counted by the members as they were are there when they are looked for.
			if _, err := tx.Exec(ctx, ownLaw, lawLock); err != nil {
				return err
			}
		}
		// Locked first, so that two seedings follow one another.
		if _, err := tx.Exec(ctx, "select from directory_version for update"); err != nil {
			return err
		}
		_, known, err := readEntries(ctx, tx)
		if err != nil {
			return err
		}
		after := known.With(seeds)
		if _, err := after.Directory(); err != nil {
			return err
		}
		if done.Rows, err = seedRows(ctx, tx, seeds); err != nil {
			return err
		}
		if done.Queued, err = queueMembers(ctx, tx, known, after); err != nil {
			return err
		}
		if dryRun {
			return errDryRun
		}
		if done.Rows == 0 {
			return nil
		}
		_, err = tx.Exec(ctx, "update directory_version set version = version + 1")
		return err
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return Seeded{}, fmt.Errorf("seed the directory: %w", err)
	}
	return done, nil
}

// Seeded is what seeding the directory changed.
type Seeded struct {
	// Rows were added or brought up to date.
	Rows int64
	// Queued are the clocks that a local division's new members may move.
	Queued Queued
}

// seedRows writes entries and returns how many rows that changed.
func seedRows(ctx context.Context, tx pgx.Tx, seeds directory.Entries) (changed int64, err error) {
	seeds.Local = slices.Clone(seeds.Local)
	for i := range seeds.Local {
		seeds.Local[i].Local = true // the published tree comes with the program
	}
	document, err := json.Marshal(seeds)
	if err != nil {
		return 0, err
	}
	for _, statement := range seeding {
		tag, err := tx.Exec(ctx, statement, string(document))
		if err != nil {
			return changed, err
		}
		changed += tag.RowsAffected()
	}
	return changed, nil
}

// errDryRun takes a transaction back whose effect was only to be seen.
var errDryRun = errors.New("dry run")

// seeding writes the entries ($1), in the order that their references need.
var seeding = []string{
	`insert into local_divisions (code, name, members)
		select d->>'code', d->>'name', array(select jsonb_array_elements_text(coalesce(d->'members', '[]')))
		from jsonb_array_elements(nullif($1::jsonb->'Local', 'null')) d
		on conflict (code) do update set name = excluded.name, members = excluded.members
		where (local_divisions.name, local_divisions.members) is distinct from (excluded.name, excluded.members)`,
	`insert into units (id, name, kind, industry, division, supervising_unit_id)
		select u->>'id', u->>'name', u->>'kind', coalesce(u->>'industry', ''), u->>'division', coalesce(u->>'supervisingUnitId', '')
		from jsonb_array_elements(nullif($1::jsonb->'Units', 'null')) u
		on conflict (id) do update set name = excluded.name, kind = excluded.kind, industry = excluded.industry,
			division = excluded.division, supervising_unit_id = excluded.supervising_unit_id
		where (units.name, units.kind, units.industry, units.division, units.supervising_unit_id)
			is distinct from (excluded.name, excluded.kind, excluded.industry, excluded.division, excluded.supervising_unit_id)`,
	`insert into unit_superiors (unit_id, superior_id, position)
		select u->>'id', s.superior_id, s.position
		from jsonb_array_elements(nullif($1::jsonb->'Units', 'null')) u,
			jsonb_array_elements_text(nullif(u->'superiorUnitIds', 'null')) with ordinality as s (superior_id, position)
		on conflict (unit_id, superior_id) do update set position = excluded.position
		where unit_superiors.position <> excluded.position`,
	`insert into people (id, name)
		select p->>'id', p->>'name' from jsonb_array_elements(nullif($1::jsonb->'People', 'null')) p
		on conflict (id) do update set name = excluded.name where people.name <> excluded.name`,
	`insert into person_roles (person_id, role, unit_id, position)
		select p->>'id', r.role->>'role', r.role->>'unitId', r.position
		from jsonb_array_elements(nullif($1::jsonb->'People', 'null')) p,
			jsonb_array_elements(nullif(p->'roles', 'null')) with ordinality as r (role, position)
		on conflict (person_id, role, unit_id) do nothing`,
	`insert into issuing_systems (system, unit_id)
		select s->>'id', s->>'unitId' from jsonb_array_elements(nullif($1::jsonb->'Systems', 'null')) s
		on conflict (system) do update set unit_id = excluded.unit_id where issuing_systems.unit_id <> excluded.unit_id`,
	// Released first, so that two people may change theirs over.
	`update people p set subject = '' from jsonb_array_elements(nullif($1::jsonb->'Subjects', 'null')) s
		where p.subject = s->>'subject' and p.id <> s->>'personId'`,
	`update people p set subject = s->>'subject' from jsonb_array_elements(nullif($1::jsonb->'Subjects', 'null')) s
		where p.id = s->>'personId' and p.subject <> s->>'subject'`,
}
