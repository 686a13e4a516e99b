-- The management operating system (DOMAIN §2.9): forums with their rhythm, what each meeting of one was planned, held and
-- brought, and who was there. The provider's own affair.
create table forum (
  id uuid primary key,
  -- Null: over all customers.
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 200),
  purpose text check (length(purpose) between 1 and 2000),
  -- 1: where the work is done; each next one takes up what the one below could not settle.
  tier integer not null check (tier between 1 and 4),
  -- Its rhythm: on these days of the week (1 is Monday), in each so many weeks; or on the so-manieth of them in a month.
  weekdays integer[] not null check (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'),
  weeks integer not null default 1 check (weeks between 1 and 12),
  -- First to fourth of the month, or the last (-1); in each so many months.
  nth integer check (nth in (-1, 1, 2, 3, 4)),
  months integer not null default 1 check (months between 1 and 12),
  starts_on date not null,
  at_minute integer not null check (at_minute between 0 and 1439),
  minutes integer not null check (minutes between 5 and 480),
  time_zone text not null check (length(time_zone) between 1 and 64),
  chair_id uuid references person,
  -- So many have to be there.
  quorum integer not null default 2 check (quorum between 1 and 50),
  agenda text[] not null default '{}',
  inputs text[] not null default '{}',
  -- Key figures that stand on its board.
  kpis text[] not null default '{}',
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1
);
create index forum_customer on forum (customer_id, tier);
call isolate_by_customer('forum');
drop policy own_customer on forum;
call narrow_to_parts('forum', 'false');

create table forum_member (
  forum_id uuid not null references forum on delete cascade,
  person_id uuid not null references person on delete cascade,
  customer_id uuid references customer,
  primary key (forum_id, person_id)
);
call isolate_by_customer('forum_member');
drop policy own_customer on forum_member;
call narrow_to_parts('forum_member', 'false');

-- One meeting of a forum. Rows are made ahead of time, so that what was planned stays known when the rhythm changes.
create table forum_run (
  id uuid primary key,
  forum_id uuid not null references forum on delete cascade,
  customer_id uuid references customer,
  planned_at timestamptz not null,
  state text not null default 'planned' check (state in ('planned', 'held', 'not-held')),
  began_at timestamptz,
  ended_at timestamptz check (ended_at >= began_at),
  check ((state = 'held') = (began_at is not null)),
  minutes text check (length(minutes) between 1 and 20000),
  -- Why it was not held.
  reason text check (length(reason) between 1 and 1000),
  check ((state = 'not-held') = (reason is not null)),
  recorded_by uuid,
  version integer not null default 1,
  unique (forum_id, planned_at)
);
create index forum_run_planned on forum_run (planned_at, id);
call isolate_by_customer('forum_run');
drop policy own_customer on forum_run;
call narrow_to_parts('forum_run', 'false');

create table forum_attendance (
  run_id uuid not null references forum_run on delete cascade,
  person_id uuid not null references person on delete cascade,
  customer_id uuid references customer,
  primary key (run_id, person_id)
);
call isolate_by_customer('forum_attendance');
drop policy own_customer on forum_attendance;
call narrow_to_parts('forum_attendance', 'false');

-- The forum that follows an action; lifted, it goes to one of the next tier.
alter table action add forum_id uuid references forum on delete set null;
create index action_forum on action (forum_id, due) where forum_id is not null;
