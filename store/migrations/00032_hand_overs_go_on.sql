-- +goose Up

-- A hand-over that no client goes on with is gone on with by the office itself. For that it keeps
-- what was asked for until it has ended.
alter table hand_overs
  -- what was asked, encrypted under a master key: its reason is a text. Null once it has ended,
  -- and for those of earlier versions, which only their clients go on with.
  add column input      bytea,
  add column key_id     text,
  -- when somebody last went on with it
  add column stepped_at timestamptz not null default now(),
  add constraint hand_overs_input_has_a_key check ((input is null) = (key_id is null));

create index hand_overs_resting on hand_overs (stepped_at) where input is not null;

-- +goose Down
drop index hand_overs_resting;
alter table hand_overs drop constraint hand_overs_input_has_a_key, drop column input, drop column key_id, drop column stepped_at;
