-- Requests: something was ordered from the catalogue. What happened to one is its history, as with incidents; its promise
-- is counted from that and from the hours of the agreement that held when it was ordered.
create table request (
  id uuid primary key,
  customer_id uuid not null references customer,
  -- Of the customer's own sequence for requests.
  number text not null unique,
  item_id uuid not null references catalogue_item,
  item_version_id uuid not null references catalogue_item_version,
  -- What it was called when it was ordered, by language.
  name jsonb not null,
  service_id uuid references service,
  site_id uuid references site,
  -- For whom it is, and who ordered it.
  requester_id uuid not null references person,
  ordered_by_id uuid not null references person,
  state text not null check (state in ('draft', 'submitted', 'awaiting-approval', 'approved', 'fulfilling', 'delivered',
    'confirmed', 'closed', 'rejected', 'cancelled')),
  -- `Answer[]` of src/modules/catalogue/form.ts.
  answers jsonb not null default '[]',
  price_minor bigint,
  currency text,
  -- Who is asked by name, and which teams have or had a task: so that it is in their sight.
  approver_ids uuid[] not null default '{}',
  team_ids uuid[] not null default '{}',
  -- By what its promise is counted; null where nothing was agreed.
  agreement_version_id uuid references agreement_version,
  calendar_version_id uuid references calendar_version,
  target_seconds bigint,
  -- Null while it waits for the customer, and where nothing is promised.
  promised_at timestamptz,
  ordered_at timestamptz not null,
  delivered_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null,
  version integer not null default 1,
  search tsvector not null generated always as (to_tsvector('simple',
    translate(number, '-', ' ') || ' ' || coalesce(name ->> 'de', '') || ' ' || coalesce(name ->> 'en', ''))) stored,
  check ((agreement_version_id is null) = (target_seconds is null))
);
create index request_updated on request (updated_at desc, id desc);
create index request_customer on request (customer_id, updated_at desc, id desc);
create index request_item on request (item_id, ordered_at desc);
create index request_requester on request (requester_id, updated_at desc, id desc);
create index request_ordered_by on request (ordered_by_id, updated_at desc, id desc);
create index request_open on request (promised_at, id)
  where state in ('submitted', 'awaiting-approval', 'approved', 'fulfilling');
create index request_search on request using gin (search);
call isolate_by_customer('request');
call narrow_to_parts('request', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = request.customer_id)
  and (part.site_id is null or part.site_id = request.site_id)
  and (part.service_id is null or part.service_id = request.service_id)
  and (part.requester_id is null or part.requester_id in (request.requester_id, request.ordered_by_id)
    or part.requester_id = any(request.approver_ids))
  and (part.team_id is null or part.team_id = any(request.team_ids)))');
grant select (id, customer_id, number, item_id, name, service_id, site_id, requester_id, ordered_by_id, state, answers,
  price_minor, currency, approver_ids, agreement_version_id, calendar_version_id, target_seconds, promised_at, ordered_at,
  delivered_at, closed_at, updated_at, version, search) on request to plumbline_customer;

-- Somebody is asked whether it may be. How long they took is what it cost.
create table request_approval (
  id uuid primary key,
  customer_id uuid not null references customer,
  request_id uuid not null references request on delete cascade,
  item_id uuid not null references catalogue_item,
  level integer not null check (level between 1 and 9),
  -- Who is asked: one person, the customer's stakeholders or the provider's service managers.
  by text not null check (by in ('person', 'customer-stakeholder', 'service-manager')),
  person_id uuid references person,
  check ((by = 'person') = (person_id is not null)),
  state text not null check (state in ('later', 'waiting', 'approved', 'rejected', 'skipped', 'cancelled')),
  asked_at timestamptz,
  decided_at timestamptz check (decided_at >= asked_at),
  decided_by uuid,
  note text check (length(note) <= 4000),
  wait_ms bigint generated always as (round(extract(epoch from decided_at - asked_at) * 1000)) stored,
  unique (request_id, level)
);
create index request_approval_waiting on request_approval (asked_at, id) where state = 'waiting';
create index request_approval_item on request_approval (item_id, level, decided_at desc) where decided_at is not null;
call isolate_by_customer('request_approval');
call narrow_to_parts('request_approval', 'exists (select from request where request.id = request_approval.request_id)');
grant select (id, customer_id, request_id, item_id, level, by, person_id, state, asked_at, decided_at, note, wait_ms)
  on request_approval to plumbline_customer;

-- What has to be done. Tasks of one stage go on side by side; the next stage begins when all of them are done.
create table request_task (
  id uuid primary key,
  customer_id uuid not null references customer,
  request_id uuid not null references request on delete cascade,
  item_id uuid not null references catalogue_item,
  position integer not null,
  stage integer not null check (stage between 1 and 20),
  kind text not null check (kind in ('people', 'call')),
  title jsonb not null,
  team_id uuid references team,
  assignee_id uuid references person,
  state text not null default 'waiting' check (state in ('waiting', 'open', 'started', 'done', 'failed', 'cancelled')),
  planned_seconds bigint not null check (planned_seconds >= 0),
  -- Keys of the answers that it needs.
  uses text[] not null default '{}',
  url text,
  -- What it brought: for the one who does the next, or why it failed.
  result text check (length(result) <= 4000),
  opened_at timestamptz,
  started_at timestamptz,
  done_at timestamptz,
  unique (request_id, position)
);
create index request_task_open on request_task (team_id, opened_at, id) where state in ('open', 'started', 'failed');
create index request_task_item on request_task (item_id, position, done_at desc) where state = 'done';
call isolate_by_customer('request_task');
call narrow_to_parts('request_task', 'exists (select from request where request.id = request_task.request_id)');
grant select (id, customer_id, request_id, item_id, position, stage, kind, title, state, planned_seconds, opened_at,
  started_at, done_at) on request_task to plumbline_customer;

-- The first time that somebody needed an answer: opened it, or finished a task that uses it.
create table request_answer_use (
  request_id uuid not null references request on delete cascade,
  customer_id uuid not null references customer,
  item_id uuid not null references catalogue_item,
  field text not null,
  person_id uuid,
  used_at timestamptz not null,
  primary key (request_id, field)
);
create index request_answer_use_item on request_answer_use (item_id, field, used_at desc);
call isolate_by_customer('request_answer_use');
drop policy own_customer on request_answer_use;
call narrow_to_parts('request_answer_use', 'exists (select from request where request.id = request_answer_use.request_id)');

-- A call to another program that does a task, and how it went.
create table request_call (
  id uuid primary key,
  customer_id uuid not null references customer,
  task_id uuid not null references request_task on delete cascade,
  -- Of the word by which the other program answers later.
  fingerprint bytea not null unique,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'done', 'failed')),
  status integer,
  problem text,
  tried_at timestamptz,
  created_at timestamptz not null
);
create index request_call_task on request_call (task_id);
call isolate_by_customer('request_call');
drop policy own_customer on request_call;
call narrow_to_parts('request_call', 'exists (select from request_task where request_task.id = request_call.task_id)');

-- What happened to a request is in sight with it.
drop policy in_part on history;
call narrow_to_parts('history', $$(subject_type = 'incident' and exists (select from incident where incident.id = history.subject_id))
  or (subject_type = 'major-incident' and exists (select from major_incident where major_incident.id = history.subject_id))
  or (subject_type = 'request' and exists (select from request where request.id = history.subject_id))$$);

-- Requests have numbers of their own: how many there are of the one tells nothing of the other.
create or replace function make_numbering(customer_id uuid) returns void
language plpgsql security definer set search_path from current as $$
declare
  kind text;
begin
  foreach kind in array array['number_', 'request_number_'] loop
    execute format('create sequence if not exists %I start 1001', kind || replace(customer_id::text, '-', ''));
    execute format('grant usage on sequence %I to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_system',
      kind || replace(customer_id::text, '-', ''));
  end loop;
end $$;
select make_numbering(id) from customer;

create function next_request_number(customer_id uuid) returns bigint language sql volatile as
  $$ select nextval(quote_ident('request_number_' || replace(customer_id::text, '-', ''))::regclass) $$;
