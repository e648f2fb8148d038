-- +goose Up

-- What one case adds to the figures (casefile.MeasuresOf), beside its place in them. A narrow row a
-- case: small scopes are counted from here, wide ones from statistics_cells.
create table statistics_cases (
  case_id       uuid    not null,
  -- which counting rules the row is by: others are counted anew
  rules         text    not null,
  division      text    not null,
  province      text    not null,
  city          text,
  county        text,
  township      text,
  village       text,
  grid          text,
  unit          text    not null,
  kind          text    not null,
  category      text    not null,
  sealed        boolean not null,
  registered_on date    not null, -- Asia/Shanghai
  concluded_on  date,
  -- days spent in the stages that were left, by their place in casefile.OpenStages; null where none was
  days          integer[] not null,
  reworks       integer not null, -- of all rounds
  concluded integer not null,
  closed integer not null,
  open integer not null,
  overdue integer not null,
  deferred integer not null,
  people integer not null,
  agreed_amount bigint not null,
  accepted_on_time_part integer not null, accepted_on_time_of integer not null,
  concluded_part integer not null, concluded_of integer not null,
  concluded_on_time_part integer not null, concluded_on_time_of integer not null,
  mediation_succeeded_part integer not null, mediation_succeeded_of integer not null,
  disputes_resolved_part integer not null, disputes_resolved_of integer not null,
  satisfied_part integer not null, satisfied_of integer not null,
  responded_part integer not null, responded_of integer not null,
  reworked_part integer not null, reworked_of integer not null,
  extended_part integer not null, extended_of integer not null,
  repeated_part integer not null, repeated_of integer not null,
  supervised_part integer not null, supervised_of integer not null,
  declined_part integer not null, declined_of integer not null,
  withdrawn_part integer not null, withdrawn_of integer not null,
  confirmed_part integer not null, confirmed_of integer not null,
  performed_part integer not null, performed_of integer not null,
  constraint statistics_cases_pkey primary key (case_id),
  constraint statistics_cases_case_exists foreign key (case_id) references cases (id)
)
with (fillfactor = 80);

-- By the scopes that are counted case by case.
create index statistics_cases_of_county   on statistics_cases (county);
create index statistics_cases_of_township on statistics_cases (township);
create index statistics_cases_of_unit     on statistics_cases (unit);
-- By the days at the ends of a period that are no whole month.
create index statistics_cases_registered on statistics_cases (registered_on);
create index statistics_cases_concluded  on statistics_cases (concluded_on) where concluded_on is not null;
create index statistics_cases_sealed     on statistics_cases (province) where sealed;
-- What a viewer is excluded from is taken off the sums.
create index case_exclusions_by_excluded on case_exclusions (excluded, case_id);

-- Whatever changes there, as it happens: rows taken off (weight -1) and added (1), until they are
-- summed into the cells. Nobody updates a row here, so no append waits for another.
create table statistics_changes (
  id            bigint   not null generated always as identity,
  weight        smallint not null,
  division      text     not null,
  province      text     not null,
  city          text,
  county        text,
  kind          text     not null,
  category      text     not null,
  registered_on date     not null,
  concluded_on  date,
  days          integer[] not null,
  concluded integer not null,
  closed integer not null,
  open integer not null,
  overdue integer not null,
  deferred integer not null,
  people integer not null,
  agreed_amount bigint not null,
  accepted_on_time_part integer not null, accepted_on_time_of integer not null,
  concluded_part integer not null, concluded_of integer not null,
  concluded_on_time_part integer not null, concluded_on_time_of integer not null,
  mediation_succeeded_part integer not null, mediation_succeeded_of integer not null,
  disputes_resolved_part integer not null, disputes_resolved_of integer not null,
  satisfied_part integer not null, satisfied_of integer not null,
  responded_part integer not null, responded_of integer not null,
  reworked_part integer not null, reworked_of integer not null,
  extended_part integer not null, extended_of integer not null,
  repeated_part integer not null, repeated_of integer not null,
  supervised_part integer not null, supervised_of integer not null,
  declined_part integer not null, declined_of integer not null,
  withdrawn_part integer not null, withdrawn_of integer not null,
  confirmed_part integer not null, confirmed_of integer not null,
  performed_part integer not null, performed_of integer not null,
  constraint statistics_changes_pkey primary key (id)
);

-- The sums of cases that are not sealed. A level's cell holds a division of it with everything
-- below; what lies wider than the level stands under its own division.
create table statistics_cells (
  basis    text not null,
  level    text not null,
  division text collate "C" not null,
  month    date not null, -- its first day, of the basis, in Asia/Shanghai
  category text not null, -- empty is all together
  kind     text not null,
  cases    bigint not null,
  concluded bigint not null,
  closed bigint not null,
  open bigint not null,
  overdue bigint not null,
  deferred bigint not null,
  people bigint not null,
  agreed_amount bigint not null,
  accepted_on_time_part bigint not null, accepted_on_time_of bigint not null,
  concluded_part bigint not null, concluded_of bigint not null,
  concluded_on_time_part bigint not null, concluded_on_time_of bigint not null,
  mediation_succeeded_part bigint not null, mediation_succeeded_of bigint not null,
  disputes_resolved_part bigint not null, disputes_resolved_of bigint not null,
  satisfied_part bigint not null, satisfied_of bigint not null,
  responded_part bigint not null, responded_of bigint not null,
  reworked_part bigint not null, reworked_of bigint not null,
  extended_part bigint not null, extended_of bigint not null,
  repeated_part bigint not null, repeated_of bigint not null,
  supervised_part bigint not null, supervised_of bigint not null,
  declined_part bigint not null, declined_of bigint not null,
  withdrawn_part bigint not null, withdrawn_of bigint not null,
  confirmed_part bigint not null, confirmed_of bigint not null,
  performed_part bigint not null, performed_of bigint not null,
  constraint statistics_cells_pkey primary key (basis, level, division, category, month, kind),
  constraint statistics_cells_basis_is_known check (basis in ('REGISTERED_IN', 'CONCLUDED_IN')),
  constraint statistics_cells_level_is_known check (level in ('PROVINCE', 'CITY', 'COUNTY'))
);

-- How many of a cell's cases spent so many days in a stage: whole days, so medians are exact.
create table statistics_days (
  basis    text    not null,
  level    text    not null,
  division text collate "C" not null,
  month    date    not null,
  category text    not null,
  kind     text    not null,
  stage    integer not null, -- its place in casefile.OpenStages, from 1
  days     integer not null,
  cases    bigint  not null,
  constraint statistics_days_pkey primary key (basis, level, division, category, month, kind, stage, days)
);

-- +goose StatementBegin
create function note_statistics_change() returns trigger language plpgsql as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    insert into statistics_changes (
      weight, division, province, city, county, kind, category, registered_on, concluded_on, days,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    ) select
      -1, division, province, city, county, kind, category, registered_on, concluded_on, days,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    from gone where not sealed;
  end if;
  if tg_op in ('UPDATE', 'INSERT') then
    insert into statistics_changes (
      weight, division, province, city, county, kind, category, registered_on, concluded_on, days,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    ) select
      1, division, province, city, county, kind, category, registered_on, concluded_on, days,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    from come where not sealed;
  end if;
  return null;
end
$$;
-- +goose StatementEnd

create trigger statistics_notice_inserts after insert on statistics_cases
  referencing new table as come for each statement execute function note_statistics_change();
create trigger statistics_notice_updates after update on statistics_cases
  referencing old table as gone new table as come for each statement execute function note_statistics_change();
create trigger statistics_notice_deletes after delete on statistics_cases
  referencing old table as gone for each statement execute function note_statistics_change();

-- +goose Down
drop table statistics_cases;
drop function note_statistics_change;
drop table statistics_changes;
drop table statistics_cells;
drop table statistics_days;
drop index case_exclusions_by_excluded;
