-- Own work that no charge pays: for a change before it was signed, or for a service that nothing is charged for.
alter table posting add column unpaid boolean not null default false;
