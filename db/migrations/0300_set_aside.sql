-- What of a table is set aside while very many rows are written at once: indexes, foreign keys, and what is noted of each
-- statement. It is made again afterwards, by whoever comes next if the one who set it aside does not. Nobody but the owner
-- reads or writes it, for what it says is done: no role is granted anything.
create table set_aside (
  of_table text not null,
  name text not null,
  kind text not null check (kind in ('key', 'index', 'reference', 'note')),
  -- What makes it again.
  statement text not null,
  primary key (of_table, name)
);
alter table set_aside enable row level security;

-- Sets aside what can be made again from the rows of these tables themselves. Keys that others refer to stay, and so does
-- whatever guards changes of rows that are there.
create procedure set_aside_for(tables text[]) language plpgsql set search_path from current as $$
declare
  each record;
begin
  insert into set_aside (of_table, name, kind, statement)
  select t.relname, k.conname, case k.contype when 'f' then 'reference' else 'key' end,
    format('alter table %I add constraint %I %s', t.relname, k.conname, pg_get_constraintdef(k.oid, true))
  from pg_constraint k join pg_class t on t.oid = k.conrelid
  where k.conrelid = any(tables::regclass[]) and k.contype in ('p', 'u', 'f')
    and not exists (select from pg_constraint other where other.contype = 'f' and other.confrelid = k.conrelid and other.conindid = k.conindid
      and k.contype <> 'f');
  insert into set_aside (of_table, name, kind, statement)
  select t.relname, x.relname, 'index', replace(pg_get_indexdef(i.indexrelid, 0, true), ' ON ONLY ', ' ON ')
  from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
  where i.indrelid = any(tables::regclass[]) and not exists (select from pg_constraint k where k.conindid = i.indexrelid);
  insert into set_aside (of_table, name, kind, statement)
  select t.relname, g.tgname, 'note', format('call note_all(%L, %L)', t.relname, g.tgname)
  from pg_trigger g join pg_class t on t.oid = g.tgrelid
  where g.tgrelid = any(tables::regclass[]) and g.tgfoid = 'note_kpi_change'::regproc and g.tgtype & 4 = 4;

  for each in select * from set_aside s where s.of_table = any(tables) loop
    if each.kind = 'index' then execute format('drop index %I', each.name);
    elsif each.kind = 'note' then execute format('alter table %I disable trigger %I', each.of_table, each.name);
    else execute format('alter table %I drop constraint %I', each.of_table, each.name);
    end if;
  end loop;
end $$;

-- Lets a table note changes for key figures again, and notes all that its rows touch: what it would have noted of each
-- statement that wrote them (0064).
create procedure note_all(of_table text, trigger_name text) language plpgsql set search_path from current as $$
declare
  told text[];
begin
  execute format('alter table %I enable trigger %I', of_table, trigger_name);
  select string_to_array(encode(tgargs, 'escape'), '\000') into told from pg_trigger
  where tgrelid = of_table::regclass and tgname = trigger_name;
  execute format('insert into kpi_change (customer_id, topic, month)
    select distinct r.customer_id, %L, date_trunc(''month'', d.day)::date from %I r join customer c on c.id = r.customer_id
      cross join lateral (values %s) d(day) where d.day is not null', told[1], of_table, told[2]);
end $$;
