-- +goose Up

-- A blind index over the parties of cases, to find cases of the same people: what is said of a
-- party is encrypted and can't be compared. A token is an HMAC under a key derived from the
-- master key, of the kind of the value and the value in its plainest form. It tells that two
-- cases name the same value, and nothing of the value without that key.
create table party_tokens (
  case_id uuid  not null,
  text_id uuid  not null, -- the party's content
  kind    text  not null,
  token   bytea not null, -- the first 16 bytes of the HMAC-SHA256
  constraint party_tokens_pkey primary key (token, case_id, text_id),
  constraint party_tokens_kind_is_known check (kind in ('NAME', 'PHONE', 'ID_NUMBER')),
  -- gone with the text: swept where no event came to name it, erased with the case's key
  constraint party_tokens_are_of_a_text foreign key (case_id, text_id) references contents (case_id, id) on delete cascade
);

create index party_tokens_of_a_text on party_tokens (case_id, text_id);

-- The case brings a matter again that another case was about (重复信访).
alter table cases add column repeats boolean not null default false;

-- +goose Down
alter table cases drop column repeats;
drop table party_tokens;
