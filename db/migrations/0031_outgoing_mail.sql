-- Mails that go out: written in the transaction of what they tell of, sent afterwards, in order for each recipient.

-- Beside a mail that is assigned: to whose team it goes.
grant select (team_id) on mail_account to plumbline_limited;

-- Whether mails to `desk+anything@` reach `desk@`: then answers go to an address that says which ticket they are about.
alter table mail_account add column plus_address boolean not null default false;

create table outgoing_mail (
  id uuid primary key,
  account_id uuid not null references mail_account,
  customer_id uuid not null references customer,
  incident_id uuid references incident on delete cascade,
  -- The fact of the history that it tells, or the mail that it confirms.
  fact_id uuid not null,
  -- What it tells: that something arrived, a message, a question, that it is done.
  kind text not null check (kind in ('received', 'message', 'question', 'resolved')),
  recipient text not null check (length(recipient) between 3 and 320),
  recipient_name text not null default '',
  -- The same at each attempt: whoever gets it twice sees that it is one.
  message_id text not null unique,
  -- The Message-ID that it answers, and those of the thread; none when it begins one.
  in_reply_to text,
  thread text[] not null default '{}',
  subject text not null,
  text text not null,
  html text not null,
  -- Written by no person: nobody's program answers it.
  automatic boolean not null,
  created_at timestamptz not null,
  -- When it is tried (again); null when that is over.
  due_at timestamptz,
  attempts integer not null default 0,
  -- Set before the server is asked and taken back when it refuses: a mail that was begun and not ended may have gone out.
  begun_at timestamptz,
  sent_at timestamptz,
  failed_at timestamptz,
  problem text,
  problem_detail text,
  unique (fact_id, recipient)
);

create index outgoing_mail_due on outgoing_mail (due_at, id) where due_at is not null;
-- The one before it for the same recipient.
create index outgoing_mail_recipient on outgoing_mail (recipient, id) where due_at is not null;
create index outgoing_mail_incident on outgoing_mail (incident_id, id);
create index outgoing_mail_customer on outgoing_mail (customer_id, id);
call isolate_by_customer('outgoing_mail');
drop policy own_customer on outgoing_mail;
call narrow_to_parts('outgoing_mail', 'exists (select from incident where incident.id = outgoing_mail.incident_id)');

-- What a mail says, where it is not what the program says: for one customer or for all, in one language.
create table mail_template (
  id uuid primary key,
  customer_id uuid references customer,
  kind text not null check (kind in ('received', 'message', 'question', 'resolved')),
  language text not null check (language in ('en', 'de')),
  subject text not null check (length(subject) between 1 and 400),
  body text not null check (length(body) between 1 and 20000),
  version integer not null default 1,
  unique nulls not distinct (customer_id, kind, language)
);

call isolate_by_customer('mail_template', shared => true);
drop policy own_customer on mail_template;
call narrow_to_parts('mail_template', 'false');
