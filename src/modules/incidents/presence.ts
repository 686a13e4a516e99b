import { worksCouncilHolds } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { onSignal, sendSignal } from '#platform/live.ts'
import type { PresenceState } from './api-presence.ts'
import { getIncident } from './queries.ts'

/*
 * Who has an incident open, so that two do not answer at once. It is nobody's record of anybody (DOMAIN §5.5): it lies in
 * the memory of the program alone, is gone a minute after it was last said, and is counted, logged and written down nowhere.
 * Nothing is locked by it either.
 */

/** Whoever is not heard of for so long has left. A page says so three times within it. */
const LASTS_MS = 70_000

interface There {
  readonly writing: boolean
  readonly until: number
}

const present = new Map<string, Map<string, There>>()

interface Presence {
  readonly others: readonly { readonly id: string; readonly name: string; readonly writing: boolean }[]
}

/** Says how the caller has an incident open that they see; who else has it. An auditor only looks. */
export async function tellPresence(
  context: Context,
  idOrNumber: string,
  state: PresenceState,
): Promise<{ items: Presence['others'][number][] }> {
  const { db, actor } = context
  const { id } = await getIncident(context, idOrNumber)
  const { personId } = actor
  if (personId !== null && actor.access !== 'auditor' && !(await worksCouncilHolds(db))) {
    const before = thereNow(id).get(personId)
    const isNews = state === 'left' ? before !== undefined : before?.writing !== (state === 'writing')
    const others = [...thereNow(id).keys()].filter((other) => other !== personId)
    keep(id, personId, state)
    // Other processes hear of everything, pages only of what is another thing than before.
    await sendSignal(db, {
      what: 'presence',
      people: isNews ? others : [],
      data: { incident: id, person: personId, state },
    })
  }
  return { items: await othersAt(context, id) }
}

/** Who else has an incident open that the caller sees. */
export async function readPresence(context: Context, idOrNumber: string) {
  const { id } = await getIncident(context, idOrNumber)
  return { items: await othersAt(context, id) }
}

async function othersAt({ db, actor }: Context, id: string): Promise<Presence['others'][number][]> {
  const there = thereNow(id)
  const ids = [...there.keys()].filter((other) => other !== actor.personId)
  // Who has what open is shown to nobody where that would be watching.
  if (ids.length === 0 || (await worksCouncilHolds(db))) return []
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, writing: there.get(row.id)?.writing ?? false }))
}

/** Without those who were not heard of. */
function thereNow(id: string): ReadonlyMap<string, There> {
  const there = present.get(id) ?? new Map<string, There>()
  for (const [personId, { until }] of there) if (until < Date.now()) there.delete(personId)
  if (there.size === 0) present.delete(id)
  return there
}

function keep(id: string, personId: string, state: PresenceState): void {
  const there = present.get(id) ?? new Map<string, There>()
  if (state === 'left') there.delete(personId)
  else there.set(personId, { writing: state === 'writing', until: Date.now() + LASTS_MS })
  if (there.size === 0) present.delete(id)
  else present.set(id, there)
}

// From every process, this one too, for which it is the same once more.
onSignal(({ what, data }) => {
  const { incident, person, state } = data
  if (what !== 'presence' || typeof incident !== 'string' || typeof person !== 'string') return
  if (state === 'open' || state === 'writing' || state === 'left') keep(incident, person, state)
})
