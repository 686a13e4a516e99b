-- What a supplier owes us of a credit that it caused: its share of the misses by the clocks, times the share that was agreed.
-- It stays as it was claimed.
create table supplier_claim (
  id uuid primary key,
  supplier_contract_id uuid not null references supplier_contract on delete cascade,
  supplier_id uuid not null references supplier on delete cascade,
  customer_id uuid not null references customer,
  credit_id uuid not null references service_credit on delete cascade,
  level text not null check (length(level) between 1 and 60),
  month date not null check (extract(day from month) = 1),
  -- Cases of ours that were missed, and those of them in which the supplier's promise was missed, too.
  missed integer not null check (missed > 0),
  missed_with integer not null check (missed_with between 1 and missed),
  -- What the level cost of the credit.
  credit_minor bigint not null check (credit_minor > 0),
  amount_minor bigint not null check (amount_minor > 0),
  state text not null default 'claimed' check (state in ('claimed', 'recovered', 'refused')),
  recovered_minor bigint check (recovered_minor > 0),
  claimed_on date not null,
  settled_on date,
  note text check (length(note) between 1 and 1000),
  version integer not null default 1,
  check ((state = 'claimed') = (settled_on is null)),
  check ((state = 'recovered') = (recovered_minor is not null)),
  unique (supplier_contract_id, credit_id, level)
);
call isolate_by_customer('supplier_claim');
drop policy own_customer on supplier_claim;
create policy own_supplier on supplier_claim for select to plumbline_customer
  using (supplier_id = any ((select own_suppliers())::uuid[]));
call keep_commercial('supplier_claim', 'margin');
call narrow_to_parts('supplier_claim', 'false');
call open_to_books('supplier_claim');
-- What the credit was, and of which customer's, is not theirs to read.
grant select (id, supplier_id, supplier_contract_id, month, missed_with, amount_minor, state, recovered_minor, claimed_on, settled_on)
  on supplier_claim to plumbline_customer;

-- Of the cases behind a level of a credit those that were missed, and those in which the promise behind was missed, too; as
-- sums alone, for whoever sees what came of it and no ticket.
create function missed_of_level(of_agreement uuid, of_customer uuid, of_month date, of_metric text, of_priority text, of_service uuid)
returns table (missed bigint, missed_with bigint)
language sql stable security definer set search_path from current as $$
  select count(*), count(*) filter (where exists (select from clock_behind b where b.agreement_id = of_agreement
    and b.incident_id = c.incident_id and b.metric = c.metric and b.state in ('breached-stopped', 'breached-running')))
  from clock c join customer u on u.id = c.customer_id
  where c.customer_id = of_customer and c.metric = of_metric and c.state = 'breached-stopped' and c.exclusion is null
    and (of_priority is null or c.priority::text = of_priority) and (of_service is null or c.service_id = of_service)
    and c.stopped_at >= of_month::timestamp at time zone u.time_zone
    and c.stopped_at < (of_month + interval '1 month')::timestamp at time zone u.time_zone
    and (sees_money('margin') or current_setting('role', true) in ('plumbline_system', 'plumbline_auditor'))
$$;

-- The promises of whoever coordinates at a supplier, ticket by ticket, of the last year and those that run: number, weight and
-- clock, and nothing of people or of what was written.
create function own_promises(since timestamptz)
returns table (supplier_contract_id uuid, number text, priority text, service text, metric text, state text,
  started_at timestamptz, due_at timestamptz, stopped_at timestamptz)
language sql stable security definer set search_path from current as $$
  select sc.id, i.number, i.priority::text, s.name, b.metric, b.state, b.started_at, b.due_at, b.stopped_at
  from supplier_contract sc
  join clock_behind b on b.agreement_id = sc.agreement_id
  join incident i on i.id = b.incident_id
  left join service s on s.id = i.service_id
  where sc.supplier_id = any (own_suppliers()) and b.state in ('running', 'paused', 'met', 'breached-running', 'breached-stopped')
    and (b.stopped_at is null or b.stopped_at >= since)
  order by b.stopped_at desc nulls first, b.id
  limit 500
$$;
