-- What would have been, had a version of an agreement held: a period's tickets counted by it before anybody signs it. The
-- provider's affair alone: no customer's role is granted anything here, and no policy lets one in.
create table what_if (
  id uuid primary key,
  customer_id uuid not null references customer,
  agreement_id uuid not null references agreement on delete cascade,
  -- A draft that is changed is written anew under its id, so that nothing points there.
  version_id uuid not null,
  version_number integer not null,
  -- The first day in the customer's zone, and the day after the last.
  from_day date not null,
  to_day date not null check (to_day > from_day),
  -- What was tried (`TriedVersion` of src/modules/service-levels/trial.ts): it can be explained also when the draft has changed.
  tried jsonb not null,
  -- Of what the version and its hours said then: another one now means that the result is out of date.
  content_hash text not null,
  state text not null default 'computing' check (state in ('computing', 'done', 'cancelled', 'failed')),
  -- Incidents looked at so far, and how many there are to look at.
  progress integer not null default 0,
  incidents integer,
  -- `{ clocks, differences, better, worse }`, and what was met and missed before and after by month, priority and metric.
  counts jsonb,
  figures jsonb,
  requested_by uuid,
  requested_at timestamptz not null,
  -- The moment of which everything was counted.
  as_of timestamptz,
  finished_at timestamptz
);

create index what_if_newest on what_if (requested_at desc, id desc);
create index what_if_agreement on what_if (agreement_id, requested_at desc);
call isolate_by_customer('what_if');
drop policy own_customer on what_if;

-- A clock that would have come out otherwise.
create table what_if_difference (
  what_if_id uuid not null references what_if on delete cascade,
  -- In the order in which the incidents were opened; with gaps.
  position integer not null,
  customer_id uuid not null,
  incident_id uuid not null,
  clock_id uuid,
  number text not null,
  metric text not null,
  priority priority not null,
  -- `Result` of src/modules/service-levels/settlement.ts; none where there was or would be no clock.
  before jsonb,
  after jsonb,
  month date not null,
  flips boolean not null,
  primary key (what_if_id, position)
);

create index what_if_difference_flips on what_if_difference (what_if_id, position) where flips;
create index what_if_difference_incident on what_if_difference (incident_id);
call isolate_by_customer('what_if_difference');
drop policy own_customer on what_if_difference;
