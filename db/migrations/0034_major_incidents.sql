-- Major incidents: a decision with a process of its own around an incident that stands for all others of the outage. What
-- happened in it (updates, hypotheses, decisions, roles) is history; here is how it stands.
create table major_incident (
  id uuid primary key,
  customer_id uuid not null references customer,
  -- The one that all others are part of.
  incident_id uuid not null constraint major_incident_once unique references incident on delete cascade,
  state text not null check (state in ('candidate', 'declared', 'investigating', 'mitigated', 'restored', 'monitoring',
    'stood-down', 'review-open', 'review-done', 'dismissed')),
  criteria text[] not null check (cardinality(criteria) > 0
    and criteria <@ array['many-users', 'standstill', 'many-places', 'regulatory', 'executive', 'other']),
  -- What the criterion is, where it is another one.
  criteria_words text not null default '' check (length(criteria_words) <= 2000),
  proposed_by uuid,
  proposed_at timestamptz not null,
  declared_by uuid,
  declared_at timestamptz,
  commander_id uuid references person,
  communications_id uuid references person,
  technical_ids uuid[] not null default '{}',
  -- Where those who work on it talk: an address or a number.
  bridge text not null default '' check (length(bridge) <= 500),
  service_ids uuid[] not null default '{}',
  site_ids uuid[] not null default '{}',
  -- Null is not known.
  affected_users integer check (affected_users >= 0),
  business_impact text not null default '' check (length(business_impact) <= 5000),
  update_minutes integer not null default 60 check (update_minutes between 5 and 1440),
  next_update_due timestamptz,
  -- So long it has to hold before it is over.
  stability_minutes integer not null default 120 check (stability_minutes between 0 and 20160),
  mitigated_at timestamptz,
  restored_at timestamptz,
  monitoring_until timestamptz,
  stood_down_at timestamptz,
  dismissed_reason text check (length(dismissed_reason) between 1 and 2000),
  report_issued_at timestamptz,
  updated_at timestamptz not null,
  version integer not null default 1,
  constraint declared_with_commander check (state in ('candidate', 'dismissed') or (commander_id is not null and declared_at is not null)),
  constraint dismissed_with_reason check ((state = 'dismissed') = (dismissed_reason is not null)),
  check ((state in ('monitoring', 'stood-down', 'review-open', 'review-done')) <= (restored_at is not null and monitoring_until is not null))
);

create index major_incident_updated on major_incident (updated_at desc, id desc);
create index major_incident_due on major_incident (next_update_due) where next_update_due is not null;
create index major_incident_customer on major_incident (customer_id, proposed_at desc, id desc);
call isolate_by_customer('major_incident');
call narrow_to_parts('major_incident', 'exists (select from incident where incident.id = major_incident.incident_id)');
-- What was only considered is the provider's affair, and so is who leads, and what is said of it inside.
create policy declared_ones on major_incident as restrictive for select to plumbline_customer
  using (state not in ('candidate', 'dismissed'));
grant select (id, customer_id, incident_id, state, declared_at, service_ids, site_ids, next_update_due, mitigated_at, restored_at,
  monitoring_until, stood_down_at, updated_at, version) on major_incident to plumbline_customer;

-- What is to be different afterwards.
create table major_incident_action (
  id uuid primary key,
  customer_id uuid not null references customer,
  major_incident_id uuid not null references major_incident on delete cascade,
  kind text not null check (kind in ('preventive', 'detective', 'corrective', 'process')),
  what text not null check (length(what) between 1 and 2000),
  owner_id uuid references person,
  due date,
  -- How it will be seen that it works, such as `alert when the error rate is over 2 % for 5 min`.
  verification text not null default '' check (length(verification) <= 2000),
  done_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1
);

create index major_incident_action_of on major_incident_action (major_incident_id, created_at, id);
call isolate_by_customer('major_incident_action');
call narrow_to_parts('major_incident_action', 'exists (select from major_incident where major_incident.id = major_incident_action.major_incident_id)');

-- What people write into a section of the full report, in one language.
create table major_incident_text (
  major_incident_id uuid not null references major_incident on delete cascade,
  customer_id uuid not null references customer,
  language text not null check (language in ('en', 'de')),
  section text not null check (length(section) between 1 and 40),
  text text not null check (length(text) <= 20000),
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (major_incident_id, language, section)
);

call isolate_by_customer('major_incident_text');
call narrow_to_parts('major_incident_text', 'exists (select from major_incident where major_incident.id = major_incident_text.major_incident_id)');

-- What happened in a major incident is in sight with it.
drop policy in_part on history;
call narrow_to_parts('history', $$(subject_type = 'incident' and exists (select from incident where incident.id = history.subject_id))
  or (subject_type = 'major-incident' and exists (select from major_incident where major_incident.id = history.subject_id))$$);
