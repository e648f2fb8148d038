-- +goose Up

-- The files of cases. A row is made when an upload begins and shows nothing until stored_at is
-- set; its size and sha256 stand from then on. Many minutes may lie between the two: no
-- transaction lasts as long as an upload.
create table files (
  case_id     uuid        not null,
  id          uuid        not null,
  person_id   text        not null, -- who uploads it
  request_key text        not null, -- of the person and their idempotency key
  media_type  text        not null,
  size        bigint      not null default 0,
  -- AES-256-GCM under the case's key, bound to case, id, media type and size: in the clear it
  -- would tell who knows a file whether the case has it
  sha256      bytea,
  tag         bytea, -- HMAC of the body under the case's key; the event that attaches it has it too
  created_at  timestamptz not null default now(),
  stored_at   timestamptz,
  -- set by the event that attaches it; what no event attaches is swept after a day
  attached_at timestamptz,
  constraint files_pkey primary key (case_id, id),
  constraint files_are_stored_whole check ((stored_at is null) = (sha256 is null) and (stored_at is null) = (tag is null)),
  constraint files_are_attached_when_stored check (attached_at is null or stored_at is not null)
);

-- One request stores one file, however often it is repeated, also at once.
create unique index files_are_stored_once on files (case_id, request_key) where stored_at is not null;
create index files_never_attached on files (created_at) where attached_at is null;
create index files_never_attached_by_person on files (person_id) where attached_at is null;

-- The body of a file, in pieces of 256 KiB from 0 on, the last one shorter. Each is AES-256-GCM
-- under the case's key, bound to case, file and number.
create table file_chunks (
  case_id    uuid    not null,
  file_id    uuid    not null,
  number     integer not null,
  ciphertext bytea   not null,
  constraint file_chunks_pkey primary key (case_id, file_id, number),
  constraint file_chunks_are_of_a_file foreign key (case_id, file_id) references files (case_id, id) on delete cascade
);
alter table file_chunks alter column ciphertext set storage external; -- nothing is left to compress

-- Marks the files that new events attach. One that is not there fails the transaction: an event
-- must never attach a file that nobody stored, or another one than was looked at.
-- +goose StatementBegin
create function reference_files(of_cases uuid[], ids uuid[], tags bytea[]) returns void language plpgsql as $$
declare
  found integer;
begin
  update files f set attached_at = coalesce(f.attached_at, now())
    from unnest(of_cases, ids, tags) as n (case_id, id, tag)
    where f.case_id = n.case_id and f.id = n.id and f.tag = n.tag;
  get diagnostics found = row_count;
  if found <> cardinality(ids) then
    raise exception '% of % files are not stored', cardinality(ids) - found, cardinality(ids) using errcode = 'TC404';
  end if;
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function reference_files;
drop table file_chunks;
drop table files;
