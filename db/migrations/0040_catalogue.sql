-- What people can order. What an item says is in its versions, which never change: a request keeps what it was ordered by.
create table catalogue_item (
  id uuid primary key,
  -- For this customer's people alone; null for everybody's.
  customer_id uuid references customer,
  service_id uuid references service,
  -- Where it can be ordered for; none means everywhere.
  site_ids uuid[] not null default '{}',
  -- Which of a customer's people may order it, by their roles; none means all of them.
  roles text[] not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  -- The version that holds.
  edition integer not null default 1,
  -- Sealed: signs the calls by which it is fulfilled without hands.
  call_secret text,
  -- Of names, synonyms and descriptions of the version that holds.
  search tsvector not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);
create index catalogue_item_search on catalogue_item using gin (search);
call isolate_by_customer('catalogue_item', shared => true);
create policy published on catalogue_item as restrictive for select to plumbline_customer using (state = 'published');
call narrow_to_parts('catalogue_item', 'customer_id is null or exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = catalogue_item.customer_id)
  and (part.site_id is null or site_ids = ''{}'' or part.site_id = any(site_ids))
  and (part.service_id is null or catalogue_item.service_id is null or part.service_id = catalogue_item.service_id))');
grant select (id, customer_id, service_id, site_ids, roles, state, edition, search, created_at, updated_at, version)
  on catalogue_item to plumbline_customer;

create table catalogue_item_version (
  id uuid primary key,
  item_id uuid not null references catalogue_item on delete cascade,
  customer_id uuid references customer,
  number integer not null,
  -- By language: what it is called, what else it is called, what it is.
  name jsonb not null,
  synonyms jsonb not null,
  description jsonb not null,
  -- `Field[]` of src/modules/catalogue/item.ts, in their order.
  fields jsonb not null,
  -- In the smallest unit of the currency; null where nothing is charged.
  price_minor bigint check (price_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  check ((price_minor is null) = (currency is null)),
  -- Whom it is put before, and by whom it is fulfilled in which time: `ApprovalStep[]`, `PlannedTask[]`.
  approval jsonb not null,
  plan jsonb not null,
  with_approval boolean not null,
  -- Service time that the plan takes, its side-by-side tasks counted once.
  planned_seconds bigint not null check (planned_seconds >= 0),
  created_at timestamptz not null,
  created_by uuid,
  unique (item_id, number)
);
call isolate_by_customer('catalogue_item_version', shared => true);
call narrow_to_parts('catalogue_item_version',
  'exists (select from catalogue_item where catalogue_item.id = catalogue_item_version.item_id)');
create policy of_published on catalogue_item_version as restrictive for select to plumbline_customer
  using (exists (select from catalogue_item where catalogue_item.id = catalogue_item_version.item_id));
-- Who decides and who does the work is the provider's affair.
grant select (id, item_id, customer_id, number, name, synonyms, description, fields, price_minor, currency, with_approval,
  planned_seconds, created_at) on catalogue_item_version to plumbline_customer;

create function keep_catalogue_item_version() returns trigger language plpgsql as $$
begin
  raise exception 'a version of a catalogue item does not change' using errcode = 'integrity_constraint_violation';
end $$;
create trigger keep_version before update on catalogue_item_version
  for each row execute function keep_catalogue_item_version();
