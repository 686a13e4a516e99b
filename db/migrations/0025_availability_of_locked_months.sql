-- What was told of services being there stays in a locked month, like what was told of clocks: what is found out later is
-- asked for as a correction, approved by another, and entered in the open month.

-- The figures of a customer's month as they stood when it was locked: a list of what the report says of each promise.
create table availability_told (
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  items jsonb not null,
  told_at timestamptz not null,
  primary key (customer_id, month)
);

call isolate_by_customer('availability_told');
revoke update, delete on availability_told from plumbline_staff, plumbline_limited, plumbline_system;
grant select on availability_told to plumbline_customer;

-- What differs from it: an entry in the open month. Append only.
create table availability_adjustment (
  id uuid primary key,
  customer_id uuid not null references customer,
  service_id uuid not null references service,
  promise_id uuid not null references availability_promise,
  -- The locked month that it is about, and the open one in which it is entered.
  month date not null,
  entered_month date not null,
  -- The figure as it was known last and as it is known now; none where nothing was, or is, promised.
  before jsonb,
  after jsonb,
  correction_id uuid references correction,
  created_at timestamptz not null
);

create index availability_adjustment_newest on availability_adjustment (customer_id, created_at desc, id desc);
create index availability_adjustment_about on availability_adjustment (customer_id, month, promise_id, created_at);
call isolate_by_customer('availability_adjustment');
revoke update, delete on availability_adjustment from plumbline_staff, plumbline_limited, plumbline_system;
grant select on availability_adjustment to plumbline_customer;

alter table correction
  drop constraint correction_kind_check,
  add constraint correction_kind_check check (kind in ('late-holiday', 'corrected-timestamp', 'wrong-agreement',
    'disputed-pause', 'back-dated-contract', 'exclusion', 'availability')),
  -- What it would do to the availability of services: a list of service and month with the figure before and after.
  add column availability jsonb;
grant select (availability) on correction to plumbline_customer;

-- A result that comes into a locked month from outside: it leaves the month that it was in, and counts as an adjustment.
alter table correction_difference add column moved_in boolean not null default false;
