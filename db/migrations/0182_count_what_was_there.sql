-- What was recorded before its figures were counted is counted with the next round.
insert into kpi_change (customer_id, topic, month)
select distinct customer_id, 'pools', month from capacity_order
union select distinct customer_id, 'unit-costs', make_date(year, 12, 1) from efficiency_base where customer_id is not null
union select distinct t.customer_id, 'tasks', date_trunc('month', t.appointment_to at time zone c.time_zone)::date
  from incident_task t join customer c on c.id = t.customer_id where t.appointment_to is not null;
