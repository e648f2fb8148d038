-- +goose Up

-- Divisions that the statistics don't know (development zones, new areas). The published
-- tree comes with the program.
create table local_divisions (
  code    text   not null,
  name    text   not null,
  -- townships whose own code is not the division's prefix
  members text[] not null,
  constraint local_divisions_pkey primary key (code),
  -- province 2 digits, city 4, county 6, township 9, village 12, grid 15
  constraint local_divisions_code_names_a_level check (code ~ '^\d+$' and length(code) in (2, 4, 6, 9, 12, 15))
);

create table units (
  id                  text not null,
  name                text not null,
  kind                text not null,
  industry            text not null default '',
  division            text not null,
  -- empty at the top
  supervising_unit_id text not null default '',
  constraint units_pkey primary key (id)
);

-- Who reviews a unit's decisions: the same level's government, or the department above.
create table unit_superiors (
  unit_id     text     not null,
  superior_id text     not null,
  position    smallint not null,
  constraint unit_superiors_pkey primary key (unit_id, superior_id),
  constraint unit_superiors_unit_exists foreign key (unit_id) references units (id),
  constraint unit_superiors_not_oneself check (unit_id <> superior_id)
);

create table people (
  id   text not null,
  name text not null,
  constraint people_pkey primary key (id)
);

create table person_roles (
  person_id text     not null,
  role      text     not null,
  unit_id   text     not null,
  position  smallint not null,
  constraint person_roles_pkey primary key (person_id, role, unit_id),
  constraint person_roles_person_exists foreign key (person_id) references people (id),
  constraint person_roles_unit_exists foreign key (unit_id) references units (id)
);

create index person_roles_by_unit on person_roles (unit_id, role);

-- Systems that give cases their external numbers, each registered by one unit
-- ("12345-5301"): two cities' ticket numbers never meet.
create table issuing_systems (
  system  text not null,
  unit_id text not null,
  constraint issuing_systems_pkey primary key (system),
  constraint issuing_systems_unit_exists foreign key (unit_id) references units (id)
);

-- One row: it moves when anything above does, so that a cached snapshot knows its age.
create table directory_version (
  singleton  boolean not null default true,
  version    bigint  not null,
  constraint directory_version_pkey primary key (singleton),
  constraint directory_version_is_one_row check (singleton)
);
insert into directory_version (version) values (0);

-- +goose Down
drop table directory_version;
drop table issuing_systems;
drop table person_roles;
drop table people;
drop table unit_superiors;
drop table units;
drop table local_divisions;
