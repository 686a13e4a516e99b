-- Suppliers and their capacity (DOMAIN §2.5.8, §2.5.9). What they cost is seen by those who answer for the margin, and by each
-- supplier of itself alone; no customer has a right on their prices. A pool is roles and quantities: no table here knows a
-- person who works in one.

create table supplier (
  id uuid primary key,
  name text not null unique check (length(name) between 1 and 200),
  state text not null default 'prospect' check (state in
    ('prospect', 'onboarding', 'active', 'watch', 'exiting', 'inactive')),
  -- How much would be lost with it.
  tier text not null check (tier in ('routine', 'important', 'critical')),
  -- An office or a desk, as on its letters.
  contact text check (length(contact) <= 400),
  certifications text check (length(certifications) <= 1000),
  exit_plan text check (length(exit_plan) <= 4000),
  exit_plan_tried_on date,
  sample boolean not null default false,
  created_at timestamptz not null,
  version integer not null default 1
);

-- Who signs in for a supplier: those who coordinate there.
create table supplier_person (
  supplier_id uuid not null references supplier on delete cascade,
  person_id uuid not null references person on delete cascade,
  primary key (person_id, supplier_id)
);

-- The suppliers that whoever asks coordinates for, while the role for it is in force. Runs as the owner, who alone reads all
-- of both tables.
create function own_suppliers() returns uuid[] language sql stable security definer set search_path from current as $$
  select coalesce(array_agg(p.supplier_id), '{}') from supplier_person p
  where p.person_id = nullif(current_setting('plumbline.person', true), '')::uuid and exists (
    select from role_assignment a where a.person_id = p.person_id and a.role = 'supplier'
      and a.valid_from <= now() and (a.valid_to is null or a.valid_to > now()))
$$;

-- What was agreed with a supplier for one customer; for several there are several.
create table supplier_contract (
  id uuid primary key,
  supplier_id uuid not null references supplier on delete cascade,
  customer_id uuid not null references customer,
  number text not null check (length(number) between 1 and 60),
  title text not null check (length(title) between 1 and 200),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null,
  ends_on date check (ends_on > starts_on),
  notice_days integer not null check (notice_days between 0 and 3650),
  -- What it promises: the agreement behind ours, whose clocks are its scorecard.
  agreement_id uuid references agreement on delete set null,
  -- Which share of a credit that it caused can be claimed back.
  recovery_bp integer not null default 0 check (recovery_bp between 0 and 10000),
  -- Our contract with the customer that it costs.
  contract_id uuid references contract on delete set null,
  service_id uuid references service on delete set null,
  created_at timestamptz not null,
  version integer not null default 1,
  unique (supplier_id, number)
);
create index supplier_contract_customer on supplier_contract (customer_id);

-- Capacity without names: a role at a place, so many units a month and no more or less than the share that was agreed.
create table pool (
  id uuid primary key,
  supplier_contract_id uuid not null references supplier_contract on delete cascade,
  supplier_id uuid not null references supplier on delete cascade,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 200),
  skill text not null check (length(skill) between 1 and 120),
  level text check (length(level) <= 60),
  language text check (length(language) <= 60),
  place text check (length(place) <= 200),
  unit text not null check (unit in ('shift', 'hour', 'ticket', 'visit')),
  committed integer not null check (committed > 0),
  flex_bp integer not null check (flex_bp between 0 and 10000),
  lead_days integer not null check (lead_days between 0 and 365),
  ended_on date,
  created_at timestamptz not null,
  version integer not null default 1,
  unique (supplier_contract_id, name)
);

create table pool_rate (
  pool_id uuid not null references pool on delete cascade,
  supplier_id uuid not null references supplier on delete cascade,
  customer_id uuid not null references customer,
  valid_from date not null check (extract(day from valid_from) = 1),
  unit_minor bigint not null check (unit_minor >= 0),
  primary key (pool_id, valid_from)
);

-- A call-off: so many units for a month, from the order to what was accepted of it.
create table capacity_order (
  id uuid primary key,
  pool_id uuid not null references pool on delete cascade,
  supplier_id uuid not null references supplier on delete cascade,
  customer_id uuid not null references customer,
  -- Within its pool.
  number integer not null check (number > 0),
  month date not null check (extract(day from month) = 1),
  -- Days and hours in words: what a coordinator plans with.
  slots text check (length(slots) <= 1000),
  quantity integer not null check (quantity > 0),
  state text not null default 'ordered' check (state in
    ('ordered', 'confirmed', 'delivered', 'accepted', 'shortfall', 'invoiced')),
  delivered integer check (delivered between 0 and quantity),
  accepted integer check (accepted <= delivered and accepted >= 0),
  ordered_on date not null,
  version integer not null default 1,
  unique (pool_id, number)
);
create index capacity_order_month on capacity_order (pool_id, month);

-- What a supplier invoiced; it stays as it was taken in.
create table supplier_invoice (
  id uuid primary key,
  supplier_id uuid not null references supplier on delete cascade,
  supplier_contract_id uuid not null references supplier_contract on delete cascade,
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  reference text not null check (length(reference) between 1 and 120),
  category text not null check (category in ('pool', 'supplier', 'pass-through')),
  amount_minor bigint not null check (amount_minor > 0),
  description text check (length(description) <= 500),
  taken_at timestamptz not null,
  unique (supplier_id, reference)
);
create index supplier_invoice_month on supplier_invoice (supplier_contract_id, month);

call isolate_by_customer('supplier_contract');
call isolate_by_customer('pool');
call isolate_by_customer('pool_rate');
call isolate_by_customer('capacity_order');
call isolate_by_customer('supplier_invoice');
do $$
declare guarded text;
begin
  foreach guarded in array array['supplier_contract', 'pool', 'pool_rate', 'capacity_order', 'supplier_invoice'] loop
    execute format('drop policy own_customer on %I', guarded);
    execute format('create policy own_supplier on %I for select to plumbline_customer
      using (supplier_id = any ((select own_suppliers())::uuid[]))', guarded);
    call keep_commercial(guarded::regclass, 'margin');
    call narrow_to_parts(guarded::regclass, 'false');
  end loop;
end $$;
revoke update on supplier_invoice from plumbline_staff, plumbline_limited, plumbline_system;
-- Which customer it is for, and what of a credit can be claimed, is not theirs to read.
grant select (id, supplier_id, number, title, currency, starts_on, ends_on, notice_days) on supplier_contract to plumbline_customer;
grant select (id, supplier_contract_id, supplier_id, name, skill, level, language, place, unit, committed, flex_bp, lead_days,
  ended_on) on pool to plumbline_customer;
grant select (pool_id, supplier_id, valid_from, unit_minor) on pool_rate to plumbline_customer;
grant select (id, pool_id, supplier_id, number, month, slots, quantity, state, delivered, accepted, ordered_on, version)
  on capacity_order to plumbline_customer;
grant select (id, supplier_id, supplier_contract_id, month, reference, amount_minor, description) on supplier_invoice
  to plumbline_customer;

alter table supplier enable row level security;
create policy everybody on supplier to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on supplier for select to plumbline_auditor using (true);
create policy of_own_customers on supplier for select to plumbline_limited
  using (exists (select from supplier_contract c where c.supplier_id = supplier.id));
create policy own_supplier on supplier for select to plumbline_customer using (id = any ((select own_suppliers())::uuid[]));
call keep_commercial('supplier', 'margin');
grant select, insert, update, delete on supplier to plumbline_staff, plumbline_system;
grant select on supplier to plumbline_auditor, plumbline_limited;
grant select (id, name, state) on supplier to plumbline_customer;

alter table supplier_person enable row level security;
create policy everybody on supplier_person to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on supplier_person for select to plumbline_auditor using (true);
create policy commercial on supplier_person as restrictive to plumbline_staff using ((select sees_money('margin')));
grant select, insert, delete on supplier_person to plumbline_staff, plumbline_system;
grant select on supplier_person to plumbline_auditor;
