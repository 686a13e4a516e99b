-- Key figures, a value for each month and part: numerator and denominator, so that they can be put together and counted
-- again. What they mean is said in src/modules/kpis/library.ts.
create table kpi_value (
  customer_id uuid not null references customer,
  kpi text not null check (kpi ~ '^K[0-9]{2}$'),
  -- Of its definition.
  version integer not null,
  month date not null check (extract(day from month) = 1),
  -- The whole customer, or what of it `key` names: an id, or a kind of site; empty for what has none.
  part text not null check (part in ('customer', 'site', 'service', 'team', 'site-type')),
  key text not null default '',
  numerator bigint not null,
  denominator bigint not null check (denominator >= 0),
  -- What belongs beside it, such as the median and the ninth decile of durations.
  beside jsonb,
  computed_at timestamptz not null,
  primary key (customer_id, kpi, month, part, key)
);
create index kpi_value_series on kpi_value (kpi, part, month);
call isolate_by_customer('kpi_value');
drop policy own_customer on kpi_value;
call narrow_to_parts('kpi_value', 'false');

-- From this month on limits are made anew: something changed for good, and it is known what.
create table kpi_baseline (
  id uuid primary key,
  customer_id uuid not null references customer,
  kpi text not null check (kpi ~ '^K[0-9]{2}$'),
  part text not null check (part in ('customer', 'site', 'service', 'team', 'site-type')),
  key text not null default '',
  month date not null check (extract(day from month) = 1),
  reason text not null check (length(reason) between 1 and 1000),
  made_by uuid,
  made_at timestamptz not null,
  unique (customer_id, kpi, part, key, month)
);
call isolate_by_customer('kpi_baseline');
drop policy own_customer on kpi_baseline;
call narrow_to_parts('kpi_baseline', 'false');
