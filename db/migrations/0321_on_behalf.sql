-- Whom it is about when somebody reported it for another: a name and how to reach them, in the words of who reported it.
alter table incident add column on_behalf_of text check (on_behalf_of <> '' and length(on_behalf_of) <= 200);
grant select (on_behalf_of) on incident to plumbline_customer;
