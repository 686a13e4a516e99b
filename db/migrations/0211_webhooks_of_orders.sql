-- A webhook is told of orders as well: a delivery is about an incident, an order, or (a trial) neither.
alter table webhook_delivery
  add column request_id uuid references request on delete cascade,
  add constraint webhook_delivery_about check (num_nonnulls(incident_id, request_id) <= 1);
create index webhook_delivery_request on webhook_delivery (request_id) where request_id is not null;
