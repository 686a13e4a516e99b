-- What is written and to be done after a confidential major incident is known to its circle alone, like the incident (0351).

do $$
declare
  name text;
begin
  foreach name in array array['major_incident_action', 'major_incident_text'] loop
    execute format('create policy in_circle on %I as restrictive to plumbline_staff, plumbline_limited, plumbline_customer
      using (major_incident_id <> all((select hidden_incidents())::uuid[]))', name);
  end loop;
end $$;
