-- +goose Up

-- The record itself: append-only, numbered without gaps, chained by hash.
create table events (
  case_id           uuid        not null,
  seq               integer     not null,
  type              text        not null,
  at                timestamptz not null,
  effective_at      timestamptz not null, -- the legal date
  actor_person_id   text        not null,
  actor_role        text        not null,
  actor_unit_id     text        not null,
  actor_division    text        not null,
  actor_unit_kind   text        not null,
  request_key       text        not null, -- digest of (person, idempotency key); empty for time's own acts
  input_digest      text        not null,
  request_id        text        not null,
  backdating_reason text        not null,
  body              jsonb       not null,
  hash              text        not null,
  -- The feed: rows become visible in the order of commit, not of position, so a reader
  -- goes by the pair, and only below the oldest transaction still running.
  position          bigint      not null generated always as identity,
  xid               xid8        not null default pg_current_xact_id(),
  constraint events_are_numbered primary key (case_id, seq),
  constraint events_start_at_one check (seq > 0)
);

create index events_in_feed_order on events (xid, position);

-- +goose StatementBegin
create function refuse_change_of_events() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only: % refused', tg_op using errcode = 'restrict_violation';
end
$$;
-- +goose StatementEnd

create trigger events_are_append_only before update or delete on events
  for each row execute function refuse_change_of_events();
create trigger events_are_never_emptied before truncate on events
  for each statement execute function refuse_change_of_events();
revoke update, delete, truncate on events from public;

-- A person's idempotency key on a case and the digest of the input it came with.
create table requests (
  case_id      uuid    not null,
  request_key  text    not null,
  input_digest text    not null,
  first_seq    integer not null,
  last_seq     integer not null,
  constraint requests_are_done_once primary key (case_id, request_key),
  constraint requests_have_events check (first_seq > 0 and last_seq >= first_seq)
);

-- +goose Down
drop table requests;
drop table events;
drop function refuse_change_of_events;
