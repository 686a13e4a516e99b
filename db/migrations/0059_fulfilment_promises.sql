-- What an agreement promises for what is ordered. Which promise held is kept with the request, as the rest of it is; its
-- result once it is delivered, so that a figure need not count every history again.
alter table request
  -- A promise in working days: until the same time of day, or until closing time.
  add column target_days integer check (target_days between 1 and 3650),
  add column target_end text check (target_end in ('same-time', 'closing')),
  -- The share to be met, in basis points; null where the time is the item's own plan and nobody promised it.
  add column attainment_bp integer check (attainment_bp between 1 and 10000),
  -- Null until it is delivered.
  add column fulfilment_met boolean,
  add constraint request_days_read check ((target_days is null) = (target_end is null));
grant select (target_days, target_end, attainment_bp, fulfilment_met) on request to plumbline_customer;
create index request_fulfilled on request (customer_id, delivered_at) where fulfilment_met is not null;
