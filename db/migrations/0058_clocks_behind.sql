-- One promise behind another, measured on one incident: what a team or a supplier promises runs while they hold the incident.
-- A cache like `clock`: history, agreement and calendar give the same again.
create table clock_behind (
  id uuid primary key,
  incident_id uuid not null references incident on delete cascade,
  customer_id uuid not null references customer,
  number text not null,
  agreement_id uuid not null references agreement on delete cascade,
  agreement_version_id uuid not null references agreement_version on delete cascade,
  metric text not null check (metric in ('response', 'resolution', 'restore')),
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
  round integer not null default 0,
  -- What is told of it, as of `clock`.
  attached_at timestamptz,
  told_bp integer not null default 0 check (told_bp between 0 and 10000),
  alarms jsonb,
  alarm_at timestamptz,
  unique (incident_id, agreement_id, metric)
);

create index clock_behind_alarm on clock_behind (alarm_at, id) where alarm_at is not null;
create index clock_behind_agreement on clock_behind (agreement_id, stopped_at);

call isolate_by_customer('clock_behind');
-- What the provider agreed with others about it is none of the customer's business.
drop policy own_customer on clock_behind;
call narrow_to_parts('clock_behind', 'exists (select from incident where incident.id = clock_behind.incident_id)');
