-- What is due next of one priority: only open incidents with a running clock are in it, so it stays small.
create index incident_priority_due on incident (priority, due_at, id) where due_at is not null;
