-- +goose Up

-- Cases and packages whose workflow may not know yet what is in their record: the API decided a command
-- itself, since the workflow did not answer. Written before the command is decided, taken out when the
-- workflow has been told; what stays is told by a worker. A row too many only has a workflow look.
create table unheard (
  id         bigint      not null generated always as identity,
  case_id    uuid, -- no foreign key: the case may be registered by that very command
  package_id uuid,
  since      timestamptz not null default now(),
  constraint unheard_pkey primary key (id),
  constraint unheard_is_of_a_case_or_a_package check (num_nonnulls(case_id, package_id) = 1)
);

-- +goose Down
drop table unheard;
