-- +goose Up

-- What is owed and to whom, folded from the case, for worklists.
create table deadlines (
  case_id   uuid        not null,
  id        text        not null,
  step      text        not null,
  statutory boolean     not null,
  status    text        not null,
  due_at    timestamptz not null,
  body      jsonb       not null, -- the whole deadline, with its explanation
  constraint deadlines_pkey primary key (case_id, id),
  constraint deadlines_case_exists foreign key (case_id) references cases (id),
  constraint deadlines_status_is_known check (status in ('RUNNING', 'PAUSED', 'MET', 'MISSED', 'CANCELLED'))
);

create index deadlines_by_due on deadlines (due_at, case_id, id) where status in ('RUNNING', 'PAUSED', 'MISSED');

create table tasks (
  case_id     uuid        not null,
  id          text        not null,
  kind        text        not null,
  -- whose: "person/ID", or "ROLE@UNIT" for the role inbox of a unit
  inbox       text        not null,
  deadline_id text        not null,
  due_at      timestamptz not null, -- infinity where no clock waits
  overdue     boolean     not null,
  body        jsonb       not null,
  constraint tasks_pkey primary key (case_id, id),
  constraint tasks_case_exists foreign key (case_id) references cases (id)
);

create index tasks_of_inbox on tasks (inbox, due_at, case_id, id);

create table supervision_orders (
  case_id           uuid        not null,
  id                text        not null,
  deadline_id       text        not null,
  level             text        not null,
  status            text        not null,
  issued_by_unit_id text        not null,
  addressee_unit_id text        not null,
  opened_at         timestamptz not null,
  constraint supervision_orders_pkey primary key (case_id, id),
  -- one order for one missed deadline, however often time passes over it
  constraint supervision_orders_once_a_deadline unique (case_id, deadline_id),
  constraint supervision_orders_case_exists foreign key (case_id) references cases (id)
);

create index supervision_orders_by_opening on supervision_orders (opened_at, case_id, id);

-- +goose Down
drop table supervision_orders;
drop table tasks;
drop table deadlines;
