-- Editions of one data lock, other reports of the same facts, the story as somebody edits it, and the cycle of a review.
alter table review drop constraint review_edition_check;
alter table review add constraint review_edition_check check (edition in ('customer', 'internal', 'one-page'));
alter table review
  add column report text not null default 'R01'
    check (report in ('R01', 'R03', 'R14', 'R15-gm', 'R15-cfo', 'R31', 'R35')),
  -- Editions that were read in one snapshot share it, and the SHA-256 of everything that was read.
  add column lock_id uuid,
  add column lock_checksum text,
  -- The first rows of the list behind the figures, from which pages are drawn again.
  add column listed jsonb,
  add column drawn_at timestamptz;
alter table review drop constraint review_customer_id_month_edition_version_key;
alter table review add constraint review_version_once unique (customer_id, month, report, edition, version);
create index review_lock on review (lock_id);
grant select (report) on review to plumbline_customer;
-- A page for the customer's management is the customer's, too.
drop policy own_issued on review;
create policy own_issued on review for select to plumbline_customer
  using (edition <> 'internal' and issued_at is not null and customer_id = any((select customers_in_scope())::uuid[]));
grant update on review_document to plumbline_system;

-- The story as somebody wrote it, in one language. What it may say is checked against the facts.
create table review_text (
  review_id uuid not null references review on delete cascade,
  customer_id uuid not null references customer,
  language text not null check (language in ('en', 'de')),
  -- `EditedStory` of src/modules/reviews/api-compose.ts.
  story jsonb not null,
  edited_by uuid,
  edited_at timestamptz not null,
  version integer not null default 1,
  primary key (review_id, language)
);
call isolate_by_customer('review_text');
-- What was issued is told to the customer in the words in which it was issued.
create policy of_issued on review_text as restrictive for select to plumbline_customer
  using (exists (select from review where review.id = review_text.review_id));
grant select (review_id, customer_id, language, story, edited_at, version) on review_text to plumbline_customer;
call narrow_to_parts('review_text', 'false');

-- The review as a meeting, from its plan until everything of it is done (DOMAIN §2.7). One for a customer's month.
create table review_cycle (
  id uuid primary key,
  customer_id uuid not null references customer,
  month date not null check (extract(day from month) = 1),
  state text not null default 'planned' check (state in ('planned', 'data-locked', 'drafted', 'internal-reviewed', 'issued',
    'held', 'minuted', 'actions-open', 'closed')),
  meeting_at timestamptz,
  attendees text not null default '' check (length(attendees) <= 2000),
  minutes text not null default '' check (length(minutes) <= 50000),
  -- Who wrote it last, so that somebody else looks at it.
  drafted_by uuid,
  reviewed_by uuid,
  changed_at timestamptz not null,
  version integer not null default 1,
  unique (customer_id, month)
);
call isolate_by_customer('review_cycle');
create policy from_issued on review_cycle as restrictive for select to plumbline_customer
  using (state in ('issued', 'held', 'minuted', 'actions-open', 'closed'));
grant select (id, customer_id, month, state, meeting_at, attendees, minutes, changed_at, version) on review_cycle
  to plumbline_customer;
call narrow_to_parts('review_cycle', 'false');

-- What people say of an issued review, and that they have read it. Written by the program for whoever may read it.
create table review_comment (
  id uuid primary key,
  review_id uuid not null references review on delete cascade,
  customer_id uuid not null references customer,
  person_id uuid,
  person_name text not null check (length(person_name) <= 400),
  text text not null check (length(text) between 1 and 5000),
  written_at timestamptz not null
);
create index review_comment_of on review_comment (review_id, written_at, id);
call isolate_by_customer('review_comment');
create policy of_issued on review_comment as restrictive for select to plumbline_customer
  using (exists (select from review where review.id = review_comment.review_id));
grant select on review_comment to plumbline_customer;
revoke insert, update, delete on review_comment from plumbline_staff, plumbline_limited;
call narrow_to_parts('review_comment', 'false');

create table review_reading (
  review_id uuid not null references review on delete cascade,
  customer_id uuid not null references customer,
  person_id uuid not null,
  person_name text not null check (length(person_name) <= 400),
  read_at timestamptz not null,
  primary key (review_id, person_id)
);
call isolate_by_customer('review_reading');
create policy of_issued on review_reading as restrictive for select to plumbline_customer
  using (exists (select from review where review.id = review_reading.review_id));
grant select on review_reading to plumbline_customer;
revoke insert, update, delete on review_reading from plumbline_staff, plumbline_limited;
call narrow_to_parts('review_reading', 'false');
