-- Who asks is remembered for some seconds (src/modules/people/authenticate.ts). Whatever that was read from says when it
-- changes: to the program that changes it by a notice, which is there before the answer to the commit, and to all others over
-- the channel of src/platform/live.ts.
create function tell_access_change() returns trigger language plpgsql as $$
begin
  raise notice 'plumbline: access changed';
  perform pg_notify('plumbline_live', '{"what":"access.changed","people":[],"data":{}}');
  return null;
end
$$;

create trigger access_change after insert or update or delete or truncate on role_assignment
  for each statement execute function tell_access_change();

create trigger access_change after insert or delete or truncate on customer
  for each statement execute function tell_access_change();

create trigger access_change after insert or update or delete or truncate on setting
  for each statement execute function tell_access_change();

-- One that is new is not remembered yet.
create trigger access_change after update of person_id, disabled_at or delete or truncate on account
  for each statement execute function tell_access_change();

create trigger access_change after update of language or delete or truncate on person
  for each statement execute function tell_access_change();

-- Not that somebody was there: it is written down with every visit.
create trigger access_change after update of token_hash, person_id, expires_at, half or delete or truncate on session
  for each statement execute function tell_access_change();

create trigger access_change
  after update of token_hash, person_id, scopes, expires_at, revoked_at or delete or truncate on api_token
  for each statement execute function tell_access_change();
