-- What was brought in from elsewhere, and what was told to customers.

-- One file, read once. It can be looked up, gone on with after a stop, and taken back.
create table import (
  id uuid primary key,
  customer_id uuid references customer,
  source text not null,
  file_name text not null,
  file_size bigint not null,
  sha256 bytea,
  state text not null check (state in ('uploading', 'uploaded', 'running', 'done', 'failed', 'cancelled', 'undone')),
  -- `ImportMapping` of src/modules/imports/mapping.ts: columns, zone, date order, encoding, states.
  mapping jsonb,
  dry_run boolean not null default false,
  -- Of the bytes read so far.
  progress_bytes bigint not null default 0,
  phase text,
  -- `{ rows, tickets, events, rejected, seconds }`.
  counts jsonb,
  failure jsonb,
  cancel_asked boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);

create index import_newest on import (created_at desc, id desc);
alter table import enable row level security;
create policy all_customers on import to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on import for select to plumbline_auditor using (true);
create policy own_customers on import to plumbline_limited
  using (customer_id = any((select customers_in_scope())::uuid[]) or created_by = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (customer_id is null or customer_id = any((select customers_in_scope())::uuid[]));
grant select, insert, update on import to plumbline_staff, plumbline_limited, plumbline_system;
grant select on import to plumbline_auditor;

-- A row that could not be taken, with where and why.
create table import_reject (
  import_id uuid not null references import on delete cascade,
  line bigint not null,
  column_name text,
  code text not null,
  facts jsonb not null default '{}',
  value text,
  primary key (import_id, line, code)
);

alter table import_reject enable row level security;
create policy as_its_import on import_reject using (exists (select from import where import.id = import_reject.import_id))
  with check (exists (select from import where import.id = import_reject.import_id));
grant select, insert on import_reject to plumbline_staff, plumbline_limited, plumbline_system;
grant delete on import_reject to plumbline_system;
grant select on import_reject to plumbline_auditor;

-- The service review of a customer's month. Its facts are frozen when it is made: a correction is a new version.
create table review (
  id uuid primary key,
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  version integer not null,
  edition text not null default 'customer' check (edition in ('customer', 'internal')),
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  progress integer not null default 0 check (progress between 0 and 100),
  -- `ReviewFacts` of src/modules/reviews/facts.ts, and the SHA-256 of their canonical form.
  facts jsonb,
  checksum text,
  failure jsonb,
  locked_at timestamptz,
  -- From here on the customer may read it.
  issued_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  unique (customer_id, month, edition, version)
);

alter table review enable row level security;
create policy all_customers on review to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on review for select to plumbline_auditor using (true);
create policy own_customers on review to plumbline_limited
  using (customer_id = any((select customers_in_scope())::uuid[]))
  with check (customer_id = any((select customers_in_scope())::uuid[]));
create policy own_issued on review for select to plumbline_customer
  using (edition = 'customer' and issued_at is not null and customer_id = any((select customers_in_scope())::uuid[]));
grant select, insert, update on review to plumbline_staff, plumbline_limited, plumbline_system;
grant select on review to plumbline_auditor;
grant select (id, customer_id, month, version, edition, state, progress, facts, checksum, locked_at, issued_at, created_at)
  on review to plumbline_customer;

create table review_document (
  review_id uuid not null references review on delete cascade,
  customer_id uuid not null,
  language text not null,
  format text not null check (format in ('pptx', 'pdf', 'xlsx')),
  content bytea not null,
  sha256 text not null,
  made_at timestamptz not null default now(),
  primary key (review_id, language, format)
);

alter table review_document enable row level security;
create policy as_its_review on review_document
  using (exists (select from review where review.id = review_document.review_id))
  with check (exists (select from review where review.id = review_document.review_id));
grant select, insert on review_document to plumbline_staff, plumbline_limited, plumbline_system;
grant delete on review_document to plumbline_system;
grant select on review_document to plumbline_auditor, plumbline_customer;
