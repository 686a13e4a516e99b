-- How many were asked and what they answered, added up by survey, place and month, so that a figure of many years need not read
-- every answer (decision 0183). Rows of the same key belong together: whoever answers adds a row and waits for nobody; each
-- night one row is made of them. A part of a customer reads its own sums, as it reads its own answers: both have the same places.

-- An invitation by an incident that only some may know of (0351) is in no sum.
alter table survey_invitation add column confided boolean not null default false;
update survey_invitation set confided = true where incident_id in (
  select id from incident where concerns_privacy or concerns_security);
create index survey_invitation_confided on survey_invitation (survey_id) where confided;
grant select (confided) on survey_invitation to plumbline_staff, plumbline_limited, plumbline_auditor, plumbline_customer;

create table felt_sum (
  customer_id uuid not null references customer,
  survey_id uuid not null,
  site_id uuid,
  service_id uuid,
  month date not null check (extract(day from month) = 1),
  part text not null check (part in ('asked', 'score', 'lost', 'factor')),
  -- Of a score.
  scale text,
  score integer,
  -- Of lost time.
  lost_minutes integer,
  -- What somebody named who was not content.
  factor text,
  people integer not null,
  -- Not made one row of with others of its key yet.
  fresh boolean not null default true
);
call isolate_by_customer('felt_sum');
grant select on felt_sum to plumbline_customer;
revoke insert, update, delete on felt_sum from plumbline_staff, plumbline_limited;
call narrow_to_parts('felt_sum', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = felt_sum.customer_id)
  and (part.site_id is null or part.site_id = felt_sum.site_id)
  and (part.service_id is null or part.service_id = felt_sum.service_id)
  and part.requester_id is null and part.team_id is null)');
create index felt_sum_part on felt_sum (part, customer_id, month);
create index felt_sum_fresh on felt_sum (customer_id, month) where fresh;

-- What one answer adds.
create function felt_shares(of_scale text, of_score integer, of_minutes integer, of_factors text[])
returns table (part text, scale text, score integer, lost_minutes integer, factor text)
language sql immutable parallel safe as $$
  select 'score', of_scale, of_score, null::integer, null::text
  union all
  select 'lost', null, null, of_minutes, null where of_minutes is not null
  union all
  select 'factor', null, null, null, named from unnest(of_factors) named
  where of_score <= case of_scale when 'csat' then 3 when 'ces' then 4 else 6 end
$$;

-- Adds what was written to the sums and takes out what it was before, by one statement for however many rows: what comes to
-- nothing leaves no row. As the owner: whoever answers need not know that it is added up.
create function note_felt() returns trigger language plpgsql security definer set search_path from current as $$
declare
  now_rows text := case when tg_op <> 'DELETE' then 'select *, 1 as way from now_rows' end;
  then_rows text := case when tg_op <> 'INSERT' then 'select *, -1 as way from then_rows' end;
begin
  execute format(case tg_table_name when 'survey_invitation' then $sql$
    insert into felt_sum (customer_id, survey_id, site_id, service_id, month, part, people)
    select customer_id, survey_id, site_id, service_id, month, 'asked', sum(way) from (%s) r where not confided
    group by customer_id, survey_id, site_id, service_id, month having sum(way) <> 0 $sql$
  else $sql$
    insert into felt_sum (customer_id, survey_id, site_id, service_id, month, part, scale, score, lost_minutes, factor, people)
    select r.customer_id, r.survey_id, r.site_id, r.service_id, r.month, s.part, s.scale, s.score, s.lost_minutes, s.factor, sum(r.way)
    from (%s) r cross join lateral felt_shares(r.scale, r.score, r.lost_minutes, r.factors) s
    group by r.customer_id, r.survey_id, r.site_id, r.service_id, r.month, s.part, s.scale, s.score, s.lost_minutes, s.factor
    having sum(r.way) <> 0 $sql$ end, concat_ws(' union all ', now_rows, then_rows));
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['survey_invitation', 'survey_answer', 'anonymous_answer'] loop
    execute format('create trigger felt_insert after insert on %I referencing new table as now_rows
      for each statement execute function note_felt()', name);
    execute format('create trigger felt_update after update on %I referencing old table as then_rows new table as now_rows
      for each statement execute function note_felt()', name);
    execute format('create trigger felt_delete after delete on %I referencing old table as then_rows
      for each statement execute function note_felt()', name);
  end loop;
end $$;

-- Whether an invitation is by a confidential incident follows the incident.
create function confide_invitation() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.confided := coalesce((select i.concerns_privacy or i.concerns_security from incident i where i.id = new.incident_id), false);
  return new;
end $$;
create trigger confided_insert before insert on survey_invitation for each row
  when (new.incident_id is not null) execute function confide_invitation();
create trigger confided_update before update of incident_id on survey_invitation for each row
  when (new.incident_id is distinct from old.incident_id) execute function confide_invitation();

create function confide_invitations() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update survey_invitation set confided = new.concerns_privacy or new.concerns_security
  where survey_id = any(array(select id from survey)) and incident_id = new.id;
  return null;
end $$;
create trigger confided_invitations after update of concerns_privacy, concerns_security on incident for each row
  when ((old.concerns_privacy or old.concerns_security) <> (new.concerns_privacy or new.concerns_security))
  execute function confide_invitations();

-- Makes one row of each key where something was added. Whatever is added meanwhile is left for the next time.
create function fold_felt() returns void language sql security definer set search_path from current as $$
  with taken as (
    delete from felt_sum where (customer_id, month) in (select customer_id, month from felt_sum where fresh) returning *)
  insert into felt_sum
  select customer_id, survey_id, site_id, service_id, month, part, scale, score, lost_minutes, factor, sum(people), false
  from taken group by customer_id, survey_id, site_id, service_id, month, part, scale, score, lost_minutes, factor
  having sum(people) <> 0
$$;

-- Adds everything of a customer up anew, as after their rows were written without triggers; null: of all.
create function add_felt_up(of_customer uuid) returns void language sql security definer set search_path from current as $$
  delete from felt_sum where of_customer is null or customer_id = of_customer;
  insert into felt_sum
  select customer_id, survey_id, site_id, service_id, month, 'asked', null, null, null, null, count(*), false
  from survey_invitation where not confided and (of_customer is null or customer_id = of_customer)
  group by customer_id, survey_id, site_id, service_id, month;
  insert into felt_sum
  select a.customer_id, a.survey_id, a.site_id, a.service_id, a.month, s.part, s.scale, s.score, s.lost_minutes, s.factor, count(*), false
  from answer a cross join lateral felt_shares(a.scale, a.score, a.lost_minutes, a.factors) s
  where of_customer is null or a.customer_id = of_customer
  group by a.customer_id, a.survey_id, a.site_id, a.service_id, a.month, s.part, s.scale, s.score, s.lost_minutes, s.factor;
$$;
revoke execute on function fold_felt, add_felt_up from public;
grant execute on function fold_felt, add_felt_up to plumbline_system;

select add_felt_up(null);
analyze felt_sum;
