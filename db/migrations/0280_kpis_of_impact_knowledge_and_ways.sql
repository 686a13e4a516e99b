-- What the figures of business impact, of knowledge and of the way through the portal are counted from.

-- What an outage cost those it hit, with what was assumed (DOMAIN §3.7): as it was said, and what that comes to.
alter table major_incident
  add column reckoning jsonb,
  add column impact_minor bigint check (impact_minor >= 0),
  add column impact_currency text check (impact_currency ~ '^[A-Z]{3}$'),
  add constraint reckoned_whole check ((reckoning is null) = (impact_minor is null) and (reckoning is null) = (impact_currency is null));

-- Which article helped to resolve an incident. Who said so is in the audit alone.
create table incident_article (
  incident_id uuid not null references incident on delete cascade,
  article_id uuid not null references article on delete cascade,
  customer_id uuid not null references customer,
  said_at timestamptz not null,
  primary key (incident_id, article_id)
);
create index incident_article_of on incident_article (article_id);
call isolate_by_customer('incident_article');
drop policy own_customer on incident_article;
call narrow_to_parts('incident_article', 'exists (select from incident where incident.id = incident_article.incident_id)');
call feeds_kpis('incident_article', 'knowledge', '(select i.resolved_at from incident i where i.id = r.incident_id) at time zone c.time_zone');

-- How an article stood since when: whether it could be read, and when it was to be looked at again.
create table article_standing (
  article_id uuid not null references article on delete cascade,
  since timestamptz not null,
  -- Null: for everybody's people, and so of each customer.
  customer_id uuid references customer,
  state text not null,
  review_due date,
  primary key (article_id, since)
);
call isolate_by_customer('article_standing', shared => true);
drop policy own_customer on article_standing;
call narrow_to_parts('article_standing', 'false');
-- Written by the trigger alone.
revoke insert, update, delete on article_standing from plumbline_staff, plumbline_limited;

-- As the owner: whoever changes an article need not know that it is counted.
create function note_article_standing() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into article_standing (article_id, since, customer_id, state, review_due)
  values (new.id, new.updated_at, new.customer_id, new.state, new.review_due)
  on conflict (article_id, since) do update
    set customer_id = excluded.customer_id, state = excluded.state, review_due = excluded.review_due;
  insert into kpi_change (customer_id, topic, month)
  select c.id, 'articles', date_trunc('month', new.updated_at at time zone c.time_zone)::date
  from customer c where c.id in (new.customer_id, case when tg_op = 'UPDATE' then old.customer_id end)
    or new.customer_id is null or tg_op = 'UPDATE' and old.customer_id is null;
  return null;
end $$;
create trigger standing_first after insert on article for each row execute function note_article_standing();
create trigger standing_next after update of state, review_due, customer_id on article for each row
  when (old.state is distinct from new.state or old.review_due is distinct from new.review_due
    or old.customer_id is distinct from new.customer_id)
  execute function note_article_standing();
-- What stands today is known; what stood before its last change was not kept.
insert into article_standing (article_id, since, customer_id, state, review_due)
select id, updated_at, customer_id, state, review_due from article;

-- How long it took from coming to the portal to having ordered or reported something: by day, without who it was.
create table portal_find (
  customer_id uuid not null references customer,
  day date not null,
  seconds integer not null check (seconds between 0 and 3600),
  times integer not null default 1,
  primary key (customer_id, day, seconds)
);
call isolate_by_customer('portal_find');
drop policy own_customer on portal_find;
call narrow_to_parts('portal_find', 'false');
call feeds_kpis('portal_find', 'finds', 'r.day');

-- What was recorded before its figures were counted is counted with the next round.
insert into kpi_change (customer_id, topic, month)
select distinct c.id, 'articles', date_trunc('month', s.since at time zone c.time_zone)::date
  from article_standing s join customer c on c.id = s.customer_id or s.customer_id is null
union select distinct i.customer_id, 'improvements', date_trunc('month', i.verified_at at time zone c.time_zone)::date
  from improvement i join customer c on c.id = i.customer_id where i.verified_at is not null;
