-- +goose Up

-- A blind index over titles, narratives and parties' names, to search in texts that are encrypted.
-- A token is the first 16 bits of an HMAC, under a key derived from the master key, of two
-- characters that stand side by side in the text in its plainest form. Several pairs of
-- characters share a token, so a hit counts only once the text itself has been read.
create table text_tokens (
  case_id uuid       not null,
  text_id uuid       not null,
  tokens  smallint[] not null, -- each once, in order: the text's own order isn't told
  constraint text_tokens_pkey primary key (case_id, text_id),
  -- gone with the text: swept where no event came to name it, erased with the case's key
  constraint text_tokens_are_of_a_text foreign key (case_id, text_id) references contents (case_id, id) on delete cascade
);

-- random numbers don't compress
alter table text_tokens alter column tokens set storage external;

-- Without the list of pending entries, which somebody's registration would have to work off.
create index text_tokens_by_token on text_tokens using gin (tokens) with (fastupdate = off);

-- Whose texts a case names beside its own: those of cases that were merged into it.
create table borrowed_texts (
  case_id   uuid not null,
  lender_id uuid not null,
  constraint borrowed_texts_pkey primary key (case_id, lender_id),
  constraint borrowed_texts_case_exists foreign key (case_id) references cases (id)
);

create index borrowed_texts_of_a_lender on borrowed_texts (lender_id);

-- Cases whose texts were stored before there was an index, until a worker has indexed them. A
-- search reads their texts themselves meanwhile.
create table text_backlog (
  case_id uuid not null,
  constraint text_backlog_pkey primary key (case_id)
);

insert into text_backlog (case_id) select id from cases;
-- What these borrow: parties whose content stands elsewhere.
insert into borrowed_texts (case_id, lender_id)
select distinct c.id, (p ->> 'from')::uuid from cases c
cross join lateral jsonb_path_query(c.state, '$.parties[*] ? (@.from != "")') p;

-- +goose Down
drop table text_backlog;
drop table borrowed_texts;
drop table text_tokens;
