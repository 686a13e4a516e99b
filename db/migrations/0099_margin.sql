-- What a contract leaves (DOMAIN §2.5.12, §3.9). For the provider alone: no customer's or supplier's session has a right here.

-- Double entry: each row takes an amount from one account to another, so that every sum over all accounts is nothing.
create table posting (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  service_id uuid references service on delete set null,
  month date not null check (extract(day from month) = 1),
  -- Accruals reverse by themselves: each has its opposite in a later month.
  version text not null check (version in ('actual', 'accrual')),
  debit text not null check (length(debit) between 1 and 40),
  credit text not null check (length(credit) between 1 and 40),
  amount_minor bigint not null check (amount_minor > 0),
  -- Units, or minutes of work.
  quantity bigint,
  source text not null check (source in ('charge', 'credit', 'time', 'import', 'by-hand', 'adjustment')),
  -- The charge or credit that it is from, or the posting that it reverses.
  source_id uuid,
  reference text check (length(reference) between 1 and 120),
  description text check (length(description) <= 500),
  -- Of an adjustment: the locked month that it is about.
  about_month date,
  posted_by uuid,
  posted_at timestamptz not null,
  check (debit <> credit)
);
create index posting_contract on posting (contract_id, month);
create index posting_month on posting (customer_id, month);
-- What was imported is there once and stays: an import that says something else of it is refused.
create unique index posting_reference on posting (contract_id, reference) where source = 'import';
call isolate_by_customer('posting');
drop policy own_customer on posting;
call keep_commercial('posting', 'margin');
call narrow_to_parts('posting', 'false');
revoke update on posting from plumbline_staff, plumbline_limited, plumbline_system;

-- What was offered, budgeted and is forecast, month by month.
create table profit_plan (
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  version text not null check (version in ('bid', 'budget', 'forecast')),
  category text not null check (length(category) between 1 and 40),
  amount_minor bigint not null,
  quantity bigint,
  planned_by uuid,
  planned_at timestamptz not null,
  primary key (contract_id, version, month, category)
);
call isolate_by_customer('profit_plan');
drop policy own_customer on profit_plan;
call keep_commercial('profit_plan', 'margin');
call narrow_to_parts('profit_plan', 'false');

-- What an hour of our own work costs a contract, from a month on.
create table labour_rate (
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  valid_from date not null check (extract(day from valid_from) = 1),
  hour_minor bigint not null check (hour_minor >= 0),
  said_by uuid,
  said_at timestamptz not null,
  primary key (contract_id, valid_from)
);
call isolate_by_customer('labour_rate');
drop policy own_customer on labour_rate;
call keep_commercial('labour_rate', 'margin');
call narrow_to_parts('labour_rate', 'false');

-- Minutes worked by month and service, as far as at least three people booked them: nobody's own time is told (decision 0037).
-- Runs as the owner, who alone sees bookings; asked by those who answer for the margin and by the program.
create function work_minutes(of_customer uuid, from_day date, to_day date)
returns table (month date, service_id uuid, minutes bigint)
language sql stable security definer set search_path from current as $$
  select date_trunc('month', t.day)::date, i.service_id, sum(t.minutes)::bigint
  from time_entry t join incident i on i.id = t.incident_id
  where t.customer_id = of_customer and t.day >= from_day and t.day < to_day
    and (sees_money('margin') or current_setting('role', true) = 'plumbline_system')
  group by 1, 2 having count(distinct t.person_id) >= 3
$$;
