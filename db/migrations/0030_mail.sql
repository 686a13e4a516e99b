-- Mails that come in: from which mailboxes, whose they are, and what became of each.

-- A mailbox that is read, and from which answers go out.
create table mail_account (
  id uuid primary key,
  -- Whose work its mails are; none leaves them to whoever sorts.
  team_id uuid references team,
  -- Whose mails they are when nothing else says so.
  customer_id uuid references customer,
  -- What people write to, and read as the sender.
  address text not null unique check (address = lower(address) and length(address) between 3 and 320),
  name text not null default '' check (length(name) <= 200),
  imap_host text not null check (length(imap_host) between 1 and 255),
  imap_port integer not null check (imap_port between 1 and 65535),
  imap_security text not null check (imap_security in ('tls', 'starttls', 'none')),
  folder text not null default 'INBOX' check (length(folder) between 1 and 200),
  -- Without a server for sending, nothing goes out from here.
  smtp_host text check (length(smtp_host) between 1 and 255),
  smtp_port integer check (smtp_port between 1 and 65535),
  smtp_security text check (smtp_security in ('tls', 'starttls', 'none')),
  check ((smtp_host is null) = (smtp_port is null) and (smtp_host is null) = (smtp_security is null)),
  user_name text not null check (length(user_name) between 1 and 320),
  -- A password, or the refresh token of OAuth 2; sealed by the installation's key (src/platform/seal.ts).
  sign_in text not null check (sign_in in ('password', 'oauth')),
  secret text not null,
  -- Of OAuth 2: where an access token is fetched, and as whom. The client's secret is sealed, too.
  oauth_token_url text check (length(oauth_token_url) <= 500),
  oauth_client_id text check (length(oauth_client_id) <= 300),
  oauth_client_secret text,
  oauth_scope text check (length(oauth_scope) <= 1000),
  check ((sign_in = 'oauth') = (oauth_token_url is not null and oauth_client_id is not null)),
  paused boolean not null default false,
  -- How far the mailbox was read. The server numbers its mails anew when the validity changes.
  uid_validity bigint,
  last_uid bigint not null default 0,
  checked_at timestamptz,
  failing_since timestamptz,
  -- A code of the catalogue, and what the server said.
  problem text,
  problem_detail text,
  created_at timestamptz not null,
  version integer not null default 1
);

-- The secrets are sealed, but who may not administer has no business with servers either.
grant select, insert, update, delete on mail_account to plumbline_staff, plumbline_system;
grant select on mail_account to plumbline_auditor;
-- Beside the name of where a mail came from.
grant select (id, address, name) on mail_account to plumbline_limited;

-- Whoever writes from there belongs to this customer. Several may share one; then it says nothing.
create table customer_mail_domain (
  customer_id uuid not null references customer,
  domain text not null check (domain = lower(domain) and length(domain) between 1 and 255),
  primary key (customer_id, domain)
);

create index customer_mail_domain_domain on customer_mail_domain (domain);
call isolate_by_customer('customer_mail_domain');
drop policy own_customer on customer_mail_domain;
call narrow_to_parts('customer_mail_domain', 'false');

-- A mail that came, once for each mailbox it came to. The mail itself is a file, named by its hash; it is never changed.
create table received_mail (
  id uuid primary key,
  account_id uuid not null references mail_account,
  message_id text not null,
  -- Of sender, subject, date and text: another mail under the same Message-ID is another mail.
  content_hash bytea not null,
  -- Null until somebody knows whose it is.
  customer_id uuid references customer,
  outcome text not null
    check (outcome in ('ticket', 'reply', 'bounce', 'automatic', 'report', 'refused', 'unassigned', 'held')),
  reason text not null,
  -- Whom a notice is about; empty when it does not say.
  recipient text not null default '',
  incident_id uuid references incident on delete set null,
  from_name text not null default '',
  from_address text,
  subject text not null default '',
  sent_at timestamptz,
  -- When the mailbox got it.
  received_at timestamptz not null,
  taken_at timestamptz not null,
  sha256 bytea not null,
  size bigint not null,
  files integer not null default 0,
  unique (account_id, message_id)
);

create index received_mail_message on received_mail (message_id);
create index received_mail_newest on received_mail (received_at desc, id desc);
create index received_mail_customer on received_mail (customer_id, received_at desc, id desc);
create index received_mail_incident on received_mail (incident_id) where incident_id is not null;
create index received_mail_waiting on received_mail (received_at desc, id desc) where outcome in ('unassigned', 'held');
-- How many somebody sent of late.
create index received_mail_sender on received_mail (from_address, taken_at desc);
call isolate_by_customer('received_mail');
-- The provider's affair: what is said in them stands in the incident's history.
drop policy own_customer on received_mail;
call narrow_to_parts('received_mail', 'exists (select from incident where incident.id = received_mail.incident_id)');
