-- Outgoing webhooks: who outside is told of which facts, what was sent to them, and what they answered.
create table webhook (
  id uuid primary key,
  -- Null: all customers that the owner sees.
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 120),
  url text not null check (length(url) between 8 and 2000),
  -- Public names of the facts that it is told of.
  kinds text[] not null,
  -- Whether it is told what a customer's people are not told.
  internal boolean not null default false,
  -- Who set it up, or changed it last: it is told nothing that they do not see.
  owner_id uuid not null references person,
  -- Sealed; the one before it signs as well for a while, so that nothing is lost while it is replaced.
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  paused_at timestamptz,
  pause_reason text check (pause_reason in ('asked', 'failing', 'gone')),
  -- Failed attempts since the last success, and since when.
  failures integer not null default 0,
  failing_since timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  check ((paused_at is null) = (pause_reason is null))
);
call isolate_by_customer('webhook');
drop policy own_customer on webhook;
call narrow_to_parts('webhook', 'false');

-- One fact for one of them. The same id at each attempt: whoever gets it twice sees that it is one.
create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook on delete cascade,
  customer_id uuid references customer,
  incident_id uuid references incident on delete cascade,
  -- The fact that it tells, the run of a rule that asked for it, or its own for a trial.
  fact_id uuid not null,
  kind text not null,
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  created_at timestamptz not null,
  -- When it is tried (again); null when that is over.
  due_at timestamptz,
  ended_at timestamptz,
  unique (webhook_id, fact_id),
  check ((state = 'waiting') = (due_at is not null))
);
create index webhook_delivery_newest on webhook_delivery (webhook_id, created_at desc, id desc);
create index webhook_delivery_due on webhook_delivery (webhook_id, due_at) where due_at is not null;
create index webhook_delivery_incident on webhook_delivery (incident_id) where incident_id is not null;
create index webhook_delivery_age on webhook_delivery (created_at);
call isolate_by_customer('webhook_delivery');
drop policy own_customer on webhook_delivery;
call narrow_to_parts('webhook_delivery', 'false');

create table webhook_attempt (
  id uuid primary key,
  delivery_id uuid not null references webhook_delivery on delete cascade,
  customer_id uuid references customer,
  at timestamptz not null,
  milliseconds integer not null,
  -- What they answered, or why there was no answer.
  status integer,
  answer text,
  problem text,
  problem_detail text
);
create index webhook_attempt_delivery on webhook_attempt (delivery_id, at);
call isolate_by_customer('webhook_attempt');
drop policy own_customer on webhook_attempt;
call narrow_to_parts('webhook_attempt', 'false');
