-- +goose Up

-- The clocks of leadership packages wait in the same queue: case_id is then a package's id. Ids of
-- cases and packages never meet.
alter table recounts add column package boolean not null default false;

-- +goose Down
delete from recounts where package;
alter table recounts drop column package;
