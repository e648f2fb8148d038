-- +goose Up

-- The supervision orders of leadership packages, for the one list of orders.
create table package_orders (
  package_id        uuid        not null,
  id                text        not null,
  deadline_id       text        not null,
  level             text        not null,
  status            text        not null,
  issued_by_unit_id text        not null,
  addressee_unit_id text        not null,
  opened_at         timestamptz not null,
  constraint package_orders_pkey primary key (package_id, id),
  constraint package_orders_package_exists foreign key (package_id) references packages (id)
);

create index package_orders_by_opening on package_orders (opened_at, package_id, id);

insert into package_orders
  select p.id, o->>'id', o->>'deadlineId', o->>'level', o->>'status', o->>'issuedByUnitId', o->>'addresseeUnitId', (o->>'openedAt')::timestamptz
  from packages p cross join jsonb_array_elements(p.state->'orders') o;

-- +goose Down
drop table package_orders;
