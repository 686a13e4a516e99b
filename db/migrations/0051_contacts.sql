-- Contacts (DOMAIN §2.3.1): one touch from outside, by whatever channel. A contact is no ticket: many are answered at once,
-- several may be about one incident.

-- Another program that hands messages over: a chat, signed with a secret that it shares with us.
create table contact_source (
  id uuid primary key,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 120),
  channel text not null check (channel in ('phone', 'walk-up', 'chat', 'mail', 'portal', 'api')),
  -- Sealed by the installation's key (src/platform/seal.ts).
  secret text not null,
  active boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1
);
call isolate_by_customer('contact_source');
drop policy own_customer on contact_source;
call narrow_to_parts('contact_source', 'false');

create table contact (
  id uuid primary key,
  customer_id uuid not null references customer,
  channel text not null check (channel in ('phone', 'walk-up', 'chat', 'mail', 'portal', 'api')),
  -- Open is what was taken down and not settled yet.
  outcome text not null check (outcome in ('open', 'answered', 'incident', 'request', 'attached', 'abandoned')),
  subject text not null check (length(subject) between 1 and 400),
  details text not null default '' check (length(details) <= 100000),
  started_at timestamptz not null,
  -- Null: nobody took the time.
  handle_seconds integer check (handle_seconds between 0 and 86400),
  person_id uuid references person on delete set null,
  caller_name text not null default '' check (length(caller_name) <= 400),
  caller_email text check (length(caller_email) <= 320),
  caller_phone text check (length(caller_phone) <= 60),
  site_id uuid references site on delete set null,
  incident_id uuid references incident on delete set null,
  taken_by uuid,
  source_id uuid references contact_source,
  -- What the source calls the conversation.
  conversation text check (length(conversation) between 1 and 200),
  recorded_at timestamptz not null,
  version integer not null default 1,
  check ((source_id is null) = (conversation is null))
);
create index contact_newest on contact (started_at desc, id desc);
create index contact_customer on contact (customer_id, started_at desc, id desc);
create index contact_incident on contact (incident_id) where incident_id is not null;
create index contact_person on contact (person_id, started_at desc) where person_id is not null;
create index contact_conversation on contact (source_id, conversation) where source_id is not null;
-- People say their number in many ways; its last eight digits are the same in each.
create index contact_phone on contact (right(regexp_replace(caller_phone, '\D', '', 'g'), 8)) where caller_phone is not null;
call isolate_by_customer('contact');
-- The provider's affair: what is said to the customer stands in the incident's history.
drop policy own_customer on contact;
call narrow_to_parts('contact', $$taken_by = nullif(current_setting('plumbline.person', true), '')::uuid
  or exists (select from incident where incident.id = contact.incident_id)
  or exists (select from parts_in_scope() part where (part.customer_id is null or part.customer_id = contact.customer_id)
    and part.site_id = contact.site_id and part.service_id is null and part.team_id is null and part.requester_id is null)$$);

-- What was written in a contact, each once however often its source says it.
create table contact_message (
  id uuid primary key,
  customer_id uuid not null references customer,
  contact_id uuid not null references contact on delete cascade,
  source_id uuid not null references contact_source,
  message_id text not null check (length(message_id) between 1 and 200),
  author text not null check (author in ('caller', 'agent', 'bot')),
  name text not null default '' check (length(name) <= 400),
  text text not null check (length(text) between 1 and 20000),
  sent_at timestamptz not null,
  unique (source_id, message_id)
);
create index contact_message_of on contact_message (contact_id, sent_at, id);
call isolate_by_customer('contact_message');
drop policy own_customer on contact_message;
call narrow_to_parts('contact_message', 'exists (select from contact where contact.id = contact_message.contact_id)');
