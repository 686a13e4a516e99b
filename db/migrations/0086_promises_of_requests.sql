-- What is to be told of a request's promise, and when: as of the clocks of incidents. Ours to know, so no customer reads it.
alter table request
  add column alarms jsonb,
  add column alarm_at timestamptz,
  add column told_bp integer not null default 0;
create index request_alarm on request (alarm_at, id) where alarm_at is not null;
