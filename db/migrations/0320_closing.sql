-- After so many working days without a word what is resolved is closed by itself; null: only people close it.
alter table customer add column close_after_days smallint default 5 check (close_after_days between 1 and 60);

-- When a resolved incident is closed by itself; null while it is not resolved, and where only people close it.
alter table incident add column closes_at timestamptz;
create index incident_closes on incident (closes_at) where closes_at is not null;
grant select (closes_at) on incident to plumbline_customer;
