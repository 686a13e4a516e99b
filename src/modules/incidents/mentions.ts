import { sql } from 'kysely'
import { notFound, refused } from '#core/failure.ts'
import { barredFromInside, barredFromWorking, require } from '#core/may.ts'
import { actorsOf } from '#modules/people'
import { type Actor, type Context, type Db, system } from '#platform/context.ts'
import { asAnother, beforeCommit, transaction } from '#platform/database.ts'
import type { Given } from '#platform/http.ts'
import { containing } from '#platform/text-search.ts'
import type { listMentionable } from './api.ts'
import { getIncident } from './queries.ts'
import { sees } from './sight.ts'

/** So many are offered, and so many looked at for them. */
const OFFERED = 8
const LOOKED_AT = 40

type Visibility = 'internal' | 'public'

interface Mentioned {
  readonly id: string
  readonly name: string
}

/** People who can be mentioned in a note: who sign in here, may see the incident and, of a note inside, are ours. */
export async function readMentionable(
  context: Context,
  { params, query, inTransaction }: Given<typeof listMentionable>,
): Promise<{ items: Mentioned[] }> {
  require(barredFromWorking(context.actor))
  const { db, now, actor } = context
  const { q, visibility } = query
  const incident = await inTransaction('read only', (own) => getIncident(own, params.id))
  const { ids, actors } = await transaction(db, system, 'read only', async (program) => {
    const { rows } = await sql<{ readonly id: string }>`
      select person.id from person join account on account.person_id = person.id
      where account.disabled_at is null and person.id <> ${actor.personId} and person.name ilike ${containing(q)}
        and (person.customer_id is null or person.customer_id = ${incident.customer.id} and ${visibility === 'public'})
      order by not (lower(person.name) like ${`${q.toLowerCase()}%`}), lower(person.name), person.id
      limit ${LOOKED_AT}`.execute(program)
    const found = rows.map(({ id }) => id)
    return { ids: found, actors: await actorsOf({ db: program, now }, found) }
  })
  const names = await inTransaction('read only', ({ db: own }) => namesOf(own, ids))
  const items: Mentioned[] = []
  for (const id of ids) {
    const [one, name] = [actors.get(id), names.get(id)]
    if (one === undefined || name === undefined || !mayRead(one, visibility)) continue
    if (await transaction(db, one, 'read only', (tx) => sees(tx, incident.id))) items.push({ id, name })
    if (items.length === OFFERED) break
  }
  return { items }
}

/**
 * Names of people who are mentioned. Throws when one is not in sight; whether each may see the incident is asked in their
 * own name when everything else is done, and a refusal takes back the whole.
 */
export async function requireMentionable(
  { db, now }: Context,
  incidentId: string,
  { mentions, visibility }: { readonly mentions: readonly string[]; readonly visibility: Visibility },
): Promise<readonly Mentioned[]> {
  if (mentions.length === 0) return []
  const names = await namesOf(db, mentions)
  const people = [...new Set(mentions)].map((id) => {
    const name = names.get(id)
    if (name === undefined) throw notFound('person.not-found', { person: id })
    return { id, name }
  })
  beforeCommit(db, async (owner) => {
    const actors = await actorsOf({ db: owner, now }, mentions)
    for (const { id, name } of people) {
      const actor = actors.get(id)
      const may =
        actor !== undefined &&
        mayRead(actor, visibility) &&
        (await asAnother(owner, actor, () => sees(owner, incidentId)))
      if (!may) throw refused('incident.not-mentionable', { name })
    }
  })
  return people
}

/** What is said inside is for the provider's people. */
function mayRead(actor: Actor, visibility: Visibility): boolean {
  return visibility === 'public' || barredFromInside(actor) === null
}

async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
