-- Organisations we work for, people, what they may do, and how they prove who they are.

-- Who the provider works for: a company of its own (external) or a part of ours (internal). The border of isolation.
create table customer (
  id uuid primary key,
  -- Short and speaking, in front of each of its numbers: `NHL-1042`.
  key text not null unique check (key ~ '^[A-Z][A-Z0-9]{1,7}$'),
  name text not null check (length(name) between 1 and 200),
  kind text not null default 'external' check (kind in ('external', 'internal')),
  -- In whose days and months its figures are counted.
  time_zone text not null default 'UTC',
  language text not null default 'en',
  sample boolean not null default false,
  created_at timestamptz not null default now(),
  version integer not null default 1
);

create unique index customer_name on customer (lower(name));
call isolate_by_customer('customer', 'id');
grant select on customer to plumbline_customer;

-- Numbers of a customer's records come from a sequence of its own: they tell nobody how much work others bring.
-- A sequence, because a counter in a row would make all writers of a customer wait for each other.
create function make_numbering(customer_id uuid) returns void
language plpgsql security definer set search_path from current as $$
declare
  sequence_name text := 'number_' || replace(customer_id::text, '-', '');
begin
  execute format('create sequence if not exists %I start 1001', sequence_name);
  execute format(
    'grant usage on sequence %I to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_system', sequence_name
  );
end $$;

create function next_number(customer_id uuid) returns bigint language sql volatile as
  $$ select nextval(quote_ident('number_' || replace(customer_id::text, '-', ''))::regclass) $$;

-- Somebody we know: a colleague (without customer) or a customer's requester or stakeholder.
create table person (
  id uuid primary key,
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 400),
  email text check (email = lower(email) and length(email) <= 320),
  language text not null default 'en',
  time_zone text,
  -- The key under which another system knows them.
  source_key text,
  created_at timestamptz not null default now(),
  version integer not null default 1
);

-- Unique in an organisation, not over all: whether another customer knows an address is nobody's business.
create unique index person_email on person (customer_id, email) nulls not distinct where email is not null;
create unique index person_source on person (customer_id, source_key) where source_key is not null;
-- The order that people are shown in, whole and by organisation.
create index person_name on person (lower(name), id);
create index person_customer on person (customer_id, lower(name), id);
create index person_search on person using gin ((name || ' ' || coalesce(email, '')) gin_trgm_ops);

alter table person enable row level security;
create policy everybody on person to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on person for select to plumbline_auditor using (true);
create policy colleagues_and_own on person to plumbline_limited
  using (customer_id is null or customer_id = any((select customers_in_scope())::uuid[]))
  with check (customer_id = any((select customers_in_scope())::uuid[])
    or id = nullif(current_setting('plumbline.person', true), '')::uuid);
create policy own_organisation on person for select to plumbline_customer
  using (customer_id = any((select customers_in_scope())::uuid[]));
grant select, insert, update on person to plumbline_staff, plumbline_limited, plumbline_system;
grant select on person to plumbline_auditor;
grant select on person to plumbline_customer;

-- A support group. Holders of work are the provider's affair: customers do not see them.
create table team (
  id uuid primary key,
  name text not null unique check (length(name) between 1 and 200),
  kind text not null default 'resolver' check (kind in ('desk', 'field', 'resolver', 'supplier', 'virtual', 'agile')),
  sample boolean not null default false,
  created_at timestamptz not null default now(),
  version integer not null default 1
);

grant select, insert, update on team to plumbline_staff, plumbline_limited, plumbline_system;
grant delete on team to plumbline_system;
grant select on team to plumbline_auditor;

create table team_member (
  team_id uuid not null references team on delete cascade,
  person_id uuid not null references person,
  kind text not null default 'direct' check (kind in ('direct', 'virtual', 'on-loan')),
  primary key (team_id, person_id)
);

grant select, insert, update, delete on team_member to plumbline_staff, plumbline_limited, plumbline_system;
grant select on team_member to plumbline_auditor;

-- What a person may do, where and from when to when. Never without a scope in time; without a customer it means all.
create table role_assignment (
  id uuid primary key,
  person_id uuid not null references person,
  role text not null,
  customer_id uuid references customer,
  service_id uuid,
  site_id uuid,
  team_id uuid references team,
  valid_from timestamptz not null,
  -- Never in force when both are the same: taken back before it began.
  valid_to timestamptz check (valid_to >= valid_from),
  granted_by uuid,
  created_at timestamptz not null default now()
);

create index role_assignment_person on role_assignment (person_id);
alter table role_assignment enable row level security;
create policy everybody on role_assignment to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on role_assignment for select to plumbline_auditor using (true);
create policy own on role_assignment for select to plumbline_limited, plumbline_customer
  using (person_id = nullif(current_setting('plumbline.person', true), '')::uuid);
create policy of_own_customers on role_assignment for select to plumbline_limited
  using (customer_id = any((select customers_in_scope())::uuid[]));
-- Whoever works for some customers gives their people rights, and nobody rights beyond these customers.
create policy give_to_own_customers on role_assignment for insert to plumbline_limited
  with check (customer_id = any((select customers_in_scope())::uuid[]) and role in ('customer-stakeholder', 'requester'));
create policy take_from_own_customers on role_assignment for update to plumbline_limited
  using (customer_id = any((select customers_in_scope())::uuid[]) and role in ('customer-stakeholder', 'requester'))
  with check (customer_id = any((select customers_in_scope())::uuid[]) and role in ('customer-stakeholder', 'requester'));
grant select, insert, update on role_assignment to plumbline_staff, plumbline_limited, plumbline_system;
grant select on role_assignment to plumbline_customer, plumbline_auditor;

-- How a person signs in. Only the program itself reads here, never in a person's name.
create table account (
  person_id uuid primary key references person,
  -- What they sign in with.
  email text not null unique check (email = lower(email)),
  password_hash text,
  -- Secret of the one-time codes; in force once confirmed.
  totp_secret text,
  totp_confirmed_at timestamptz,
  -- The last time step whose code was used: a code works once.
  totp_last_step bigint,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

-- Guesses since the last success, so that guessing gets slower for whoever guesses: the same for an address that nobody
-- signs in with as for one that exists, and without a word to the real owner who comes from elsewhere.
create table sign_in_attempt (
  -- SHA-256 of the address that was tried and where from; neither is kept.
  key bytea primary key,
  count integer not null check (count > 0),
  last_at timestamptz not null
);

create index sign_in_attempt_age on sign_in_attempt (last_at);

-- Secrets are kept as SHA-256: who reads the table can use none of them.
create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null references person on delete cascade,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- Password given, second factor still owed.
  half boolean not null default false
);

create index session_person on session (person_id);
create index session_expiry on session (expires_at);

create table api_token (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null references person on delete cascade,
  name text not null check (length(name) between 1 and 200),
  -- `read`, `write`; empty means both.
  scopes text[] not null default '{}',
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

create index api_token_person on api_token (person_id);

-- A link that opens one door once: the first administrator's set-up, an invitation, a forgotten password.
create table one_time_link (
  id uuid primary key,
  token_hash bytea not null unique,
  kind text not null check (kind in ('set-up', 'invitation', 'password-reset')),
  person_id uuid references person on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((kind = 'set-up') = (person_id is null))
);

create index one_time_link_person on one_time_link (person_id);

-- Codes for when the second factor is lost; each works once. Hashed together with the person's id.
create table recovery_code (
  code_hash bytea primary key,
  person_id uuid not null references person on delete cascade,
  used_at timestamptz
);

create index recovery_code_person on recovery_code (person_id);

grant select, insert, update, delete on account, sign_in_attempt, session, api_token, one_time_link, recovery_code
  to plumbline_system;
