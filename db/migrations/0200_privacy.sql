-- What becomes of the data of persons: how long it is kept, and how somebody is forgotten (decision 0105).

-- Values of a person stand in their own row and in words; everything else, history above all, knows their id alone. So
-- whoever is forgotten loses their row's values and stays as an id that leads to nobody.
alter table person
  add column erased_at timestamptz,
  -- Stands in for somebody in records that have been kept long enough: no person, and nobody signs in as one.
  add column pseudonym boolean not null default false,
  add constraint person_erased check (erased_at is null or (email is null and source_key is null and time_zone is null));

-- Leads from somebody to who stands in for them, as long as it is there. Destroyed with them: then nothing does.
create table subject_key (
  person_id uuid primary key references person on delete cascade,
  -- Sealed by the installation's key (src/platform/seal.ts).
  key text not null,
  made_at timestamptz not null
);

-- How long records of a class are kept, where it is not what is usual; a country by its ISO code, or '' for all others.
create table retention_period (
  class text not null check (class ~ '^[a-z][a-z-]{0,39}$'),
  country text not null default '' check (country ~ '^([A-Z]{2})?$'),
  -- Null: for good.
  months integer check (months between 1 and 600),
  changed_at timestamptz not null,
  primary key (class, country)
);

-- Nothing of a customer is taken away or made anonymous meanwhile, since a claim is disputed.
create table retention_hold (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  reason text not null check (length(reason) between 1 and 1000),
  made_by uuid,
  made_at timestamptz not null,
  ended_at timestamptz check (ended_at >= made_at)
);
create index retention_hold_customer on retention_hold (customer_id) where ended_at is null;

-- What a night found to be old enough, and what it did with it.
create table retention_run (
  id uuid primary key,
  began_at timestamptz not null,
  ended_at timestamptz,
  -- Only counted.
  tried boolean not null,
  counts jsonb not null default '{}'
);
create index retention_run_newest on retention_run (began_at desc);

-- Somebody asked to be forgotten, and what was done.
create table erasure (
  id uuid primary key,
  person_id uuid not null references person,
  customer_id uuid references customer on delete cascade,
  -- On what ground; it names nobody.
  ground text not null check (ground in ('asked', 'left', 'court')),
  state text not null check (state in ('waiting', 'done', 'refused')),
  requested_by uuid,
  requested_at timestamptz not null,
  -- A month after somebody asked (GDPR Art. 12.3).
  due_at timestamptz not null,
  done_at timestamptz,
  refusal text check (length(refusal) between 1 and 1000),
  -- What was done with which records, and why what stays stays; without any value of the person.
  certificate jsonb,
  checksum text,
  -- After a restore of a backup that still had them.
  repeated_at timestamptz,
  check ((state = 'refused') = (refusal is not null)),
  check ((state = 'done') = (done_at is not null and certificate is not null and checksum is not null))
);
create unique index erasure_person on erasure (person_id) where state <> 'refused';
create index erasure_newest on erasure (requested_at desc, id desc);

-- The program alone reads and writes these; whom it shows them, src/modules/privacy/may.ts says.
do $$
declare
  name text;
begin
  foreach name in array array['subject_key', 'retention_period', 'retention_hold', 'retention_run', 'erasure'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy everything on %I to plumbline_system using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to plumbline_system', name);
  end loop;
end $$;

-- Whether the second says the same as the first but that letters and digits are covered.
create function only_covered(before jsonb, after jsonb) returns boolean language sql immutable as $$
  select length(before::text) = length(after::text) and not exists (
    select from string_to_table(before::text, null) with ordinality as was(letter, place)
      join string_to_table(after::text, null) with ordinality as is_now(letter, place) using (place)
    where is_now.letter <> was.letter and is_now.letter <> '•')
$$;

-- History is added to and never changed, by the owner neither. One thing may happen to a fact: words in it are covered, and
-- whoever did it is replaced by who stands in for them. What happened, to what, and when, nobody changes.
create function keep_history() returns trigger language plpgsql as $$
begin
  if current_setting('plumbline.privacy', true) = 'on'
    and to_jsonb(new) - array['facts', 'actor_id'] = to_jsonb(old) - array['facts', 'actor_id']
    and only_covered(old.facts, new.facts)
    and (new.actor_id is not distinct from old.actor_id
      or exists (select from person where person.id = new.actor_id and person.pseudonym))
  then
    return new;
  end if;
  raise exception 'History is only added to' using errcode = 'insufficient_privilege';
end $$;

create trigger history_kept before update on history for each row execute function keep_history();

-- When its people were made anonymous and its words were covered, since it had been kept long enough.
alter table incident add column anonymous_since timestamptz;
alter table contact add column anonymous_since timestamptz;
alter table request add column anonymous_since timestamptz;
alter table received_mail add column emptied_at timestamptz;
create index incident_to_forget on incident (coalesce(closed_at, updated_at), id)
  where anonymous_since is null and state in ('closed', 'cancelled');

-- Everything that can be read here, and since when: a works council is told what is new (decision 0106).
create table readable (
  path text primary key,
  since timestamptz not null
);
alter table readable enable row level security;
create policy everything on readable to plumbline_system using (true) with check (true);
grant select, insert on readable to plumbline_system;
