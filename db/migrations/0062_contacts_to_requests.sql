-- What a contact led to, where that was an order.
alter table contact add column request_id uuid references request on delete set null;
create index contact_request on contact (request_id) where request_id is not null;
