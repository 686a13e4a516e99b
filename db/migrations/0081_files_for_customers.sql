-- Friction points are the provider's: a customer's people may not even ask for them, also not where files are narrowed.
drop policy in_part on attachment;
create policy in_part on attachment as restrictive to plumbline_limited
  using ((select not narrowed()) or customer_id = any((select whole_customers_in_scope())::uuid[])
    or (subject_type = 'incident' and exists (select from incident where incident.id = attachment.subject_id))
    or (subject_type = 'request' and exists (select from request where request.id = attachment.subject_id))
    or (subject_type = 'friction-point' and exists (select from friction_point where friction_point.id = attachment.subject_id)));
create policy in_part_for_customers on attachment as restrictive to plumbline_customer
  using ((select not narrowed()) or customer_id = any((select whole_customers_in_scope())::uuid[])
    or (subject_type = 'incident' and exists (select from incident where incident.id = attachment.subject_id))
    or (subject_type = 'request' and exists (select from request where request.id = attachment.subject_id)));
