-- +goose Up

-- One row a case: the fold of its events, for reading. No personal text.
create table cases (
  id                  uuid        not null,
  number              text        not null,
  division            text        not null,
  -- one column a level, so that a sub-tree in any order is one range of one index
  province            text        not null,
  city                text,
  county              text,
  township            text,
  village             text,
  grid                text,
  kind                text        not null,
  petition_type       text,
  stage               text        not null,
  open                boolean     not null,
  outcome             text,
  source              text        not null,
  category            text        not null,
  confidentiality     text        not null,
  risk                text,
  scale               text        not null,
  urgent              boolean     not null,
  imported            boolean     not null,
  responsible_unit_id text        not null,
  handler_id          text,
  amount              bigint,     -- fen
  agreed_amount       bigint      not null, -- fen, over all mediations
  people              integer     not null, -- the headcount, or those who asked
  received_at         timestamptz not null,
  registered_at       timestamptz not null,
  accepted_at         timestamptz,
  concluded_at        timestamptz,
  concluded_on_time   boolean,
  closed_at           timestamptz,
  -- infinity where no clock waits, so that the order by due day has no nulls
  next_due_at         timestamptz not null,
  overdue             boolean     not null,
  round               integer     not null,
  version             integer     not null,
  chain_hash          text        not null,
  -- which snapshot of people and units the tasks were derived from
  directory_version   bigint      not null,
  state               jsonb       not null,
  constraint cases_pkey primary key (id),
  constraint cases_number_is_unique unique (number),
  constraint cases_have_events check (version > 0),
  constraint cases_kind_is_known check (kind in ('DISPUTE', 'PETITION')),
  constraint cases_confidentiality_is_known check (confidentiality in ('NORMAL', 'RESTRICTED', 'SEALED')),
  constraint cases_province_is_the_divisions check (left(division, 2) = province)
)
-- room for the new version of a row beside the old one: most updates touch no index
with (fillfactor = 70);

-- Lists: every level by registration and, for open cases, by due day.
create index cases_of_province_registered on cases (province, registered_at, id);
create index cases_of_city_registered     on cases (city, registered_at, id);
create index cases_of_county_registered   on cases (county, registered_at, id);
create index cases_of_township_registered on cases (township, registered_at, id);
create index cases_of_village_registered  on cases (village, registered_at, id);
create index cases_of_grid_registered     on cases (grid, registered_at, id);
create index cases_of_province_due on cases (province, next_due_at, id) where open;
create index cases_of_city_due     on cases (city, next_due_at, id) where open;
create index cases_of_county_due   on cases (county, next_due_at, id) where open;
create index cases_of_township_due on cases (township, next_due_at, id) where open;
create index cases_of_village_due  on cases (village, next_due_at, id) where open;
create index cases_of_grid_due     on cases (grid, next_due_at, id) where open;
create index cases_of_unit_registered on cases (responsible_unit_id, registered_at, id);
create index cases_of_unit_due        on cases (responsible_unit_id, next_due_at, id) where open;
create index cases_of_handler_registered on cases (handler_id, registered_at, id);
-- Statistics by the day of conclusion.
create index cases_of_city_concluded   on cases (city, concluded_at) where concluded_at is not null;
create index cases_of_county_concluded on cases (county, concluded_at) where concluded_at is not null;

-- The last number given, by prefix (county, or the wider division), letter and year. The
-- counter moves in the transaction that registers, so a refusal leaves no gap.
create table case_numbers (
  prefix text    not null,
  letter text    not null,
  year   integer not null, -- of registration, Asia/Shanghai
  last   integer not null,
  constraint case_numbers_pkey primary key (prefix, letter, year),
  constraint case_numbers_letter_is_known check (letter in ('D', 'P'))
);

-- A ticket of another system is one case, whoever brings it and however often.
create table case_external_ids (
  system  text not null,
  number  text not null,
  case_id uuid not null,
  constraint case_external_ids_are_unique primary key (system, number),
  constraint case_external_ids_case_exists foreign key (case_id) references cases (id)
);

create index case_external_ids_by_case on case_external_ids (case_id);

-- Who works on a case: "person/ID", or "ROLE@UNIT" for whoever holds that role there. The
-- case's place in lists stands beside it, so that a grantee's page is one range too.
create table case_grants (
  case_id       uuid        not null,
  grantee       text        not null,
  registered_at timestamptz not null,
  open          boolean     not null,
  constraint case_grants_pkey primary key (case_id, grantee),
  constraint case_grants_case_exists foreign key (case_id) references cases (id)
);

create index case_grants_registered on case_grants (grantee, registered_at, case_id);
create index case_grants_open on case_grants (grantee, case_id) where open;

-- Who never sees a case: "person/ID", "members/UNIT" (that unit and the units below),
-- "leaders/UNIT" (leaders and managers of that unit and the units above).
create table case_exclusions (
  case_id  uuid not null,
  excluded text not null,
  constraint case_exclusions_pkey primary key (case_id, excluded),
  constraint case_exclusions_case_exists foreign key (case_id) references cases (id)
);

-- +goose Down
drop table case_exclusions;
drop table case_grants;
drop table case_external_ids;
drop table case_numbers;
drop table cases;
