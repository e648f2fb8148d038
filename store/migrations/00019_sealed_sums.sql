-- +goose Up

-- Sealed cases are summed too, by the blocks in which they are shown: a county, a kind and a month.
alter table statistics_changes add column sealed boolean not null default false;
alter table statistics_cells add column sealed boolean not null default false;
alter table statistics_cells drop constraint statistics_cells_pkey;
alter table statistics_cells add constraint statistics_cells_pkey primary key (basis, level, division, category, month, kind, sealed);

-- +goose StatementBegin
create or replace function note_statistics_change() returns trigger language plpgsql as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    insert into statistics_changes (
      weight, division, province, city, county, kind, category, registered_on, concluded_on, days, sealed,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    ) select
      -1, division, province, city, county, kind, category, registered_on, concluded_on, days, sealed,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    from gone;
  end if;
  if tg_op in ('UPDATE', 'INSERT') then
    insert into statistics_changes (
      weight, division, province, city, county, kind, category, registered_on, concluded_on, days, sealed,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    ) select
      1, division, province, city, county, kind, category, registered_on, concluded_on, days, sealed,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    from come;
  end if;
  return null;
end
$$;
-- +goose StatementEnd

-- The cells of all categories together, which most tables are made of, and the blocks.
create index statistics_cells_together on statistics_cells (basis, level, division, month) where category = '' and not sealed;
create index statistics_days_together on statistics_days (basis, level, division, month) where category = '';
create index statistics_cells_sealed on statistics_cells (basis, division, month) where sealed;

-- All is summed again.
delete from statistics_cells;
delete from statistics_days;
delete from statistics_changes;
insert into statistics_changes (
      weight, division, province, city, county, kind, category, registered_on, concluded_on, days, sealed,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    ) select
      1, division, province, city, county, kind, category, registered_on, concluded_on, days, sealed,
      concluded, closed, open, overdue, deferred, people, agreed_amount, accepted_on_time_part,
      accepted_on_time_of, concluded_part, concluded_of, concluded_on_time_part, concluded_on_time_of,
      mediation_succeeded_part, mediation_succeeded_of, disputes_resolved_part, disputes_resolved_of,
      satisfied_part, satisfied_of, responded_part, responded_of, reworked_part, reworked_of,
      extended_part, extended_of, repeated_part, repeated_of, supervised_part, supervised_of,
      declined_part, declined_of, withdrawn_part, withdrawn_of, confirmed_part, confirmed_of,
      performed_part, performed_of
    from statistics_cases;

-- +goose Down
drop index statistics_cells_together;
drop index statistics_days_together;
drop index statistics_cells_sealed;
delete from statistics_cells where sealed;
delete from statistics_changes where sealed;
alter table statistics_cells drop constraint statistics_cells_pkey;
alter table statistics_cells add constraint statistics_cells_pkey primary key (basis, level, division, category, month, kind);
alter table statistics_cells drop column sealed;
alter table statistics_changes drop column sealed;
-- +goose StatementBegin
create or replace function note_statistics_change() returns trigger language plpgsql as $$
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
