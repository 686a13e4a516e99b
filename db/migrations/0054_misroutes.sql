-- Beside hand-overs since work began: how often an incident went to another team before anybody had begun. That one had been
-- routed wrongly, which is another thing to mend.
alter table incident add column misroute_count integer not null default 0 check (misroute_count >= 0);
