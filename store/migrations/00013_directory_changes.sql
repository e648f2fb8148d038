-- +goose Up

-- What administrators did to units, people and roles: who, when, and exactly what. Nothing is
-- taken out of it.
create table directory_changes (
  version       bigint      not null, -- of the directory, after the change
  at            timestamptz not null,
  person_id     text        not null,
  role          text        not null,
  unit_id       text        not null,
  request_id    text        not null,
  request_key   text        not null,
  input_digest  text        not null,
  change        text        not null, -- the mutation's name
  body          jsonb       not null,
  constraint directory_changes_pkey primary key (version),
  -- a repeated request is answered, not done again
  constraint directory_changes_are_done_once unique (request_key)
);

-- +goose Down
drop table directory_changes;
