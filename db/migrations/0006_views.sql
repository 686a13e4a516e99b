-- Lists as people keep them, links between incidents, and what lists of incidents are narrowed by.

-- A list somebody keeps under a name: filters, columns and order, as they stand in the page's address.
create table saved_view (
  id uuid primary key,
  owner_id uuid not null,
  -- Whose people the owner belongs to; null for the provider's. Nobody else's people ever see it.
  owner_customer_id uuid,
  page text not null check (page ~ '^[a-z][a-z-]{0,39}$'),
  name text not null check (length(name) between 1 and 120),
  search jsonb not null check (jsonb_typeof(search) = 'object' and pg_column_size(search) < 16384),
  -- The customer that it shows; whoever may not see that one does not see that somebody looks at it.
  customer_id uuid,
  shared_with text not null default 'nobody' check (shared_with in ('nobody', 'team', 'all')),
  team_id uuid references team on delete cascade,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  check ((shared_with = 'team') = (team_id is not null)),
  check (shared_with <> 'team' or owner_customer_id is null)
);

create unique index saved_view_name on saved_view (owner_id, page, lower(name));
create index saved_view_shared on saved_view (page, lower(name)) where shared_with <> 'nobody';

alter table saved_view enable row level security;
create policy own on saved_view
  using (owner_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (owner_id = nullif(current_setting('plumbline.person', true), '')::uuid);
create policy everything on saved_view to plumbline_system using (true) with check (true);
create policy shared_inside on saved_view for select to plumbline_staff, plumbline_auditor
  using (owner_customer_id is null and (shared_with = 'all' or team_id in
    (select team_id from team_member where person_id = nullif(current_setting('plumbline.person', true), '')::uuid)));
create policy shared_in_scope on saved_view for select to plumbline_limited
  using (owner_customer_id is null and customer_id = any((select customers_in_scope())::uuid[]) and (shared_with = 'all'
    or team_id in
    (select team_id from team_member where person_id = nullif(current_setting('plumbline.person', true), '')::uuid)));
create policy shared_by_own_people on saved_view for select to plumbline_customer
  using (shared_with = 'all' and owner_customer_id = any((select customers_in_scope())::uuid[]));
grant select, insert, update, delete on saved_view to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_system;
grant select on saved_view to plumbline_auditor;

-- The view that a person's page opens with.
create table default_view (
  person_id uuid not null,
  page text not null,
  view_id uuid not null references saved_view on delete cascade,
  primary key (person_id, page)
);

alter table default_view enable row level security;
create policy own on default_view
  using (person_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (person_id = nullif(current_setting('plumbline.person', true), '')::uuid);
create policy everything on default_view to plumbline_system using (true) with check (true);
grant select, insert, update, delete on default_view to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_system;
grant select on default_view to plumbline_auditor;

-- What two incidents of a customer have to do with each other, read from the first to the second.
create table incident_link (
  id uuid primary key,
  customer_id uuid not null references customer,
  from_id uuid not null references incident on delete cascade,
  to_id uuid not null references incident on delete cascade,
  kind text not null check (kind in ('relates-to', 'duplicate-of', 'child-of')),
  created_at timestamptz not null default now(),
  check (from_id <> to_id)
);

-- One link between two, whichever of them it was made from.
create unique index incident_link_pair on incident_link (least(from_id, to_id), greatest(from_id, to_id));
create index incident_link_from on incident_link (from_id);
create index incident_link_to on incident_link (to_id);
call isolate_by_customer('incident_link');
grant select on incident_link to plumbline_customer;

-- A list narrowed by one of these must not read all others to find its few.
create index incident_site_updated on incident (site_id, updated_at desc, id desc) where site_id is not null;
create index incident_service_updated on incident (service_id, updated_at desc, id desc) where service_id is not null;
create index incident_assignee_updated on incident (assignee_id, updated_at desc, id desc) where assignee_id is not null;
create index incident_unheld_updated on incident (updated_at desc, id desc) where team_id is null;
-- Of few values: small, and it says which are rare; the others are found soon in the order asked for.
create index incident_category on incident (category) where category is not null;
create index incident_by_source on incident (source) where source is not null;
