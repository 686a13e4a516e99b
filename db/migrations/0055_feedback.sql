-- What people say of a service: surveys and their answers, compliments and complaints (DOMAIN §2.7, §3.5, §5.5).
create table survey (
  id uuid primary key,
  -- Null: for all customers.
  customer_id uuid references customer,
  name text not null check (length(name) between 1 and 120),
  -- When somebody is asked: after their incident, again and again, or when somebody says so.
  trigger text not null check (trigger in ('resolved', 'closed', 'periodic', 'event')),
  scale text not null check (scale in ('csat', 'nps', 'ces')),
  -- Identified: the provider sees who said it. Confidential: nobody does, but the program knows. Anonymous: nothing knows.
  anonymity text not null check (anonymity in ('identified', 'confidential', 'anonymous')),
  -- By language, where it is not the usual one.
  question jsonb not null default '{}',
  asks_lost_time boolean not null default true,
  asks_factors boolean not null default true,
  every_days integer check (every_days between 7 and 366),
  check ((trigger = 'periodic') = (every_days is not null)),
  next_on date,
  -- Nobody is asked more often, by whichever survey.
  fatigue_days integer not null default 14 check (fatigue_days between 0 and 366),
  valid_days integer not null default 21 check (valid_days between 1 and 366),
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1
);
create index survey_newest on survey (created_at desc, id desc);
call isolate_by_customer('survey', shared => true);
drop policy own_customer on survey;
call narrow_to_parts('survey', 'false');

-- An address that everybody may answer at, such as behind a QR code on a wall. It is no secret: it hangs there.
create table survey_link (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 120),
  site_id uuid references site,
  service_id uuid references service,
  key text not null unique check (length(key) between 20 and 60),
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1
);
create index survey_link_survey on survey_link (survey_id, created_at);
call isolate_by_customer('survey_link');
drop policy own_customer on survey_link;
call narrow_to_parts('survey_link', 'false');

-- That somebody was asked. Of an anonymous survey it says no more than that one more was.
create table survey_invitation (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  customer_id uuid not null references customer,
  site_id uuid,
  service_id uuid,
  month date not null check (extract(day from month) = 1),
  person_id uuid references person on delete cascade,
  incident_id uuid references incident on delete set null,
  -- Of the secret in the mail.
  fingerprint bytea unique check (length(fingerprint) = 32),
  language text not null check (language in ('en', 'de')),
  invited_at timestamptz,
  expires_at timestamptz not null,
  answered_at timestamptz,
  -- Until something was added to the score, or nothing can be any more.
  answer_id uuid
);
create unique index survey_invitation_incident on survey_invitation (survey_id, incident_id) where incident_id is not null;
create index survey_invitation_month on survey_invitation (customer_id, month);
create index survey_invitation_person on survey_invitation (person_id) where person_id is not null;
call isolate_by_customer('survey_invitation');
-- Who was asked and whether they answered is known to the program alone: else a confidential answer had a name.
revoke all on survey_invitation from plumbline_staff, plumbline_limited, plumbline_auditor;
grant select (id, survey_id, customer_id, site_id, service_id, month) on survey_invitation
  to plumbline_staff, plumbline_limited, plumbline_auditor, plumbline_customer;
call narrow_to_parts('survey_invitation', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = survey_invitation.customer_id)
  and (part.site_id is null or part.site_id = survey_invitation.site_id)
  and (part.service_id is null or part.service_id = survey_invitation.service_id)
  and part.requester_id is null and part.team_id is null)');

-- When somebody was asked last, by whichever survey.
create table survey_contact (
  person_id uuid primary key references person on delete cascade,
  asked_at timestamptz not null
);
alter table survey_contact enable row level security;
create policy everything on survey_contact to plumbline_system using (true) with check (true);
grant select, insert, update, delete on survey_contact to plumbline_system;

-- An answer without who gave it. The moment is a month, and the id tells of no time.
create table survey_answer (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  customer_id uuid not null references customer,
  site_id uuid,
  service_id uuid,
  month date not null check (extract(day from month) = 1),
  scale text not null check (scale in ('csat', 'nps', 'ces')),
  anonymity text not null check (anonymity in ('identified', 'confidential')),
  score integer not null check (score between 0 and 10),
  lost_minutes integer check (lost_minutes between 0 and 100000),
  factors text[] not null default '{}'
);
create index survey_answer_month on survey_answer (customer_id, month);
call isolate_by_customer('survey_answer');
grant select on survey_answer to plumbline_customer;
-- Answers are taken in by the program, and nobody changes them.
revoke insert, update, delete on survey_answer from plumbline_staff, plumbline_limited;
call narrow_to_parts('survey_answer', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = survey_answer.customer_id)
  and (part.site_id is null or part.site_id = survey_answer.site_id)
  and (part.service_id is null or part.service_id = survey_answer.service_id)
  and part.requester_id is null and part.team_id is null)');

-- Whose answer it is, where that may be known: for the provider’s people of identified answers alone, for auditors never.
create table survey_answer_identity (
  answer_id uuid primary key references survey_answer on delete cascade,
  customer_id uuid not null references customer,
  identified boolean not null,
  person_id uuid references person on delete cascade,
  incident_id uuid references incident on delete set null,
  answered_at timestamptz not null,
  follow_up_wanted boolean not null default false
);
call isolate_by_customer('survey_answer_identity');
drop policy audited on survey_answer_identity;
drop policy own_customer on survey_answer_identity;
create policy identified_ones on survey_answer_identity as restrictive to plumbline_staff, plumbline_limited using (identified);
revoke all on survey_answer_identity from plumbline_auditor;
revoke insert, update, delete on survey_answer_identity from plumbline_staff, plumbline_limited;
call narrow_to_parts('survey_answer_identity', 'exists (select from incident where incident.id = survey_answer_identity.incident_id)');

-- An anonymous answer: it refers to nobody, to no incident, to no invitation, and knows no other time than its month. Where
-- it was given is what hangs on the wall says. All rows are written anew each night, so that not even their order tells.
create table anonymous_answer (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  customer_id uuid not null references customer,
  site_id uuid,
  service_id uuid,
  month date not null check (extract(day from month) = 1),
  scale text not null check (scale in ('csat', 'nps', 'ces')),
  score integer not null check (score between 0 and 10),
  lost_minutes integer check (lost_minutes between 0 and 100000),
  factors text[] not null default '{}'
);
create index anonymous_answer_month on anonymous_answer (customer_id, month);
call isolate_by_customer('anonymous_answer');
grant select on anonymous_answer to plumbline_customer;
revoke insert, update, delete on anonymous_answer from plumbline_staff, plumbline_limited;
call narrow_to_parts('anonymous_answer', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = anonymous_answer.customer_id)
  and (part.site_id is null or part.site_id = anonymous_answer.site_id)
  and (part.service_id is null or part.service_id = anonymous_answer.service_id)
  and part.requester_id is null and part.team_id is null)');

-- What is sent once is taken once, also where nobody is known: a number that a page makes up when it is opened.
create table survey_sending (
  fingerprint bytea primary key check (length(fingerprint) = 32),
  month date not null
);
alter table survey_sending enable row level security;
create policy everything on survey_sending to plumbline_system using (true) with check (true);
grant select, insert, delete on survey_sending to plumbline_system;

-- What somebody wrote, apart from the answer that it came with. The customer's people read what may be quoted.
create table verbatim (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  customer_id uuid not null references customer,
  -- Of an identified answer alone.
  answer_id uuid references survey_answer on delete cascade,
  site_id uuid,
  service_id uuid,
  month date not null check (extract(day from month) = 1),
  scale text not null check (scale in ('csat', 'nps', 'ces')),
  score integer not null check (score between 0 and 10),
  text text not null check (length(text) between 1 and 4000),
  language text not null check (language in ('en', 'de')),
  may_quote boolean not null
);
create index verbatim_month on verbatim (customer_id, month);
create index verbatim_answer on verbatim (answer_id) where answer_id is not null;
call isolate_by_customer('verbatim');
create policy quotable on verbatim as restrictive for select to plumbline_customer using (may_quote);
grant select (id, survey_id, customer_id, site_id, service_id, month, scale, score, text, language, may_quote)
  on verbatim to plumbline_customer;
revoke insert, update, delete on verbatim from plumbline_staff, plumbline_limited;
call narrow_to_parts('verbatim', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = verbatim.customer_id)
  and (part.site_id is null or part.site_id = verbatim.site_id)
  and (part.service_id is null or part.service_id = verbatim.service_id)
  and part.requester_id is null and part.team_id is null)');

-- All answers, whoever may be known to have given them.
create view answer with (security_invoker = true) as
  select id, survey_id, customer_id, site_id, service_id, month, scale, anonymity, score, lost_minutes, factors from survey_answer
  union all
  select id, survey_id, customer_id, site_id, service_id, month, scale, 'anonymous', score, lost_minutes, factors from anonymous_answer;
grant select on answer to plumbline_staff, plumbline_limited, plumbline_customer, plumbline_auditor, plumbline_system;

-- A compliment or a complaint about the service itself. A complaint has a clock of its own.
create table feedback_case (
  id uuid primary key,
  customer_id uuid not null references customer,
  kind text not null check (kind in ('compliment', 'complaint')),
  text text not null check (length(text) between 1 and 10000),
  state text not null default 'received' check (state in
    ('received', 'acknowledged', 'investigated', 'answered', 'accepted', 'escalated')),
  site_id uuid references site,
  service_id uuid references service,
  incident_id uuid references incident on delete set null,
  -- Who said it, and who of ours cares for it.
  person_id uuid references person on delete set null,
  owner_id uuid references person,
  received_at timestamptz not null,
  acknowledge_due timestamptz,
  answer_due timestamptz,
  acknowledged_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  -- What was found, for us; and what they were answered.
  findings text check (length(findings) <= 10000),
  answer text check (length(answer) <= 10000),
  version integer not null default 1
);
create index feedback_case_newest on feedback_case (received_at desc, id desc);
create index feedback_case_customer on feedback_case (customer_id, received_at desc, id desc);
call isolate_by_customer('feedback_case');
grant select (id, customer_id, kind, text, state, site_id, service_id, incident_id, person_id, received_at, acknowledge_due,
  answer_due, acknowledged_at, answered_at, closed_at, answer, version) on feedback_case to plumbline_customer;
-- Whoever only reports reads their own.
call narrow_to_parts('feedback_case', 'exists (select from parts_in_scope() part
  where (part.customer_id is null or part.customer_id = feedback_case.customer_id)
  and (part.site_id is null or part.site_id = feedback_case.site_id)
  and (part.service_id is null or part.service_id = feedback_case.service_id)
  and (part.requester_id is null or part.requester_id = feedback_case.person_id) and part.team_id is null)');

-- Mails that ask.
alter table outgoing_mail drop constraint outgoing_mail_kind_check,
  add constraint outgoing_mail_kind_check check (kind in ('received', 'message', 'question', 'resolved', 'notification', 'survey'));
alter table mail_template drop constraint mail_template_kind_check,
  add constraint mail_template_kind_check check (kind in ('received', 'message', 'question', 'resolved', 'survey'));
