-- Incidents that were traced to a change before their share was counted are counted with the next round.
create index incident_caused_by_change on incident (customer_id, opened_at) where caused_by_change is not null;

insert into kpi_change (customer_id, topic, month)
select i.customer_id, 'incidents', date_trunc('month', min(i.opened_at) at time zone c.time_zone)::date
  from incident i join customer c on c.id = i.customer_id where i.caused_by_change is not null group by i.customer_id, c.time_zone;
