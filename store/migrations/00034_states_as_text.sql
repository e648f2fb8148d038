-- +goose Up

-- A state is read whole, or not at all. As jsonb it was taken apart when it was written and put together
-- again for each reader, which was two thirds of the database's time for a page that nobody had read;
-- as text it is unpacked. lz4 is the quickest to unpack; a Postgres that was built without it keeps its own.
-- +goose StatementBegin
do $$
begin
  alter table cases alter column state type text using state::text, alter column state set compression lz4;
exception when feature_not_supported then
  alter table cases alter column state type text using state::text;
end
$$;
-- +goose StatementEnd

-- +goose Down
alter table cases alter column state type jsonb using state::jsonb;
