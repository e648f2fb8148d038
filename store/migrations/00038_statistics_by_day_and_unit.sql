-- +goose Up

-- Sums are of days, months or years now, and how many cases took how many days is one row a stage:
-- a table of a province has a fifteenth of the rows to read. They are made again from the cases when a process of
-- this version first sums; until then everything is counted case by case.
create table statistics_summed (
  made_at timestamptz not null
);
insert into statistics_summed select now() where not exists (select from statistics_cases);

truncate statistics_changes;
truncate statistics_cells;
alter table statistics_cells drop constraint statistics_cells_pkey;
alter table statistics_cells rename column month to begins; -- the first day of the span
alter table statistics_cells add column span text not null;
alter table statistics_cells set (fillfactor = 80);
alter table statistics_cells add constraint statistics_cells_pkey
  primary key (basis, span, level, division, begins, category, unit, kind, sealed);
alter table statistics_cells add constraint statistics_cells_span_is_known check (span in ('DAY', 'MONTH', 'YEAR'));
drop index statistics_cells_together;
drop index statistics_cells_of_units;
create index statistics_cells_together on statistics_cells (basis, span, level, division, begins) where category = '' and unit = '' and not sealed;
create index statistics_cells_of_units on statistics_cells (basis, span, level, division, begins) where unit <> '';

drop table statistics_days;
create table statistics_days (
  basis    text      not null,
  span     text      not null,
  level    text      not null,
  division text collate "C" not null,
  begins   date      not null,
  category text      not null,
  unit     text      not null,
  kind     text      not null,
  stage    integer   not null, -- its place in casefile.OpenStages, from 1
  days     integer[] not null, -- each number of days that a case took there, in order
  cases    integer[] not null, -- and how many took it
  constraint statistics_days_pkey primary key (basis, span, level, division, begins, category, unit, kind, stage),
  constraint statistics_days_are_of_cases check (cardinality(days) = cardinality(cases))
)
with (fillfactor = 80);
create index statistics_days_together on statistics_days (basis, span, level, division, begins) where category = '' and unit = '';
create index statistics_days_of_units on statistics_days (basis, span, level, division, begins) where unit <> '';

-- The days at a period's ends are found within a city without reading all of the province.
drop index statistics_cases_registered;
drop index statistics_cases_concluded;
create index statistics_cases_registered on statistics_cases (registered_on, city);
create index statistics_cases_concluded  on statistics_cases (concluded_on, city) where concluded_on is not null;

-- +goose Down
drop index statistics_cases_registered;
drop index statistics_cases_concluded;
create index statistics_cases_registered on statistics_cases (registered_on);
create index statistics_cases_concluded  on statistics_cases (concluded_on) where concluded_on is not null;
drop table statistics_days;
create table statistics_days (
  basis    text    not null,
  level    text    not null,
  division text collate "C" not null,
  month    date    not null,
  category text    not null,
  kind     text    not null,
  stage    integer not null,
  days     integer not null,
  cases    bigint  not null,
  constraint statistics_days_pkey primary key (basis, level, division, category, month, kind, stage, days)
);
create index statistics_days_together on statistics_days (basis, level, division, month) where category = '';
truncate statistics_cells;
drop index statistics_cells_together;
drop index statistics_cells_of_units;
alter table statistics_cells drop constraint statistics_cells_span_is_known;
alter table statistics_cells drop constraint statistics_cells_pkey;
alter table statistics_cells drop column span;
alter table statistics_cells reset (fillfactor);
alter table statistics_cells rename column begins to month;
alter table statistics_cells add constraint statistics_cells_pkey primary key (basis, level, division, category, unit, month, kind, sealed);
create index statistics_cells_together on statistics_cells (basis, level, division, month) where category = '' and unit = '' and not sealed;
create index statistics_cells_of_units on statistics_cells (basis, level, division, month) where unit <> '';
drop table statistics_summed;
truncate statistics_changes;
-- +goose StatementBegin
do $$
begin
  execute format('insert into statistics_changes (weight, %1$s) select 1, %1$s from statistics_cases', shared_statistics());
end
$$;
-- +goose StatementEnd
