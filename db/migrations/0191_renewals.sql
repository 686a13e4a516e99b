-- Renewal of contracts, and growth (DOMAIN §2.5.7). What we want of a customer is the provider's alone: no customer's or
-- supplier's session has a right here, and of ours it is seen by those who answer for the margin.

create table renewal (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  state text not null default 'watch' check (state in
    ('watch', 'prepare', 'proposed', 'negotiate', 'signed', 'lost', 'lapsed')),
  -- What we go for; null: not decided yet.
  course text check (course in ('extend', 'renegotiate', 'retender', 'exit')),
  probability_bp integer check (probability_bp between 0 and 10000),
  -- When we decide what to go for: before the last day on which notice can be given.
  decide_on date,
  price_strategy text check (length(price_strategy) between 1 and 2000),
  win_themes text check (length(win_themes) between 1 and 2000),
  blockers text check (length(blockers) between 1 and 2000),
  -- Why it was won, lost, or went by.
  reason text check (reason in ('price', 'service', 'relationship', 'scope', 'competitor', 'insourcing', 'budget', 'timing', 'other')),
  reason_note text check (length(reason_note) between 1 and 2000),
  settled_at timestamptz,
  check ((state in ('signed', 'lost', 'lapsed')) = (settled_at is not null)),
  check ((settled_at is null) = (reason is null)),
  created_at timestamptz not null,
  version integer not null default 1
);
-- One at a time: the next one begins when the last is settled.
create unique index renewal_open on renewal (contract_id) where settled_at is null;
create index renewal_contract on renewal (contract_id, created_at);
call isolate_by_customer('renewal');
drop policy own_customer on renewal;
call keep_commercial('renewal', 'margin');
call narrow_to_parts('renewal', 'false');

-- Terms as they could be, with what the months that were would have left by them.
create table renewal_scenario (
  id uuid primary key,
  renewal_id uuid not null references renewal on delete cascade,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 120),
  -- `ScenarioTerms` of src/modules/renewals/api.ts.
  terms jsonb not null,
  created_at timestamptz not null,
  unique (renewal_id, name)
);
call isolate_by_customer('renewal_scenario');
drop policy own_customer on renewal_scenario;
call keep_commercial('renewal_scenario', 'margin');
call narrow_to_parts('renewal_scenario', 'false');

-- Something more that we could do for a customer.
create table opportunity (
  id uuid primary key,
  customer_id uuid not null references customer,
  contract_id uuid references contract on delete set null,
  -- Within its customer.
  number integer not null check (number > 0),
  title text not null check (length(title) between 1 and 200),
  description text not null check (length(description) between 1 and 4000),
  state text not null default 'idea' check (state in ('idea', 'qualified', 'shaped', 'proposed', 'won', 'lost', 'deferred')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- A year.
  value_minor bigint check (value_minor >= 0),
  probability_bp integer check (probability_bp between 0 and 10000),
  reason text check (reason in ('price', 'service', 'relationship', 'scope', 'competitor', 'insourcing', 'budget', 'timing', 'other')),
  reason_note text check (length(reason_note) between 1 and 2000),
  -- Of what was put off: when it is looked at again.
  again_on date,
  settled_at timestamptz,
  check ((state in ('won', 'lost')) = (settled_at is not null)),
  check (state not in ('won', 'lost', 'deferred') or reason is not null),
  check ((state = 'deferred') = (again_on is not null)),
  owner_id uuid references person,
  created_at timestamptz not null,
  version integer not null default 1,
  unique (customer_id, number)
);
call isolate_by_customer('opportunity');
drop policy own_customer on opportunity;
call keep_commercial('opportunity', 'margin');
call narrow_to_parts('opportunity', 'false');

-- By what it is seen: a record, or a figure of a month.
create table opportunity_evidence (
  id uuid primary key,
  opportunity_id uuid not null references opportunity on delete cascade,
  customer_id uuid not null references customer,
  origin_kind text not null check (length(origin_kind) between 1 and 40),
  origin_id uuid,
  origin_key text check (length(origin_key) between 1 and 200),
  origin_part text check (length(origin_part) between 1 and 200),
  check ((origin_id is null) <> (origin_key is null)),
  origin_label text check (length(origin_label) between 1 and 400),
  note text check (length(note) between 1 and 1000),
  created_at timestamptz not null
);
create index opportunity_evidence_of on opportunity_evidence (opportunity_id);
call isolate_by_customer('opportunity_evidence');
drop policy own_customer on opportunity_evidence;
call keep_commercial('opportunity_evidence', 'margin');
call narrow_to_parts('opportunity_evidence', 'false');
