-- +goose Up

-- An unanswered order goes one division up, as an order of that level over the same deadline;
-- and a deadline whose miss was put right may be missed again (miss counts from 0).
alter table supervision_orders add column miss integer not null default 0;
alter table supervision_orders drop constraint supervision_orders_once_a_deadline;
alter table supervision_orders add constraint supervision_orders_once_a_level unique (case_id, deadline_id, miss, level);

-- +goose Down
alter table supervision_orders drop constraint supervision_orders_once_a_level;
alter table supervision_orders add constraint supervision_orders_once_a_deadline unique (case_id, deadline_id);
alter table supervision_orders drop column miss;
