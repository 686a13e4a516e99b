-- Where the rules for works councils hold, nobody sees the time that somebody else booked, whoever they lead (DOMAIN §5.5).
create function works_council() returns boolean language sql stable security definer set search_path from current as $$
  select coalesce((select (value ->> 'worksCouncil')::boolean from setting where name = 'installation'), false)
$$;

create or replace function leads(member uuid) returns boolean language sql stable security definer set search_path from current as $$
  select not works_council() and exists (
    select from role_assignment role join team_member on team_member.team_id = role.team_id
    where role.person_id = nullif(current_setting('plumbline.person', true), '')::uuid and role.role = 'resolver-lead'
      and role.valid_from <= now() and (role.valid_to is null or role.valid_to > now()) and team_member.person_id = member)
$$;
