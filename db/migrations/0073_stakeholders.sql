-- Stakeholders (DOMAIN §2.7): who at a customer matters for the service, how they stand to it, how often somebody sees them
-- and what they say. What the provider writes down about people is seen by those who lead the relationship, never by the
-- customer, and by no auditor.
create table stakeholder (
  id uuid primary key,
  customer_id uuid not null references customer,
  -- Where they are somebody we know.
  person_id uuid references person on delete set null,
  name text not null check (length(name) between 1 and 200),
  role text check (length(role) between 1 and 200),
  level text not null check (level in ('c-level', 'general-manager', 'cfo', 'head', 'it-director', 'users')),
  segment text check (length(segment) between 1 and 200),
  influence integer not null check (influence between 1 and 5),
  -- Against us to for us.
  support integer not null default 0 check (support between -2 and 2),
  interests text check (length(interests) between 1 and 2000),
  channel text not null default 'meeting' check (channel in ('meeting', 'visit', 'call', 'mail')),
  language text not null default 'en' check (language in ('en', 'de')),
  -- For whom a report is written when it is for them.
  audience text not null check (audience in ('operations', 'finance', 'it', 'users')),
  -- Somebody speaks with them once in so many days.
  cadence_days integer check (cadence_days between 7 and 366),
  owner_id uuid references person,
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1
);
create index stakeholder_customer on stakeholder (customer_id, influence desc);
call isolate_by_customer('stakeholder');

create table stakeholder_interaction (
  id uuid primary key,
  stakeholder_id uuid not null references stakeholder on delete cascade,
  customer_id uuid not null references customer,
  kind text not null check (kind in ('meeting', 'visit', 'call', 'mail')),
  face_to_face boolean not null,
  on_day date not null,
  by_id uuid,
  notes text check (length(notes) between 1 and 10000),
  -- Read by who wrote it alone.
  private boolean not null default false,
  created_at timestamptz not null
);
create index stakeholder_interaction_of on stakeholder_interaction (stakeholder_id, on_day desc);
call isolate_by_customer('stakeholder_interaction');
create policy own_notes on stakeholder_interaction as restrictive to plumbline_staff, plumbline_limited
  using (not private or by_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (not private or by_id = nullif(current_setting('plumbline.person', true), '')::uuid);

-- How the relationship is, once a quarter: 0 to 10 and a sentence.
create table relationship_pulse (
  id uuid primary key,
  stakeholder_id uuid not null references stakeholder on delete cascade,
  customer_id uuid not null references customer,
  quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
  score integer not null check (score between 0 and 10),
  sentence text not null check (length(sentence) between 1 and 1000),
  by_id uuid,
  created_at timestamptz not null,
  unique (stakeholder_id, quarter)
);
call isolate_by_customer('relationship_pulse');

-- What is to be talked about with one of them: themes, what they ask for, what they are to decide.
create table agenda_item (
  id uuid primary key,
  stakeholder_id uuid not null references stakeholder on delete cascade,
  customer_id uuid not null references customer,
  kind text not null check (kind in ('theme', 'ask', 'decision')),
  text text not null check (length(text) between 1 and 1000),
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  outcome text check (length(outcome) between 1 and 2000),
  created_at timestamptz not null,
  version integer not null default 1
);
create index agenda_item_of on agenda_item (stakeholder_id, created_at);
call isolate_by_customer('agenda_item');

do $$
declare
  guarded text;
begin
  foreach guarded in array array['stakeholder', 'stakeholder_interaction', 'relationship_pulse', 'agenda_item'] loop
    execute format('drop policy own_customer on %I', guarded);
    execute format('drop policy audited on %I', guarded);
    execute format('revoke all on %I from plumbline_auditor', guarded);
    execute format('call narrow_to_parts(%L, %L)', guarded, 'false');
  end loop;
end $$;
