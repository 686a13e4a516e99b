-- What was promised of a service being there, and what is known of when it was not.

-- Effective-dated: of a service that is promised otherwise from a moment on, the promise before ends there.
create table availability_promise (
  id uuid primary key,
  customer_id uuid not null references customer,
  service_id uuid not null references service,
  -- The agreed service time.
  calendar_id uuid not null references calendar,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  -- In parts per million: 999500 is 99.95 %.
  target_ppm integer not null check (target_ppm between 1 and 1000000),
  -- Maintenance that was announced later than this before its beginning counts as downtime.
  notice_minutes integer not null check (notice_minutes >= 0),
  -- How much of the service a partly lost one counts as lost, in basis points: `{ "degraded": 5000, "impaired": 0 }`.
  weights jsonb not null,
  -- `service`: down is down; `users`: by the share of users who were hit.
  basis text not null check (basis in ('service', 'users')),
  -- What nobody watched counts as up or as down.
  blind text not null check (blind in ('up', 'down')),
  -- Of a service that is made of others: `[{ "services": [id], "needed": 1 }]`, each group needed, in it so many of them.
  parts jsonb not null default '[]',
  created_at timestamptz not null,
  version integer not null default 1
);

create index availability_promise_service on availability_promise (customer_id, service_id, valid_from);
call isolate_by_customer('availability_promise');
grant select on availability_promise to plumbline_customer;

create table downtime (
  id uuid primary key,
  customer_id uuid not null references customer,
  service_id uuid not null references service,
  -- Monitoring's first failure or the first report, whichever was earlier; until it was restored and verified.
  began_at timestamptz not null,
  ended_at timestamptz check (ended_at > began_at),
  severity text not null check (severity in ('down', 'degraded', 'impaired')),
  users_hit integer check (users_hit >= 0),
  users_all integer check (users_all > 0 and users_all >= users_hit),
  source text not null check (source in ('monitoring', 'report')),
  cause text not null default '' check (length(cause) <= 2000),
  incident_id uuid,
  -- Why the contract does not count it; it takes effect when another has approved it.
  exclusion text check (exclusion in ('customer', 'force-majeure', 'third-party')),
  exclusion_state text check (exclusion_state in ('proposed', 'approved', 'refused')),
  exclusion_evidence text check (length(exclusion_evidence) between 1 and 2000),
  exclusion_requested_by uuid,
  exclusion_decided_by uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  check ((exclusion is null) = (exclusion_state is null) and (exclusion is null) = (exclusion_evidence is null)),
  constraint excluded_by_another check (exclusion_state <> 'approved' or exclusion_decided_by is distinct from exclusion_requested_by)
);

create index downtime_service on downtime (customer_id, service_id, began_at);
create index downtime_newest on downtime (began_at desc, id desc);
call isolate_by_customer('downtime');
-- Who of us asked and decided is not the customer's to know.
grant select (id, customer_id, service_id, began_at, ended_at, severity, users_hit, users_all, source, cause, incident_id, exclusion,
  exclusion_state, exclusion_evidence, created_at, version) on downtime to plumbline_customer;

create table maintenance_window (
  id uuid primary key,
  customer_id uuid not null references customer,
  service_id uuid not null references service,
  title text not null check (length(title) between 1 and 200),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  announced_at timestamptz not null,
  cancelled_at timestamptz,
  version integer not null default 1
);

create index maintenance_window_service on maintenance_window (customer_id, service_id, starts_at);
create index maintenance_window_newest on maintenance_window (starts_at desc, id desc);
call isolate_by_customer('maintenance_window');
grant select on maintenance_window to plumbline_customer;

-- When nobody watched: not known to be up.
create table monitoring_gap (
  id uuid primary key,
  customer_id uuid not null references customer,
  service_id uuid not null references service,
  began_at timestamptz not null,
  ended_at timestamptz not null check (ended_at > began_at),
  why text not null default '' check (length(why) <= 2000)
);

create index monitoring_gap_service on monitoring_gap (customer_id, service_id, began_at);
call isolate_by_customer('monitoring_gap');
grant select on monitoring_gap to plumbline_customer;
