-- Work on an incident that is planned and counted: tasks with appointments, checklists, and time spent.

create table incident_task (
  id uuid primary key,
  customer_id uuid not null references customer,
  incident_id uuid not null references incident on delete cascade,
  title text not null check (length(title) between 1 and 400),
  team_id uuid references team on delete set null,
  person_id uuid references person on delete set null,
  state text not null default 'open' check (state in ('open', 'in-progress', 'done', 'dropped')),
  due_at timestamptz,
  appointment_from timestamptz,
  appointment_to timestamptz check (appointment_to > appointment_from),
  -- Where the clocks hang by which it was agreed; an IANA name.
  appointment_zone text check (length(appointment_zone) <= 64),
  created_at timestamptz not null,
  done_at timestamptz,
  version integer not null default 1,
  check ((appointment_from is null) = (appointment_to is null) and (appointment_from is null) = (appointment_zone is null)),
  check ((state = 'done') = (done_at is not null))
);
create index incident_task_of on incident_task (incident_id, created_at, id);
create index incident_task_person on incident_task (person_id, due_at) where state in ('open', 'in-progress');
create index incident_task_team on incident_task (team_id, due_at) where state in ('open', 'in-progress');
call isolate_by_customer('incident_task');
-- Who works, and how it is planned, is the provider's affair.
drop policy own_customer on incident_task;
call narrow_to_parts('incident_task', 'exists (select from incident where incident.id = incident_task.incident_id)');

create table checklist_item (
  id uuid primary key,
  customer_id uuid not null references customer,
  incident_id uuid not null references incident on delete cascade,
  text text not null check (length(text) between 1 and 400),
  done_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1
);
create index checklist_item_of on checklist_item (incident_id, created_at, id);
call isolate_by_customer('checklist_item');
drop policy own_customer on checklist_item;
call narrow_to_parts('checklist_item', 'exists (select from incident where incident.id = checklist_item.incident_id)');

-- Time that somebody spent. It is theirs (DOMAIN §5.5): they see it, and whoever leads a team that they are in.
create table time_entry (
  id uuid primary key,
  customer_id uuid not null references customer,
  incident_id uuid not null references incident on delete cascade,
  person_id uuid not null,
  day date not null,
  minutes integer not null check (minutes between 1 and 1440),
  billable boolean not null default false,
  note text not null default '' check (length(note) <= 400),
  created_at timestamptz not null
);
create index time_entry_of on time_entry (incident_id, day, id);
create index time_entry_person on time_entry (person_id, day);
call isolate_by_customer('time_entry');
drop policy own_customer on time_entry;
-- An auditor reads everything but what is about people.
drop policy audited on time_entry;
call narrow_to_parts('time_entry', 'exists (select from incident where incident.id = time_entry.incident_id)');

-- Whether whoever asks leads a team that somebody is in, now. As the owner: which roles others have is not for everybody.
create function leads(member uuid) returns boolean language sql stable security definer set search_path from current as $$
  select exists (
    select from role_assignment role join team_member on team_member.team_id = role.team_id
    where role.person_id = nullif(current_setting('plumbline.person', true), '')::uuid and role.role = 'resolver-lead'
      and role.valid_from <= now() and (role.valid_to is null or role.valid_to > now()) and team_member.person_id = member)
$$;
create policy own_or_led on time_entry as restrictive to plumbline_staff, plumbline_limited
  using (person_id = nullif(current_setting('plumbline.person', true), '')::uuid or leads(person_id))
  with check (person_id = nullif(current_setting('plumbline.person', true), '')::uuid);
