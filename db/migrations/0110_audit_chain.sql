-- Each entry of the audit becomes a link of one chain, so that what is changed, taken away or put in later shows.

-- Entries that are not in the chain yet. Written with them; linked by the program soon after, one after the other.
create table audit_unlinked (
  audit_id uuid primary key,
  audit_at timestamptz not null
);

create table audit_link (
  number bigint primary key check (number > 0),
  audit_id uuid not null unique,
  audit_at timestamptz not null,
  -- SHA-256 of the link before and of the entry, as src/modules/audit/chain.ts writes it.
  hash bytea not null check (length(hash) = 32),
  linked_at timestamptz not null default now()
);

-- How far the chain has been compared with the entries, and what was found.
create table audit_check (
  id uuid primary key,
  began_at timestamptz not null,
  ended_at timestamptz,
  through bigint not null default 0,
  hash bytea,
  entries bigint not null default 0,
  faults jsonb not null default '[]',
  fault_count bigint not null default 0
);

grant select on audit_link, audit_check to plumbline_auditor, plumbline_system;
grant select, delete on audit_unlinked to plumbline_system;
grant insert on audit_link to plumbline_system;
grant select, insert, update on audit_check to plumbline_system;

create function note_unlinked_audit() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into audit_unlinked (audit_id, audit_at) select id, at from added;
  return null;
end $$;

create trigger audit_to_link after insert on audit referencing new table as added
  for each statement execute function note_unlinked_audit();

insert into audit_unlinked (audit_id, audit_at) select id, at from audit;

-- Nobody changes the audit or the chain, the owner included; the owner alone takes away entries that have been kept long
-- enough, and says so first.
create function keep_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_argv[0] = 'until aged' and current_setting('plumbline.retention', true) = 'on' then
    return old;
  end if;
  raise exception 'The audit is only added to' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_kept before update or delete on audit for each row execute function keep_audit('until aged');
create trigger audit_link_kept before update or delete on audit_link for each row execute function keep_audit('for good');
create trigger audit_link_not_emptied before truncate on audit_link
  for each statement execute function keep_audit('for good');
