import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { type Holding, isPingPong } from '#core/handovers.ts'
import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { cursorOf, keyOf } from '#platform/paging.ts'
import type { HandoverGroup, HandoverGrouping, HandoverReport } from './api-handovers.ts'
import { type HandoverFilter, type HeldIncident, heldIncidents } from './handover-histories.ts'

/** Counted for one answer; more take a narrower question. */
const MOST = 100_000

interface HandoverQuery {
  readonly customer?: string | undefined
  readonly site?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly groupBy: HandoverGrouping
  readonly openUntil: 'now' | 'last-fact'
}

function endOf(openUntil: HandoverQuery['openUntil'], now: Date): Date | null {
  return openUntil === 'now' ? now : null
}

/** Handovers between teams, and how time was spent, of the incidents opened in the period. */
export async function reportHandovers(
  { db, actor, now }: Context,
  { customer: named, site, from, to, groupBy, openUntil }: HandoverQuery,
): Promise<HandoverReport> {
  require(barredFromInside(actor))
  const customer = named === undefined ? null : await requireCustomer(db, named)
  const groups = new Map<string, Group>()
  const total = emptyGroup()
  let counted = 0
  for await (const incident of heldIncidents(
    db,
    { customerId: customer?.id, site, from, to },
    { openUntil: endOf(openUntil, now) },
  )) {
    counted += 1
    if (counted > MOST) throw refused('report.too-many', { most: MOST })
    add(total, incident)
    if (groupBy === 'team') addByTeam(groups, incident.holding)
    else add(groupIn(groups, groupBy === 'month' ? incident.month : (incident.serviceId ?? '')), incident)
  }
  const labels = groupBy === 'month' ? new Map<string, string>() : await namesOf(db, groupBy, [...groups.keys()])
  return {
    basis: 'opened-in-period',
    from: from ?? null,
    to: to ?? null,
    timeZone: customer?.timeZone ?? 'UTC',
    groups: [...groups]
      .map(([key, group]) => viewOf(group, { key, label: labels.get(key) ?? (groupBy === 'month' ? key : '') }))
      .toSorted((one, other) => (one.label < other.label ? -1 : one.label > other.label ? 1 : 0)),
    total: viewOf(total, { key: 'total', label: '' }),
  }
}

/** The incidents under such a figure, the latest opened first. */
export async function listHandoverIncidents(
  { db, actor, now }: Context,
  {
    customer,
    group,
    only,
    waitsFor,
    limit,
    cursor,
    ...query
  }: HandoverQuery & {
    readonly group?: string | undefined
    readonly only: 'all' | 'handed-on' | 'handed-on-twice' | 'ping-pong'
    readonly waitsFor?: string | undefined
    readonly limit: number
    readonly cursor?: string | undefined
  },
) {
  require(barredFromInside(actor))
  const after = keyOf(cursor, ['moment', 'id'])
  const { site, from, to, groupBy } = query
  const filter: HandoverFilter = {
    customerId: customer === undefined ? undefined : (await requireCustomer(db, customer)).id,
    site,
    from,
    to,
    ...(groupBy === 'month' && { month: group }),
    ...(groupBy === 'service' && { service: group }),
  }
  const team = groupBy === 'team' ? group : undefined
  const found: HeldIncident[] = []
  for await (const incident of heldIncidents(db, filter, {
    openUntil: endOf(query.openUntil, now),
    after,
    batch: 500,
  })) {
    if (matches(incident.holding, { team, only, waitsFor })) found.push(incident)
    if (found.length > limit) break
  }
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ id, number, title, openedAt, holding }) => ({
      id,
      number,
      title,
      openedAt,
      handovers: holding.handovers.map((each) => ({ ...each, at: new Date(each.at) })),
      elapsedMs: holding.elapsedMs,
      workingMs: holding.workingMs,
      waitingMs: holding.waitingMs,
      overMs: holding.overMs,
    })),
    nextCursor: found.length > limit && last !== undefined ? cursorOf([last.openedKey, last.id]) : null,
  }
}

function matches(
  holding: Holding,
  {
    team,
    only,
    waitsFor,
  }: { readonly team: string | undefined; readonly only: string; readonly waitsFor: string | undefined },
): boolean {
  const ofTeam = <Each>(all: readonly Each[], whose: (each: Each) => string | null) =>
    team === undefined ? all : all.filter((each) => (whose(each) ?? '') === team)
  const stays = ofTeam(holding.stays, (stay) => stay.team)
  if (team !== undefined && stays.length === 0) return false
  if (waitsFor !== undefined && !stays.some((stay) => stay.waitsFor === waitsFor)) return false
  if (only === 'ping-pong') return ofTeam(holding.handovers, ({ to }) => to).some(({ back }) => back)
  const away = ofTeam(holding.handovers, ({ from }) => from).length
  return away >= (only === 'all' ? 0 : only === 'handed-on' ? 1 : 2)
}

interface Group {
  incidents: number
  handedOn: number
  handedOnTwice: number
  pingPong: number
  handovers: number
  elapsedMs: number
  workingMs: number
  waitingMs: number
  overMs: number
  readonly waits: Map<string, { incidents: number; waitingMs: number }>
  readonly durations: number[]
}

function emptyGroup(): Group {
  const counts = { incidents: 0, handedOn: 0, handedOnTwice: 0, pingPong: 0, handovers: 0 }
  return { ...counts, elapsedMs: 0, workingMs: 0, waitingMs: 0, overMs: 0, waits: new Map(), durations: [] }
}

function groupIn(groups: Map<string, Group>, key: string): Group {
  const group = groups.get(key) ?? emptyGroup()
  groups.set(key, group)
  return group
}

function add(group: Group, { holding, durationMs }: HeldIncident): void {
  addCounts(group, holding.handovers.length, isPingPong(holding))
  addTimes(group, holding.stays)
  group.durations.push(durationMs)
}

/** Each team with its part: what it held, gave away and got back. */
function addByTeam(groups: Map<string, Group>, { stays, handovers }: Holding): void {
  const teams = new Set([...stays.map(({ team }) => team ?? ''), ...handovers.map(({ from }) => from)])
  for (const team of teams) {
    const group = groupIn(groups, team)
    const away = handovers.filter(({ from }) => from === team).length
    addCounts(
      group,
      away,
      handovers.some(({ to, back }) => back && to === team),
    )
    addTimes(
      group,
      stays.filter((stay) => (stay.team ?? '') === team),
    )
  }
}

function addCounts(group: Group, handovers: number, pingPong: boolean): void {
  group.incidents += 1
  group.handovers += handovers
  if (handovers >= 1) group.handedOn += 1
  if (handovers >= 2) group.handedOnTwice += 1
  if (pingPong) group.pingPong += 1
}

function addTimes(group: Group, stays: Holding['stays']): void {
  const waited = new Set<string>()
  for (const { from, to, kind, waitsFor } of stays) {
    const ms = to - from
    group.elapsedMs += ms
    group[`${kind}Ms`] += ms
    if (waitsFor === null) continue
    const wait = group.waits.get(waitsFor) ?? { incidents: 0, waitingMs: 0 }
    wait.waitingMs += ms
    if (!waited.has(waitsFor)) wait.incidents += 1
    waited.add(waitsFor)
    group.waits.set(waitsFor, wait)
  }
}

function viewOf({ waits, durations, ...sums }: Group, named: { key: string; label: string }): HandoverGroup {
  const sorted = durations.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return {
    ...named,
    ...sums,
    waits: [...waits]
      .map(([reason, wait]) => ({ for: reason, ...wait }))
      .toSorted((one, other) => other.waitingMs - one.waitingMs),
    duration:
      sorted.length === 0
        ? null
        : {
            meanMs: sorted.reduce((sum, each) => sum + each, 0) / sorted.length,
            medianMs: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
          },
  }
}

async function namesOf(db: Db, table: 'team' | 'service', ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== '')
  const { rows } = await sql<{ id: string; name: string }>`
    select id::text as id, name from ${sql.table(table)} where id = any(${wanted}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
