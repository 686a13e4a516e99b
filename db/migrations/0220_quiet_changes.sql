-- A note moves a record's last change and nothing that any figure is counted from: it makes none out of date. Only where a
-- few rows are changed at once, as people do: to compare a hundred thousand would cost more than it saves.
create or replace function note_kpi_change() returns trigger language plpgsql security definer set search_path from current as $$
declare
  touched text := case tg_op when 'INSERT' then 'select * from now_rows' when 'DELETE' then 'select * from then_rows'
    else 'select * from now_rows union all select * from then_rows' end;
begin
  if tg_op = 'UPDATE' then
    if (select count(*) from (select from now_rows limit 9) few) < 9 and not exists (
      select to_jsonb(n) - '{updated_at,version,search}'::text[] from now_rows n
      except all select to_jsonb(t) - '{updated_at,version,search}'::text[] from then_rows t)
    then return null; end if;
  end if;
  execute format('insert into kpi_change (customer_id, topic, month)
    select distinct r.customer_id, %L, date_trunc(''month'', d.day)::date from (%s) r join customer c on c.id = r.customer_id
      cross join lateral (values %s) d(day) where d.day is not null', tg_argv[0], touched, tg_argv[1]);
  return null;
end $$;

-- What is open of a priority is little among all that ever had it.
create index incident_open_priority_updated on incident (priority, updated_at desc, id desc)
  where state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored');
