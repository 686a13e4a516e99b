-- Incidents, the clocks that run on them, and the figures counted from the clocks.

create type incident_state as enum
  ('new', 'assigned', 'in-progress', 'on-hold', 'restored', 'resolved', 'closed', 'cancelled');
create type priority as enum ('p1', 'p2', 'p3', 'p4', 'p5');

-- An unplanned interruption of a service, or a drop in its quality.
create table incident (
  id uuid primary key,
  customer_id uuid not null references customer,
  -- The customer's key and a number of the customer's own sequence.
  number text not null unique,
  title text not null check (length(title) between 1 and 400),
  description text not null default '',
  state incident_state not null default 'new',
  pause_reason text,
  impact text not null check (impact in ('high', 'medium', 'low')),
  urgency text not null check (urgency in ('high', 'medium', 'low')),
  priority priority not null,
  -- Why somebody set a priority other than the matrix says.
  priority_reason text,
  category text,
  channel text,
  site_id uuid references site,
  service_id uuid references service,
  team_id uuid references team,
  assignee_id uuid references person,
  requester_id uuid references person,
  -- When it began, when it was logged, and the moments that count.
  occurred_at timestamptz not null,
  opened_at timestamptz not null,
  responded_at timestamptz,
  restored_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null,
  -- The next moment at which a running clock would be missed.
  due_at timestamptz,
  resolution text,
  resolution_code text,
  reopen_count integer not null default 0,
  hop_count integer not null default 0,
  -- Where it came from, and what the source said about its own target.
  source text,
  source_key text,
  reported_met boolean,
  import_id uuid,
  version integer not null default 1,
  search tsvector not null generated always as (
    -- A hyphen before digits would be taken for a minus.
    to_tsvector('simple', translate(number || ' ' || coalesce(source_key, ''), '-', ' ') || ' ' || title || ' ' || left(description, 100000))
  ) stored
);

create unique index incident_source on incident (customer_id, source, source_key) where source_key is not null;
create index incident_source_key on incident (source_key) where source_key is not null;
create index incident_search on incident using gin (search) with (fastupdate = on);
-- One for each order a list is shown in, whole and by what it is narrowed by.
create index incident_updated on incident (updated_at desc, id desc);
create index incident_opened on incident (opened_at desc, id desc);
create index incident_due on incident (due_at, id) where due_at is not null;
create index incident_customer_updated on incident (customer_id, updated_at desc, id desc);
create index incident_customer_opened on incident (customer_id, opened_at desc, id desc);
create index incident_customer_due on incident (customer_id, due_at, id) where due_at is not null;
create index incident_state_updated on incident (state, updated_at desc, id desc);
create index incident_team_updated on incident (team_id, updated_at desc, id desc) where team_id is not null;
create index incident_priority_updated on incident (priority, updated_at desc, id desc);
-- What is still open is little, and looked at most.
create index incident_open_updated on incident (updated_at desc, id desc)
  where state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored');
create index incident_open_customer_updated on incident (customer_id, updated_at desc, id desc)
  where state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored');
create index incident_open_opened on incident (opened_at desc, id desc)
  where state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored');
create index incident_import on incident (import_id) where import_id is not null;

call isolate_by_customer('incident');
-- What a customer may see of an incident: not who works on it.
grant select (id, customer_id, number, title, description, state, pause_reason, impact, urgency, priority, category,
  channel, site_id, service_id, requester_id, occurred_at, opened_at, responded_at, restored_at, resolved_at, closed_at,
  updated_at, due_at, resolution, reopen_count, source, source_key, reported_met, version, search)
  on incident to plumbline_customer;

-- One promise, measured on one incident: the result of history, agreement and calendar. A cache: recomputing gives the same.
create table clock (
  id uuid primary key,
  incident_id uuid not null references incident on delete cascade,
  customer_id uuid not null,
  metric text not null check (metric in ('response', 'resolution')),
  agreement_version_id uuid not null references agreement_version,
  target_id uuid not null references target,
  calendar_version_id uuid not null references calendar_version,
  state text not null
    check (state in ('not-started', 'running', 'paused', 'met', 'breached-running', 'breached-stopped', 'cancelled')),
  started_at timestamptz,
  due_at timestamptz,
  breached_at timestamptz,
  stopped_at timestamptz,
  target_ms bigint not null,
  -- Counted up to `running_since`, or in all when that is null.
  elapsed_ms bigint not null,
  running_since timestamptz,
  -- Who takes a measured result out of the figures, and why.
  exclusion jsonb,
  -- The incident's when the clock stopped, so that a figure can be grouped without it.
  priority priority not null,
  site_id uuid,
  service_id uuid,
  team_id uuid,
  number text not null,
  unique (incident_id, metric)
);

create index clock_measured on clock (customer_id, metric, stopped_at) where stopped_at is not null;
-- The opened door behind a figure: misses and near misses, newest first.
create index clock_missed on clock (customer_id, metric, stopped_at desc) where state = 'breached-stopped';
-- The next instants at which something becomes due, without looking at what is not.
create index clock_due on clock (due_at) where state = 'running';

call isolate_by_customer('clock');
grant select (id, incident_id, customer_id, metric, agreement_version_id, target_id, calendar_version_id, state, started_at,
  due_at, breached_at, stopped_at, target_ms, elapsed_ms, running_since, exclusion, priority, site_id, service_id, number)
  on clock to plumbline_customer;

-- Results counted by month, in the customer's own zone, so that a figure costs the same with ten times the incidents.
-- A cache of `clock` and `incident`; `metric` 'reported' is what the source system said of itself.
create table attainment_month (
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  metric text not null check (metric in ('response', 'resolution', 'reported')),
  priority priority not null,
  site_id uuid,
  service_id uuid,
  team_id uuid,
  agreement_version_id uuid,
  met integer not null default 0,
  failed integer not null default 0,
  excluded integer not null default 0,
  unique nulls not distinct (customer_id, metric, month, priority, site_id, service_id, team_id, agreement_version_id)
);

call isolate_by_customer('attainment_month');
grant select (customer_id, month, metric, priority, site_id, service_id, agreement_version_id, met, failed, excluded)
  on attainment_month to plumbline_customer;
