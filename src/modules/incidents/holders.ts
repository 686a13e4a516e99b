import { openMsBetween } from '#core/calendar.ts'
import type { ClockResult, ClockSegment } from '#core/clock.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { barredFromInside, require } from '#core/may.ts'
import {
  agreementOfClock,
  type BehindClock,
  clockView,
  countBehind,
  countClocks,
  type PromisedMetric,
  readBehind,
} from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import type { Holders } from './api.ts'
import { clockEventsOf } from './clock-events.ts'
import { getIncident } from './queries.ts'
import { readClockFacts } from './timeline.ts'

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
    .selectAll('clock')
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
    siteId: incident.site?.id ?? null,
    serviceId: incident.service?.id ?? null,
    teamId: null,
  }
  const counted = countClocks(agreement, subject, events, now.getTime()).find((clock) => clock.metric === metric)
  if (!counted) return { clock: null, missed: false, stretches: [], shares: [], behind: [] }
  const { result } = counted
  const teams = await readTeams(db, result)
  const stretches = stretchesOf(result, teams)
  const supporting = await readBehind(db, stored.agreementVersionId, subject, incident.openedAt)
  const behind = countBehind(supporting, subject, events, now.getTime())
    .filter((each) => each.metric === metric)
    .map(viewOf)
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

/** How far the promises behind a clock have come. */
function viewOf({ behind, result }: BehindClock): Holders['behind'][number] {
  const { agreementId, name, type, step } = behind
  const { elapsedMs, targetMs, startAt, dueAt, breachedAt, state } = result
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
