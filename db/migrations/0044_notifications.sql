-- Notifications: that something happened which concerns one person. They hold no words: what is said is read from the fact
-- itself, by whoever it is said to, so that whoever lost sight of it finds nothing.
create table notification (
  id uuid primary key,
  person_id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{0,39}$'),
  -- The fact of the history that it tells; with its moment, for that is how it is found.
  fact_id uuid not null,
  fact_at timestamptz not null,
  subject_type text not null,
  subject_id uuid not null,
  customer_id uuid,
  created_at timestamptz not null,
  -- Whether it is listed in the application.
  shown boolean not null,
  read_at timestamptz,
  -- When it goes out by mail, and how; null when it does not or has.
  mail_due_at timestamptz,
  mail_as text check (mail_as in ('now', 'daily', 'weekly')),
  check ((mail_due_at is null) or (mail_as is not null)),
  -- Whoever is reached in two ways is told once.
  unique (fact_id, person_id)
);

create index notification_newest on notification (person_id, created_at desc, id desc) where shown;
create index notification_unread on notification (person_id) where shown and read_at is null;
create index notification_mail_due on notification (mail_due_at) where mail_due_at is not null;
create index notification_age on notification (created_at);
create index notification_customer on notification (customer_id);

alter table notification enable row level security;
-- Nobody reads what another person was told, whatever they administer.
create policy own on notification to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor
  using (person_id = nullif(current_setting('plumbline.person', true), '')::uuid)
  with check (person_id = nullif(current_setting('plumbline.person', true), '')::uuid);
-- Evaluated for the reader, now: the fact has to be in sight.
create policy in_sight on notification as restrictive
  to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor
  using (exists (select from history where history.id = notification.fact_id and history.occurred_at = notification.fact_at));
create policy everything on notification to plumbline_system using (true) with check (true);
grant select, insert, update, delete on notification to plumbline_system;
grant select, update (read_at, mail_due_at) on notification
  to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor;

-- Facts that were told, so that none is told twice however often it is looked at. Forgotten when they are no news any more.
create table notified_fact (
  fact_id uuid primary key,
  at timestamptz not null
);
create index notified_fact_age on notified_fact (at);
grant select, insert, delete on notified_fact to plumbline_system;

-- How somebody wants to hear of one kind, where it differs from what is usual.
create table notification_setting (
  person_id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{0,39}$'),
  shown boolean not null,
  mail text not null check (mail in ('never', 'now', 'daily', 'weekly')),
  push boolean not null,
  primary key (person_id, kind)
);

-- When somebody wants to hear of things; in minutes after midnight in their own zone.
create table notification_rhythm (
  person_id uuid primary key,
  digest_at integer not null default 450 check (digest_at between 0 and 1439),
  -- Of weekly digests: 1 is Monday.
  digest_day integer not null default 1 check (digest_day between 1 and 7),
  quiet_from integer check (quiet_from between 0 and 1439),
  quiet_to integer check (quiet_to between 0 and 1439),
  check ((quiet_from is null) = (quiet_to is null)),
  -- Since when their address takes no mail: nothing more goes there until they say that it does.
  mail_failed_at timestamptz
);

-- Browsers that somebody lets us reach while the application is closed. The address is a secret of that browser.
create table push_subscription (
  id uuid primary key,
  person_id uuid not null,
  endpoint text not null unique check (length(endpoint) between 10 and 2000),
  p256dh text not null check (length(p256dh) between 80 and 100),
  auth text not null check (length(auth) between 20 and 30),
  device text not null default '' check (length(device) <= 200),
  created_at timestamptz not null
);
create index push_subscription_person on push_subscription (person_id);

do $$
declare
  own text;
begin
  foreach own in array array['notification_setting', 'notification_rhythm', 'push_subscription'] loop
    execute format('alter table %I enable row level security', own);
    execute format('create policy own on %I
      using (person_id = nullif(current_setting(''plumbline.person'', true), '''')::uuid)
      with check (person_id = nullif(current_setting(''plumbline.person'', true), '''')::uuid)', own);
    execute format('create policy everything on %I to plumbline_system using (true) with check (true)', own);
    execute format('grant select, insert, update, delete on %I to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor, plumbline_system', own);
  end loop;
end $$;

-- Notifications go out through the same outbox. What one tells may concern several customers or none, and no one but the
-- program reads it: it is a letter to one person.
alter table outgoing_mail alter column customer_id drop not null;
alter table outgoing_mail drop constraint outgoing_mail_kind_check;
alter table outgoing_mail add constraint outgoing_mail_kind_check
  check (kind in ('received', 'message', 'question', 'resolved', 'notification'));
-- The person of ours to whom it goes, and the facts that it tells, with their moments: when it is sent, each has still to be
-- in their sight.
alter table outgoing_mail add column person_id uuid;
alter table outgoing_mail add column facts uuid[] not null default '{}';
-- Where they can have no more of them.
alter table outgoing_mail add column unsubscribe text;
alter table outgoing_mail add constraint outgoing_mail_of_somebody
  check (case when kind = 'notification' then person_id is not null else customer_id is not null end);
create policy letters on outgoing_mail as restrictive to plumbline_staff, plumbline_limited, plumbline_auditor
  using (kind <> 'notification') with check (kind <> 'notification');

-- Who follows an incident without holding it.
create table incident_watcher (
  incident_id uuid not null references incident on delete cascade,
  person_id uuid not null,
  customer_id uuid not null references customer,
  since timestamptz not null,
  primary key (incident_id, person_id)
);
create index incident_watcher_person on incident_watcher (person_id, since desc);
call isolate_by_customer('incident_watcher');
call narrow_to_parts('incident_watcher', 'exists (select from incident where incident.id = incident_watcher.incident_id)');
drop policy own_customer on incident_watcher;
-- Who else follows it is the provider's affair.
create policy own on incident_watcher to plumbline_customer
  using (person_id = nullif(current_setting('plumbline.person', true), '')::uuid and customer_id = any((select customers_in_scope())::uuid[]))
  with check (person_id = nullif(current_setting('plumbline.person', true), '')::uuid
    and customer_id = any((select customers_in_scope())::uuid[])
    and exists (select from incident where incident.id = incident_watcher.incident_id));
grant select, insert, delete on incident_watcher to plumbline_customer;
