-- Who else may know of a confidential incident: named one by one, by somebody who knows of it already, until it is taken back
-- or the incident is confidential no more.
create table incident_reader (
  incident_id uuid not null references incident on delete cascade,
  person_id uuid not null references person on delete cascade,
  customer_id uuid not null references customer,
  named_by uuid references person on delete set null,
  since timestamptz not null,
  primary key (incident_id, person_id)
);
create index incident_reader_person on incident_reader (person_id);
call isolate_by_customer('incident_reader');
call narrow_to_parts('incident_reader', 'exists (select from incident where incident.id = incident_reader.incident_id)');
-- Who else knows of it is the provider's affair.
drop policy own_customer on incident_reader;

-- The people who may know of a confidential incident; null for one of which everybody in scope may. As the owner: who is in
-- which team is not for everybody.
create function circle_of(incident uuid) returns uuid[] language sql stable parallel safe security definer set search_path from current as $$
  select array(
    select i.assignee_id where i.assignee_id is not null
    union select i.requester_id where i.requester_id is not null
    union select m.person_id from team_member m where m.team_id = i.team_id
    union select r.person_id from incident_reader r where r.incident_id = i.id)
  from incident i where i.id = circle_of.incident and (i.concerns_privacy or i.concerns_security)
$$;

-- The incidents that whoever asks must not know of, and what is led of them. Few at any time.
create function untold_incidents() returns uuid[] language sql stable parallel safe security definer set search_path from current as $$
  with untold as (
    select i.id from incident i where (i.concerns_privacy or i.concerns_security)
      and i.id is distinct from handed_over() and not in_circle(i.team_id, i.assignee_id, i.requester_id)
      and not exists (select from incident_reader r where r.incident_id = i.id
        and r.person_id = nullif(current_setting('plumbline.person', true), '')::uuid))
  select coalesce(array_agg(id), '{}') from (
    select id from untold union all select m.id from major_incident m join untold on untold.id = m.incident_id
    union all select e.id from escalation e join untold on untold.id = e.incident_id
    union all select c.id from untold join correction c on c.change ->> 'incident' = untold.id::text
    union all select c.id from untold join clock k on k.incident_id = untold.id
      join correction c on c.change ->> 'clock' = k.id::text) known
$$;

-- Why a single incident is corrected is told to those who may know of it.
create index correction_of_incident on correction ((change ->> 'incident')) where change ->> 'incident' is not null;
create index correction_of_clock on correction ((change ->> 'clock')) where change ->> 'clock' is not null;
create policy in_circle_id on correction as restrictive to plumbline_staff, plumbline_limited, plumbline_customer
  using (id <> all((select hidden_incidents())::uuid[]));

-- Figures count what is untold, and the rows under a figure have to add up to it. So while the program counts, these are in
-- the sight that whoever asks has otherwise; it then says nothing of them but what was counted. Asked once for each statement.
create or replace function hidden_incidents() returns uuid[] language sql stable parallel safe security definer set search_path from current as $$
  select case when current_setting('plumbline.counting', true) = 'on' then '{}'::uuid[] else untold_incidents() end
$$;

create policy in_circle_incident_id on incident_reader as restrictive to plumbline_staff, plumbline_limited, plumbline_customer
  using (incident_id <> all((select hidden_incidents())::uuid[]));

-- What the program itself tells many people, without a confidential incident.
create or replace function disturbances_now() returns table (service_id uuid, next_update_due timestamptz)
language sql stable security definer set search_path from current as $$
  select disturbed, min(m.next_update_due)
  from major_incident m
    join incident i on i.id = m.incident_id
    cross join unnest(array_append(m.service_ids, i.service_id)) disturbed
  where m.customer_id = any((select customers_in_scope())::uuid[]) and disturbed is not null
    and not (i.concerns_privacy or i.concerns_security)
    and m.state in ('declared', 'investigating', 'mitigated', 'restored', 'monitoring')
  group by disturbed
$$;

-- A supplier's promise about one counts like any other; which one it was, where and when, is not told.
create or replace function own_promises(since timestamptz)
returns table (supplier_contract_id uuid, number text, priority text, service text, metric text, state text,
  started_at timestamptz, due_at timestamptz, stopped_at timestamptz)
language sql stable security definer set search_path from current as $$
  select sc.id, told.number, i.priority::text, told.service, b.metric, b.state, told.started_at, told.due_at, told.stopped_at
  from supplier_contract sc
  join clock_behind b on b.agreement_id = sc.agreement_id
  join incident i on i.id = b.incident_id
  left join service s on s.id = i.service_id
  left join lateral (select i.number, s.name as service, b.started_at, b.due_at, b.stopped_at
    where not (i.concerns_privacy or i.concerns_security)) told on true
  where sc.supplier_id = any (own_suppliers()) and b.state in ('running', 'paused', 'met', 'breached-running', 'breached-stopped')
    and (b.stopped_at is null or b.stopped_at >= since)
  order by b.stopped_at desc nulls first, b.id
  limit 500
$$;
