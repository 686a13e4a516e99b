-- Incidents that concern somebody's data or the security of a customer: who may know of them is fewer than who works for the
-- customer (DOMAIN §5.3.12). Those who work on it now, whoever reported it, and auditors: neither its words nor that it is
-- there reach anybody else. Figures count it.

alter table incident
  add column concerns_privacy boolean not null default false,
  add column concerns_security boolean not null default false;
grant select (concerns_privacy, concerns_security) on incident to plumbline_customer;
create index incident_confided on incident (id) where concerns_privacy or concerns_security;

-- Whether whoever asks belongs to those who work on it, or reported it. As the owner: who is in which team is not for everybody.
create function in_circle(team uuid, assignee uuid, requester uuid) returns boolean
language sql stable parallel safe security definer cost 10 set search_path from current as $$
  select coalesce(me.id = assignee or me.id = requester or exists (
    select from team_member where team_member.team_id = team and team_member.person_id = me.id), false)
  from (select nullif(current_setting('plumbline.person', true), '')::uuid as id) me
$$;

-- The incidents that whoever asks must not know of, and what is led of them. Few at any time; asked once for each statement.
create function hidden_incidents() returns uuid[] language sql stable parallel safe security definer set search_path from current as $$
  with hidden as (
    select id from incident where (concerns_privacy or concerns_security)
      and id is distinct from handed_over() and not in_circle(team_id, assignee_id, requester_id))
  select coalesce(array_agg(id), '{}') from (
    select id from hidden union all select m.id from major_incident m join hidden on hidden.id = m.incident_id
    union all select e.id from escalation e join hidden on hidden.id = e.incident_id) known
$$;

-- An incident and what hangs on it are told to nobody who may not know of it. By the id alone, which every index over
-- incidents ends with: what is answered from an index still is.
do $$
declare
  hanging record;
begin
  for hanging in
    select * from (values ('incident', 'id'), ('adjustment', 'incident_id'), ('attachment', 'subject_id'), ('audit', 'subject_id'),
      ('checklist_item', 'incident_id'), ('clock', 'incident_id'), ('clock_behind', 'incident_id'),
      ('clock_result', 'incident_id'), ('contact', 'incident_id'), ('correction_difference', 'incident_id'),
      ('downtime', 'incident_id'), ('escalation', 'incident_id'), ('feedback_case', 'incident_id'),
      ('friction_point', 'incident_id'), ('history', 'subject_id'), ('incident_article', 'incident_id'),
      ('incident_link', 'from_id'), ('incident_link', 'to_id'), ('incident_task', 'incident_id'),
      ('incident_watcher', 'incident_id'), ('major_incident', 'incident_id'), ('notification', 'subject_id'),
      ('outgoing_mail', 'incident_id'), ('received_mail', 'incident_id'), ('rule_run', 'incident_id'),
      ('survey_answer_identity', 'incident_id'), ('survey_invitation', 'incident_id'), ('time_entry', 'incident_id'),
      ('webhook_delivery', 'incident_id'), ('what_if_difference', 'incident_id')) as t(name, incident)
  loop
    execute format('create policy %I on %I as restrictive to plumbline_staff, plumbline_limited, plumbline_customer
      using (%I is null or %I <> all((select hidden_incidents())::uuid[]))',
      'in_circle_' || hanging.incident, hanging.name, hanging.incident, hanging.incident);
  end loop;
end $$;
