-- By which rules each time zone was read when clocks were counted: they change with the program's libraries, and then what
-- was counted is no longer what would be counted.
create table zone_rules (
  zone text primary key,
  -- The release of the time zone database, as 2026a.
  source text not null,
  -- When its offset from UTC changes, and to what: pairs of milliseconds.
  changes jsonb not null,
  noted_at timestamptz not null,
  changed_at timestamptz
);

grant select, insert, update on zone_rules to plumbline_system;
