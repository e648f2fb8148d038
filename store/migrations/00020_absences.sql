-- +goose Up

-- When people are away, in days of Asia/Shanghai, and who stands in.
create table absences (
  person_id text not null,
  from_day  date not null,
  until_day date,                     -- the last day away; null until further notice
  deputy_id text not null default '', -- empty where nobody stands in
  -- BEGUN is set and taken back in the step that moves the work, not by the clock alone
  status    text not null,
  constraint absences_pkey primary key (person_id, from_day),
  constraint absences_person_exists foreign key (person_id) references people (id),
  constraint absences_last_a_day check (until_day >= from_day),
  constraint absences_status_is_known check (status in ('PLANNED', 'BEGUN', 'ENDED'))
);

-- What has to begin or end is looked for every few seconds.
create index absences_not_over on absences (status, from_day, until_day) where status <> 'ENDED';

-- +goose Down
drop table absences;
