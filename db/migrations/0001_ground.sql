-- The ground that every module stands on: who may reach a row, what happened, who did it, which request was answered.

create extension if not exists pg_trgm;
create extension if not exists btree_gist;

-- One database role per kind of access. None owns anything and none can sign in: the program takes one of them where a
-- transaction begins. A policy that had to tell them apart by a setting would cost every query (measured: 2 ms become 174).
do $$
declare
  role_name text;
begin
  foreach role_name in array array[
    'plumbline_system',   -- background work and sign-in: no person asks
    'plumbline_staff',    -- the provider's people, all customers
    'plumbline_limited',  -- the provider's people, some customers
    'plumbline_customer', -- a customer's people: what is theirs and meant for them, read only
    'plumbline_auditor'   -- reads what staff reads and the audit, writes nothing
  ] loop
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then
      -- Roles belong to the whole server, and another database on it has made them.
      null;
    end;
    if not pg_has_role(current_user, role_name, 'member') then
      execute format('grant %I to current_user', role_name);
    end if;
    execute format('grant usage on schema %I to %I', current_schema(), role_name);
  end loop;
end $$;

-- The customers that the transaction may see, for roles that see some. Set by the program as comma-separated ids.
create function customers_in_scope() returns uuid[] language sql stable parallel safe as
  $$ select string_to_array(nullif(current_setting('plumbline.customers', true), ''), ',')::uuid[] $$;

-- Puts a table behind the isolation between customers. `shared` rows, those without a customer, are everybody's to read.
-- Each role gets its own policy, so that the planner sees nothing but an indexable condition for scoped roles and
-- nothing at all for the others.
create procedure isolate_by_customer(guarded regclass, customer_column text default 'customer_id', shared boolean default false)
language plpgsql as $$
declare
  in_scope text := format('%I = any((select customers_in_scope())::uuid[])', customer_column);
  readable text := case when shared then format('(%I is null or %s)', customer_column, in_scope) else in_scope end;
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('create policy all_customers on %s to plumbline_staff, plumbline_system using (true) with check (true)', guarded);
  execute format('create policy audited on %s for select to plumbline_auditor using (true)', guarded);
  execute format('create policy own_customers on %s to plumbline_limited using (%s) with check (%s)', guarded, readable, in_scope);
  execute format('create policy own_customer on %s for select to plumbline_customer using (%s)', guarded, readable);
  execute format('grant select, insert, update, delete on %s to plumbline_staff, plumbline_limited, plumbline_system', guarded);
  execute format('grant select on %s to plumbline_auditor', guarded);
end $$;

-- Makes the monthly partitions of a table that holds moments in [first, last]. What lies outside waits in the default
-- partition, so that nothing is refused for its date.
create function ensure_months(parent regclass, first timestamptz, last timestamptz) returns void
language plpgsql security definer set search_path from current as $$
declare
  month timestamp := date_trunc('month', first at time zone 'UTC');
  parent_name text := (select relname from pg_class where oid = parent);
  partition_name text;
begin
  if last - first > interval '60 years' then
    raise exception 'partitions for more than sixty years asked for';
  end if;
  -- Makers take turns, else two of them make the same month.
  perform pg_advisory_xact_lock(hashtext('ensure_months'), parent::oid::int);
  while month <= last at time zone 'UTC' loop
    partition_name := parent_name || '_' || to_char(month, 'YYYY_MM');
    if to_regclass(quote_ident(partition_name)) is null then
      begin
        execute format(
          'create table %I partition of %s for values from (%L) to (%L)',
          partition_name, parent, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC'
        );
      exception when check_violation then
        -- Rows of that month wait in the default partition: they stay there, which costs speed and loses nothing.
        null;
      end;
    end if;
    month := month + interval '1 month';
  end loop;
end $$;

-- What happened, and to what. Written once, never changed: everything else is derived from here.
create table history (
  id uuid not null,
  subject_type text not null,
  subject_id uuid not null,
  customer_id uuid,
  -- In the past tense: `incident.resolved`.
  kind text not null,
  facts jsonb not null default '{}',
  visibility text not null default 'internal' check (visibility in ('public', 'internal')),
  actor_id uuid,
  -- Order among facts of the same moment.
  sequence integer not null default 0,
  -- The fact's key where it came from another system, so that it is never taken twice.
  source_key text,
  -- When it was true, and when we learned it.
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  import_id uuid,
  primary key (id, occurred_at)
) partition by range (occurred_at);

create table history_default partition of history default;
create index history_subject on history (subject_id, occurred_at, sequence);
create unique index history_source on history (subject_id, source_key, occurred_at) where source_key is not null;

alter table history enable row level security;
create policy all_customers on history to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on history for select to plumbline_auditor using (true);
create policy own_customers on history to plumbline_limited
  using (customer_id = any((select customers_in_scope())::uuid[]))
  with check (customer_id = any((select customers_in_scope())::uuid[]));
create policy own_public on history for select to plumbline_customer
  using (visibility = 'public' and customer_id = any((select customers_in_scope())::uuid[]));
-- Append only: nobody may change or remove what happened. Undoing an import is the owner's work.
grant select, insert on history to plumbline_staff, plumbline_limited, plumbline_system;
grant select (id, subject_type, subject_id, customer_id, kind, facts, visibility, sequence, occurred_at, recorded_at)
  on history to plumbline_customer;
grant select on history to plumbline_auditor;

-- Who did what to what, for auditors. Append only, by the same means.
create table audit (
  id uuid not null,
  at timestamptz not null default now(),
  actor_id uuid,
  -- Whom the actor stands in for, and why.
  on_behalf_of uuid,
  reason text,
  action text not null,
  subject_type text,
  subject_id uuid,
  customer_id uuid,
  request_id text,
  facts jsonb not null default '{}',
  primary key (id, at)
) partition by range (at);

create table audit_default partition of audit default;
create index audit_subject on audit (subject_id, at);
grant insert on audit to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor, plumbline_system;
grant select on audit to plumbline_auditor, plumbline_system;

-- Answers already given, so that a request sent twice is done once.
create table idempotency_key (
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  -- Of method, path and body: the same key with another request is a mistake of the caller.
  request_hash bytea not null,
  status integer not null,
  reply jsonb not null,
  created_at timestamptz not null default now(),
  primary key (actor_id, key)
);

create index idempotency_key_age on idempotency_key (created_at);
alter table idempotency_key enable row level security;
create policy own on idempotency_key using (actor_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (actor_id = nullif(current_setting('plumbline.person', true), '')::uuid);
create policy cleaning on idempotency_key to plumbline_system using (true) with check (true);
grant select, insert on idempotency_key to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor;
grant select, insert, delete on idempotency_key to plumbline_system;

-- What this installation is called and how it behaves; one row for each setting.
create table setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);

grant select on setting to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor, plumbline_system;
grant insert, update on setting to plumbline_staff, plumbline_system;
