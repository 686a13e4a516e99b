-- What is known and worth reading again, and what finds the reports of one person.

-- Whoever only reports looks through their own reports alone.
create index incident_requester_updated on incident (requester_id, updated_at desc, id desc) where requester_id is not null;

create table article (
  id uuid primary key,
  -- For this customer's people alone; null for everybody's.
  customer_id uuid references customer,
  -- Who reads it: everybody (user), the provider's people (agent), or one customer's people (customer).
  audience text not null check (audience in ('user', 'agent', 'customer')),
  check (audience <> 'customer' or customer_id is not null),
  check (audience <> 'user' or customer_id is null),
  title text not null check (length(title) between 1 and 400),
  -- Markdown.
  text text not null check (length(text) <= 200000),
  language text not null check (language in ('de', 'en')),
  state text not null default 'draft' check (state in ('draft', 'review', 'published', 'outdated', 'retired')),
  owner_id uuid,
  review_due date,
  -- What it was made from.
  incident_id uuid references incident on delete set null,
  -- How often it was opened by those it is for, and what they said of it.
  used integer not null default 0,
  helpful integer not null default 0,
  unhelpful integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  search tsvector not null generated always as (case language
    when 'de' then setweight(to_tsvector('german', title), 'A') || to_tsvector('german', text)
    else setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text) end) stored
);
create index article_updated on article (updated_at desc, id desc);
create index article_search on article using gin (search);

call isolate_by_customer('article', shared => true);
-- A customer's people read what is told to them: nothing that is being written, nothing of the provider's own.
create policy told on article as restrictive for select to plumbline_customer
  using (state = 'published' and audience <> 'agent');
grant select (id, customer_id, audience, title, text, language, state, review_due, used, helpful, unhelpful, created_at,
  updated_at, version, search) on article to plumbline_customer;

-- What each reader said of an article. Only the program sees who said what.
create table article_vote (
  article_id uuid not null references article on delete cascade,
  person_id uuid not null,
  helpful boolean not null,
  voted_at timestamptz not null,
  primary key (article_id, person_id)
);
alter table article_vote enable row level security;
create policy everything on article_vote to plumbline_system using (true) with check (true);
grant select, insert, update, delete on article_vote to plumbline_system;
