-- Credits are earned back level by level (DOMAIN §3.4): what of a credit was given back for one of them, and on which charge.

create table credit_return (
  id uuid primary key,
  credit_id uuid not null references service_credit on delete cascade,
  customer_id uuid not null references customer,
  level text not null check (length(level) between 1 and 60),
  -- Taken from the credit as it was told; always more than nothing.
  amount_minor bigint not null check (amount_minor > 0),
  charge_id uuid references charge on delete set null,
  returned_by uuid,
  returned_at timestamptz not null,
  unique (credit_id, level)
);
call isolate_by_customer('credit_return');
drop policy own_customer on credit_return;
call keep_commercial('credit_return', 'charges');
call narrow_to_parts('credit_return', 'false');

-- What a line that is of no charge line is about besides its month: the level whose credit comes back.
alter table charge add column about text check (length(about) between 1 and 200);
