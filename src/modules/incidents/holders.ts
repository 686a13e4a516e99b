import { heldClock } from '#core/chain.ts'
import { openMsBetween } from '#core/calendar.ts'
import { type ClockResult, type ClockSegment, runClock } from '#core/clock.ts'
import type { ClockEvent } from '#core/clock-terms.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { barredFromInside, require } from '#core/may.ts'
import {
  agreementOfClock,
  agreementOfVersion,
  clockView,
  countClocks,
  type PromisedMetric,
  readSupporting,
  type Supporting,
} from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import type { Holders } from './api.ts'
import { clockEventsOf } from './clock-events.ts'
import { getIncident, readClockFacts } from './queries.ts'

type Holder = Holders['shares'][number]['holder']

/** Who held an incident while one of its clocks was counted, and the clocks of what stands behind its agreement. */
export async function readHolders(
  context: Context,
  idOrNumber: string,
  { metric }: { readonly metric: PromisedMetric },
): Promise<Holders> {
  require(barredFromInside(context.actor))
  const { db, now } = context
  const incident = await getIncident(context, idOrNumber)
  const stored = await db
    .selectFrom('clock')
    .innerJoin('agreementVersion', 'agreementVersion.id', 'clock.agreementVersionId')
    .selectAll('clock')
    .select('agreementVersion.agreementId')
    .where('clock.incidentId', '=', incident.id)
    .where('clock.metric', '=', metric)
    .executeTakeFirst()
  if (!stored) return { clock: null, missed: false, stretches: [], shares: [], behind: [] }
  const agreement = await agreementOfClock(db, stored, incident.site?.id ?? null)
  const events = clockEventsOf(await readClockFacts(db, incident))
  const subject = {
    incidentId: incident.id,
    customerId: incident.customer.id,
    number: incident.number,
    priority: stored.priority,
    category: incident.category,
    siteId: null,
    serviceId: incident.service?.id ?? null,
    teamId: null,
  }
  const counted = countClocks(agreement, subject, events, now.getTime()).find((clock) => clock.metric === metric)
  if (!counted) return { clock: null, missed: false, stretches: [], shares: [], behind: [] }
  const { result } = counted
  const teams = await readTeams(db, result)
  const stretches = stretchesOf(result, teams)
  const supporting = await readSupporting(db, stored.agreementId, incident.openedAt)
  const behind: Holders['behind'] = []
  for (const each of supporting) {
    const found = await clockBehind(context, each, {
      events,
      metric,
      priority: stored.priority,
      openedAt: result.startAt,
      subject,
    })
    if (found !== null) behind.push(found)
  }
  return {
    clock: clockView(stored, agreement, now),
    missed: result.state === 'breached-running' || result.state === 'breached-stopped',
    stretches,
    shares: sharesOf(stretches, wholeSeconds(result.elapsedMs)),
    behind,
  }
}

interface Team {
  readonly id: string
  readonly name: string
  readonly kind: string
}

async function readTeams(db: Db, { segments }: ClockResult): Promise<ReadonlyMap<string, Team>> {
  const ids = [...new Set(segments.flatMap(({ team }) => (team === null ? [] : [team])))]
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('team').select(['id', 'name', 'kind']).where('id', 'in', ids).execute()
  return new Map(rows.map((team) => [team.id, team]))
}

function holderOf({ kind, reason, team: id }: ClockSegment, teams: ReadonlyMap<string, Team>): Holder {
  if (kind === 'pause' && reason !== 'resolved') return { kind: 'customer', id: null, name: null }
  if (reason === 'awaiting-supplier') return { kind: 'supplier', id: null, name: null }
  const team = id === null ? undefined : teams.get(id)
  if (team === undefined || reason === 'resolved') return { kind: 'nobody', id: null, name: null }
  return { kind: team.kind === 'supplier' ? 'supplier' : 'team', id: team.id, name: team.name }
}

/** The clock's stretches with their holders. Seconds are those of the sum so far, so that they add up to the clock's. */
function stretchesOf(result: ClockResult, teams: ReadonlyMap<string, Team>): Holders['stretches'] {
  const { segments, open, carriedMs, startAt } = result
  let elapsedMs = 0
  let told = 0
  const counting = (ms: number): number => {
    elapsedMs += ms
    const seconds = wholeSeconds(elapsedMs) - told
    told += seconds
    return seconds
  }
  const carried: Holders['stretches'] =
    carriedMs === 0
      ? []
      : [
          {
            from: new Date(startAt ?? 0),
            to: new Date(segments[0]?.from ?? startAt ?? 0),
            holder: { kind: 'nobody', id: null, name: null },
            reason: 'carried',
            wallSeconds: 0,
            countedSeconds: counting(carriedMs),
          },
        ]
  return [
    ...carried,
    ...segments.map((segment) => ({
      from: new Date(segment.from),
      to: new Date(segment.to),
      holder: holderOf(segment, teams),
      reason: segment.reason,
      wallSeconds: wholeSeconds(segment.to - segment.from),
      countedSeconds: counting(segment.kind === 'run' ? openMsBetween(open, segment.from, segment.to) : 0),
    })),
  ]
}

function sharesOf(stretches: Holders['stretches'], elapsedSeconds: number): Holders['shares'] {
  const groups = Map.groupBy(stretches, ({ holder }) => `${holder.kind} ${holder.id ?? ''}`)
  return [...groups.values()].map((held) => {
    const countedSeconds = held.reduce((sum, each) => sum + each.countedSeconds, 0)
    return {
      holder: held[0]!.holder,
      wallSeconds: held.reduce((sum, each) => sum + each.wallSeconds, 0),
      countedSeconds,
      share: elapsedSeconds === 0 ? null : { numerator: countedSeconds, denominator: elapsedSeconds },
    }
  })
}

interface Behind {
  readonly events: readonly ClockEvent[]
  readonly metric: PromisedMetric
  readonly priority: Parameters<typeof countClocks>[1]['priority']
  readonly openedAt: number | null
  /** What targets behind ask for. */
  readonly subject: { readonly serviceId: string | null; readonly category: string | null }
}

async function clockBehind(
  { db, now }: Context,
  { agreementId, versionId, name, type, step, partyTeamId }: Supporting,
  { events, metric, priority, openedAt, subject }: Behind,
): Promise<Holders['behind'][number] | null> {
  const at = now.getTime()
  const agreement = await agreementOfVersion(db, versionId)
  const promised = agreement.promised(subject, openedAt ?? at)
  const terms = promised.termsOf(metric, priority)
  const target = promised.targets.get(`${metric} ${priority}`)
  if (terms === null || target === undefined) return null
  // A supplier without a team of its own holds what waits for a supplier.
  const isHeld = ({ kind, team, reason }: ClockSegment) =>
    kind === 'run' && (partyTeamId === null ? reason === 'awaiting-supplier' : team === partyTeamId)
  const { open } = promised
  const result = runClock({ ...terms, reopen: 'continue' }, open, events, at)
  const { elapsedMs, targetMs, startAt, dueAt, breachedAt, state } = heldClock(
    result,
    { target: { ...target, open }, boundary: terms.boundary, isHeld },
    at,
  )
  return {
    agreementId,
    name,
    type,
    step,
    state,
    startedAt: dateOf(startAt),
    dueAt: dateOf(dueAt),
    breachedAt: dateOf(breachedAt),
    targetSeconds: targetMs / 1000,
    elapsedSeconds: wholeSeconds(elapsedMs),
  }
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
