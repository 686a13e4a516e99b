-- Which services are disturbed now, for whoever belongs to their customers: as much as a status page says to anybody who has
-- its address, and nothing of the incident behind it. Runs as the owner, for whoever only reports sees no incident of others;
-- what a service is called they read in their own role.
create function disturbances_now() returns table (service_id uuid, next_update_due timestamptz)
language sql stable security definer set search_path from current as $$
  select disturbed, min(m.next_update_due)
  from major_incident m
    join incident i on i.id = m.incident_id
    cross join unnest(array_append(m.service_ids, i.service_id)) disturbed
  where m.customer_id = any((select customers_in_scope())::uuid[]) and disturbed is not null
    and m.state in ('declared', 'investigating', 'mitigated', 'restored', 'monitoring')
  group by disturbed
$$;
