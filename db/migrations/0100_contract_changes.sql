-- Changes of a contract, from what was asked for to what was signed (DOMAIN §2.5.6).

create table contract_change (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  -- Within its contract.
  number integer not null check (number > 0),
  title text not null check (length(title) between 1 and 200),
  origin text not null check (origin in ('customer', 'provider', 'law', 'technology')),
  description text not null check (length(description) between 1 and 4000),
  state text not null default 'requested' check (state in
    ('requested', 'impact-assessment', 'offered', 'negotiation', 'approved', 'signed', 'implemented', 'closed', 'rejected', 'lapsed')),
  -- What it does to scope and to service levels, in words; to prices as data (`PriceChange` of src/modules/contract-changes).
  scope_impact text check (length(scope_impact) <= 2000),
  level_impact text check (length(level_impact) <= 2000),
  prices jsonb not null default '[]',
  -- The draft of an agreement that is put in force when it is signed.
  agreement_id uuid references agreement on delete set null,
  agreement_version_id uuid,
  offer_valid_until date,
  signed_on date,
  effective_from date,
  -- The version of the contract that it produced.
  produced_number integer,
  created_by uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  unique (contract_id, number)
);
call isolate_by_customer('contract_change');
drop policy own_customer on contract_change;
call keep_commercial('contract_change', 'charges');
call narrow_to_parts('contract_change', 'false');

-- What it does to the margin, and what was worked for it: before it is signed that is at our own risk.
create table contract_change_margin (
  change_id uuid primary key references contract_change on delete cascade,
  customer_id uuid not null references customer,
  revenue_minor bigint not null,
  cost_minor bigint not null
);
call isolate_by_customer('contract_change_margin');
drop policy own_customer on contract_change_margin;
call keep_commercial('contract_change_margin', 'margin');
call narrow_to_parts('contract_change_margin', 'false');

create table contract_change_work (
  id uuid primary key,
  change_id uuid not null references contract_change on delete cascade,
  customer_id uuid not null references customer,
  day date not null,
  -- Of a team, never of a person.
  minutes integer not null check (minutes between 1 and 100000),
  note text not null check (length(note) between 1 and 400),
  created_at timestamptz not null
);
create index contract_change_work_change on contract_change_work (change_id, day);
call isolate_by_customer('contract_change_work');
drop policy own_customer on contract_change_work;
call keep_commercial('contract_change_work', 'margin');
call narrow_to_parts('contract_change_work', 'false');
