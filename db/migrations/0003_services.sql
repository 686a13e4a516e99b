-- Where and what: sites, services, calendars, agreements.

-- A place where people work, with the hours and the law of its country.
create table site (
  id uuid primary key,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 200),
  time_zone text not null,
  -- ISO 3166-1 alpha-2, and the part of the country whose holidays hold there.
  country text check (country ~ '^[A-Z]{2}$'),
  region text,
  site_type text not null default 'office',
  source_key text,
  created_at timestamptz not null default now(),
  version integer not null default 1
);

create unique index site_name on site (customer_id, lower(name));
call isolate_by_customer('site');
grant select on site to plumbline_customer;

-- A service, offered to one customer or, without one, to all.
create table service (
  id uuid primary key,
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 200),
  criticality integer not null default 3 check (criticality between 1 and 4),
  lifecycle text not null default 'live' check (lifecycle in ('proposed', 'defined', 'design', 'live', 'retiring', 'retired')),
  source_key text,
  created_at timestamptz not null default now(),
  version integer not null default 1
);

create unique index service_name on service (customer_id, lower(name)) nulls not distinct;
call isolate_by_customer('service', shared => true);
grant select on service to plumbline_customer;

-- When somebody is there. What it says is in its versions, of which one holds at any moment.
create table calendar (
  id uuid primary key,
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 200),
  kind text not null default 'service-hours'
    check (kind in ('service-hours', 'support-hours', 'business-hours', 'maintenance', 'freeze', 'peak')),
  created_at timestamptz not null default now(),
  version integer not null default 1
);

create unique index calendar_name on calendar (customer_id, lower(name)) nulls not distinct;
call isolate_by_customer('calendar', shared => true);
grant select on calendar to plumbline_customer;

create table calendar_version (
  id uuid primary key,
  calendar_id uuid not null references calendar on delete cascade,
  customer_id uuid,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to > valid_from),
  -- `CalendarRules` of src/core/calendar.ts: zone, week, exceptions. The holidays are rows in it, so that an update of
  -- the library that proposed them changes nothing that was agreed.
  rules jsonb not null,
  -- Where the holidays came from: country, state, region, and the years taken.
  holiday_source jsonb,
  created_at timestamptz not null default now(),
  exclude using gist (calendar_id with =, tstzrange(valid_from, valid_to) with &&)
);

call isolate_by_customer('calendar_version', shared => true);
grant select on calendar_version to plumbline_customer;

-- What was agreed, with whom. The terms are in its versions.
create table agreement (
  id uuid primary key,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 200),
  type text not null default 'sla' check (type in ('sla', 'ola', 'uc')),
  created_at timestamptz not null default now(),
  version integer not null default 1
);

create unique index agreement_name on agreement (customer_id, lower(name));
call isolate_by_customer('agreement');
grant select on agreement to plumbline_customer;

create table agreement_version (
  id uuid primary key,
  agreement_id uuid not null references agreement on delete cascade,
  customer_id uuid not null,
  number integer not null,
  state text not null default 'draft'
    check (state in ('draft', 'negotiating', 'agreed', 'active', 'superseded', 'expired', 'terminated')),
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to > valid_from),
  -- `Terms` of src/modules/service-levels/agreement.ts: priority matrix, pause reasons, reopen policy and the like.
  terms jsonb not null,
  calendar_id uuid not null references calendar,
  -- The services it is for; none means all.
  service_ids uuid[] not null default '{}',
  activated_at timestamptz,
  activated_by uuid,
  created_at timestamptz not null default now(),
  unique (agreement_id, number),
  exclude using gist (agreement_id with =, tstzrange(valid_from, valid_to) with &&) where (state = 'active')
);

call isolate_by_customer('agreement_version');
grant select on agreement_version to plumbline_customer;

-- A promise: this metric, for this priority, within this time, in this share of cases.
create table target (
  id uuid primary key,
  agreement_version_id uuid not null references agreement_version on delete cascade,
  customer_id uuid not null,
  metric text not null check (metric in ('response', 'resolution')),
  priority text not null check (priority in ('p1', 'p2', 'p3', 'p4', 'p5')),
  -- Service time, not wall-clock time.
  target_seconds bigint not null check (target_seconds > 0),
  -- Share to be met, in basis points: 9500 is 95 %.
  attainment_bp integer not null check (attainment_bp between 1 and 10000),
  unique (agreement_version_id, metric, priority)
);

call isolate_by_customer('target');
grant select on target to plumbline_customer;

-- An active version is what was promised: it does not change. A change is a new version.
create function keep_active_version() returns trigger language plpgsql as $$
begin
  if old.state in ('active', 'superseded', 'expired', 'terminated')
    and (new.terms, new.calendar_id, new.service_ids, new.valid_from, new.agreement_id)
      is distinct from (old.terms, old.calendar_id, old.service_ids, old.valid_from, old.agreement_id) then
    raise exception 'agreement version % is active and cannot change', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create trigger keep_active_version before update on agreement_version for each row execute function keep_active_version();
