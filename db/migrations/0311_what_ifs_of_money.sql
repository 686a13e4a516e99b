-- What of a trial moves the levels that money hangs on: by month, priority, metric and service, how many more (or fewer) are
-- met, failed and excluded than it is told. Null of those that were tried before; no money stands in it.
alter table what_if add column shifts jsonb;
