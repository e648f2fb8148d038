-- +goose Up

-- One row a leadership package (领导包案): the fold of its events, for reading. No personal
-- text; a package's texts are in contents under a key of its own in case_keys, by its id.
create table packages (
  id                  uuid        not null,
  number              text        not null,
  status              text        not null,
  open                boolean     not null, -- something is still wanted: neither resolved nor cancelled
  level               text        not null,
  division            text        not null,
  -- one column a level, as in cases, so that the one predicate reads both
  province            text        not null,
  city                text,
  county              text,
  township            text,
  village             text,
  grid                text,
  leader_id           text,       -- null while a proposal names nobody
  responsible_unit_id text        not null,
  begun_at            timestamptz not null, -- proposed or opened
  opened_at           timestamptz,
  stabilised_at       timestamptz,
  resolved_at         timestamptz,
  next_due_at         timestamptz not null, -- infinity where no clock waits
  overdue             boolean     not null,
  version             integer     not null,
  chain_hash          text        not null,
  directory_version   bigint      not null,
  state               jsonb       not null,
  constraint packages_pkey primary key (id),
  constraint packages_number_is_unique unique (number),
  constraint packages_have_events check (version > 0),
  constraint packages_status_is_known check (status in ('PROPOSED', 'OPEN', 'STABILISED', 'RESOLVED', 'CANCELLED')),
  constraint packages_province_is_the_divisions check (left(division, 2) = province)
);

create index packages_of_province_begun on packages (province, begun_at, id);
create index packages_of_city_begun     on packages (city, begun_at, id);
create index packages_of_county_begun   on packages (county, begun_at, id);
create index packages_of_township_begun on packages (township, begun_at, id);
create index packages_of_leader_begun   on packages (leader_id, begun_at, id);

create table package_numbers (
  prefix text    not null, -- the division of the leader's body
  year   integer not null, -- of the first event, Asia/Shanghai
  last   integer not null,
  constraint package_numbers_pkey primary key (prefix, year)
);

-- The record of the packages, kept as that of the cases is.
create table package_events (
  package_id        uuid        not null,
  seq               integer     not null,
  type              text        not null,
  at                timestamptz not null,
  effective_at      timestamptz not null, -- the legal date
  actor_person_id   text        not null,
  actor_role        text        not null,
  actor_unit_id     text        not null,
  actor_division    text        not null,
  actor_unit_kind   text        not null,
  request_key       text        not null,
  input_digest      text        not null,
  request_id        text        not null,
  backdating_reason text        not null,
  body              jsonb       not null,
  hash              text        not null,
  -- of the one sequence of the feed, so that a cursor is a place among both kinds of events
  position          bigint      not null default nextval(pg_get_serial_sequence('events', 'position')),
  xid               xid8        not null default pg_current_xact_id(),
  constraint package_events_are_numbered primary key (package_id, seq),
  constraint package_events_start_at_one check (seq > 0)
);

create index package_events_in_feed_order on package_events (xid, position);

create trigger package_events_are_append_only before update or delete on package_events
  for each row execute function refuse_change_of_events();
create trigger package_events_are_never_emptied before truncate on package_events
  for each statement execute function refuse_change_of_events();
revoke update, delete, truncate on package_events from public;

create table package_requests (
  package_id   uuid    not null,
  request_key  text    not null,
  input_digest text    not null,
  first_seq    integer not null,
  last_seq     integer not null,
  constraint package_requests_are_done_once primary key (package_id, request_key)
);

-- A package's table of members, newest last; a case that left and came back is there twice.
create table package_members (
  package_id uuid    not null,
  place      integer not null,
  case_id    uuid    not null,
  status     text    not null,
  -- the package is open and the case is in it, on its way in, or on its way out
  holds      boolean not null,
  -- how the case stood when it last told
  open       boolean not null,
  concluded  boolean not null,
  constraint package_members_pkey primary key (package_id, place),
  constraint package_members_package_exists foreign key (package_id) references packages (id),
  constraint package_members_status_is_known check (status in ('INVITED', 'JOINED', 'LEAVING', 'LEFT', 'REFUSED'))
);

-- A case is in one open package at most: of two that take it at once, one is refused.
create unique index package_members_hold_a_case_once on package_members (case_id) where holds;
create index package_members_of_case on package_members (case_id);

-- Who works on a package, named as in case_grants.
create table package_grants (
  package_id uuid not null,
  grantee    text not null,
  constraint package_grants_pkey primary key (package_id, grantee),
  constraint package_grants_package_exists foreign key (package_id) references packages (id)
);

create index package_grants_of_grantee on package_grants (grantee, package_id);

-- What a package wants done, for the same inboxes as tasks.
create table package_tasks (
  package_id  uuid        not null,
  id          text        not null,
  kind        text        not null,
  inbox       text        not null,
  deadline_id text        not null,
  due_at      timestamptz not null, -- infinity where no clock waits
  overdue     boolean     not null,
  body        jsonb       not null,
  constraint package_tasks_pkey primary key (package_id, id),
  constraint package_tasks_package_exists foreign key (package_id) references packages (id)
);

create index package_tasks_of_inbox on package_tasks (inbox, due_at, package_id, id);

-- +goose Down
drop table package_tasks;
drop table package_grants;
drop table package_members;
drop table package_requests;
drop table package_events;
drop table package_numbers;
drop table packages;
