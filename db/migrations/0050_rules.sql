-- Rules of the desk: when something happens, if it is so, then this is done. What a rule says lies in its versions, of which
-- none is ever changed; what it did lies in its runs.
create table rule (
  id uuid primary key,
  -- Null: all customers that its owner manages.
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 120),
  -- Rules for the same fact speak in this order.
  position integer not null,
  -- Since when it is on; null while it is off.
  enabled_since timestamptz,
  -- Up to when it was looked for what no fact tells of.
  looked_at timestamptz,
  -- Who wrote what it says now: it acts only where they may manage.
  owner_id uuid not null references person,
  -- The version that holds.
  number integer not null default 1,
  -- What it waits for, as its version says: so that a fact finds its rules.
  trigger text not null,
  -- When it was last kept from acting, why, and at what.
  stopped_at timestamptz,
  stopped_why text check (stopped_why in ('itself', 'depth', 'rate')),
  stopped_incident_id uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1,
  check ((stopped_at is null) = (stopped_why is null))
);
create index rule_waiting on rule (trigger, position, id) where enabled_since is not null and ended_at is null;
call isolate_by_customer('rule');
drop policy own_customer on rule;
call narrow_to_parts('rule', 'false');

create table rule_version (
  id uuid primary key,
  rule_id uuid not null references rule on delete cascade,
  customer_id uuid references customer,
  number integer not null,
  name text not null,
  -- `when`, `if` and `actions`, as the interface has them.
  content jsonb not null,
  made_by uuid not null references person,
  made_at timestamptz not null,
  unique (rule_id, number)
);
call isolate_by_customer('rule_version');
drop policy own_customer on rule_version;
call narrow_to_parts('rule_version', 'false');
revoke update, delete on rule_version from plumbline_staff, plumbline_limited, plumbline_system;

-- That a rule acted on a record, or was kept from it. It belongs to the record: whoever sees that may read by which rule.
create table rule_run (
  id uuid primary key,
  rule_id uuid not null references rule on delete cascade,
  number integer not null,
  rule_name text not null,
  customer_id uuid not null references customer,
  incident_id uuid not null references incident on delete cascade,
  -- The fact that it answers, or the moment that it waited for: once each.
  occasion text not null,
  -- The first fact of those that followed from each other, and how many rules led here.
  chain text not null,
  depth integer not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('acted', 'stopped', 'failed')),
  -- Why it was stopped, or the code of what failed.
  why text,
  -- What was done, in its order.
  done jsonb not null default '[]',
  unique (rule_id, occasion)
);
create index rule_run_newest on rule_run (rule_id, at desc, id desc);
create index rule_run_incident on rule_run (incident_id, rule_id, at);
call isolate_by_customer('rule_run');
drop policy own_customer on rule_run;
call narrow_to_parts('rule_run', 'exists (select from incident where incident.id = rule_run.incident_id)');
revoke update, delete on rule_run from plumbline_staff, plumbline_limited;

-- What giving somebody work takes to know of them, and nothing else: what they know, and when they are not there. Not why.
create table assignment_profile (
  person_id uuid primary key references person on delete cascade,
  skills text[] not null default '{}',
  absent_from date,
  absent_to date check (absent_to >= absent_from),
  version integer not null default 1,
  check ((absent_from is null) = (absent_to is null))
);
grant select, insert, update on assignment_profile to plumbline_staff, plumbline_limited, plumbline_system;
grant select on assignment_profile to plumbline_auditor;

-- When a rule last gave somebody something in a team. A place in a queue, no figure: only the last one is kept.
create table assignment_turn (
  team_id uuid not null references team on delete cascade,
  person_id uuid not null references person on delete cascade,
  at timestamptz not null,
  primary key (team_id, person_id)
);
grant select, insert, update on assignment_turn to plumbline_system;
