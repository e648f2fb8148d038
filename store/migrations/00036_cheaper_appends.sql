-- +goose Up

-- A city's list by registration, by a filter that its cases rarely pass.
drop index cases_of_city_registered;
create index cases_of_city_registered on cases (city, registered_at, id, source, petition_type);

-- The texts are named once each by whoever appends.
-- +goose StatementBegin
create or replace function reference_contents(of_cases uuid[], ids uuid[]) returns void language plpgsql as $$
declare
  found integer;
begin
  update contents c set referenced_at = coalesce(c.referenced_at, now())
    from unnest(of_cases, ids) as n (case_id, id)
    where c.case_id = n.case_id and c.id = n.id;
  get diagnostics found = row_count;
  if found <> cardinality(ids) then
    raise exception '% of % texts are not stored', cardinality(ids) - found, cardinality(ids) using errcode = 'TC404';
  end if;
end
$$;
-- +goose StatementEnd

-- +goose Down
drop index cases_of_city_registered;
create index cases_of_city_registered on cases (city, registered_at, id, source);
-- +goose StatementBegin
create or replace function reference_contents(of_cases uuid[], ids uuid[]) returns void language plpgsql as $$
declare
  named integer;
  found integer;
begin
  select count(*) into named from (select distinct * from unnest(of_cases, ids)) n;
  update contents c set referenced_at = coalesce(c.referenced_at, now())
    from (select distinct * from unnest(of_cases, ids) as u (case_id, id)) n
    where c.case_id = n.case_id and c.id = n.id;
  get diagnostics found = row_count;
  if found <> named then
    raise exception '% of % texts are not stored', named - found, named using errcode = 'TC404';
  end if;
end
$$;
-- +goose StatementEnd
