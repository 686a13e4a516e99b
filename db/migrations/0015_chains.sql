-- What stands behind a service level agreement: operational level agreements of teams, contracts of suppliers.

alter table agreement
  -- Who promises, where it is not the provider as a whole: one of its teams, or a supplier by name.
  add column party_team_id uuid references team,
  add column party_supplier text check (length(party_supplier) between 1 and 200),
  add constraint agreement_party check (
    case type
      when 'ola' then party_team_id is not null and party_supplier is null
      when 'uc' then party_supplier is not null
      else party_team_id is null and party_supplier is null
    end);
-- Which team it is, is the provider's affair.
revoke select on agreement from plumbline_customer;
grant select (id, customer_id, name, type, created_at, version) on agreement to plumbline_customer;
-- A customer's people see what was promised to the customer, not what the provider agreed with others about it.
drop policy own_customer on agreement;
create policy own_customer on agreement for select to plumbline_customer
  using (type = 'sla' and customer_id = any((select customers_in_scope())::uuid[]));
drop policy own_customer on agreement_version;
create policy own_customer on agreement_version for select to plumbline_customer
  using (customer_id = any((select customers_in_scope())::uuid[])
    and exists (select from agreement a where a.id = agreement_version.agreement_id and a.type = 'sla'));
drop policy own_customer on target;
create policy own_customer on target for select to plumbline_customer
  using (customer_id = any((select customers_in_scope())::uuid[])
    and exists (select from agreement_version v where v.id = target.agreement_version_id));

-- An agreement that another relies on: steps follow one upon the other, branches of the same step go on side by side.
create table agreement_support (
  agreement_id uuid not null references agreement on delete cascade,
  supported_by uuid not null references agreement on delete cascade check (supported_by <> agreement_id),
  customer_id uuid not null references customer,
  step integer not null default 1 check (step between 1 and 100),
  primary key (agreement_id, supported_by)
);

create index agreement_support_by on agreement_support (supported_by);
call isolate_by_customer('agreement_support');
drop policy own_customer on agreement_support;

-- What is open and missed already, told beside what was resolved.
create index clock_open_missed on clock (customer_id, metric, breached_at) where state = 'breached-running';
