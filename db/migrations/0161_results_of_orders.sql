-- What was promised for an order is a clock like those of incidents: its results stay as they were told, differences are
-- looked at before a correction is approved, and what is found out about a locked month is entered in the open one.
alter table request
  -- `Result` of src/modules/service-levels/settlement.ts as it is told; null for what was last counted before it was kept.
  add column fulfilment jsonb,
  -- It came into a month that was locked already: it counts there as an adjustment and in no figure.
  add column only_adjusted boolean not null default false;
grant select (fulfilment, only_adjusted) on request to plumbline_customer;

-- What was told in a locked month of an order that was taken up again since: there it counts as it did. Append only.
create table request_told (
  id uuid primary key,
  request_id uuid not null references request on delete cascade,
  customer_id uuid not null references customer,
  site_id uuid,
  service_id uuid,
  agreement_version_id uuid,
  -- Null where nobody promised a share: then it counts in no attainment.
  attainment_bp integer,
  delivered_at timestamptz not null,
  fulfilment_met boolean not null,
  kept_at timestamptz not null
);
create index request_told_delivered on request_told (customer_id, delivered_at);
create index request_told_request on request_told (request_id);
call isolate_by_customer('request_told');
call narrow_to_parts('request_told', 'exists (select from request where request.id = request_told.request_id)');
revoke update, delete on request_told from plumbline_staff, plumbline_limited, plumbline_system;
grant select on request_told to plumbline_customer;

-- Every delivery that counts in its month, as it was told.
create view delivery_told with (security_invoker = true) as
  select id as request_id, customer_id, site_id, service_id, agreement_version_id, attainment_bp, delivered_at, fulfilment_met
  from request
  where fulfilment_met is not null and delivered_at is not null and not only_adjusted
  union all
  select request_id, customer_id, site_id, service_id, agreement_version_id, attainment_bp, delivered_at, fulfilment_met
  from request_told;
grant select on delivery_told to plumbline_staff, plumbline_limited, plumbline_system, plumbline_customer;

-- Results, adjustments and differences are of an incident's clock or of an order.
alter table clock_result
  alter column clock_id drop not null,
  alter column incident_id drop not null,
  add column request_id uuid,
  add constraint clock_result_of check (num_nonnulls(incident_id, request_id) = 1);
create index clock_result_request on clock_result (request_id, kept_at) where request_id is not null;
drop policy in_part on clock_result;
call narrow_to_parts('clock_result', 'exists (select from incident where incident.id = clock_result.incident_id)
  or exists (select from request where request.id = clock_result.request_id)');
grant select (request_id) on clock_result to plumbline_customer;

alter table adjustment
  alter column clock_id drop not null,
  alter column incident_id drop not null,
  alter column priority drop not null,
  add column request_id uuid,
  drop constraint adjustment_metric_check,
  add constraint adjustment_metric_check
    check (metric in ('response', 'resolution', 'restore', 'next-update', 'fulfilment')),
  add constraint adjustment_of check (num_nonnulls(incident_id, request_id) = 1);
create index adjustment_request on adjustment (request_id, created_at desc, id desc) where request_id is not null;
drop policy in_part on adjustment;
call narrow_to_parts('adjustment', 'exists (select from incident where incident.id = adjustment.incident_id)
  or exists (select from request where request.id = adjustment.request_id)');
grant select (request_id) on adjustment to plumbline_customer;

alter table correction_difference
  alter column incident_id drop not null,
  add column request_id uuid,
  add constraint correction_difference_of check (num_nonnulls(incident_id, request_id) = 1);
create index correction_difference_request on correction_difference (request_id) where request_id is not null;
