-- How documents for one customer look: its own logo beside the provider's, and its colour.
create table customer_brand (
  customer_id uuid primary key references customer,
  -- `#rrggbb`; the provider's where nobody said another.
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  -- `LetterheadLogo` without its shape.
  logo jsonb,
  changed_at timestamptz not null,
  version integer not null default 1
);
call isolate_by_customer('customer_brand');
drop policy own_customer on customer_brand;
call narrow_to_parts('customer_brand', 'false');
