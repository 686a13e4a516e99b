-- What is open is counted from indexes alone: of a large company it is a hundred thousand incidents and their clocks, and a
-- page that counts them is asked for all day. Each has the id by which policies know what somebody may not know of.
-- Made ahead, beside the work, where that takes long (docs/scale.md); what is there is taken as it is.
create index if not exists incident_open_customer_opened on incident (customer_id, opened_at, id)
  include (state, priority, due_at, updated_at, assignee_id, team_id, site_id, reopen_count, pause_reason)
  where state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored');

create index if not exists clock_open_counted on clock (customer_id, metric, priority, state, due_at)
  include (incident_id, service_id) where state in ('running', 'breached-running') and exclusion is null;

create index if not exists clock_running on clock (due_at) include (customer_id, site_id, incident_id) where state = 'running';
drop index if exists clock_due;

create index if not exists clock_still_missed on clock (customer_id, metric, breached_at)
  include (priority, site_id, service_id, agreement_version_id, incident_id, exclusion) where state = 'breached-running';
drop index if exists clock_open_missed;

-- What was resolved since is counted alike; 0064 has it without what the count and the policies ask for.
create index if not exists incident_resolved_counted on incident (customer_id, resolved_at) include (id, site_id, state)
  where resolved_at is not null;
drop index if exists incident_customer_resolved;

-- Whether the like of it was logged again.
create index if not exists incident_like on incident (category, service_id, customer_id, opened_at, id) where category is not null;
drop index if exists incident_category;

create index if not exists clock_behind_results on clock_behind (agreement_id, stopped_at) include (state);
drop index if exists clock_behind_agreement;

-- As 0405 has it; what is of one part lies together, for that is how it is read: of lost time there are many rows.
create or replace function fold_felt() returns void language sql security definer set search_path from current as $$
  with taken as (
    delete from felt_sum where (customer_id, month) in (select customer_id, month from felt_sum where fresh) returning *)
  insert into felt_sum
  select customer_id, survey_id, site_id, service_id, month, part, scale, score, lost_minutes, factor, sum(people), false
  from taken group by customer_id, survey_id, site_id, service_id, month, part, scale, score, lost_minutes, factor
  having sum(people) <> 0 order by part
$$;

create or replace function add_felt_up(of_customer uuid) returns void language sql security definer set search_path from current as $$
  delete from felt_sum where of_customer is null or customer_id = of_customer;
  insert into felt_sum
  select customer_id, survey_id, site_id, service_id, month, 'asked', null, null, null, null, count(*), false
  from survey_invitation where not confided and (of_customer is null or customer_id = of_customer)
  group by customer_id, survey_id, site_id, service_id, month;
  insert into felt_sum
  select a.customer_id, a.survey_id, a.site_id, a.service_id, a.month, s.part, s.scale, s.score, s.lost_minutes, s.factor, count(*), false
  from answer a cross join lateral felt_shares(a.scale, a.score, a.lost_minutes, a.factors) s
  where of_customer is null or a.customer_id = of_customer
  group by a.customer_id, a.survey_id, a.site_id, a.service_id, a.month, s.part, s.scale, s.score, s.lost_minutes, s.factor
  order by s.part;
$$;
cluster felt_sum using felt_sum_part;
analyze felt_sum;
