import { sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import type { NewsFact, NewsSource } from '#platform/news.ts'

/**
 * Whom a major incident concerns: who leads it, who holds or follows its incident or one that is part of it. A role is told
 * to whoever has it now. What is said to leaders or to the customer goes to those, too; users are told by mail, at what they
 * reported.
 */
export const majorIncidentNews: NewsSource = {
  facts: ['major-incident.update', 'major-incident.state', 'major-incident.role'],
  concerns: async ({ db, now }, fact) => {
    const ids = fact.kind === 'major-incident.role' ? peopleIn(fact) : await involvedIn(db, fact.subjectId)
    const audience = fact.kind === 'major-incident.update' ? rolesOf[String(fact.facts['audience'])] : undefined
    const told = audience === undefined ? [] : await inRoles({ db, now }, fact, audience)
    const concerned = await notToldBeside(db, fact, [...ids, ...told])
    return concerned.map((personId) => ({ personId, kind: 'major-incident' }))
  },
}

/** The roles that an audience consists of, at the customer or at all. */
const rolesOf: Readonly<Record<string, readonly string[]>> = {
  leaders: ['service-manager', 'service-owner', 'service-principal', 'major-incident-manager'],
  customer: ['customer-stakeholder'],
}

async function inRoles(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { customerId }: NewsFact,
  roles: readonly string[],
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('roleAssignment')
    .select('personId')
    .distinct()
    .where('role', 'in', roles)
    .where('validFrom', '<=', now)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', customerId)]))
    .execute()
  return rows.map(({ personId }) => personId)
}

/** What was said in two languages at once is told to each in their own. */
async function notToldBeside(
  db: Db,
  { kind, subjectId, occurredAt, facts }: NewsFact,
  people: readonly string[],
): Promise<readonly string[]> {
  if (kind !== 'major-incident.update') return people
  const { rows } = await sql<{ readonly id: string }>`
    select p.id from person p
    where p.id = any(${people}::uuid[]) and p.language <> ${facts['language']} and p.language in (
      select h.facts->>'language' from history h
      where h.subject_id = ${subjectId} and h.kind = 'major-incident.update' and h.occurred_at = ${occurredAt}
        and h.facts->>'audience' = ${facts['audience']})`.execute(db)
  const beside = new Set(rows.map(({ id }) => id))
  return people.filter((id) => !beside.has(id))
}

function peopleIn({ facts }: NewsFact): readonly string[] {
  const people = Array.isArray(facts['people']) ? (facts['people'] as readonly { readonly id: string }[]) : []
  return people.map(({ id }) => id)
}

async function involvedIn(db: Db, id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    with part as (
      select incident_id as id from major_incident where id = ${id}
      union select link.from_id from incident_link link join major_incident m on m.incident_id = link.to_id
        where m.id = ${id} and link.kind = 'child-of'
    )
    select unnest(array[commander_id, communications_id] || technical_ids) as id from major_incident where id = ${id}
    union select assignee_id from incident where id in (select id from part)
    union select person_id from incident_watcher where incident_id in (select id from part)`.execute(db)
  return rows.flatMap(({ id: personId }) => personId ?? [])
}
