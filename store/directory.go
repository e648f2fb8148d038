package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
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

// readDirectory reads all entries as one JSON document: one statement, so one snapshot.
func readDirectory(ctx context.Context, db batcher) (*directory.Directory, error) {
	var version int64
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
				from issuing_systems))`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&version, &document) })
	if err := db.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	var entries directory.Entries
	if err := json.Unmarshal(document, &entries); err != nil {
		return nil, err
	}
	snapshot, err := entries.Directory()
	if err != nil {
		return nil, err
	}
	snapshot.Version = version
	return snapshot, nil
}

// SeedDirectory adds local divisions, units, people with their roles, and issuing systems,
// and brings those already there up to date. It takes nothing away, and run again with the
// same input it changes nothing. Divisions that are not local are passed over: the
// published tree comes with the program.
func (s *Store) SeedDirectory(ctx context.Context, divisions []casefile.DivisionInfo, units []casefile.Unit, people []casefile.Person, systems []directory.System) error {
	local := []casefile.DivisionInfo{}
	for _, division := range divisions {
		if division.Local {
			local = append(local, division)
		}
	}
	entries, err := json.Marshal(directory.Entries{Local: local, Units: units, People: people, Systems: systems})
	if err != nil {
		return fmt.Errorf("encode the directory: %w", err)
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// Locked first, so that two seedings follow one another.
		if _, err := tx.Exec(ctx, "select from directory_version for update"); err != nil {
			return err
		}
		changed := int64(0)
		for _, statement := range seeding {
			tag, err := tx.Exec(ctx, statement, string(entries))
			if err != nil {
				return err
			}
			changed += tag.RowsAffected()
		}
		if changed == 0 {
			return nil
		}
		_, err := tx.Exec(ctx, "update directory_version set version = version + 1")
		return err
	})
	if err != nil {
		return fmt.Errorf("seed the directory: %w", err)
	}
	return nil
}

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
}
