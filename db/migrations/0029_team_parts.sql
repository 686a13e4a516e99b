-- Roles for a team: whoever has nothing else sees the incidents that the team has now, at one customer or at all, and what
-- hangs on them. And requesters: they see what they reported themselves. Where an incident was before is history; a policy that asked for it would cost every list.

drop policy in_part on incident;
drop policy in_part on attainment_month;
drop policy in_part on site;
drop policy in_part on service;
drop function parts_in_scope();

-- As before, with the team as a fourth and the requester as a fifth: `customer/site/service/team/requester`. Each may be
-- empty; without a customer it is a part of every customer in scope.
create function parts_in_scope()
returns table (customer_id uuid, site_id uuid, service_id uuid, team_id uuid, requester_id uuid)
language sql stable parallel safe as $$
  select nullif(split_part(part, '/', 1), '')::uuid, nullif(split_part(part, '/', 2), '')::uuid,
    nullif(split_part(part, '/', 3), '')::uuid, nullif(split_part(part, '/', 4), '')::uuid,
    nullif(split_part(part, '/', 5), '')::uuid
  from string_to_table(nullif(current_setting('plumbline.parts', true), ''), ',') part
$$;

-- The incident that this transaction hands to another team. It stays in sight until the transaction ends, so that it can
-- be written what becomes of it. Set by the program.
create function handed_over() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('plumbline.handed', true), '')::uuid $$;

call narrow_to_parts('incident', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = incident.customer_id)
  and (part.site_id is null or part.site_id = incident.site_id)
  and (part.service_id is null or part.service_id = incident.service_id)
  and (part.requester_id is null or part.requester_id = incident.requester_id)
  and (part.team_id is null or part.team_id = incident.team_id or incident.id = handed_over()))');
-- Results go with an incident to the team that it is handed to.
call narrow_to_parts('attainment_month', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = attainment_month.customer_id)
  and (part.site_id is null or part.site_id = attainment_month.site_id)
  and (part.service_id is null or part.service_id = attainment_month.service_id)
  and part.requester_id is null
  and (part.team_id is null or part.team_id = attainment_month.team_id or handed_over() is not null))');
-- Where a team works is not written anywhere: it works at every site and for every service.
call narrow_to_parts('site', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = site.customer_id) and (part.site_id is null or part.site_id = site.id))');
call narrow_to_parts('service', 'customer_id is null or exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = service.customer_id)
  and (part.service_id is null or part.service_id = service.id))');

-- Whoever only reports sees no colleague.
call narrow_to_parts('person', $$customer_id is null
  or id = nullif(current_setting('plumbline.person', true), '')::uuid
  or exists (select from parts_in_scope() part
    where (part.customer_id is null or part.customer_id = person.customer_id) and part.requester_id is null)$$);
