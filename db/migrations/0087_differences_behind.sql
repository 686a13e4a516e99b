-- A correction also changes what teams and suppliers promised us behind an agreement: the name of that promise, none of a
-- customer's own clocks. Their customers never read of it.
alter table correction_difference add column behind text;
drop policy own_applied on correction_difference;
create policy own_applied on correction_difference for select to plumbline_customer
  using (behind is null and customer_id = any((select customers_in_scope())::uuid[])
    and exists (select from correction where correction.id = correction_difference.correction_id));
-- In whose hours a promise behind is counted is asked by the version of the agreement that it is counted by.
create index clock_behind_version on clock_behind (agreement_version_id, incident_id);
