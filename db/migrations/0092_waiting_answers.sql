-- Anonymous answers are counted in batches: whoever asks for figures every minute would otherwise see when one came, and may
-- know who had been asked then. Until then they wait here, where no person reads; no moment is kept.
create table waiting_answer (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  customer_id uuid not null references customer,
  site_id uuid,
  service_id uuid,
  month date not null check (extract(day from month) = 1),
  scale text not null check (scale in ('csat', 'nps', 'ces')),
  score integer not null check (score between 0 and 10),
  lost_minutes integer check (lost_minutes between 0 and 100000),
  factors text[] not null default '{}',
  text text check (length(text) between 1 and 4000),
  language text not null check (language in ('en', 'de')),
  may_quote boolean not null
);
create index waiting_answer_customer on waiting_answer (customer_id);
alter table waiting_answer enable row level security;
create policy everything on waiting_answer to plumbline_system using (true) with check (true);
grant select, insert, delete on waiting_answer to plumbline_system;
