import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { getIncident, readTimeline } from '#modules/incidents'
import { isConfidential } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { ConfidedIncident, ConfidedWhole } from './api.ts'

/** Entries of a history that are read in one go. */
const READ_AT_ONCE = 200

/** Incidents of which few may know, the latest first. That somebody looked, and at which, is written down. */
export async function listConfided(
  context: Context,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: ConfidedIncident[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const { rows } = await sql<ConfidedIncident & { readonly key: string }>`
    select i.id, i.number, i.title, i.state, i.priority, i.opened_at as "openedAt", i.opened_at::text as key,
      json_build_object('id', u.id, 'name', u.name) as customer,
      array_remove(array[case when i.concerns_privacy then 'privacy' end, case when i.concerns_security then 'security' end], null)
        as confidential
    from incident i join customer u on u.id = i.customer_id
    where ${isConfidential} ${after === undefined ? sql`` : sql`and (i.opened_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by i.opened_at desc, i.id desc limit ${limit + 1}`.execute(context.db)
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  await audit(context, { action: 'incident.read', facts: { listed: items.map(({ id }) => id) } })
  return { items: items.map(({ key: _key, ...item }) => item), nextCursor }
}

/** One of them with all that happened. That somebody looked is written down. */
export async function readConfided(context: Context, idOrNumber: string): Promise<ConfidedWhole> {
  const { db } = context
  const incident = await getIncident(context, idOrNumber)
  // What everybody in scope may know of is read where the work is, by whoever has that.
  if (incident.confidential.length === 0) throw notFound('incident.not-found', { incident: idOrNumber })
  await audit(context, {
    action: 'incident.read',
    subjectType: 'incident',
    subjectId: incident.id,
    customerId: incident.customer.id,
  })
  const history: ConfidedWhole['history'] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await readTimeline(context, incident, { limit: READ_AT_ONCE, ...(cursor && { cursor }) })
    history.push(...page.items)
    cursor = page.nextCursor
  }
  return { incident, history, names: await namesIn(db, history) }
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Whatever a history names by its id: who reads here sees no list that it could be found in. */
async function namesIn(db: Db, history: ConfidedWhole['history']): Promise<ConfidedWhole['names']> {
  const ids = [...new Set(JSON.stringify(history.map(({ facts }) => facts)).match(ID))]
  const { rows } = await sql<ConfidedWhole['names'][number]>`
    select id, name from team where id = any(${ids}::uuid[]) union all select id, name from person where id = any(${ids}::uuid[])
    union all select id, name from site where id = any(${ids}::uuid[]) union all select id, name from service where id = any(${ids}::uuid[])`.execute(
    db,
  )
  return rows
}
