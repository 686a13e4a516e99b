-- How prices followed an index, with the readings that said so, and what an invoice for a contract needs (DOMAIN §2.5.3, §3.9).

create table indexation (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  valid_from date not null check (extract(day from valid_from) = 1),
  -- What the index is called, and its readings in thousandths: 128.6 is 128,600.
  index_name text not null check (length(index_name) between 1 and 120),
  base_reading integer not null check (base_reading > 0),
  current_reading integer not null check (current_reading > 0),
  -- `IndexationTerms` of src/core/indexation.ts.
  terms jsonb not null,
  line_ids uuid[] not null,
  decided_by uuid,
  created_at timestamptz not null
);
create index indexation_contract on indexation (contract_id, valid_from desc);
call isolate_by_customer('indexation');
drop policy own_customer on indexation;
call keep_commercial('indexation', 'charges');
call narrow_to_parts('indexation', 'false');

-- Who invoices whom, and with which tax. What was agreed of a month is made into an invoice by it, never stored twice.
create table contract_invoicing (
  contract_id uuid primary key references contract on delete cascade,
  customer_id uuid not null references customer,
  -- `Invoicing` of src/modules/contracts/api-invoices.ts.
  terms jsonb not null,
  version integer not null default 1
);
call isolate_by_customer('contract_invoicing');
drop policy own_customer on contract_invoicing;
call keep_commercial('contract_invoicing', 'charges');
call narrow_to_parts('contract_invoicing', 'false');
