-- Files belong to requests, too; each is in sight with what it belongs to.
alter table attachment drop constraint attachment_subject_type_check;
alter table attachment add constraint attachment_subject_type_check check (subject_type in ('incident', 'request'));

drop policy public_ones on attachment;
create policy public_ones on attachment as restrictive for select to plumbline_customer
  using (visibility = 'public' and removed_at is null
    and ((subject_type = 'incident' and exists (select from incident where incident.id = attachment.subject_id))
      or (subject_type = 'request' and exists (select from request where request.id = attachment.subject_id))));
drop policy in_part on attachment;
call narrow_to_parts('attachment', $$(subject_type = 'incident' and exists (select from incident where incident.id = attachment.subject_id))
  or (subject_type = 'request' and exists (select from request where request.id = attachment.subject_id))$$);
