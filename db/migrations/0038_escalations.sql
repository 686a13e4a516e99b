-- Escalations as records of their own (DOMAIN §2.3.9): who asks for more than the usual, of whom, and what came of it.
create table escalation_rule (
  id uuid primary key,
  -- Null: for all customers.
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 120),
  -- A share of a target used up (percent), a number of reopenings or of hand-overs, an age in days.
  trigger text not null check (trigger in ('share', 'reopened', 'handed-over', 'age')),
  threshold integer not null check (threshold between 1 and 1000),
  priorities text[] not null default '{}',
  level integer not null check (level between 1 and 4),
  kind text not null check (kind in ('functional', 'hierarchic')),
  owner_id uuid not null references person,
  active boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1
);
call isolate_by_customer('escalation_rule', shared => true);
drop policy own_customer on escalation_rule;
call narrow_to_parts('escalation_rule', 'false');

create table escalation (
  id uuid primary key,
  customer_id uuid not null references customer,
  incident_id uuid not null references incident on delete cascade,
  source text not null check (source in ('customer', 'user', 'internal', 'supplier', 'auto')),
  direction text not null check (direction in ('inbound', 'to-management', 'to-supplier')),
  kind text not null check (kind in ('functional', 'hierarchic')),
  level integer not null check (level between 1 and 4),
  reason text not null check (length(reason) between 1 and 4000),
  state text not null default 'raised' check (state in
    ('raised', 'acknowledged', 'plan-agreed', 'in-execution', 'outcome-reached', 'confirmed', 'withdrawn')),
  owner_id uuid references person,
  raised_by uuid,
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  next_update_due timestamptz,
  agreed_outcome text check (length(agreed_outcome) <= 4000),
  closed_at timestamptz,
  raiser_satisfied integer check (raiser_satisfied between 1 and 5),
  rule_id uuid references escalation_rule on delete set null,
  version integer not null default 1
);
-- A rule speaks once about an incident.
create unique index escalation_by_rule on escalation (incident_id, rule_id) where rule_id is not null;
create index escalation_incident on escalation (incident_id);
create index escalation_newest on escalation (raised_at desc, id desc);
create index escalation_open on escalation (next_update_due, id) where closed_at is null;
call isolate_by_customer('escalation');
-- What the provider raises inside is its own affair.
create policy from_outside on escalation as restrictive for select to plumbline_customer
  using (source in ('customer', 'user') and exists (select from incident where incident.id = escalation.incident_id));
grant select (id, customer_id, incident_id, source, direction, kind, level, reason, state, raised_at, acknowledged_at,
  next_update_due, agreed_outcome, closed_at, raiser_satisfied, version) on escalation to plumbline_customer;
call narrow_to_parts('escalation', 'exists (select from incident where incident.id = escalation.incident_id)');
