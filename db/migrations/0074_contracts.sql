-- Contracts with customers (DOMAIN §2.5): terms in versions, obligations of both sides, what is charged. What money is about
-- stands in tables of its own, which only some roles read: neither agents nor administrators do.

-- Which figures of money whoever asks may see: none, what is charged, or what it leaves as well. Set by the program where
-- the transaction begins, from the roles in force.
create function sees_money(needed text) returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('plumbline.money', true), '') = any (
       case needed when 'charges' then array['charges', 'margin'] else array['margin'] end) $$;

-- Besides what its other policies say, a table shows its rows to the provider's people only where they may see such figures.
create procedure keep_commercial(guarded regclass, needed text) language plpgsql as $$
begin
  execute format('create policy commercial on %s as restrictive to plumbline_staff, plumbline_limited
    using ((select sees_money(%L)))', guarded, needed);
end $$;

create table contract (
  id uuid primary key,
  customer_id uuid not null references customer,
  -- As it stands on the paper.
  number text not null check (length(number) between 1 and 60),
  title text not null check (length(title) between 1 and 200),
  state text not null default 'pipeline' check (state in
    ('pipeline', 'signed', 'transition', 'live', 'in-renewal', 'extended', 'exiting', 'expired', 'terminated')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null,
  owner_id uuid references person,
  created_at timestamptz not null,
  version integer not null default 1,
  unique (customer_id, number)
);
call isolate_by_customer('contract');
grant select (id, customer_id, number, title, state, currency, starts_on, created_at, version) on contract to plumbline_customer;
call narrow_to_parts('contract', 'false');

-- What was agreed, from a day on. A version that was signed does not change; a change is a new one.
create table contract_version (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  number integer not null check (number > 0),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  -- The first day on which it no longer holds; null: until somebody ends it.
  ends_on date check (ends_on > valid_from),
  notice_days integer not null check (notice_days between 0 and 3650),
  -- `ExtensionOption` of src/core/contract-dates.ts, in the order in which they are used.
  options jsonb not null default '[]',
  -- What it is for; none means all of the customer's.
  service_ids uuid[] not null default '{}',
  site_ids uuid[] not null default '{}',
  governing_law text check (length(governing_law) <= 200),
  note text check (length(note) <= 2000),
  signed_on date,
  created_at timestamptz not null,
  unique (contract_id, number),
  exclude using gist (contract_id with =, daterange(valid_from, valid_to) with &&)
);
call isolate_by_customer('contract_version');
grant select on contract_version to plumbline_customer;
call narrow_to_parts('contract_version', 'false');

-- What the provider keeps to itself of a contract.
create table contract_private (
  contract_id uuid primary key references contract on delete cascade,
  customer_id uuid not null references customer,
  margin_target_bp integer check (margin_target_bp between -10000 and 10000),
  value_minor bigint,
  note text check (length(note) <= 4000),
  version integer not null default 1
);
call isolate_by_customer('contract_private');
drop policy own_customer on contract_private;
call keep_commercial('contract_private', 'margin');
call narrow_to_parts('contract_private', 'false');

-- Something that one side owes the other, once or by a rule. The customer's matter as well: what they did not do may excuse
-- a missed target, if they were told in time.
create table obligation (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  text text not null check (length(text) between 1 and 1000),
  clause text check (length(clause) <= 60),
  party text not null check (party in ('provider', 'customer')),
  -- RFC 5545, the part that src/core/recurrence.ts reads; null: once.
  rule text check (length(rule) <= 200),
  first_on date not null,
  evidence_needed boolean not null,
  consequence text check (length(consequence) <= 1000),
  owner_id uuid references person,
  ended_on date,
  created_at timestamptz not null,
  version integer not null default 1
);
create index obligation_contract on obligation (contract_id, first_on);
call isolate_by_customer('obligation');
grant select (id, contract_id, customer_id, text, clause, party, rule, first_on, evidence_needed, consequence, ended_on,
  created_at, version) on obligation to plumbline_customer;
call narrow_to_parts('obligation', 'false');

-- What became of an obligation on one of its days; without a row nobody said anything yet.
create table obligation_due (
  obligation_id uuid not null references obligation on delete cascade,
  customer_id uuid not null references customer,
  due_on date not null,
  outcome text check (outcome in ('fulfilled', 'waived', 'breached')),
  evidence text check (length(evidence) <= 2000),
  settled_at timestamptz,
  settled_by uuid,
  -- That the other side was told it is missing.
  notice text check (length(notice) <= 2000),
  noticed_at timestamptz,
  check ((outcome is null) = (settled_at is null)),
  primary key (obligation_id, due_on)
);
call isolate_by_customer('obligation_due');
grant select on obligation_due to plumbline_customer;
call narrow_to_parts('obligation_due', 'false');

-- A line of what is charged. Its prices are effective-dated.
create table charge_line (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in
    ('fixed', 'unit', 'tiered', 'baseline', 'time', 'milestone', 'pass-through', 'one-off', 'true-up')),
  unit text check (length(unit) <= 60),
  service_id uuid references service,
  created_at timestamptz not null,
  ended_on date,
  version integer not null default 1,
  unique (contract_id, name)
);
call isolate_by_customer('charge_line');
drop policy own_customer on charge_line;
call keep_commercial('charge_line', 'charges');
call narrow_to_parts('charge_line', 'false');

create table charge_price (
  id uuid primary key,
  line_id uuid not null references charge_line on delete cascade,
  customer_id uuid not null references customer,
  valid_from date not null check (extract(day from valid_from) = 1),
  valid_to date check (valid_to > valid_from),
  -- `ChargeTerms` of src/core/charge.ts.
  terms jsonb not null,
  -- Why it changed: an index with both readings, a change of the contract.
  reason text check (length(reason) <= 500),
  created_at timestamptz not null,
  exclude using gist (line_id with =, daterange(valid_from, valid_to) with &&)
);
call isolate_by_customer('charge_price');
drop policy own_customer on charge_price;
call keep_commercial('charge_price', 'charges');
call narrow_to_parts('charge_price', 'false');

-- What was counted for a month, at the instant that the contract names. It stays; what was counted wrongly is counted again.
create table volume_reading (
  id uuid primary key,
  line_id uuid not null references charge_line on delete cascade,
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  quantity bigint not null,
  counted_at timestamptz not null,
  source text not null check (length(source) between 1 and 500),
  taken_by uuid,
  taken_at timestamptz not null
);
create index volume_reading_line on volume_reading (line_id, month, taken_at desc);
call isolate_by_customer('volume_reading');
drop policy own_customer on volume_reading;
call keep_commercial('volume_reading', 'charges');
call narrow_to_parts('volume_reading', 'false');
revoke update, delete on volume_reading from plumbline_staff, plumbline_limited, plumbline_system;

-- What a month costs, line by line. From `reviewed` on the customer sees it.
create table charge (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  -- Null: a credit.
  line_id uuid references charge_line on delete cascade,
  month date not null check (extract(day from month) = 1),
  name text not null,
  kind text not null,
  state text not null default 'draft' check (state in ('draft', 'reviewed', 'agreed', 'disputed', 'invoiced', 'paid')),
  quantity bigint,
  reading_id uuid references volume_reading,
  amount_minor bigint not null,
  parts jsonb not null,
  renegotiate boolean not null default false,
  dispute text check (length(dispute) <= 2000),
  disputed_at timestamptz,
  computed_at timestamptz not null,
  version integer not null default 1
);
create unique index charge_once on charge (line_id, month) where line_id is not null;
create index charge_month on charge (contract_id, month);
call isolate_by_customer('charge');
create policy told on charge as restrictive for select to plumbline_customer using (state <> 'draft');
grant select on charge to plumbline_customer;
call keep_commercial('charge', 'charges');
call narrow_to_parts('charge', 'false');
