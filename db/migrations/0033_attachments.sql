-- Files that belong to a record, such as a screenshot to an incident. Each content is kept once in the data folder, under
-- its SHA-256, however many records it belongs to.
create table kept_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  -- What it is by its content, never by its name.
  type text not null,
  kept_at timestamptz not null default now()
);
alter table kept_file enable row level security;
-- It says nothing of whose it is: nobody but the program sees it, and a file is reached by the record that it belongs to.
create policy everything on kept_file to plumbline_system using (true) with check (true);
grant select, insert, update, delete on kept_file to plumbline_system;

-- Says that a content is kept; said again, it is not swept away in the meantime.
create function keep_file(sha256 text, size bigint, type text, at timestamptz) returns void
language sql security definer set search_path from current as $$
  insert into kept_file values (sha256, size, type, at)
  on conflict on constraint kept_file_pkey do update set kept_at = excluded.kept_at
$$;

create table attachment (
  id uuid primary key,
  customer_id uuid not null references customer,
  subject_type text not null check (subject_type in ('incident')),
  subject_id uuid not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null references kept_file,
  size bigint not null,
  type text not null,
  visibility text not null default 'internal' check (visibility in ('public', 'internal')),
  added_by uuid,
  added_at timestamptz not null default now(),
  -- Taken away, and to be had back until the file goes.
  removed_at timestamptz,
  version integer not null default 1
);
create unique index attachment_once on attachment (subject_id, sha256, name) where removed_at is null;
create index attachment_file on attachment (sha256);
create index attachment_removed on attachment (removed_at) where removed_at is not null;

call isolate_by_customer('attachment');
-- What is for the provider's own eyes, and what was taken away, is not there for the customer's people.
create policy public_ones on attachment as restrictive for select to plumbline_customer
  using (visibility = 'public' and removed_at is null
    and exists (select from incident where incident.id = attachment.subject_id));
grant select (id, customer_id, subject_type, subject_id, name, sha256, size, type, visibility, added_at, removed_at, version)
  on attachment to plumbline_customer;
call narrow_to_parts('attachment', 'exists (select from incident where incident.id = attachment.subject_id)');
