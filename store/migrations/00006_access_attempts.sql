-- +goose Up

-- Each look at a case by somebody it must be kept from (the accused, their subordinates,
-- their line leaders): domain, who may see and do what.
create table access_attempts (
  id        bigint      not null generated always as identity,
  case_id   uuid        not null,
  person_id text        not null,
  at        timestamptz not null default now(),
  constraint access_attempts_pkey primary key (id)
);

create index access_attempts_by_case on access_attempts (case_id, at);

-- One row that the readiness check writes: only a write proves that a write succeeds.
create table readiness (
  singleton boolean     not null default true,
  checked_at timestamptz not null default now(),
  constraint readiness_pkey primary key (singleton),
  constraint readiness_is_one_row check (singleton)
);
insert into readiness default values;

-- +goose Down
drop table readiness;
drop table access_attempts;
