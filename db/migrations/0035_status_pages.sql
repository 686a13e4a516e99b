-- Status pages: what a customer's people are told of current disturbances, without signing in. The address carries a secret;
-- kept is only its fingerprint.
create table status_page (
  id uuid primary key,
  customer_id uuid not null references customer,
  audience text not null check (audience in ('customer', 'users')),
  fingerprint bytea not null unique check (length(fingerprint) = 32),
  made_by uuid,
  made_at timestamptz not null,
  revoked_at timestamptz,
  version integer not null default 1
);

create unique index status_page_one on status_page (customer_id, audience) where revoked_at is null;
call isolate_by_customer('status_page');
-- It tells of the whole customer.
call narrow_to_parts('status_page', 'false');
