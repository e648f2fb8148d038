-- +goose Up

-- The data key of a case, wrapped by a master key. Erasure destroys the wrapped key and
-- keeps the row, so that nobody writes on under a new one unnoticed.
create table case_keys (
  case_id    uuid        not null,
  wrapped    bytea,
  key_id     text        not null, -- of the master key
  created_at timestamptz not null default now(),
  erased_at  timestamptz,
  constraint case_keys_pkey primary key (case_id),
  constraint case_keys_are_there_or_erased check ((wrapped is null) = (erased_at is not null))
);

-- Every text about a person: AES-256-GCM under the case's key, bound to case, id and kind,
-- with an HMAC of the text under that key as integrity tag.
create table contents (
  case_id       uuid        not null,
  id            uuid        not null,
  kind          text        not null,
  ciphertext    bytea       not null,
  tag           bytea       not null,
  created_at    timestamptz not null default now(),
  -- set by the event that names it; what no event ever named is swept after a day
  referenced_at timestamptz,
  constraint contents_pkey primary key (case_id, id)
);

create index contents_never_referenced on contents (created_at) where referenced_at is null;

-- The master keys that wrapped any case's key, so that a start with another one is noticed.
create table master_keys (
  id            text        not null,
  first_used_at timestamptz not null default now(),
  constraint master_keys_pkey primary key (id)
);

-- Marks the texts that new events name. One that is not there fails the transaction: an
-- event must never name a text that nobody stored.
-- +goose StatementBegin
create function reference_contents(of_cases uuid[], ids uuid[]) returns void language plpgsql as $$
declare
  named integer;
  found integer;
begin
  select count(*) into named from (select distinct * from unnest(of_cases, ids)) n;
  update contents c set referenced_at = coalesce(c.referenced_at, now())
    from (select distinct * from unnest(of_cases, ids) as u (case_id, id)) n
    where c.case_id = n.case_id and c.id = n.id;
  get diagnostics found = row_count;
  if found <> named then
    raise exception '% of % texts are not stored', named - found, named using errcode = 'TC404';
  end if;
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function reference_contents;
drop table master_keys;
drop table contents;
drop table case_keys;
