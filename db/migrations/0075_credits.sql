-- Service credits (DOMAIN §3.4): what a contract says of them, and what single months cost.

create table credit_regime (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  valid_from date not null check (extract(day from valid_from) = 1),
  valid_to date check (valid_to > valid_from),
  -- `CreditRegime` of src/core/credit-terms.ts.
  terms jsonb not null,
  -- By level: which figure it is (`LevelSource` of src/modules/credits/regime.ts).
  sources jsonb not null,
  created_at timestamptz not null,
  version integer not null default 1,
  exclude using gist (contract_id with =, daterange(valid_from, valid_to) with &&)
);
call isolate_by_customer('credit_regime');
drop policy own_customer on credit_regime;
call keep_commercial('credit_regime', 'charges');
call narrow_to_parts('credit_regime', 'false');

-- What is known of a miss besides its figure: the one cause of it, and when the customer claimed.
create table credit_note (
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  level text not null check (length(level) between 1 and 60),
  cause text check (length(cause) between 1 and 200),
  claimed_on date,
  noted_by uuid,
  noted_at timestamptz not null,
  primary key (contract_id, month, level)
);
call isolate_by_customer('credit_note');
drop policy own_customer on credit_note;
call keep_commercial('credit_note', 'charges');
call narrow_to_parts('credit_note', 'false');

-- A month's credit as it was calculated, with each line of the reckoning. From `notified` on the customer sees it.
create table service_credit (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  regime_id uuid not null references credit_regime,
  month date not null check (extract(day from month) = 1),
  state text not null default 'calculated' check (state in
    ('calculated', 'internal-review', 'notified', 'disputed', 'agreed', 'applied', 'waived', 'earned-back')),
  basis_minor bigint not null,
  uncapped_minor bigint not null check (uncapped_minor >= 0),
  amount_minor bigint not null check (amount_minor >= 0),
  -- `LevelCredit` and `CreditLine` of src/core.
  levels jsonb not null,
  lines jsonb not null,
  dispute text check (length(dispute) <= 2000),
  disputed_at timestamptz,
  charge_id uuid references charge on delete set null,
  calculated_at timestamptz not null,
  version integer not null default 1,
  unique (contract_id, month)
);
call isolate_by_customer('service_credit');
create policy told on service_credit as restrictive for select to plumbline_customer
  using (state not in ('calculated', 'internal-review'));
grant select on service_credit to plumbline_customer;
call keep_commercial('service_credit', 'charges');
call narrow_to_parts('service_credit', 'false');
