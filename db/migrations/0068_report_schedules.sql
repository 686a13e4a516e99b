-- Reports that are sent by themselves, and what became of each sending.
create table report_schedule (
  id uuid primary key,
  customer_id uuid not null references customer,
  report text not null check (report in ('R01', 'R03', 'R14', 'R15-gm', 'R15-cfo', 'R31', 'R35')),
  edition text not null check (edition in ('customer', 'internal', 'one-page')),
  language text not null check (language in ('en', 'de')),
  -- Day of the month after the reviewed one, in the customer's zone.
  day integer not null check (day between 1 and 28),
  recipient_ids uuid[] not null check (cardinality(recipient_ids) between 1 and 50),
  owner_id uuid not null,
  -- The month that is sent next.
  next_month date not null check (extract(day from next_month) = 1),
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1
);
create index report_schedule_newest on report_schedule (created_at desc, id desc);
call isolate_by_customer('report_schedule');
drop policy own_customer on report_schedule;
call narrow_to_parts('report_schedule', 'false');

create table report_delivery (
  id uuid primary key,
  schedule_id uuid not null references report_schedule on delete cascade,
  customer_id uuid not null references customer,
  month date not null,
  person_id uuid not null,
  -- `sent`: in the mail; `refused`: they may not read it any more; `not-issued`: nobody has handed it over; `no-address`.
  outcome text not null check (outcome in ('sent', 'refused', 'not-issued', 'no-address')),
  review_id uuid references review on delete set null,
  at timestamptz not null,
  unique (schedule_id, month, person_id)
);
create index report_delivery_newest on report_delivery (schedule_id, at desc, id desc);
call isolate_by_customer('report_delivery');
drop policy own_customer on report_delivery;
call narrow_to_parts('report_delivery', 'false');
