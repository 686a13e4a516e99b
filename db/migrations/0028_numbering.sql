-- A customer's key can change: what is numbered from then on carries the new one, what has a number keeps it. So that no
-- number is ever given twice, a key that once stood in front of a customer's numbers is never another customer's.
create table customer_key (
  key text constraint customer_key_owned primary key,
  customer_id uuid not null references customer on delete cascade
);

create index customer_key_customer on customer_key (customer_id);
call isolate_by_customer('customer_key');
-- Kept by the trigger alone.
revoke insert, update, delete on customer_key from plumbline_staff, plumbline_limited, plumbline_system;

insert into customer_key (key, customer_id) select key, id from customer;

-- Runs as the owner, for whoever changes one customer does not see the keys of others.
create function keep_customer_key() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  insert into customer_key (key, customer_id) values (new.key, new.id) on conflict do nothing;
  if not exists (select from customer_key where key = new.key and customer_id = new.id) then
    raise unique_violation using constraint = 'customer_key_owned', message = 'the key belongs to another customer';
  end if;
  return null;
end $$;

create trigger keep_key after insert or update of key on customer for each row execute function keep_customer_key();
