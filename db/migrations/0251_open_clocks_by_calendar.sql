-- How many clocks run in the hours of a calendar, before it is changed: of all clocks that there are few are open.
create index clock_open_calendar on clock (calendar_version_id)
  where state in ('not-started', 'running', 'paused', 'breached-running');
