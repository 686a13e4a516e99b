-- What figures of margin, changes of contracts, searches and visits are counted from.
call feeds_kpis('posting', 'margin', 'r.month');
call feeds_kpis('profit_plan', 'margin', 'r.month');
call feeds_kpis('contract_change', 'contract-changes', 'r.signed_on');
call feeds_kpis('portal_search', 'searches', 'r.day');
call feeds_kpis('incident_task', 'tasks', 'r.done_at at time zone c.time_zone');

-- A contract counts also where its term ends.
drop trigger kpis_insert on contract_version;
drop trigger kpis_update on contract_version;
drop trigger kpis_delete on contract_version;
call feeds_kpis('contract_version', 'contracts', 'r.valid_from', 'r.ends_on');
call feeds_kpis('contract', 'contracts', '(select max(v.ends_on) from contract_version v where v.contract_id = r.id)');
call feeds_kpis('contract_private', 'contracts',
  '(select max(v.ends_on) from contract_version v where v.contract_id = r.contract_id)');

-- Figures of what is charged, and of what is left of it, are each for who may see that.
drop policy commercial on kpi_value;
create policy commercial on kpi_value as restrictive to plumbline_staff, plumbline_limited
  using (case when kpi in ('K28', 'K49', 'K50', 'K51', 'K54') then (select sees_money('margin'))
    when kpi in ('K52', 'K53') then (select sees_money('charges')) else true end);
