-- Budgets (DOMAIN §2.5.10, §2.5.11, §3.10): what is planned, spent, expected and ordered, and money that is asked for. Seen by
-- those who answer for the margin; no customer's or supplier's session has a right here. What belongs to one customer's site
-- is seen by those who work for that customer; what belongs to none by those who work for all.

-- Rates that belong together. Once locked they never change, so that what was posted with them can be counted again.
create table rate_set (
  id uuid primary key,
  name text not null unique check (length(name) between 1 and 120),
  kind text not null check (kind in ('budget', 'average', 'closing', 'spot')),
  -- The days that they are for; the last one is within.
  valid_from date not null,
  valid_until date not null check (valid_until >= valid_from),
  locked_at timestamptz,
  locked_by uuid,
  sample boolean not null default false,
  created_at timestamptz not null
);
-- For one day one set of a kind is locked: which one holds is never a question.
alter table rate_set add constraint rate_set_days
  exclude using gist (kind with =, daterange(valid_from, valid_until, '[]') with &&) where (locked_at is not null);

create table exchange_rate (
  rate_set_id uuid not null references rate_set on delete cascade,
  from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
  to_currency text not null check (to_currency ~ '^[A-Z]{3}$' and to_currency <> from_currency),
  numerator bigint not null check (numerator > 0),
  denominator bigint not null check (denominator > 0),
  primary key (rate_set_id, from_currency, to_currency)
);

-- Money that is asked for, with the reason for it. What it is called is a setting of the installation.
create table appropriation (
  id uuid primary key,
  customer_id uuid references customer,
  number integer not null unique check (number > 0),
  title text not null check (length(title) between 1 and 200),
  state text not null default 'draft' check (state in ('draft', 'review', 'submitted', 'approved', 'open', 'committed',
    'capitalised', 'closed', 'post-reviewed', 'rejected', 'supplement-required')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor > 0),
  contingency_minor bigint not null default 0 check (contingency_minor >= 0),
  -- `BusinessCase` of src/modules/budgets: yearly benefits, rate, risk, what it does to the running cost, alternatives.
  business_case jsonb not null,
  reason text not null check (length(reason) between 1 and 4000),
  tolerance_bp integer not null default 1000 check (tolerance_bp between 0 and 10000),
  approved_minor bigint check (approved_minor > 0),
  -- From when on it is used and written off, over how many months, down to what.
  in_service_on date,
  life_months integer check (life_months between 1 and 600),
  residual_minor bigint not null default 0 check (residual_minor >= 0),
  post_review text check (length(post_review) <= 4000),
  requested_by uuid,
  created_at timestamptz not null,
  version integer not null default 1
);

-- Who approves up to how much. Without a row somebody approves nothing.
create table approval_limit (
  person_id uuid not null references person on delete cascade,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  up_to_minor bigint not null check (up_to_minor > 0),
  set_at timestamptz not null,
  primary key (person_id, currency)
);

-- What somebody decided about money that was asked for; it stays.
create table appropriation_decision (
  id uuid primary key,
  appropriation_id uuid not null references appropriation on delete cascade,
  customer_id uuid references customer,
  person_id uuid,
  decision text not null check (decision in ('reviewed', 'approved', 'rejected')),
  -- What was asked for then: the amount with its contingency.
  amount_minor bigint not null,
  -- Whether it was within what they may decide: an approval beyond it is one more voice, and does not settle it.
  settles boolean not null,
  note text check (length(note) <= 2000),
  decided_at timestamptz not null
);
create index appropriation_decision_of on appropriation_decision (appropriation_id, decided_at);

create table budget_line (
  id uuid primary key,
  customer_id uuid references customer,
  year integer not null check (year between 2000 and 2200),
  fund text not null check (fund in ('run', 'capital', 'appropriation')),
  name text not null check (length(name) between 1 and 200),
  cost_centre text not null check (length(cost_centre) between 1 and 60),
  account text check (length(account) <= 60),
  site_id uuid references site on delete set null,
  service_id uuid references service on delete set null,
  appropriation_id uuid references appropriation on delete set null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Where the plan follows a quantity: its name and the price of one.
  driver text check (length(driver) <= 120),
  driver_minor bigint,
  created_at timestamptz not null,
  version integer not null default 1,
  check ((driver is null) = (driver_minor is null)),
  unique (year, cost_centre, name)
);

create table budget_plan (
  line_id uuid not null references budget_line on delete cascade,
  customer_id uuid references customer,
  month date not null check (extract(day from month) = 1),
  amount_minor bigint not null,
  -- Of the driver.
  quantity bigint,
  primary key (line_id, month)
);

-- What was spent or is expected. Nothing of it changes: an accrual has its opposite in the next month.
create table budget_entry (
  id uuid primary key,
  line_id uuid not null references budget_line on delete cascade,
  customer_id uuid references customer,
  month date not null check (extract(day from month) = 1),
  kind text not null check (kind in ('actual', 'accrual')),
  -- In the currency of the line, converted once; below zero where an accrual is taken back.
  amount_minor bigint not null check (amount_minor <> 0),
  original_minor bigint not null,
  original_currency text not null check (original_currency ~ '^[A-Z]{3}$'),
  rate_set_id uuid references rate_set,
  reference text check (length(reference) between 1 and 120),
  description text check (length(description) <= 500),
  reverses uuid references budget_entry,
  posted_by uuid,
  posted_at timestamptz not null
);
create index budget_entry_line on budget_entry (line_id, month);
-- What was imported is there once: an import that says something else of it is refused.
create unique index budget_entry_reference on budget_entry (line_id, reference) where kind = 'actual';

-- What was ordered and is not invoiced yet.
create table budget_commitment (
  id uuid primary key,
  line_id uuid not null references budget_line on delete cascade,
  customer_id uuid references customer,
  number text not null check (length(number) between 1 and 60),
  description text check (length(description) <= 500),
  amount_minor bigint not null check (amount_minor > 0),
  -- What of it was invoiced, in all.
  used_minor bigint not null default 0 check (used_minor >= 0),
  expected_on date not null,
  closed_on date,
  created_at timestamptz not null,
  version integer not null default 1,
  unique (line_id, number)
);

-- What somebody thought at a moment that a year would cost, and why it is other than before. It stays.
create table budget_forecast (
  id uuid primary key,
  customer_id uuid references customer,
  year integer not null,
  number integer not null check (number > 0),
  -- The first month of which it says something; before it is what was spent.
  from_month date not null check (extract(day from from_month) = 1),
  reason text not null check (reason in ('volume', 'price', 'timing', 'scope', 'exchange', 'error')),
  note text not null check (length(note) between 1 and 2000),
  locked_by uuid,
  locked_at timestamptz not null,
  unique nulls not distinct (customer_id, year, number)
);

create table budget_forecast_month (
  forecast_id uuid not null references budget_forecast on delete cascade,
  line_id uuid not null references budget_line on delete cascade,
  customer_id uuid references customer,
  month date not null check (extract(day from month) = 1),
  amount_minor bigint not null,
  primary key (forecast_id, line_id, month)
);
create index budget_forecast_month_line on budget_forecast_month (line_id);

-- What money that is asked for is called here: one row, or none.
create table budget_word (
  only_row boolean primary key default true check (only_row),
  appropriation text not null check (length(appropriation) between 1 and 40)
);

-- Work of a year against that of the year before: what one cost then, how many there are now.
create table efficiency_base (
  id uuid primary key,
  customer_id uuid references customer,
  year integer not null check (year between 2000 and 2200),
  name text not null check (length(name) between 1 and 120),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  base_unit_minor bigint not null check (base_unit_minor >= 0),
  volume bigint not null check (volume >= 0),
  actual_minor bigint not null check (actual_minor >= 0),
  -- Money that is left, or time that is: they are told apart.
  cashable boolean not null,
  unique nulls not distinct (customer_id, year, name)
);

do $$
declare guarded text;
begin
  foreach guarded in array array['appropriation', 'appropriation_decision', 'budget_line', 'budget_plan', 'budget_entry',
    'budget_commitment', 'budget_forecast', 'budget_forecast_month', 'efficiency_base'] loop
    call isolate_by_customer(guarded::regclass);
    execute format('drop policy own_customer on %I', guarded);
    call keep_commercial(guarded::regclass, 'margin');
    call narrow_to_parts(guarded::regclass, 'false');
  end loop;
  foreach guarded in array array['rate_set', 'exchange_rate', 'approval_limit', 'budget_word'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('create policy everybody on %I to plumbline_staff, plumbline_system using (true) with check (true)', guarded);
    execute format('create policy audited on %I for select to plumbline_auditor using (true)', guarded);
    execute format('create policy commercial on %I as restrictive to plumbline_staff using ((select sees_money(''margin'')))', guarded);
    execute format('grant select, insert, update, delete on %I to plumbline_staff, plumbline_system', guarded);
    execute format('grant select on %I to plumbline_auditor', guarded);
  end loop;
end $$;
-- Limited people convert by the same rates, and see who may decide.
create policy read_by_limited on approval_limit for select to plumbline_limited using ((select sees_money('margin')));
create policy in_whole on approval_limit as restrictive to plumbline_limited using ((select not narrowed()));
create policy read_by_limited on rate_set for select to plumbline_limited using ((select sees_money('margin')));
create policy read_by_limited on exchange_rate for select to plumbline_limited using ((select sees_money('margin')));
create policy read_by_limited on budget_word for select to plumbline_limited using ((select sees_money('margin')));
grant select on rate_set, exchange_rate, budget_word, approval_limit to plumbline_limited;
create policy in_whole on rate_set as restrictive to plumbline_limited using ((select not narrowed()));
create policy in_whole on budget_word as restrictive to plumbline_limited using ((select not narrowed()));
create policy in_whole on exchange_rate as restrictive to plumbline_limited using ((select not narrowed()));
revoke update on budget_entry, appropriation_decision, budget_forecast, budget_forecast_month
  from plumbline_staff, plumbline_limited, plumbline_system;
-- Rates of a set that is locked stay.
create function rates_stay() returns trigger language plpgsql as $$
begin
  if exists (select from rate_set s where s.id = coalesce(new.rate_set_id, old.rate_set_id) and s.locked_at is not null) then
    raise exception 'rates of a locked set stay' using constraint = 'rates_stay', errcode = '23514';
  end if;
  return coalesce(new, old);
end $$;
create trigger rates_stay before insert or update on exchange_rate for each row execute function rates_stay();
