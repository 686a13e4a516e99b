-- The run of a rule by which something happened; null when a person or something outside did it. Nothing that customers
-- are told: it is not granted to them.
alter table history add column cause_id uuid;
