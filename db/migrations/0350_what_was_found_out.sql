-- What is found out about an incident while it is worked on: by what it was noticed and when, how it was resolved, whether
-- it was only worked around, and which change brought it about.

alter table incident
  -- Who or what noticed it first; null where nobody said.
  add column detection text check (detection in ('user', 'monitoring', 'desk', 'supplier', 'customer')),
  add column detected_at timestamptz,
  -- It works again and the cause is still there.
  add column workaround boolean not null default false,
  -- The number of a change, here or in another system, in the words of who found it out.
  add column caused_by_change text check (caused_by_change <> '' and length(caused_by_change) <= 200),
  -- Codes are a list of the installation's own (`setting`); what another system called it stays as it was called.
  add check (resolution_code <> '' and length(resolution_code) <= 100);

-- Which change it was is the provider's affair; how it ended is the customer's, too.
grant select (detection, detected_at, workaround, resolution_code) on incident to plumbline_customer;

create index incident_resolution_code on incident (resolution_code, updated_at desc, id desc) where resolution_code is not null;

alter table macro add column resolution_code text check (resolution_code <> '' and length(resolution_code) <= 100);
