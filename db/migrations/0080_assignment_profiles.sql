-- When somebody is not there is about them (DOMAIN §5.5): it is read and written by themselves, by whoever leads a team that
-- they are in, by whoever manages for all customers, and by the program, which gives out work.
create function keeps_profile_of(member uuid) returns boolean language sql stable security definer set search_path from current as $$
  select member = nullif(current_setting('plumbline.person', true), '')::uuid or leads(member) or exists (
    select from role_assignment role
    where role.person_id = nullif(current_setting('plumbline.person', true), '')::uuid
      and role.role in ('administrator', 'service-manager')
      and role.customer_id is null and role.site_id is null and role.service_id is null and role.team_id is null
      and role.valid_from <= now() and (role.valid_to is null or role.valid_to > now()))
$$;
revoke select on assignment_profile from plumbline_auditor;
alter table assignment_profile enable row level security;
create policy by_program on assignment_profile to plumbline_system using (true) with check (true);
create policy kept on assignment_profile to plumbline_staff, plumbline_limited
  using (keeps_profile_of(person_id)) with check (keeps_profile_of(person_id));
