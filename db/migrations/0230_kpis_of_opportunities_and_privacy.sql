-- What the figures of opportunities and of being forgotten in time are counted from.
call feeds_kpis('opportunity', 'opportunities', 'r.created_at at time zone c.time_zone');
call feeds_kpis('erasure', 'privacy', 'r.due_at at time zone c.time_zone');

-- What was recorded before its figures were counted is counted with the next round.
insert into kpi_change (customer_id, topic, month)
select distinct o.customer_id, 'opportunities', date_trunc('month', o.created_at at time zone c.time_zone)::date
  from opportunity o join customer c on c.id = o.customer_id
union select distinct e.customer_id, 'privacy', date_trunc('month', e.due_at at time zone c.time_zone)::date
  from erasure e join customer c on c.id = e.customer_id;

-- Opportunities are for who sees margins, as the records are.
drop policy commercial on kpi_value;
create policy commercial on kpi_value as restrictive to plumbline_staff, plumbline_limited
  using (case when kpi in ('K28', 'K49', 'K50', 'K51', 'K54', 'K55', 'K59', 'K60') then (select sees_money('margin'))
    when kpi in ('K52', 'K53') then (select sees_money('charges')) else true end);
