-- When an incident on hold goes on by itself; null unless it is on hold until a stated moment.
alter table incident add column resume_at timestamptz;
create index incident_resume on incident (resume_at) where resume_at is not null;
grant select (resume_at) on incident to plumbline_customer;
