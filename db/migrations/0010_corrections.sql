-- Periods that are closed, corrections of what was counted, and what they leave behind.

-- How far a customer's month is settled; without a row it is open. A locked one stays as it was told.
create table period (
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  state text not null check (state in ('open', 'soft-closed', 'locked')),
  changed_at timestamptz not null,
  changed_by uuid,
  reason text,
  version integer not null default 1,
  primary key (customer_id, month)
);

call isolate_by_customer('period');
grant select (customer_id, month, state, changed_at, version) on period to plumbline_customer;

-- A locked period never opens again.
create function keep_locked_period() returns trigger language plpgsql as $$
begin
  if old.state = 'locked' then
    raise exception 'the period % of customer % is locked', old.month, old.customer_id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create trigger keep_locked_period before update on period for each row execute function keep_locked_period();

-- Somebody says that what was counted is wrong. It takes effect when somebody else has looked at what it would change.
create table correction (
  id uuid primary key,
  -- None for a calendar that several customers share.
  customer_id uuid references customer,
  kind text not null check (kind in
    ('late-holiday', 'corrected-timestamp', 'wrong-agreement', 'disputed-pause', 'back-dated-contract', 'exclusion')),
  -- `Change` of src/modules/corrections/change.ts: what is changed once it is approved.
  change jsonb not null,
  reason text not null check (length(reason) between 1 and 2000),
  evidence text not null check (length(evidence) between 1 and 2000),
  state text not null default 'draft'
    check (state in ('draft', 'computing', 'computed', 'approved', 'applied', 'rejected', 'failed')),
  progress integer not null default 0,
  -- `{ clocks, flips, locked }`: how many clocks come out differently, with another verdict, and in locked periods.
  counts jsonb,
  failure text,
  requested_by uuid,
  requested_at timestamptz not null,
  computed_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  -- When the change itself was made; what is left then is to count.
  changed_at timestamptz,
  applied_at timestamptz,
  version integer not null default 1,
  constraint approved_by_another check (decided_by is null or decided_by is distinct from requested_by or state = 'rejected')
);

create index correction_newest on correction (requested_at desc, id desc);
call isolate_by_customer('correction');
-- A customer's people learn of what was applied, not of who wanted it.
drop policy own_customer on correction;
create policy own_applied on correction for select to plumbline_customer
  using (state = 'applied' and customer_id = any((select customers_in_scope())::uuid[]));
grant select (id, customer_id, kind, reason, evidence, state, counts, requested_at, decided_at, applied_at, version)
  on correction to plumbline_customer;

-- What a correction would change, as it was looked at before the decision: a clock before and after.
create table correction_difference (
  correction_id uuid not null references correction on delete cascade,
  position integer not null,
  customer_id uuid not null,
  incident_id uuid not null,
  clock_id uuid,
  number text not null,
  metric text not null,
  -- `Result` of src/modules/service-levels/settlement.ts; none where there was or would be no clock.
  before jsonb,
  after jsonb,
  -- The month it counts in, or would; none while it runs.
  month date,
  locked boolean not null default false,
  flips boolean not null default false,
  primary key (correction_id, position)
);

call isolate_by_customer('correction_difference');
drop policy own_customer on correction_difference;
create policy own_applied on correction_difference for select to plumbline_customer
  using (customer_id = any((select customers_in_scope())::uuid[])
    and exists (select from correction where correction.id = correction_difference.correction_id));
grant select on correction_difference to plumbline_customer;

-- A result that was replaced by another one: both stay readable. Append only.
create table clock_result (
  id uuid primary key,
  clock_id uuid not null,
  incident_id uuid not null,
  customer_id uuid not null references customer,
  metric text not null,
  number text not null,
  -- `Result`, as it stood until then.
  result jsonb not null,
  cause text not null check (cause in ('history', 'recompute', 'import', 'correction')),
  correction_id uuid references correction,
  kept_at timestamptz not null
);

create index clock_result_clock on clock_result (clock_id, kept_at);
create index clock_result_incident on clock_result (incident_id, kept_at);
call isolate_by_customer('clock_result');
revoke update, delete on clock_result from plumbline_staff, plumbline_limited, plumbline_system;
grant select (id, clock_id, incident_id, customer_id, metric, number, result, cause, kept_at) on clock_result to plumbline_customer;

-- What differs from what was told of a locked period: an entry in the open one, linked and explained. Append only.
create table adjustment (
  id uuid primary key,
  customer_id uuid not null references customer,
  clock_id uuid not null,
  incident_id uuid not null,
  number text not null,
  metric text not null check (metric in ('response', 'resolution')),
  priority priority not null,
  site_id uuid,
  service_id uuid,
  team_id uuid,
  agreement_version_id uuid,
  -- The locked month that it is about, and the open one in which it is entered.
  month date not null,
  entered_month date not null,
  met integer not null,
  failed integer not null,
  excluded integer not null,
  -- `Result`, as told and as it is known now.
  before jsonb,
  after jsonb,
  cause text not null check (cause in ('history', 'recompute', 'import', 'correction')),
  correction_id uuid references correction,
  created_at timestamptz not null
);

create index adjustment_entered on adjustment (customer_id, entered_month, created_at desc, id desc);
create index adjustment_clock on adjustment (clock_id, created_at desc, id desc);
call isolate_by_customer('adjustment');
revoke update, delete on adjustment from plumbline_staff, plumbline_limited, plumbline_system;
grant select (id, customer_id, clock_id, incident_id, number, metric, priority, site_id, service_id, agreement_version_id, month,
  entered_month, met, failed, excluded, before, after, cause, correction_id, created_at) on adjustment to plumbline_customer;

-- A version that ends where it begins was corrected before it ever counted: it is kept, and holds at no moment.
alter table calendar_version drop constraint calendar_version_check, add constraint calendar_version_check check (valid_to >= valid_from);
