-- Key figures of everything that is recorded by now: also by segment and market, only where something changed, of one's own
-- making, and laid out as each person likes.

-- The line of business that a site mostly works for, and the market that it is in. Neither follows from its country.
alter table site
  add column segment text check (length(segment) between 1 and 80),
  add column market text check (length(market) between 1 and 80);

alter table kpi_value drop constraint kpi_value_part_check,
  add constraint kpi_value_part_check
    check (part in ('customer', 'site', 'service', 'team', 'site-type', 'segment', 'market'));
alter table kpi_baseline drop constraint kpi_baseline_part_check, drop constraint kpi_baseline_kpi_check,
  add constraint kpi_baseline_part_check
    check (part in ('customer', 'site', 'service', 'team', 'site-type', 'segment', 'market')),
  add constraint kpi_baseline_kpi_check check (kpi ~ '^(K[0-9]{2}|O[0-9]{1,6})$');

-- What is resolved in a month is found without reading all that ever was.
create index incident_customer_resolved on incident (customer_id, resolved_at) where resolved_at is not null;

-- That records changed which figures of a month are counted from. Each writer adds a line of its own and waits for nobody;
-- whoever counts takes the lines away that were there before.
create table kpi_change (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer on delete cascade,
  topic text not null,
  month date not null check (extract(day from month) = 1)
);
create index kpi_change_customer on kpi_change (customer_id);
alter table kpi_change enable row level security;
create policy everything on kpi_change to plumbline_system using (true) with check (true);
grant select, insert, delete on kpi_change to plumbline_system;

-- As the owner: whoever writes a record need not know that it is counted. Its arguments are the topic and, as expressions
-- of a row `r` and its customer `c`, the local days that it counts on.
create function note_kpi_change() returns trigger language plpgsql security definer set search_path from current as $$
declare
  touched text := case tg_op when 'INSERT' then 'select * from now_rows' when 'DELETE' then 'select * from then_rows'
    else 'select * from now_rows union all select * from then_rows' end;
begin
  execute format('insert into kpi_change (customer_id, topic, month)
    select distinct r.customer_id, %L, date_trunc(''month'', d.day)::date from (%s) r join customer c on c.id = r.customer_id
      cross join lateral (values %s) d(day) where d.day is not null', tg_argv[0], touched, tg_argv[1]);
  return null;
end $$;

create procedure feeds_kpis(fed regclass, topic text, variadic days text[]) language plpgsql as $$
declare
  listed text := (select string_agg('((' || day || ')::timestamp)', ', ') from unnest(days) day);
begin
  execute format('create trigger kpis_insert after insert on %s referencing new table as now_rows
    for each statement execute function note_kpi_change(%L, %L)', fed, topic, listed);
  execute format('create trigger kpis_update after update on %s referencing old table as then_rows new table as now_rows
    for each statement execute function note_kpi_change(%L, %L)', fed, topic, listed);
  execute format('create trigger kpis_delete after delete on %s referencing old table as then_rows
    for each statement execute function note_kpi_change(%L, %L)', fed, topic, listed);
end $$;

call feeds_kpis('incident', 'incidents', 'r.opened_at at time zone c.time_zone', 'r.resolved_at at time zone c.time_zone',
  'r.closed_at at time zone c.time_zone');
call feeds_kpis('clock', 'clocks', 'r.stopped_at at time zone c.time_zone');
call feeds_kpis('attainment_month', 'results', 'r.month');
call feeds_kpis('downtime', 'availability', 'r.began_at at time zone c.time_zone', 'r.ended_at at time zone c.time_zone');
call feeds_kpis('maintenance_window', 'availability', 'r.starts_at at time zone c.time_zone', 'r.ends_at at time zone c.time_zone');
call feeds_kpis('monitoring_gap', 'availability', 'r.began_at at time zone c.time_zone', 'r.ended_at at time zone c.time_zone');
call feeds_kpis('availability_promise', 'availability', 'r.valid_from at time zone c.time_zone');
call feeds_kpis('major_incident', 'major-incidents', 'r.declared_at at time zone c.time_zone');
call feeds_kpis('escalation', 'escalations', 'r.raised_at at time zone c.time_zone');
call feeds_kpis('contact', 'contacts', 'r.started_at at time zone c.time_zone');
call feeds_kpis('person', 'people', 'r.created_at at time zone c.time_zone');
call feeds_kpis('request', 'requests', 'r.ordered_at at time zone c.time_zone', 'r.delivered_at at time zone c.time_zone');
call feeds_kpis('survey_invitation', 'answers', 'r.month');
call feeds_kpis('survey_answer', 'answers', 'r.month');
call feeds_kpis('anonymous_answer', 'answers', 'r.month');

-- A figure that somebody made of others: which, and how. It says nothing of any customer, but may be for one alone.
create table own_kpi (
  id uuid primary key,
  key text not null unique check (key ~ '^O[0-9]{1,6}$'),
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 120),
  question text not null check (length(question) between 1 and 400),
  kind text not null check (kind in ('ratio', 'sum', 'weighted')),
  unit text not null check (unit in ('percent', 'points', 'score', 'duration', 'days', 'hours', 'count', 'ratio', 'per-thousand', 'money')),
  direction text not null check (direction in ('up', 'down', 'none')),
  -- `{ kpi, weight }`, the first over the second in a ratio.
  parts jsonb not null,
  owner_id uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1
);
create sequence own_kpi_number;
grant usage on sequence own_kpi_number to plumbline_staff, plumbline_limited, plumbline_system;
call isolate_by_customer('own_kpi', shared => true);
drop policy own_customer on own_kpi;
call narrow_to_parts('own_kpi', 'false');

-- Which figures somebody wants to see on a board, in which order.
create table kpi_board (
  person_id uuid not null,
  board text not null check (board ~ '^[a-z][a-z-]{0,39}$'),
  items text[] not null check (cardinality(items) between 1 and 30),
  version integer not null default 1,
  primary key (person_id, board)
);
alter table kpi_board enable row level security;
create policy own on kpi_board
  using (person_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (person_id = nullif(current_setting('plumbline.person', true), '')::uuid);
create policy everything on kpi_board to plumbline_system using (true) with check (true);
grant select, insert, update, delete on kpi_board to plumbline_staff, plumbline_limited, plumbline_auditor, plumbline_system;
