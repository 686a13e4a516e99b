-- The chain of approvals by amount: money from `from_minor` on needs this step as well, by somebody who approves that much at
-- least. Steps are taken in their order, each by another person, the last by one whose limit is enough for the whole amount.
create table approval_step (
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  number integer not null check (number between 1 and 9),
  from_minor bigint not null check (from_minor >= 0),
  set_at timestamptz not null,
  primary key (currency, number)
);
alter table approval_step enable row level security;
create policy everybody on approval_step to plumbline_staff, plumbline_system using (true) with check (true);
create policy audited on approval_step for select to plumbline_auditor using (true);
create policy commercial on approval_step as restrictive to plumbline_staff using ((select sees_money('margin')));
create policy read_by_limited on approval_step for select to plumbline_limited using ((select sees_money('margin')));
create policy in_whole on approval_step as restrictive to plumbline_limited using ((select not narrowed()));
grant select, insert, update, delete on approval_step to plumbline_staff, plumbline_system;
grant select on approval_step to plumbline_auditor, plumbline_limited;
