-- Friction points (DOMAIN §2.7, §3.7): what keeps people from their work again and again, seen, owned, mended and confirmed.
create table friction_point (
  id uuid primary key,
  customer_id uuid not null references customer,
  title text not null check (length(title) between 1 and 200),
  description text not null default '' check (length(description) <= 10000),
  site_id uuid references site,
  service_id uuid references service,
  -- A room, a line, a step of a process.
  place text not null default '' check (length(place) <= 200),
  -- Who is kept from what, as a kind of people, and how many of them.
  who text not null default '' check (length(who) <= 200),
  people integer not null check (people between 1 and 1000000),
  per_week integer not null check (per_week between 1 and 10000),
  minutes integer not null check (minutes between 1 and 10080),
  -- 46 weeks a year.
  minutes_year bigint not null generated always as (per_week::bigint * minutes * people * 46) stored,
  -- What an hour is worth, as finance said; null where nobody did.
  rate_minor integer check (rate_minor between 1 and 100000000),
  currency text check (currency ~ '^[A-Z]{3}$'),
  check ((rate_minor is null) = (currency is null)),
  workaround text not null default '' check (length(workaround) <= 4000),
  found_by text not null check (found_by in ('visit', 'survey', 'tickets', 'interview')),
  -- What it was seen by.
  incident_id uuid references incident on delete set null,
  verbatim_id uuid references verbatim on delete set null,
  reporter_id uuid references person on delete set null,
  owner_id uuid references person on delete set null,
  state text not null default 'observed' check (state in
    ('observed', 'validated', 'owned', 'fixing', 'fix-deployed', 'verified', 'closed', 'accepted')),
  -- What was done, or why nothing is; whoever reported it is told.
  outcome text check (length(outcome) <= 4000),
  observed_at timestamptz not null,
  verified_at timestamptz,
  verified_by uuid,
  updated_at timestamptz not null,
  version integer not null default 1,
  check ((state in ('verified', 'closed')) <= (verified_at is not null))
);
create index friction_point_cost on friction_point (minutes_year desc, id desc);
create index friction_point_customer on friction_point (customer_id, minutes_year desc, id desc);
call isolate_by_customer('friction_point');
drop policy own_customer on friction_point;
call narrow_to_parts('friction_point', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = friction_point.customer_id)
  and (part.site_id is null or part.site_id = friction_point.site_id)
  and (part.service_id is null or part.service_id = friction_point.service_id)
  and part.requester_id is null and part.team_id is null)');
call feeds_kpis('friction_point', 'friction', 'r.verified_at at time zone c.time_zone');

-- Photos of it.
alter table attachment drop constraint attachment_subject_type_check,
  add constraint attachment_subject_type_check check (subject_type in ('incident', 'request', 'friction-point'));
drop policy in_part on attachment;
call narrow_to_parts('attachment', $$(subject_type = 'incident' and exists (select from incident where incident.id = attachment.subject_id))
  or (subject_type = 'request' and exists (select from request where request.id = attachment.subject_id))
  or (subject_type = 'friction-point' and exists (select from friction_point where friction_point.id = attachment.subject_id))$$);

-- You said – we did: what somebody told us and what came of it, in words that may be read by everybody at the customer.
create table said_done (
  id uuid primary key,
  customer_id uuid not null references customer,
  site_id uuid references site,
  service_id uuid references service,
  said text not null check (length(said) between 1 and 1000),
  did text check (length(did) between 1 and 2000),
  -- What it came from; nobody outside is told.
  source_type text not null check (source_type in ('verbatim', 'case', 'friction-point', 'other')),
  source_id uuid,
  check ((source_type = 'other') = (source_id is null)),
  owner_id uuid references person on delete set null,
  created_at timestamptz not null,
  published_at timestamptz,
  check ((published_at is null) or (did is not null)),
  version integer not null default 1
);
create index said_done_newest on said_done (created_at desc, id desc);
create index said_done_customer on said_done (customer_id, created_at desc, id desc);
call isolate_by_customer('said_done');
create policy published on said_done as restrictive for select to plumbline_customer using (published_at is not null);
grant select (id, customer_id, site_id, service_id, said, did, created_at, published_at, version) on said_done to plumbline_customer;
call narrow_to_parts('said_done', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = said_done.customer_id)
  and (part.site_id is null or said_done.site_id is null or part.site_id = said_done.site_id)
  and (part.service_id is null or said_done.service_id is null or part.service_id = said_done.service_id) and part.team_id is null)');
