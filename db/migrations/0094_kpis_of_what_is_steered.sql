-- What figures of actions, improvements, meetings, the relationship, contracts and those behind us are counted from.
call feeds_kpis('action', 'actions', 'r.first_due');
call feeds_kpis('improvement', 'improvements', 'r.verified_at at time zone c.time_zone',
  $$case when r.state = 'stopped' then now() at time zone c.time_zone end$$);
call feeds_kpis('forum_run', 'forums', 'r.planned_at at time zone c.time_zone');
call feeds_kpis('forum_attendance', 'forums',
  '(select f.planned_at from forum_run f where f.id = r.run_id) at time zone c.time_zone');
call feeds_kpis('stakeholder', 'stakeholders', 'r.created_at at time zone c.time_zone');
call feeds_kpis('stakeholder_interaction', 'stakeholders', 'r.on_day');
call feeds_kpis('obligation', 'contracts', 'r.first_on');
call feeds_kpis('obligation_due', 'contracts', 'r.due_on');
call feeds_kpis('contract_version', 'contracts', 'r.valid_from');
call feeds_kpis('charge', 'credits', 'r.month');
call feeds_kpis('service_credit', 'credits', 'r.month');
call feeds_kpis('clock_behind', 'behind', 'r.stopped_at at time zone c.time_zone');

-- Figures of money are seen by who sees money.
create policy commercial on kpi_value as restrictive to plumbline_staff, plumbline_limited
  using (kpi <> 'K53' or (select sees_money('charges')));
