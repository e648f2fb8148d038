-- +goose Up

-- Whose work was handed over to whom, and by whom: who asked, and what became of each case and
-- package. Nothing is taken out of it.
create table hand_overs (
  request_key    text        not null,
  input_digest   text        not null,
  at             timestamptz not null,
  person_id      text        not null, -- who asked
  request_id     text        not null,
  from_person_id text        not null,
  to_person_id   text        not null, -- empty: to the inbox of the unit
  constraint hand_overs_pkey primary key (request_key)
);

create table hand_over_items (
  request_key text    not null,
  -- of a case, or of a leadership package
  owner_id    uuid    not null,
  of_package  boolean not null,
  status      text    not null,
  -- why it stays, as it was told
  refusal     jsonb,
  constraint hand_over_items_pkey primary key (request_key, owner_id),
  constraint hand_over_items_belong_to_one foreign key (request_key) references hand_overs (request_key),
  constraint hand_over_items_status_is_known check (status in ('ASKED', 'MOVED', 'REFUSED')),
  constraint hand_over_items_refusal_says_why check ((status = 'REFUSED') = (refusal is not null))
);

-- +goose Down
drop table hand_over_items;
drop table hand_overs;
