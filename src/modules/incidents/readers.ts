import { sql } from 'kysely'
import { notFound, refused } from '#core/failure.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { actorsOf, requirePerson } from '#modules/people'
import { counting } from '#platform/confidential.ts'
import { type Context, type Db, system } from '#platform/context.ts'
import { asAnother, beforeCommit, transaction } from '#platform/database.ts'
import { audit, record } from '#platform/history.ts'
import type { Given } from '#platform/http.ts'
import { containing } from '#platform/text-search.ts'
import type { IncidentReader, listPossibleReaders } from './api.ts'
import { confidencesOf, findIncident, getIncident, lockIncident, updateIncident } from './queries.ts'
import { sees } from './sight.ts'

/** Of so many people it is looked who could be offered. */
const LOOKED_AT = 1000

/** Who was named, the first named first. */
export async function listReaders({ db }: Context, idOrNumber: string): Promise<{ items: IncidentReader[] }> {
  return { items: await readersOf(db, (await findIncident({ db }, idOrNumber)).id) }
}

async function readersOf(db: Db, incidentId: string): Promise<IncidentReader[]> {
  const rows = await db
    .selectFrom('incidentReader as reader')
    .innerJoin('person', 'person.id', 'reader.personId')
    .leftJoin('person as namer', 'namer.id', 'reader.namedBy')
    .select(['person.id', 'person.name', 'reader.since', 'namer.name as namedBy'])
    .where('reader.incidentId', '=', incidentId)
    .orderBy('reader.since')
    .orderBy('person.id')
    .execute()
  return rows.map(({ id, name, ...rest }) => ({ person: { id, name }, ...rest }))
}

/** People who sign in here, do not know of the incident yet, and would see it if everybody in scope might. */
export async function listPossible(
  context: Context,
  { params, query: { q }, inTransaction }: Given<typeof listPossibleReaders>,
) {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const incident = await inTransaction('read only', (own) => getIncident(own, params.id))
  const { rows, actors } = await transaction(db, system, 'read only', async (program) => {
    const found = await sql<{ readonly id: string; readonly name: string; readonly customer: string | null }>`
      select person.id, person.name, customer.name as customer from person
        join account on account.person_id = person.id left join customer on customer.id = person.customer_id
      where account.disabled_at is null and person.name ilike ${containing(q)}
        and (person.customer_id is null or person.customer_id = ${incident.customer.id})
        and person.id <> all(coalesce(circle_of(${incident.id}), '{}'))
      order by person.customer_id is not null, not (lower(person.name) like ${`${q.toLowerCase()}%`}), lower(person.name), person.id
      limit ${LOOKED_AT}`.execute(program)
    const ids = found.rows.map(({ id }) => id)
    return { rows: found.rows, actors: await actorsOf({ db: program, now }, ids) }
  })
  // Of a desk many see the same: it is asked for each sight once.
  const would = new Map<string, boolean>()
  const items: (typeof rows)[number][] = []
  for (const row of rows) {
    const one = actors.get(row.id)
    if (one === undefined) continue
    const sight = JSON.stringify([one.access, one.customers, one.parts, one.whole, one.books])
    const known = would.get(sight)
    const isIn = known ?? (await transaction(db, one, 'read only', (tx) => counting(tx, () => sees(tx, incident.id))))
    would.set(sight, isIn)
    if (isIn) items.push(row)
  }
  return { items }
}

/** Lets one more person know; nothing happens when they were named already. Throws when their roles would not show it. */
export async function nameReader(
  context: Context,
  idOrNumber: string,
  personId: string,
): Promise<{ items: IncidentReader[] }> {
  require(barredFromWorking(context.actor))
  const { db, actor, now } = context
  const incident = await lockIncident(db, idOrNumber)
  if (confidencesOf(incident).length === 0) throw refused('incident.not-confidential', { incident: incident.number })
  const { name } = await requirePerson(db, personId)
  const { id, customerId } = incident
  const { numInsertedOrUpdatedRows: added } = await db
    .insertInto('incidentReader')
    .values({ incidentId: id, personId, customerId, namedBy: actor.personId, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (added !== 1n) return { items: await readersOf(db, id) }
  await tell(context, 'incident.reader-named', { id, customerId }, personId)
  beforeCommit(db, async (owner) => {
    const named = (await actorsOf({ db: owner, now }, [personId])).get(personId)
    const may = named !== undefined && (await asAnother(owner, named, () => sees(owner, id)))
    if (!may) throw refused('incident.reader-without-role', { name })
  })
  return { items: await readersOf(db, id) }
}

/** Takes it back. Throws when they were not named. */
export async function withdrawReader(context: Context, idOrNumber: string, personId: string): Promise<void> {
  require(barredFromWorking(context.actor))
  const { db } = context
  const { id, customerId } = await lockIncident(db, idOrNumber)
  const named = (await readersOf(db, id)).some(({ person }) => person.id === personId)
  if (!named) throw notFound('incident.reader.not-found')
  await tell(context, 'incident.reader-withdrawn', { id, customerId }, personId)
  // Last: whoever takes it back from themselves sees nothing of it afterwards.
  await db.deleteFrom('incidentReader').where('incidentId', '=', id).where('personId', '=', personId).execute()
}

/** Nobody was named for an incident of which everybody in scope may know again. */
export async function forgetReaders(db: Db, incidentId: string): Promise<void> {
  await db.deleteFrom('incidentReader').where('incidentId', '=', incidentId).execute()
}

async function tell(
  context: Context,
  kind: 'incident.reader-named' | 'incident.reader-withdrawn',
  { id, customerId }: { readonly id: string; readonly customerId: string },
  person: string,
): Promise<void> {
  const about = { subjectType: 'incident', subjectId: id, customerId } as const
  await record(context, { ...about, kind, facts: { person } })
  await audit(context, { action: kind, ...about, facts: { person } })
  await updateIncident(context.db, id, { updatedAt: context.now })
}
