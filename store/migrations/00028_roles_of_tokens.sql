-- +goose Up

-- When the token was issued by which somebody's roles were last brought in step; null where
-- no token says what they do.
alter table people add column roles_issued_at timestamptz;

-- +goose Down
alter table people drop column roles_issued_at;
