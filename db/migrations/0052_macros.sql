-- Words and steps that are used again and again: somebody's own, a team's, or everybody's; for one customer or for all.

create table text_template (
  id uuid primary key,
  -- Null: for all customers.
  customer_id uuid references customer,
  -- Whose it is; neither: everybody's.
  owner_id uuid,
  team_id uuid references team on delete cascade,
  name text not null check (length(name) between 1 and 120),
  language text not null check (language in ('en', 'de')),
  -- With fields in braces, which are filled from the record that it is used for.
  text text not null check (length(text) between 1 and 20000),
  created_at timestamptz not null,
  version integer not null default 1,
  check (owner_id is null or team_id is null)
);
create index text_template_name on text_template (lower(name), id);
call isolate_by_customer('text_template', shared => true);
drop policy own_customer on text_template;
call narrow_to_parts('text_template', 'customer_id is null');
-- Whoever works for some customers has words of their own for all of these.
create policy own_words on text_template to plumbline_limited
  using (customer_id is null and owner_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (customer_id is null and owner_id = nullif(current_setting('plumbline.person', true), '')::uuid);

-- Several steps at once: words, a state, and where an incident goes.
create table macro (
  id uuid primary key,
  customer_id uuid references customer,
  owner_id uuid,
  team_id uuid references team on delete cascade,
  name text not null check (length(name) between 1 and 120),
  text text not null default '' check (length(text) <= 20000),
  visibility text not null default 'internal' check (visibility in ('internal', 'public')),
  to_state text check (to_state in ('in-progress', 'on-hold', 'restored', 'resolved', 'closed', 'cancelled')),
  reason text,
  category text check (length(category) between 1 and 200),
  to_team_id uuid references team on delete set null,
  -- Whoever uses it takes the incident.
  takes boolean not null default false,
  created_at timestamptz not null,
  version integer not null default 1,
  check (owner_id is null or team_id is null),
  check ((to_state = 'on-hold') = (reason is not null)),
  constraint macro_resolution check (to_state is distinct from 'resolved' or text <> '')
);
create index macro_name on macro (lower(name), id);
call isolate_by_customer('macro', shared => true);
drop policy own_customer on macro;
call narrow_to_parts('macro', 'customer_id is null');
create policy own_macros on macro to plumbline_limited
  using (customer_id is null and owner_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (customer_id is null and owner_id = nullif(current_setting('plumbline.person', true), '')::uuid);
