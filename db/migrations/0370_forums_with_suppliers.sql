-- A forum may be the governance of a supplier (DOMAIN §2.5.8): who of ours and of theirs meets in which rhythm. Who may not
-- see suppliers does not see which one it is about.
alter table forum add supplier_id uuid references supplier on delete set null;
create index forum_supplier on forum (supplier_id) where supplier_id is not null;
