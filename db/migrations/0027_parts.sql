-- Roles for a part of a customer: one site, one service, or one service at one site. Whoever has nothing else sees what
-- belongs to that part; what belongs to the customer as a whole (its name, what was agreed, its calendars) stays in sight,
-- and what was counted or written for the whole (reviews, corrections, availability) does not.

-- The customers that are in sight as a whole, and the parts of others: `customer/site/service`, each but the first may be
-- empty, separated by commas. Set by the program where the transaction begins, for roles with parts alone.
create function whole_customers_in_scope() returns uuid[] language sql stable parallel safe as
  $$ select string_to_array(nullif(current_setting('plumbline.whole', true), ''), ',')::uuid[] $$;
create function narrowed() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('plumbline.parts', true), '') <> '' $$;
create function parts_in_scope() returns table (customer_id uuid, site_id uuid, service_id uuid)
language sql stable parallel safe as $$
  select split_part(part, '/', 1)::uuid, nullif(split_part(part, '/', 2), '')::uuid, nullif(split_part(part, '/', 3), '')::uuid
  from string_to_table(nullif(current_setting('plumbline.parts', true), ''), ',') part
$$;

-- Besides what its other policies say, a table shows to whoever sees parts only what is `in_part`.
create procedure narrow_to_parts(guarded regclass, in_part text) language plpgsql as $$
begin
  execute format(
    'create policy in_part on %s as restrictive to plumbline_limited, plumbline_customer using (
       (select not narrowed()) or customer_id = any((select whole_customers_in_scope())::uuid[]) or %s)', guarded, in_part);
end $$;

call narrow_to_parts('incident', 'exists (select from parts_in_scope() part where part.customer_id = incident.customer_id
  and (part.site_id is null or part.site_id = incident.site_id)
  and (part.service_id is null or part.service_id = incident.service_id))');
call narrow_to_parts('attainment_month', 'exists (select from parts_in_scope() part
  where part.customer_id = attainment_month.customer_id
  and (part.site_id is null or part.site_id = attainment_month.site_id)
  and (part.service_id is null or part.service_id = attainment_month.service_id))');
call narrow_to_parts('site', 'exists (select from parts_in_scope() part
  where part.customer_id = site.customer_id and (part.site_id is null or part.site_id = site.id))');
call narrow_to_parts('service', 'customer_id is null or exists (select from parts_in_scope() part
  where part.customer_id = service.customer_id and (part.service_id is null or part.service_id = service.id))');

-- What hangs on an incident is in sight with it.
call narrow_to_parts('clock', 'exists (select from incident where incident.id = clock.incident_id)');
call narrow_to_parts('history', $$subject_type = 'incident' and exists (select from incident where incident.id = history.subject_id)$$);
call narrow_to_parts('incident_link', 'exists (select from incident where incident.id = incident_link.from_id)
  and exists (select from incident where incident.id = incident_link.to_id)');
call narrow_to_parts('clock_result', 'exists (select from incident where incident.id = clock_result.incident_id)');
call narrow_to_parts('adjustment', 'exists (select from incident where incident.id = adjustment.incident_id)');

call narrow_to_parts('review', 'false');
call narrow_to_parts('correction', 'false');
call narrow_to_parts('correction_difference', 'false');
call narrow_to_parts('what_if', 'false');
call narrow_to_parts('what_if_difference', 'false');
call narrow_to_parts('availability_promise', 'false');
call narrow_to_parts('availability_told', 'false');
call narrow_to_parts('availability_adjustment', 'false');
call narrow_to_parts('downtime', 'false');
call narrow_to_parts('maintenance_window', 'false');
call narrow_to_parts('monitoring_gap', 'false');
call narrow_to_parts('import', $$created_by = nullif(current_setting('plumbline.person', true), '')::uuid$$);
