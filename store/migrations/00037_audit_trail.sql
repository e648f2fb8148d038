-- +goose Up

-- What auditors read: one row for each look at personal data or a document and for each change of
-- units, people, roles and work, which other tables hold whole. No personal text, and of a case only
-- its id, which is told nobody. Triggers write it in the transaction of what it tells, so that
-- it is whole whichever version of the program writes. Nothing is taken out of it.
create table audit_entries (
  id             bigint      not null generated always as identity,
  kind           text        not null,
  at             timestamptz not null,
  actor_id       text        not null,
  -- empty where its source doesn't know in which role
  actor_role     text        not null default '',
  actor_unit_id  text        not null default '',
  request_id     text        not null,
  -- the place and unit that it is about, as they were then; the place is empty where there is none
  division       text        not null,
  unit_id        text        not null default '',
  -- one column a level, so that a sub-tree is one range of one index
  province       text        not null generated always as (left(division, 2)) stored,
  city           text        generated always as (case when length(division) >= 4 then left(division, 4) end) stored,
  county         text        generated always as (case when length(division) >= 6 then left(division, 6) end) stored,
  township       text        generated always as (case when length(division) >= 9 then left(division, 9) end) stored,
  -- of looks at a case: whether it may be told is asked each time
  case_id        uuid,
  document_id    text,
  -- of changes: whose, who takes over, and which role
  person_id      text        not null default '',
  to_person_id   text        not null default '',
  role           text        not null default '',
  -- null where none is asked for
  purpose_given  boolean,
  constraint audit_entries_pkey primary key (id),
  constraint audit_entries_kind_is_known check (kind in ('PERSONAL_DATA_REVEALED', 'DOCUMENT_READ', 'PERSON_SAVED', 'UNIT_SAVED',
    'ROLE_GRANTED', 'ROLE_REVOKED', 'ROLES_FROM_SIGN_IN', 'ABSENCE_SET', 'WORK_HANDED_OVER', 'TRAIL_READ'))
);

-- Few changes stand among many looks: a page reads each kind along its own range.
create index audit_entries_of_province on audit_entries (province, kind, at, id);
create index audit_entries_of_city     on audit_entries (city, kind, at, id);
create index audit_entries_of_county   on audit_entries (county, kind, at, id);
create index audit_entries_of_township on audit_entries (township, kind, at, id) where township is not null;
create index audit_entries_by_actor    on audit_entries (actor_id, kind, at, id);
create index audit_entries_by_unit     on audit_entries (unit_id, kind, at, id) where unit_id <> '';

-- By what name auditors know a case that was looked at: drawn by lot, so that it leads to no case,
-- and one for all looks at it, so that they can be counted.
create table audited_cases (
  case_id   uuid not null,
  reference uuid not null default gen_random_uuid(),
  constraint audited_cases_pkey primary key (case_id)
);

-- The division of a person's first unit.
-- +goose StatementBegin
create function division_of_person(person text) returns text language sql stable as $$
  select u.division from person_roles r join units u on u.id = r.unit_id where r.person_id = person order by r.position, r.role, r.unit_id limit 1
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function audit_reveal(e events) returns void language plpgsql as $$
begin
  insert into audited_cases (case_id) values (e.case_id) on conflict do nothing;
  insert into audit_entries (kind, at, actor_id, actor_role, actor_unit_id, request_id, division, unit_id, case_id, purpose_given)
  select 'PERSONAL_DATA_REVEALED', e.at, e.actor_person_id, e.actor_role, e.actor_unit_id, e.request_id, c.division,
    c.responsible_unit_id, c.id, coalesce(e.body->>'purpose', '') <> ''
  from cases c where c.id = e.case_id;
end
$$;
-- +goose StatementEnd

-- Whoever reads a document in pieces, or opens it again within 15 minutes, looks once: as long as
-- what was revealed may be read again. The single readings stay in document_reads.
-- +goose StatementBegin
create function audit_document_read(r document_reads) returns void language plpgsql as $$
begin
  if exists (select from audit_entries e where e.actor_id = r.person_id and e.kind = 'DOCUMENT_READ'
      and e.at > r.at - interval '15 minutes' and e.at <= r.at and e.case_id = r.case_id and e.document_id = r.document_id) then
    return;
  end if;
  insert into audited_cases (case_id) values (r.case_id) on conflict do nothing;
  insert into audit_entries (kind, at, actor_id, request_id, division, unit_id, case_id, document_id)
  select 'DOCUMENT_READ', r.at, r.person_id, r.request_id, c.division, c.responsible_unit_id, c.id, r.document_id
  from cases c where c.id = r.case_id;
end
$$;
-- +goose StatementEnd

-- A change is in the place of the unit that it names, else of its person, else of who made it.
-- +goose StatementBegin
create function audit_directory_change(d directory_changes) returns void language plpgsql as $$
declare
  unit   text := coalesce(d.body->>'unitId', case d.change when 'saveUnit' then d.body->>'id' end, '');
  person text := coalesce(d.body->>'personId', case when d.change in ('savePerson', 'signIn') then d.body->>'id' end, '');
begin
  insert into audit_entries (kind, at, actor_id, actor_role, actor_unit_id, request_id, division, unit_id, person_id, to_person_id, role)
  values (case d.change when 'savePerson' then 'PERSON_SAVED' when 'saveUnit' then 'UNIT_SAVED' when 'grantRole' then 'ROLE_GRANTED'
      when 'revokeRole' then 'ROLE_REVOKED' when 'signIn' then 'ROLES_FROM_SIGN_IN' when 'setAbsence' then 'ABSENCE_SET' end,
    d.at, d.person_id, d.role, d.unit_id, d.request_id,
    coalesce((select u.division from units u where u.id = unit), division_of_person(person),
      (select u.division from units u where u.id = d.unit_id), ''),
    unit, person, coalesce(d.body->>'deputyId', ''), coalesce(d.body->>'role', ''));
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function audit_hand_over(h hand_overs) returns void language plpgsql as $$
begin
  insert into audit_entries (kind, at, actor_id, request_id, division, person_id, to_person_id)
  values ('WORK_HANDED_OVER', h.at, h.person_id, h.request_id,
    coalesce(division_of_person(h.from_person_id), division_of_person(h.person_id), ''), h.from_person_id, h.to_person_id);
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function note_audit_entry() returns trigger language plpgsql as $$
begin
  case tg_table_name
    when 'events' then perform audit_reveal(new);
    when 'document_reads' then perform audit_document_read(new);
    when 'directory_changes' then perform audit_directory_change(new);
    when 'hand_overs' then perform audit_hand_over(new);
  end case;
  return null;
end
$$;
-- +goose StatementEnd

create trigger events_are_audited after insert on events
  for each row when (new.type = 'PersonalDataRevealed') execute function note_audit_entry();
create trigger document_reads_are_audited after insert on document_reads for each row execute function note_audit_entry();
create trigger directory_changes_are_audited after insert on directory_changes for each row execute function note_audit_entry();
create trigger hand_overs_are_audited after insert on hand_overs for each row execute function note_audit_entry();

-- What was recorded before, in the places of today.
select audit_reveal(e) from (select * from events where type = 'PersonalDataRevealed' order by at) e;
select audit_document_read(r) from (select * from document_reads order by at, id) r;
select audit_directory_change(d) from (select * from directory_changes order by version) d;
select audit_hand_over(h) from (select * from hand_overs order by at) h;

-- +goose Down
drop trigger events_are_audited on events;
drop trigger document_reads_are_audited on document_reads;
drop trigger directory_changes_are_audited on directory_changes;
drop trigger hand_overs_are_audited on hand_overs;
drop function note_audit_entry;
drop function audit_hand_over;
drop function audit_directory_change;
drop function audit_document_read;
drop function audit_reveal;
drop function division_of_person;
drop table audited_cases;
drop table audit_entries;
