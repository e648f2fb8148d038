-- +goose Up

-- Who read which document of a case: written before the document is given out. No personal data of
-- parties; person_id is of the office. Nothing is taken out of it.
create table document_reads (
  id          bigint      not null generated always as identity,
  at          timestamptz not null,
  person_id   text        not null,
  case_id     uuid        not null, -- the one through which it was read
  document_id text        not null, -- an attached file's, or a notice's within the case
  byte_range  text        not null, -- as it was asked for; empty: the whole
  request_id  text        not null,
  constraint document_reads_pkey primary key (id)
);

create index document_reads_by_case   on document_reads (case_id, at, id);
create index document_reads_by_person on document_reads (person_id, at, id);

-- +goose Down
drop table document_reads;
