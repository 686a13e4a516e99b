-- What figures of pools, of unit costs and of planned visits are counted from.
call feeds_kpis('capacity_order', 'pools', 'r.month');
call feeds_kpis('efficiency_base', 'unit-costs', 'make_date(r.year, 12, 1)');
drop trigger kpis_insert on incident_task;
drop trigger kpis_update on incident_task;
drop trigger kpis_delete on incident_task;
call feeds_kpis('incident_task', 'tasks', 'r.done_at at time zone c.time_zone', 'r.appointment_to at time zone c.time_zone');

-- What suppliers deliver and what work costs is for who sees margins, as the records are.
drop policy commercial on kpi_value;
create policy commercial on kpi_value as restrictive to plumbline_staff, plumbline_limited
  using (case when kpi in ('K28', 'K49', 'K50', 'K51', 'K54', 'K59', 'K60') then (select sees_money('margin'))
    when kpi in ('K52', 'K53') then (select sees_money('charges')) else true end);
