-- What a correction would do to the figures of months, as it was looked at before the decision: a list of customer, month,
-- priority and metric with what was counted before and after. None until it was computed.
alter table correction add column figures jsonb;
grant select (figures) on correction to plumbline_customer;

create index correction_difference_incident on correction_difference (incident_id);
