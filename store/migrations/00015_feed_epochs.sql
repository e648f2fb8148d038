-- +goose Up

-- The feed is ordered by writing transaction, and each cluster counts its own transactions. A
-- record that was restored begins a new epoch: what it brought along comes first, in its old
-- order, then what is written now. Positions are restored with the record and go on, so they
-- tell which epoch an event is of.
create table feed_epochs (
  number         integer     not null,
  -- which cluster, timeline and database counts the transactions
  counted_by     text        not null,
  -- the last position given before it
  after_position bigint      not null,
  begun_at       timestamptz not null default now(),
  constraint feed_epochs_pkey primary key (number)
);

-- +goose Down
drop table feed_epochs;
