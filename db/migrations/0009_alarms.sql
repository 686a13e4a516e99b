-- What is told of a clock while it runs: that a share of its target is used up, and that it is breached.

alter table clock
  -- How many clocks of this promise came before it: a changed priority or a reopening begins another.
  add column round integer not null default 0,
  -- Since when this promise is counted, if it was attached after the opening: nothing is told of it as of before.
  add column attached_at timestamptz,
  -- The highest share of the target that was told, in basis points; 10000 is the breach.
  add column told_bp integer not null default 0 check (told_bp between 0 and 10000),
  -- `Alarm[]` of src/core/alarm.ts: what is still to be told if nothing stops the clock, in order. Counted with the clock.
  add column alarms jsonb,
  -- The moment of the first of them. None while the clock is paused.
  add column alarm_at timestamptz;

-- The next instants at which something is to be told, so that nobody ever looks through what is open.
create index clock_alarm on clock (alarm_at, id) where alarm_at is not null;

-- What runs already is counted with all its shares when something happens to it; its breach is told in any case.
update clock
set alarm_at = due_at, alarms = jsonb_build_array(jsonb_build_object('shareBp', 10000, 'at', (extract(epoch from due_at) * 1000)::bigint))
where state = 'running' and due_at > now();
