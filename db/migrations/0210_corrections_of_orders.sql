-- What was promised for an order is corrected as clocks are: its moments, what a pause really waited for, and whether its
-- result counts.
alter table correction
  drop constraint correction_kind_check,
  add constraint correction_kind_check check (kind in ('late-holiday', 'corrected-timestamp', 'wrong-agreement',
    'disputed-pause', 'back-dated-contract', 'exclusion', 'availability', 'order-timestamp', 'order-pause',
    'order-exclusion'));

-- `Exclusion` of src/modules/service-levels/exclusions.ts: its result is in no figure, and why; null when it counts.
alter table request add column exclusion jsonb;
grant select (exclusion) on request to plumbline_customer;

alter table request_told add column excluded boolean not null default false;

-- Every delivery that was measured in its month, as it was told; one that is excluded counts in no verdict.
create or replace view delivery_told with (security_invoker = true) as
  select id as request_id, customer_id, site_id, service_id, agreement_version_id, attainment_bp, delivered_at, fulfilment_met,
    exclusion is not null as excluded
  from request
  where fulfilment_met is not null and delivered_at is not null and not only_adjusted
  union all
  select request_id, customer_id, site_id, service_id, agreement_version_id, attainment_bp, delivered_at, fulfilment_met,
    excluded
  from request_told;
