-- Results of a customer counted anew from their history, in the background: to see what would differ, or to store it.
create table recomputation (
  id uuid primary key,
  customer_id uuid not null references customer,
  -- The first day of those that are counted, in the customer's zone; none: from the beginning.
  from_day date,
  -- Only compared, and nothing stored.
  dry_run boolean not null,
  state text not null default 'computing' check (state in ('computing', 'done', 'cancelled', 'failed')),
  -- Incidents and orders counted so far.
  progress integer not null default 0,
  -- How many there are to count; known once it has begun.
  total integer,
  -- `{ incidents, orders, changed, locked }`.
  counts jsonb,
  requested_by uuid,
  requested_at timestamptz not null,
  finished_at timestamptz,
  version integer not null default 1
);

create index recomputation_newest on recomputation (requested_at desc, id desc);
create index recomputation_customer on recomputation (customer_id);
call isolate_by_customer('recomputation');
drop policy own_customer on recomputation;
call narrow_to_parts('recomputation', 'false');

-- A result that comes out otherwise than it was stored, each as it is told: its state and its service time.
create table recomputation_difference (
  recomputation_id uuid not null references recomputation on delete cascade,
  position integer not null,
  customer_id uuid not null,
  number text not null,
  metric text not null,
  before text not null,
  after text not null,
  -- It was told in a locked month, and stays.
  locked boolean not null,
  primary key (recomputation_id, position)
);
call isolate_by_customer('recomputation_difference');
drop policy own_customer on recomputation_difference;
call narrow_to_parts('recomputation_difference', 'false');
