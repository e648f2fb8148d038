-- +goose Up

-- Whom an event touches, as numbers of names (see store/touched.go): who held one of them before
-- or holds one after may read something else from now on. Null touches everybody. It is read
-- for events of the last minutes only.
alter table events add column touched integer[];

-- One row: it moves when texts are erased, which no event tells.
create table erasure_version (
  singleton boolean not null default true,
  version   bigint  not null,
  constraint erasure_version_pkey primary key (singleton),
  constraint erasure_version_is_one_row check (singleton)
);
insert into erasure_version (version) values (0);

-- +goose Down
drop table erasure_version;
alter table events drop column touched;
