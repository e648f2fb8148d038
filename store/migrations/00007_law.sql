-- +goose Up

-- What an operator laid down beside what the program brings along. Nothing is overwritten: of
-- each name the newest row is in force, the older ones tell what cases were counted by before.

-- Years of the calendar: a new one, a published correction, or the days of one division.
create table calendar_years (
  year        integer     not null,
  -- empty for the whole country
  division    text        not null,
  law_version bigint      not null, -- the one that it came into force with
  content     jsonb       not null, -- the whole year file
  loaded_at   timestamptz not null default now(),
  loaded_by   text        not null,
  constraint calendar_years_pkey primary key (year, division, law_version),
  constraint calendar_years_content_is_that_year check ((content->>'year')::integer = year and coalesce(content->>'division', '') = division)
);

-- Files of the local layer of procedures (12345, grid, assessment), by their names.
create table local_procedures (
  file        text        not null,
  law_version bigint      not null,
  -- the file as it was written; an operator wants it back with its own layout
  content     text        not null,
  loaded_at   timestamptz not null default now(),
  loaded_by   text        not null,
  constraint local_procedures_pkey primary key (file, law_version)
);

-- One row: it moves when anything above does, so that a cached law knows its age.
create table law_version (
  singleton boolean not null default true,
  version   bigint  not null,
  constraint law_version_pkey primary key (singleton),
  constraint law_version_is_one_row check (singleton)
);
insert into law_version (version) values (0);

-- Clocks that a newer law may move and that have not been counted anew under it. A row goes
-- when its case lets time pass. No foreign key: loading a calendar must not lock cases.
create table recounts (
  case_id     uuid        not null,
  deadline_id text        not null,
  due_at      timestamptz not null, -- as it was; the nearest are told first
  law_version bigint      not null, -- to be counted under at least that one
  queued_at   timestamptz not null default now(),
  constraint recounts_pkey primary key (case_id, deadline_id)
);

-- Open clocks that the calendar can move, by the end of what they span.
create index deadlines_by_calendar on deadlines (due_at)
  where status in ('RUNNING', 'PAUSED', 'MISSED') and (body->>'unit' = 'WORKING_DAYS' or body->>'roll' = 'true');

-- +goose Down
drop index deadlines_by_calendar;
drop table recounts;
drop table law_version;
drop table local_procedures;
drop table calendar_years;
