-- Who held an incident, and what it waited for meanwhile, as counted from its history up to its last fact: a cache, so that a
-- report on a year need not read what happened in it (decision 0176). An incident is in exactly one of three places: among
-- those to be counted (`holding_due`), by itself (`holding`), or by itself and in the sums of its month (`settled`).

create table holding (
  incident_id uuid primary key,
  customer_id uuid not null references customer,
  site_id uuid,
  service_id uuid,
  -- The day of its opening, in the customer's zone.
  opened_on date not null,
  -- Only some may know of it (0351), so it is in no sum.
  confided boolean not null,
  -- Its last fact; null without a history.
  last_at timestamptz,
  -- From the opening to the last fact, and the class of lengths that this is in: what a median is looked for among.
  duration_ms bigint not null,
  duration_class smallint not null,
  handovers integer not null,
  ping_pong boolean not null,
  working_ms bigint not null,
  waiting_ms bigint not null,
  over_ms bigint not null,
  -- By team, '' for none: `{ away, back, working, over, waits: { why: ms } }`.
  parts jsonb not null,
  -- Of an open one who has it and what it waits for: `{ team, kind, waitsFor }`. Time goes on there.
  goes_on jsonb,
  settled boolean not null default false,
  counted_at timestamptz not null default now()
);
call isolate_by_customer('holding');
call narrow_to_parts('holding', 'exists (select from incident where incident.id = holding.incident_id)');
create policy in_circle on holding as restrictive to plumbline_staff, plumbline_limited, plumbline_customer
  using (not confided or incident_id <> all((select hidden_incidents())::uuid[]));
revoke insert, update, delete on holding from plumbline_staff, plumbline_limited;
create index holding_opened on holding (customer_id, opened_on);
create index holding_unsettled on holding (customer_id, opened_on) where not settled;
create index holding_duration on holding (duration_class, customer_id, opened_on)
  include (duration_ms, service_id, incident_id, confided) where settled;

-- Incidents whose history is to be counted again.
create table holding_due (
  incident_id uuid primary key,
  customer_id uuid not null references customer
);
call isolate_by_customer('holding_due');
call narrow_to_parts('holding_due', 'exists (select from incident where incident.id = holding_due.incident_id)');
revoke insert, update, delete on holding_due from plumbline_staff, plumbline_limited;
create policy in_circle on holding_due as restrictive to plumbline_staff, plumbline_limited, plumbline_customer
  using (incident_id <> all((select hidden_incidents())::uuid[]));
create index holding_due_customer on holding_due (customer_id);

-- Settled holdings of a month of opening, added up: the incidents as a whole and what they waited for by site and service; who
-- held them, and what they waited for there, by site and team; how many were of each class of lengths, of all and by service.
-- Rows of the same key belong together: whoever takes an incident out adds a row with less than nothing, and waits for nobody.
create table holding_sum (
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  site_id uuid,
  part text not null check (part in ('whole', 'wait', 'team', 'team-wait', 'length', 'service-length')),
  service_id uuid,
  team_id uuid,
  waits_for text,
  duration_class smallint,
  incidents integer not null,
  handed_on integer not null,
  handed_on_twice integer not null,
  ping_pong integer not null,
  handovers integer not null,
  working_ms bigint not null,
  waiting_ms bigint not null,
  over_ms bigint not null,
  duration_ms bigint not null
);
call isolate_by_customer('holding_sum');
call narrow_to_parts('holding_sum', 'false');
revoke insert, update, delete on holding_sum from plumbline_staff, plumbline_limited;
create index holding_sum_month on holding_sum (customer_id, month);
create index holding_sum_taken on holding_sum (customer_id, month) where incidents < 0;

-- What one holding adds to the sums of its month. Without a path of its own, so that it becomes part of who asks.
create function holding_shares(held holding) returns table (part text, site_id uuid, service_id uuid, team_id uuid, waits_for text,
  duration_class smallint, incidents integer, handed_on integer, handed_on_twice integer, ping_pong integer, handovers integer,
  working_ms bigint, waiting_ms bigint, over_ms bigint, duration_ms bigint)
language sql immutable parallel safe as $$
  select 'whole', held.site_id, held.service_id, null::uuid, null::text, null::smallint, 1, (held.handovers >= 1)::int,
    (held.handovers >= 2)::int, held.ping_pong::int, held.handovers, held.working_ms, held.waiting_ms, held.over_ms,
    held.duration_ms
  union all
  select l.part, null, l.service_id, null, null, held.duration_class, 1, 0, 0, 0, 0, 0, 0, 0, 0
  from (values ('length', null::uuid), ('service-length', held.service_id)) l(part, service_id)
  union all
  select 'wait', held.site_id, held.service_id, null, w.key, null, 1, 0, 0, 0, 0, 0, sum(w.value::bigint)::bigint, 0, 0
  from jsonb_each(held.parts) p, jsonb_each_text(p.value -> 'waits') w group by w.key
  union all
  select 'team', held.site_id, null, nullif(p.key, '')::uuid, null, null, 1, ((p.value ->> 'away')::int >= 1)::int,
    ((p.value ->> 'away')::int >= 2)::int, (p.value ->> 'back')::boolean::int, (p.value ->> 'away')::int,
    (p.value ->> 'working')::bigint,
    (select coalesce(sum(w.value::bigint), 0)::bigint from jsonb_each_text(p.value -> 'waits') w),
    (p.value ->> 'over')::bigint, 0
  from jsonb_each(held.parts) p
  union all
  select 'team-wait', held.site_id, null, nullif(p.key, '')::uuid, w.key, null, 1, 0, 0, 0, 0, 0, w.value::bigint, 0, 0
  from jsonb_each(held.parts) p, jsonb_each_text(p.value -> 'waits') w
$$;

-- As the owner: whoever writes a fact need not know that it is counted.
create function forget_holdings(ids uuid[]) returns void language sql security definer set search_path from current as $$
  with gone as (delete from holding where incident_id = any(ids) returning holding)
  insert into holding_sum
  select (g.holding).customer_id, date_trunc('month', (g.holding).opened_on)::date, s.site_id, s.part, s.service_id,
    s.team_id, s.waits_for, s.duration_class, -s.incidents, -s.handed_on, -s.handed_on_twice, -s.ping_pong, -s.handovers,
    -s.working_ms, -s.waiting_ms, -s.over_ms, -s.duration_ms
  from gone g cross join lateral holding_shares(g.holding) s where (g.holding).settled
$$;

-- Has incidents counted again. One that is to be already is locked, so that nobody counts it before this is done.
create function count_holdings_again(ids uuid[]) returns void language plpgsql security definer set search_path from current as $$
begin
  insert into holding_due (incident_id, customer_id)
  select id, customer_id from incident where id = any(ids) order by id
  on conflict (incident_id) do update set customer_id = excluded.customer_id;
  perform forget_holdings(ids);
end $$;
revoke execute on function forget_holdings, count_holdings_again from public;
grant execute on function count_holdings_again to plumbline_system;

create function note_holdings() returns trigger language plpgsql security definer set search_path from current as $$
declare
  ids uuid[];
begin
  if tg_table_name = 'history' then
    select array_agg(distinct subject_id) into ids from now_rows where subject_type = 'incident'
      and kind in ('incident.opened', 'incident.state', 'incident.assigned', 'incident.activity', 'incident.corrected');
  elsif tg_op = 'INSERT' then
    select array_agg(id) into ids from now_rows;
  elsif tg_op = 'UPDATE' then
    select array_agg(id) into ids from now_rows n join then_rows t using (id)
    where (n.customer_id, n.site_id, n.service_id, n.opened_at, n.concerns_privacy, n.concerns_security)
      is distinct from (t.customer_id, t.site_id, t.service_id, t.opened_at, t.concerns_privacy, t.concerns_security);
  else
    select array_agg(id) into ids from then_rows;
    delete from holding_due where incident_id = any(ids);
    perform forget_holdings(ids);
    return null;
  end if;
  if ids is not null then perform count_holdings_again(ids); end if;
  return null;
end $$;
create trigger holdings_insert after insert on history referencing new table as now_rows
  for each statement execute function note_holdings();
create trigger holdings_insert after insert on incident referencing new table as now_rows
  for each statement execute function note_holdings();
create trigger holdings_update after update on incident referencing old table as then_rows new table as now_rows
  for each statement execute function note_holdings();
create trigger holdings_delete after delete on incident referencing old table as then_rows
  for each statement execute function note_holdings();

-- In another zone incidents were opened on other days.
create function count_holdings_of_zone() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform count_holdings_again(array(select id from incident where customer_id = new.id));
  return null;
end $$;
create trigger holdings_zone after update of time_zone on customer for each row
  when (old.time_zone is distinct from new.time_zone) execute function count_holdings_of_zone();

-- Takes what is over and has been counted into the sums of a customer's month of opening, which are made one row for each key
-- again. To be called by one at a time; what somebody changes meanwhile is left for the next time.
create function settle_holdings(of_customer uuid, of_month date) returns integer
language plpgsql security definer set search_path from current as $$
declare
  taken integer;
begin
  with chosen as (
    select incident_id from holding where customer_id = of_customer and not settled and not confided and goes_on is null
      and opened_on >= of_month and opened_on < of_month + interval '1 month' for update skip locked),
  settling as (
    update holding set settled = true from chosen where chosen.incident_id = holding.incident_id returning holding),
  before as (
    delete from holding_sum where customer_id = of_customer and month = of_month returning *),
  together as (
    select b.site_id, b.part, b.service_id, b.team_id, b.waits_for, b.duration_class, b.incidents, b.handed_on,
      b.handed_on_twice, b.ping_pong, b.handovers, b.working_ms, b.waiting_ms, b.over_ms, b.duration_ms from before b
    union all
    select s.site_id, s.part, s.service_id, s.team_id, s.waits_for, s.duration_class, s.incidents, s.handed_on,
      s.handed_on_twice, s.ping_pong, s.handovers, s.working_ms, s.waiting_ms, s.over_ms, s.duration_ms
    from settling h cross join lateral holding_shares(h.holding) s),
  summed as (
    insert into holding_sum
    select of_customer, of_month, site_id, part, service_id, team_id, waits_for, duration_class, sum(incidents), sum(handed_on),
      sum(handed_on_twice), sum(ping_pong), sum(handovers), sum(working_ms), sum(waiting_ms), sum(over_ms), sum(duration_ms)
    from together group by site_id, part, service_id, team_id, waits_for, duration_class having sum(incidents) <> 0)
  select count(*) into taken from settling;
  return taken;
end $$;
revoke execute on function settle_holdings from public;
grant execute on function settle_holdings to plumbline_system;

-- Months of opening in which so much waits to be settled, or was taken out again, that it is worth it, or something has been
-- waiting for a day.
create function holdings_to_settle(enough integer, before timestamptz) returns table (customer_id uuid, month date)
language sql stable set search_path from current as $$
  select h.customer_id, date_trunc('month', h.opened_on)::date from holding h
  where not h.settled and not h.confided and h.goes_on is null
  group by 1, 2 having count(*) >= enough or min(h.counted_at) < before
  union
  select s.customer_id, s.month from holding_sum s where s.incidents < 0 group by 1, 2 having count(*) >= enough
$$;

-- Whatever is there is counted by and by, beside the work.
insert into holding_due (incident_id, customer_id) select id, customer_id from incident;

-- While very many rows are written at once their holdings are not noted either (0300).
create or replace procedure set_aside_for(tables text[]) language plpgsql set search_path from current as $$
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
  select t.relname, g.tgname, 'note', case g.tgfoid when 'note_kpi_change'::regproc
    then format('call note_all(%L, %L)', t.relname, g.tgname) else format('call note_all_holdings(%L, %L)', t.relname, g.tgname) end
  from pg_trigger g join pg_class t on t.oid = g.tgrelid
  where g.tgrelid = any(tables::regclass[]) and g.tgfoid in ('note_kpi_change'::regproc, 'note_holdings'::regproc)
    and g.tgtype & 4 = 4;

  for each in select * from set_aside s where s.of_table = any(tables) loop
    if each.kind = 'index' then execute format('drop index %I', each.name);
    elsif each.kind = 'note' then execute format('alter table %I disable trigger %I', each.of_table, each.name);
    else execute format('alter table %I drop constraint %I', each.of_table, each.name);
    end if;
  end loop;
end $$;

-- Lets a table note again whose holdings are to be counted, and has those counted that came meanwhile.
create procedure note_all_holdings(of_table text, trigger_name text) language plpgsql set search_path from current as $$
begin
  execute format('alter table %I enable trigger %I', of_table, trigger_name);
  if of_table <> 'incident' then return; end if;
  insert into holding_due (incident_id, customer_id)
  select id, customer_id from incident where not exists (select from holding h where h.incident_id = incident.id)
  on conflict (incident_id) do nothing;
end $$;
