-- Lengths of a site, or of a service, are read from the index alone.
drop index holding_duration;
create index holding_duration on holding (duration_class, customer_id, opened_on)
  include (duration_ms, service_id, site_id, incident_id, confided) where settled;

-- Sums are asked for by what they are of: of the whole there are few, of who waited for whom many.
create index holding_sum_part on holding_sum (part, customer_id, month);

-- What people wrote lately, the latest first.
create index verbatim_newest on verbatim (month desc, id);
