-- Actions and decisions (DOMAIN §2.7): one register over all forums and organisations. What was done to one is told in
-- history; how often its day was put off is counted here.
create table action (
  id uuid primary key,
  -- Null: the provider's own affair.
  customer_id uuid references customer,
  text text not null check (length(text) between 1 and 2000),
  -- Somebody we know, of any organisation; or the name of somebody whom nobody here knows.
  owner_id uuid references person,
  owner_name text check (length(owner_name) between 1 and 200),
  check ((owner_id is null) <> (owner_name is null)),
  owner_side text not null check (owner_side in ('provider', 'customer', 'other')),
  -- A local day, over when it ends where the customer is.
  due date not null,
  -- The day that was said first, and how often another was said since.
  first_due date not null,
  redated integer not null default 0 check (redated >= 0),
  priority text not null default 'medium' check (priority in ('high', 'medium', 'low')),
  state text not null default 'open' check (state in ('open', 'in-progress', 'done-claimed', 'verified', 'cancelled')),
  evidence text check (length(evidence) <= 4000),
  cancel_reason text check (length(cancel_reason) between 1 and 2000),
  check ((state = 'cancelled') = (cancel_reason is not null)),
  -- What it comes from: a kind of record with its id, or the key of a figure; and which part of that (a month, a section).
  origin_kind text check (length(origin_kind) between 1 and 40),
  origin_id uuid,
  origin_key text check (length(origin_key) between 1 and 200),
  origin_part text check (length(origin_part) between 1 and 200),
  check ((origin_kind is null) = (origin_id is null and origin_key is null)),
  -- How the origin was called then.
  origin_label text check (length(origin_label) between 1 and 400),
  -- Whether the customer reads it.
  shared boolean not null default false,
  made_by uuid,
  made_at timestamptz not null,
  done_by uuid,
  done_at timestamptz,
  verified_by uuid,
  verified_at timestamptz,
  check ((state = 'verified') = (verified_at is not null)),
  -- It is verified by another than who owns it.
  check (verified_by is null or verified_by is distinct from owner_id),
  closed_at timestamptz,
  check ((state in ('verified', 'cancelled')) = (closed_at is not null)),
  version integer not null default 1
);
create index action_open on action (due, id) where closed_at is null;
create index action_closed on action (closed_at desc, id desc) where closed_at is not null;
create index action_owner on action (owner_id) where closed_at is null;
create index action_origin on action (origin_kind, origin_id) where origin_kind is not null;
create index action_customer on action (customer_id, due);
call isolate_by_customer('action');
-- What is the provider's own is read by those who work for some customers only where it is theirs to do.
create policy own_work on action to plumbline_limited
  using (customer_id is null and owner_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (customer_id is null and owner_id = nullif(current_setting('plumbline.person', true), '')::uuid);
create policy shared_ones on action as restrictive for select to plumbline_customer using (shared);
grant select (id, customer_id, text, owner_id, owner_name, owner_side, due, first_due, redated, priority, state, shared,
  made_at, done_at, verified_at, closed_at, version) on action to plumbline_customer;
call narrow_to_parts('action', $$owner_id = nullif(current_setting('plumbline.person', true), '')::uuid$$);

-- What was asked and what was chosen, by whom, against whose advice, and when it is looked at again.
create table decision (
  id uuid primary key,
  customer_id uuid references customer,
  question text not null check (length(question) between 1 and 1000),
  options text[] not null default '{}',
  criteria text check (length(criteria) <= 4000),
  -- Who sees to it that it is decided.
  owner_id uuid references person,
  needed_by date,
  state text not null default 'wanted' check (state in ('wanted', 'decided', 'reviewed', 'dropped')),
  chosen text check (length(chosen) between 1 and 2000),
  reason text check (length(reason) <= 4000),
  decided_by text check (length(decided_by) between 1 and 400),
  decided_on date,
  dissent text check (length(dissent) <= 4000),
  review_on date,
  -- What became of it, when it was looked at again.
  outcome text check (length(outcome) between 1 and 4000),
  check (state not in ('decided', 'reviewed') or (chosen is not null and decided_by is not null and decided_on is not null)),
  check (state <> 'reviewed' or outcome is not null),
  origin_kind text check (length(origin_kind) between 1 and 40),
  origin_id uuid,
  origin_key text check (length(origin_key) between 1 and 200),
  origin_part text check (length(origin_part) between 1 and 200),
  check ((origin_kind is null) = (origin_id is null and origin_key is null)),
  origin_label text check (length(origin_label) between 1 and 400),
  shared boolean not null default false,
  made_by uuid,
  made_at timestamptz not null,
  version integer not null default 1
);
create index decision_newest on decision (made_at desc, id desc);
create index decision_origin on decision (origin_kind, origin_id) where origin_kind is not null;
call isolate_by_customer('decision');
create policy shared_ones on decision as restrictive for select to plumbline_customer using (shared);
grant select (id, customer_id, question, options, criteria, needed_by, state, chosen, decided_by, decided_on, review_on,
  outcome, shared, made_at, version) on decision to plumbline_customer;
call narrow_to_parts('decision', 'false');
