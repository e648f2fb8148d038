-- +goose Up

-- A draw of ended cases that the level above looks at again (抽查). Everything that it takes to
-- repeat it is kept: the population as it was, the rate, the seed and the rule.
create table samples (
  id         uuid        not null,
  division   text        not null, -- whose level looks again
  month      text        not null, -- of the closures, YYYY-MM in Asia/Shanghai
  unit_id    text        not null, -- that looks again
  role       text        not null,
  rule       text        not null,
  per_mille  integer     not null,
  seed       numeric(20) not null,
  population uuid[]      not null,
  drawn      uuid[]      not null,
  drawn_at   timestamptz not null,
  constraint samples_pkey primary key (id),
  -- another seed is no second chance
  constraint samples_are_drawn_once unique (division, month, unit_id, role),
  constraint samples_month_is_one check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  constraint samples_rate_is_a_share check (per_mille between 1 and 1000)
);

-- +goose Down
drop table samples;
