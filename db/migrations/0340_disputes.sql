-- What is contradicted of what was charged or credited, and what became of it (DOMAIN §2.5.13). Both sides read it; it stays
-- when what it was about is reckoned anew.
create table dispute (
  id uuid primary key,
  contract_id uuid not null references contract on delete cascade,
  customer_id uuid not null references customer,
  subject text not null check (subject in ('charge', 'credit')),
  charge_id uuid references charge on delete set null,
  credit_id uuid references service_credit on delete cascade,
  month date not null check (extract(day from month) = 1),
  -- Of the line that was charged; of a credit null.
  name text check (length(name) <= 200),
  position text not null check (length(position) between 1 and 2000),
  clause text check (length(clause) between 1 and 60),
  evidence text check (length(evidence) between 1 and 2000),
  -- At stake, in the contract's currency.
  amount_minor bigint not null check (amount_minor >= 0),
  -- The last day to answer, at the customer's.
  answer_by date not null,
  -- Said by the customer's people themselves, or written down by ours.
  by_customer boolean not null,
  raised_by uuid,
  raised_at timestamptz not null,
  outcome text check (outcome in ('upheld', 'partly', 'rejected', 'withdrawn')),
  answer text check (length(answer) between 1 and 2000),
  answered_by uuid,
  answered_at timestamptz,
  check ((outcome is null) = (answer is null) and (outcome is null) = (answered_at is null)),
  check (subject = 'charge' and credit_id is null or subject = 'credit' and credit_id is not null and charge_id is null)
);
create index dispute_contract on dispute (contract_id, raised_at);
-- One at a time is open about the same thing.
create unique index dispute_open_charge on dispute (charge_id) where answered_at is null;
create unique index dispute_open_credit on dispute (credit_id) where answered_at is null;
create index dispute_credit on dispute (credit_id);
call isolate_by_customer('dispute');
-- Who of ours or theirs it was is nobody's business there.
grant select (id, contract_id, customer_id, subject, charge_id, credit_id, month, name, position, clause, evidence,
  amount_minor, answer_by, by_customer, raised_at, outcome, answer, answered_at) on dispute to plumbline_customer;
call keep_commercial('dispute', 'charges');
call narrow_to_parts('dispute', 'false');
call open_to_books('dispute');

insert into dispute (id, contract_id, customer_id, subject, charge_id, month, name, position, amount_minor, answer_by, by_customer, raised_at)
select gen_random_uuid(), contract_id, customer_id, 'charge', id, month, left(name, 200), dispute, abs(amount_minor),
  coalesce(disputed_at, computed_at)::date + 30, true, coalesce(disputed_at, computed_at)
from charge where state = 'disputed' and dispute <> '';
insert into dispute (id, contract_id, customer_id, subject, credit_id, month, position, amount_minor, answer_by, by_customer, raised_at)
select gen_random_uuid(), contract_id, customer_id, 'credit', id, month, dispute, amount_minor,
  coalesce(disputed_at, calculated_at)::date + 30, true, coalesce(disputed_at, calculated_at)
from service_credit where state = 'disputed' and dispute <> '';
