-- +goose Up

-- Filters that few cases of a province pass: its list, walked in its order, would come upon them
-- too rarely. Smaller divisions walk their own list or one of these, as the planner reckons.
create index cases_of_stage_registered    on cases (stage, registered_at, id) where open;
create index cases_of_category_registered on cases (category, registered_at, id);
create index cases_of_source_registered   on cases (source, registered_at, id);
create index cases_of_risk_registered     on cases (risk, registered_at, id) where risk is not null;
create index cases_urgent_registered      on cases (registered_at, id) where urgent;
create index cases_of_type_registered     on cases (petition_type, registered_at, id) where confidentiality = 'NORMAL';
create index cases_overdue_registered     on cases (registered_at, id) where open and overdue;
create index cases_repeated_registered    on cases (registered_at, id) where repeats;

-- What lies after the id is a filter that is looked at in the index, before any case is read.
create index cases_open_registered      on cases (registered_at, id, next_due_at) where open;
create index cases_received_registered  on cases (registered_at, id, received_at) where confidentiality = 'NORMAL';
create index cases_concluded_registered on cases (registered_at, id, concluded_at) where concluded_at is not null;

-- Cases end in the order in which they were registered, about: the newest are open, the oldest
-- have ended. A plan doesn't know that, and would walk past all of the others.
create index cases_of_city_open      on cases (city, registered_at, id) where open;
create index cases_of_county_open    on cases (county, registered_at, id) where open;
create index cases_of_province_ended on cases (province, registered_at, id) where not open;
create index cases_of_city_ended     on cases (city, registered_at, id) where not open;

-- Deadlines of any status by due day; deadlines_by_due has only those that wait.
create index deadlines_in_order on deadlines (due_at, case_id, id);

-- +goose Down
drop index deadlines_in_order;
drop index cases_of_city_ended;
drop index cases_of_province_ended;
drop index cases_of_county_open;
drop index cases_of_city_open;
drop index cases_concluded_registered;
drop index cases_received_registered;
drop index cases_open_registered;
drop index cases_repeated_registered;
drop index cases_overdue_registered;
drop index cases_of_type_registered;
drop index cases_urgent_registered;
drop index cases_of_risk_registered;
drop index cases_of_source_registered;
drop index cases_of_category_registered;
drop index cases_of_stage_registered;
