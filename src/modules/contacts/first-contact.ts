import { sql } from 'kysely'
import { countedOutcomes, UNTIMED_SECONDS, WRITTEN_SECONDS, writtenChannels } from './contact.ts'

/** An incident that is reopened within so long was not settled (DOMAIN §3.8, K08). */
const HOLDS_HOURS = 48

/**
 * When an incident was resolved for the first time, if that held: not reopened within 48 hours. Whatever became of it later
 * is another matter. Of `incident`, as it stands in the query.
 */
const heldSince = sql`case when incident.reopen_count = 0 then incident.resolved_at else (
  select first.at from (select h.occurred_at as at, h.sequence, h.id from history h where h.subject_type = 'incident'
    and h.subject_id = incident.id and h.kind = 'incident.state' and h.facts ->> 'to' = 'resolved'
    order by h.occurred_at, h.sequence, h.id limit 1) first
  where not exists (select from history back where back.subject_type = 'incident' and back.subject_id = incident.id
    and back.kind = 'incident.state' and back.facts ->> 'to' not in ('resolved', 'closed') and (back.occurred_at, back.sequence, back.id) > (first.at, first.sequence, first.id)
    and back.occurred_at < first.at + make_interval(hours => ${sql.lit(HOLDS_HOURS)}))) end`

/**
 * Whether a contact was settled at the first one; of those alone that are counted. Where nobody waits at the other end it
 * has an hour; a call has as long as it lasted. For a query of `contact` with its `incident`, which may be none.
 */
export const settled = sql<boolean>`(contact.outcome = 'answered' or coalesce(${heldSince}
  <= contact.started_at + make_interval(secs => case
    when contact.channel in (${sql.join(writtenChannels.map((each) => sql.lit(each)))}) then ${sql.lit(WRITTEN_SECONDS)}
    else coalesce(contact.handle_seconds, ${sql.lit(UNTIMED_SECONDS)}) end), false))`

/** Somebody wanted help, and it was not a second call about the same. */
export const counted = sql<boolean>`contact.outcome in (${sql.join(countedOutcomes.map((each) => sql.lit(each)))})`
