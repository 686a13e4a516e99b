import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import type { HandoverGrouping, HandoverReport } from './api-handovers.ts'
import { addHeld, addPart, addSum, emptyGroup, type Group, isAsCounted, middlesOf, viewOf } from './handover-groups.ts'
import { countDue, type HandoverFilter, readHoldings, readLengths } from './handover-store.ts'
import { type Held, partsUntil } from './held.ts'

/** Read one by one for one answer, of what is in no sum; more take a narrower question. */
const MOST = 100_000

export interface HandoverQuery {
  readonly customer?: string | undefined
  readonly site?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly groupBy: HandoverGrouping
  readonly openUntil: 'now' | 'last-fact'
}

/** Up to when what is not over is counted: epoch milliseconds. */
export function endOf(openUntil: HandoverQuery['openUntil'], now: Date): number {
  return openUntil === 'now' ? now.getTime() : 0
}

/** Handovers between teams, and how time was spent, of the incidents opened in the period. */
export async function reportHandovers(
  { db, actor, now }: Context,
  { customer: named, site, from, to, groupBy, openUntil }: HandoverQuery,
): Promise<HandoverReport> {
  require(barredFromInside(actor))
  const customer = named === undefined ? null : await requireCustomer(db, named)
  const filter = { customerId: customer?.id, site, from, to }
  const { groups, total, medians } = await countWhole(db, filter, { groupBy, until: endOf(openUntil, now) })
  const labels = groupBy === 'month' ? new Map<string, string>() : await namesOf(db, groupBy, [...groups.keys()])
  return {
    basis: 'opened-in-period',
    from: from ?? null,
    to: to ?? null,
    timeZone: customer?.timeZone ?? 'UTC',
    groups: [...groups]
      .filter(([, { incidents }]) => incidents > 0)
      .map(([key, group]) => {
        const label = labels.get(key) ?? (groupBy === 'month' ? key : '')
        return viewOf(group, { key, label }, medians(group))
      })
      .toSorted((one, other) => (one.label < other.label ? -1 : one.label > other.label ? 1 : 0)),
    total: viewOf(total, { key: 'total', label: '' }, medians(total)),
  }
}

interface Counted {
  readonly groups: ReadonlyMap<string, Group>
  readonly total: Group
  readonly medians: (group: Group) => number | null
}

interface Counting {
  readonly groupBy: HandoverGrouping
  readonly until: number
}

/** Incidents move into sums while this is read. */
const ATTEMPTS = 5

/** The groups with their medians, as of one moment: what moved between two questions is asked again. */
async function countWhole(db: Db, filter: HandoverFilter, counting: Counting): Promise<Counted> {
  const { groupBy } = counting
  for (let attempt = 1; ; attempt++) {
    const { groups, total } = await count(db, filter, counting)
    const scopes = new Map<string | null, Group>([...(groupBy === 'team' ? [] : groups), [null, total]])
    const places = [...scopes].flatMap(([key, group]) => middlesOf(group, key))
    const found = await readLengths(db, filter, { groupBy, places })
    if (attempt < ATTEMPTS && !found.every((each) => isAsCounted(scopes.get(each.key)!, each))) continue
    const middles = Map.groupBy(found, ({ key }) => scopes.get(key)!)
    return {
      groups,
      total,
      medians: (group) => {
        const lengths = middles.get(group)?.map(({ length }) => length)
        return lengths === undefined ? null : lengths.reduce((sum, each) => sum + each, 0) / lengths.length
      },
    }
  }
}

async function count(db: Db, filter: HandoverFilter, { groupBy, until }: Counting): Promise<Omit<Counted, 'medians'>> {
  const groups = new Map<string, Group>()
  const groupIn = (key: string) => {
    const group = groups.get(key) ?? emptyGroup()
    groups.set(key, group)
    return group
  }
  const total = emptyGroup()
  const { sums, loose } = await readHoldings(db, filter, { groupBy, most: MOST + 1 })
  if (loose.length > MOST) throw refused('report.too-many', { most: MOST })
  for (const sum of sums) {
    const ofTeam = sum.part === 'team' || sum.part === 'team-wait'
    if (!ofTeam) addSum(total, sum)
    if (ofTeam || groupBy !== 'team') addSum(groupIn(sum.key), sum)
  }
  const add = (key: string, held: Held) => {
    const parts = partsUntil(held, until)
    addHeld(total, held, parts)
    if (groupBy !== 'team') addHeld(groupIn(key), held, parts)
    else for (const [team, part] of Object.entries(parts)) addPart(groupIn(team), part)
  }
  for (const { key, held } of loose) if (held !== null) add(key, held)
  const due = loose.filter((each) => each.held === null)
  for await (const { key, held } of countDue(db, due)) add(key, held)
  return { groups, total }
}

async function namesOf(db: Db, table: 'team' | 'service', ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== '')
  const { rows } = await sql<{ id: string; name: string }>`
    select id::text as id, name from ${sql.table(table)} where id = any(${wanted}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
