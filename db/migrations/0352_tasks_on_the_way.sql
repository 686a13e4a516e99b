-- What kind of work a task is, and how it goes: accepted, on the way, begun, done or not, with why not, the way there and
-- what was used.

alter table incident_task drop constraint incident_task_state_check;
update incident_task set state = 'started' where state = 'in-progress';
alter table incident_task
  add column kind text not null default 'remote' check (kind in ('field', 'remote', 'approval', 'comms', 'check')),
  add check (state in ('open', 'accepted', 'en-route', 'started', 'done', 'failed', 'dropped')),
  add column accepted_at timestamptz,
  add column departed_at timestamptz,
  add column started_at timestamptz,
  add column failed_at timestamptz,
  add column failed_for text check (length(failed_for) between 1 and 2000),
  -- There, in whole minutes: from setting off to beginning unless somebody said otherwise.
  add column travel_minutes integer check (travel_minutes between 0 and 1440),
  -- What was used: [{ "name": …, "quantity": … }]; prices are the affair of whoever keeps the stock.
  add column parts jsonb not null default '[]' check (jsonb_typeof(parts) = 'array'),
  add check ((state = 'failed') = (failed_at is not null)),
  add check ((state = 'failed') = (failed_for is not null)),
  add check (state <> 'en-route' or kind = 'field');
-- An appointment at a place was somebody going there.
update incident_task set kind = 'field' where appointment_from is not null;

drop index incident_task_person;
drop index incident_task_team;
create index incident_task_person on incident_task (person_id, due_at)
  where state in ('open', 'accepted', 'en-route', 'started');
create index incident_task_team on incident_task (team_id, due_at)
  where state in ('open', 'accepted', 'en-route', 'started');
