-- What kind of agreement a version is of stands with it: what holds for an incident is found without its agreement.
-- Written by nobody: the key follows the agreement.
alter table agreement add constraint agreement_id_type unique (id, type);
alter table agreement_version add column type text;
update agreement_version v set type = a.type from agreement a where a.id = v.agreement_id;
alter table agreement_version
  alter column type set not null,
  add constraint agreement_version_type foreign key (agreement_id, type) references agreement (id, type) on update cascade;

drop policy own_customer on agreement_version;
create policy own_customer on agreement_version for select to plumbline_customer
  using (type = 'sla' and customer_id = any((select customers_in_scope())::uuid[]));

-- What was promised does not become a promise of another kind.
create or replace function keep_active_version() returns trigger language plpgsql as $$
begin
  if old.state in ('active', 'superseded', 'expired', 'terminated')
    and (new.terms, new.calendar_id, new.service_ids, new.valid_from, new.agreement_id, new.type)
      is distinct from (old.terms, old.calendar_id, old.service_ids, old.valid_from, old.agreement_id, old.type) then
    raise exception 'agreement version % is active and cannot change', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
