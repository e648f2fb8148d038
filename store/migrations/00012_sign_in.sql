-- +goose Up

-- Who a person is at the identity provider: the token's subject. Empty for somebody who
-- doesn't sign in.
alter table people add column subject text not null default '';
create unique index people_subject_is_one_person on people (subject) where subject <> '';

-- +goose Down
alter table people drop column subject;
