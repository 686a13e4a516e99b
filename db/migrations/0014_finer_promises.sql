-- Promises that hold under conditions, in hours of a site, service or team, in working days, and for more than two metrics.

-- Hours that a place, a service or a team brings along, for agreements that take them.
alter table site add column calendar_id uuid references calendar;
alter table service add column calendar_id uuid references calendar;
alter table team add column calendar_id uuid references calendar;

alter table target
  drop constraint target_metric_check,
  add constraint target_metric_check check (metric in ('response', 'resolution', 'restore', 'next-update')),
  -- The order in which they were listed: of two that fit equally well the earlier holds.
  add column position integer not null default 0,
  -- What it is promised for beside its priority; none means all.
  add column service_id uuid references service,
  add column category text check (length(category) between 1 and 200),
  add column site_type text,
  add column reported text check (reported in ('within-hours', 'outside-hours')),
  -- A promise in days, and how a day is meant: 24 hours of service time, the same time of a later working day, its end.
  add column days integer check (days between 1 and 3650),
  add column day_reading text check (day_reading in ('service-time', 'same-time', 'end-of-day')),
  -- Beside the share to be met: what is hoped for, and what must not be missed.
  add column expected_bp integer check (expected_bp between 1 and 10000),
  add column minimum_bp integer check (minimum_bp between 1 and 10000),
  add constraint target_days_read check ((days is null) = (day_reading is null)),
  drop constraint target_agreement_version_id_metric_priority_key;

create unique index target_promise
  on target (agreement_version_id, metric, priority, service_id, lower(category), site_type, reported) nulls not distinct;

alter table clock
  drop constraint clock_metric_check,
  add constraint clock_metric_check check (metric in ('response', 'resolution', 'restore', 'next-update')),
  -- Of what is owed again and again (the next update): how many of those that are over were met, and missed.
  add column gaps_met integer,
  add column gaps_failed integer;
grant select (gaps_met, gaps_failed) on clock to plumbline_customer;

-- `next-update-gaps` counts each gap between two updates, `next-update` each incident all of whose gaps were met.
alter table attainment_month
  drop constraint attainment_month_metric_check,
  add constraint attainment_month_metric_check
    check (metric in ('response', 'resolution', 'restore', 'next-update', 'next-update-gaps', 'reported'));

alter table adjustment
  drop constraint adjustment_metric_check,
  add constraint adjustment_metric_check check (metric in ('response', 'resolution', 'restore', 'next-update'));
