-- What a draft would have made of orders stands beside incidents: of an order there is no incident, and it has no priority.
alter table what_if_difference
  add column request_id uuid,
  alter column incident_id drop not null,
  alter column priority drop not null,
  add constraint what_if_difference_of check (num_nonnulls(incident_id, request_id) = 1);
create index what_if_difference_request on what_if_difference (request_id) where request_id is not null;
