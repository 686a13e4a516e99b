-- The page of an incident asks for what was adjusted of it.
create index adjustment_incident on adjustment (incident_id, created_at desc, id desc);
