-- +goose Up

-- A province or city is asked for by unit too: cells of each unit stand beside those of each category.
alter table statistics_changes add column unit text not null default '';
alter table statistics_changes alter column unit drop default;
alter table statistics_cells add column unit text not null default '';
alter table statistics_cells drop constraint statistics_cells_pkey;
alter table statistics_cells add constraint statistics_cells_pkey primary key (basis, level, division, category, unit, month, kind, sealed);
alter table statistics_cells add constraint statistics_cells_of_a_category_or_a_unit check (category = '' or unit = '');
drop index statistics_cells_together;
create index statistics_cells_together on statistics_cells (basis, level, division, month) where category = '' and unit = '' and not sealed;
create index statistics_cells_of_units on statistics_cells (basis, level, division, month) where unit <> '';

-- What changes is noted with every column that statistics_changes shares with the cases, whatever they are.
-- +goose StatementBegin
create procedure note_shared_statistics() language plpgsql as $define$
begin
  execute format($note$
    create or replace function note_statistics_change() returns trigger language plpgsql as $body$
    begin
      if tg_op in ('UPDATE', 'DELETE') then
        insert into statistics_changes (weight, %1$s) select -1, %1$s from gone;
      end if;
      if tg_op in ('UPDATE', 'INSERT') then
        insert into statistics_changes (weight, %1$s) select 1, %1$s from come;
      end if;
      return null;
    end
    $body$
  $note$, shared_statistics());
end
$define$;
create function shared_statistics() returns text language sql stable as $$
  select string_agg(quote_ident(attname), ', ' order by attnum)
  from pg_attribute
  where attrelid = 'statistics_changes'::regclass and attnum > 0 and not attisdropped and attname not in ('id', 'weight')
$$;
-- All is summed again, as a change: answers are right meanwhile.
do $$
begin
  call note_shared_statistics();
  delete from statistics_cells;
  delete from statistics_days;
  delete from statistics_changes;
  execute format('insert into statistics_changes (weight, %1$s) select 1, %1$s from statistics_cases', shared_statistics());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop index statistics_cells_of_units;
drop index statistics_cells_together;
create index statistics_cells_together on statistics_cells (basis, level, division, month) where category = '' and not sealed;
delete from statistics_cells where unit <> '';
alter table statistics_cells drop constraint statistics_cells_of_a_category_or_a_unit;
alter table statistics_cells drop constraint statistics_cells_pkey;
alter table statistics_cells add constraint statistics_cells_pkey primary key (basis, level, division, category, month, kind, sealed);
alter table statistics_cells drop column unit;
alter table statistics_changes drop column unit;
call note_shared_statistics();
drop procedure note_shared_statistics;
drop function shared_statistics;
