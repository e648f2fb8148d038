-- +goose Up

-- Deadlines and supervision orders know where their case lies and whose it is, so that those of a
-- place are one range of one index in the order of their list. Both tables are written anew: to
-- change every row in place would leave each twice.
alter table deadlines rename to deadlines_without_place;
create table deadlines (
  case_id   uuid        not null,
  id        text        not null,
  step      text        not null,
  statutory boolean     not null,
  status    text        not null,
  due_at    timestamptz not null,
  body      jsonb       not null, -- the whole deadline, with its explanation
  division  text        not null, -- of the case, as its unit is
  unit      text        not null
);
insert into deadlines
  select d.case_id, d.id, d.step, d.statutory, d.status, d.due_at, d.body, c.division, c.responsible_unit_id
  from deadlines_without_place d join cases c on c.id = d.case_id;
drop table deadlines_without_place;
alter table deadlines
  add constraint deadlines_pkey primary key (case_id, id),
  add constraint deadlines_case_exists foreign key (case_id) references cases (id),
  add constraint deadlines_status_is_known check (status in ('RUNNING', 'PAUSED', 'MET', 'MISSED', 'CANCELLED'));

-- Each row is in one half of them: those that wait, or those that are settled (store/deadlines.go).
-- A village's or a grid's are few, and read from its cases.
create index deadlines_waiting_of_province on deadlines (left(division, 2), due_at, case_id, id) where status in ('RUNNING', 'PAUSED', 'MISSED');
create index deadlines_waiting_of_city     on deadlines (left(division, 4), due_at, case_id, id) where status in ('RUNNING', 'PAUSED', 'MISSED');
create index deadlines_waiting_of_county   on deadlines (left(division, 6), due_at, case_id, id) where status in ('RUNNING', 'PAUSED', 'MISSED');
create index deadlines_waiting_of_township on deadlines (left(division, 9), due_at, case_id, id) where status in ('RUNNING', 'PAUSED', 'MISSED');
create index deadlines_waiting_of_unit     on deadlines (unit, due_at, case_id, id)              where status in ('RUNNING', 'PAUSED', 'MISSED');
create index deadlines_settled_of_province on deadlines (left(division, 2), due_at, case_id, id) where status in ('MET', 'CANCELLED');
create index deadlines_settled_of_city     on deadlines (left(division, 4), due_at, case_id, id) where status in ('MET', 'CANCELLED');
create index deadlines_settled_of_county   on deadlines (left(division, 6), due_at, case_id, id) where status in ('MET', 'CANCELLED');
create index deadlines_settled_of_township on deadlines (left(division, 9), due_at, case_id, id) where status in ('MET', 'CANCELLED');
create index deadlines_settled_of_unit     on deadlines (unit, due_at, case_id, id)              where status in ('MET', 'CANCELLED');
-- Open clocks that the calendar can move, as before.
create index deadlines_by_calendar on deadlines (due_at)
  where status in ('RUNNING', 'PAUSED', 'MISSED') and (body->>'unit' = 'WORKING_DAYS' or body->>'roll' = 'true');

alter table supervision_orders rename to supervision_orders_without_place;
create table supervision_orders (
  case_id           uuid        not null,
  id                text        not null,
  deadline_id       text        not null,
  level             text        not null,
  status            text        not null,
  issued_by_unit_id text        not null,
  addressee_unit_id text        not null,
  opened_at         timestamptz not null,
  miss              integer     not null default 0,
  division          text        not null, -- of the case, as its unit is
  unit              text        not null
);
insert into supervision_orders
  select o.case_id, o.id, o.deadline_id, o.level, o.status, o.issued_by_unit_id, o.addressee_unit_id, o.opened_at, o.miss,
    c.division, c.responsible_unit_id
  from supervision_orders_without_place o join cases c on c.id = o.case_id;
drop table supervision_orders_without_place;
alter table supervision_orders
  add constraint supervision_orders_pkey primary key (case_id, id),
  -- one order of a level for one miss of a deadline, however often time passes over it
  add constraint supervision_orders_once_a_level unique (case_id, deadline_id, miss, level),
  add constraint supervision_orders_case_exists foreign key (case_id) references cases (id);

create index supervision_orders_of_province on supervision_orders (left(division, 2), opened_at, case_id, id);
create index supervision_orders_of_city     on supervision_orders (left(division, 4), opened_at, case_id, id);
create index supervision_orders_of_county   on supervision_orders (left(division, 6), opened_at, case_id, id);
create index supervision_orders_of_township on supervision_orders (left(division, 9), opened_at, case_id, id);
create index supervision_orders_of_unit     on supervision_orders (unit, opened_at, case_id, id);

-- Lists of wide places by due day, and of a city by registration: what lies after the id is a filter
-- that is looked at in the index, so that one which no case passes reads no case.
drop index cases_of_province_due;
drop index cases_of_city_due;
drop index cases_of_city_registered;
create index cases_of_province_due on cases (province, next_due_at, id, source, category, stage, petition_type, risk, urgent, received_at) where open;
create index cases_of_city_due     on cases (city, next_due_at, id, source, category, stage, petition_type, risk, urgent, received_at)     where open;
create index cases_of_city_registered on cases (city, registered_at, id, source);

-- Nearly every command writes a new version of its case, and each index takes an entry of it. Those of
-- a village or a grid are few enough to be sorted; what a case doesn't have needs no entry.
drop index cases_of_village_due;
drop index cases_of_grid_due;
drop index cases_of_grid_registered;
drop index cases_of_handler_registered;
drop index cases_of_type_registered;
create index cases_of_grid_registered    on cases (grid, registered_at, id)          where grid is not null;
create index cases_of_handler_registered on cases (handler_id, registered_at, id)    where handler_id is not null;
create index cases_of_type_registered    on cases (petition_type, registered_at, id) where petition_type is not null and confidentiality = 'NORMAL';

analyze deadlines;
analyze supervision_orders;

-- +goose Down
drop index cases_of_type_registered;
drop index cases_of_handler_registered;
drop index cases_of_grid_registered;
create index cases_of_grid_registered  on cases (grid, registered_at, id);
create index cases_of_handler_registered on cases (handler_id, registered_at, id);
create index cases_of_type_registered  on cases (petition_type, registered_at, id) where confidentiality = 'NORMAL';
create index cases_of_grid_due    on cases (grid, next_due_at, id) where open;
create index cases_of_village_due on cases (village, next_due_at, id) where open;
drop index cases_of_city_registered;
drop index cases_of_city_due;
drop index cases_of_province_due;
create index cases_of_city_registered on cases (city, registered_at, id);
create index cases_of_city_due     on cases (city, next_due_at, id) where open;
create index cases_of_province_due on cases (province, next_due_at, id) where open;
drop index supervision_orders_of_province;
drop index supervision_orders_of_city;
drop index supervision_orders_of_county;
drop index supervision_orders_of_township;
drop index supervision_orders_of_unit;
alter table supervision_orders drop column division, drop column unit;
create index supervision_orders_by_opening on supervision_orders (opened_at, case_id, id);
drop index deadlines_waiting_of_province;
drop index deadlines_waiting_of_city;
drop index deadlines_waiting_of_county;
drop index deadlines_waiting_of_township;
drop index deadlines_waiting_of_unit;
drop index deadlines_settled_of_province;
drop index deadlines_settled_of_city;
drop index deadlines_settled_of_county;
drop index deadlines_settled_of_township;
drop index deadlines_settled_of_unit;
alter table deadlines drop column division, drop column unit;
create index deadlines_in_order on deadlines (due_at, case_id, id);
create index deadlines_by_due on deadlines (due_at, case_id, id) where status in ('RUNNING', 'PAUSED', 'MISSED');
