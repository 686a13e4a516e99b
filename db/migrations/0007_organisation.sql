-- Signing in through somebody else's identity provider (OpenID Connect), roles by its groups, and settings with versions.

-- Who vouches for people: a company's own directory, or a customer's.
create table identity_provider (
  id uuid primary key,
  -- On the button of the sign-in page.
  name text not null check (length(name) between 1 and 100),
  -- As its discovery document says it, without a slash too many: what comes back has to be from exactly there.
  issuer text not null unique check (length(issuer) between 8 and 500),
  client_id text not null check (length(client_id) between 1 and 300),
  -- Sealed by the installation's key (src/platform/seal.ts); none for a public client.
  client_secret text,
  scopes text not null default 'openid profile email',
  -- The claim that lists somebody's groups.
  groups_claim text not null default 'groups' check (length(groups_claim) between 1 and 200),
  -- Whether somebody unknown who has a group of ours gets an account.
  makes_accounts boolean not null default true,
  -- Whether an account of the same, confirmed address is taken for the same person without asking.
  joins_by_email boolean not null default false,
  -- Whether a role that a group gave ends when the group is gone.
  takes_roles boolean not null default true,
  -- Whether somebody without any group left is switched off.
  ends_accounts boolean not null default false,
  -- Somebody not heard of through it for so many days is switched off.
  ends_after_days integer check (ends_after_days between 1 and 3650),
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  version integer not null default 1
);

-- What a group of that provider may do here.
create table identity_provider_group (
  id uuid primary key,
  provider_id uuid not null references identity_provider on delete cascade,
  group_name text not null check (length(group_name) between 1 and 300),
  role text not null,
  customer_id uuid references customer,
  valid_from timestamptz,
  valid_to timestamptz check (valid_to > valid_from),
  position integer not null default 0
);

create index identity_provider_group_provider on identity_provider_group (provider_id, position);

-- Somebody as that provider knows them. The subject is theirs alone and never given to another; an address may be.
create table identity (
  id uuid primary key,
  provider_id uuid not null references identity_provider on delete cascade,
  subject text not null check (length(subject) between 1 and 500),
  person_id uuid not null references person on delete cascade,
  email text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null,
  -- When the provider, by a group that was gone, switched the account off: what it ended it may begin again.
  ended_at timestamptz,
  unique (provider_id, subject),
  unique (provider_id, person_id)
);

create index identity_person on identity (person_id);

-- A way to the provider and back that was begun. It is gone as soon as somebody comes back with it: a second time it opens nothing.
create table identity_attempt (
  -- SHA-256 of the state, which only the browser and the provider know.
  state_hash bytea primary key,
  -- SHA-256 of what the browser that began holds in a cookie: no other browser can end it.
  browser_hash bytea not null,
  provider_id uuid not null references identity_provider on delete cascade,
  nonce text not null,
  -- Sealed.
  verifier text not null,
  redirect_uri text not null,
  -- Where to go afterwards.
  next text,
  -- Who, signed in already, joins this identity to their account.
  person_id uuid references person on delete cascade,
  expires_at timestamptz not null
);

create index identity_attempt_expiry on identity_attempt (expires_at);

-- How people sign in is read by the program alone, never in a person's name.
grant select, insert, update, delete on identity_provider, identity_provider_group, identity, identity_attempt
  to plumbline_system;

-- Which provider's group gave a role: such a role is the provider's to take.
alter table role_assignment add column provider_id uuid references identity_provider on delete set null;

-- By which provider somebody came in: such a session is shorter, for the provider does not tell when somebody left.
alter table session add column provider_id uuid references identity_provider on delete cascade;

-- How far somebody has got with signing in, and nothing else of their account: to find people by it.
create function account_state(of_person uuid) returns text language sql stable security definer set search_path from current as $$
  select case
    when account.disabled_at is not null then 'disabled'
    when account.password_hash is not null or exists (select from identity where person_id = of_person) then 'active'
    else 'invited'
  end
  from account where account.person_id = of_person
$$;
revoke execute on function account_state from public;
grant execute on function account_state to plumbline_staff, plumbline_limited, plumbline_system;

-- So that two who change the same setting notice each other.
alter table setting add column version integer not null default 1;
grant delete on setting to plumbline_staff, plumbline_system;
