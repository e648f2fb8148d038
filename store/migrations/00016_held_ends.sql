-- +goose Up

-- The cases whose end waits until a report of retaliation is answered. A row is folded from
-- the report, never from the case whose end it holds back: whoever is named may read that one.
create table held_ends (
  case_id      uuid not null, -- the report
  held_case_id uuid not null,
  constraint held_ends_pkey primary key (case_id, held_case_id),
  constraint held_ends_report_exists foreign key (case_id) references cases (id)
  -- none on held_case_id: it would make a report wait for a command on that case
);

-- every append asks whether the end of its case is held
create index held_ends_by_held_case on held_ends (held_case_id);

-- +goose Down
drop table held_ends;
