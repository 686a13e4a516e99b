import { sql } from 'kysely'
import { openIntervals, type OpenTime } from '#core/calendar.ts'
import { calendarOpenTime } from '#modules/service-levels'
import { counting } from '#platform/confidential.ts'
import type { Db } from '#platform/context.ts'
import type { AvailabilityOfService, AvailabilityPromise } from './api.ts'
import type { Severity } from './downtime.ts'
import { type Known, type KnownDowntime, measure, type Measured } from './measure.ts'
import { narrowed, promisesIn } from './queries.ts'
import { asTold } from './told.ts'

interface Asked {
  readonly customer?: string | undefined
  readonly service?: string | undefined
  /** `YYYY-MM`, of each customer's days. */
  readonly month: string
  readonly serviceTime: 'true' | 'false'
}

/** A month may begin and end this much earlier or later somewhere on earth. */
const EDGE_HOURS = 15
const WHOLE = 10_000

/**
 * The availability of every service that something was promised of, in a month of its customer; until now if it is not over.
 * A locked month is told as it was when it was locked, and what is known of it by now stands beside. It counts that a service
 * was down also where only few may know why.
 */
export async function reportAvailability(
  now: { readonly db: Db; readonly now: Date },
  { customer, service, month, serviceTime }: Asked,
): Promise<{ items: AvailabilityOfService[] }> {
  const narrowing = await narrowed(now.db, { customer, service })
  const counted = await counting(now.db, () => countAvailability(now, { ...narrowing, month, serviceTime }))
  return { items: await asTold(now.db, counted, month) }
}

interface Counting {
  readonly customerId?: string | undefined
  readonly serviceId?: string | undefined
  /** `YYYY-MM`, of each customer's days. */
  readonly month: string
  readonly serviceTime?: 'true' | 'false'
}

/** The same by what is known now, whether the month is locked or not. */
export async function countAvailability(
  { db, now }: { readonly db: Db; readonly now: Date },
  { month, serviceTime = 'false', ...narrowing }: Counting,
): Promise<AvailabilityOfService[]> {
  const promises = await promisesIn(db, narrowing, around(month))
  const edges = await edgesOf(db, [...new Set(promises.map(({ customerId }) => customerId))], month)
  const hours = new Map<string, OpenTime>()
  const items: AvailabilityOfService[] = []
  for (const promise of promises) {
    const { customerId, calendarId, validFrom, validTo } = promise
    const edge = edges.get(customerId)!
    const from = Math.max(edge.from, validFrom.getTime())
    const to = Math.min(edge.to, validTo?.getTime() ?? Infinity, now.getTime())
    if (to <= from) continue
    const open = hours.get(calendarId) ?? (await calendarOpenTime(db, calendarId))
    hours.set(calendarId, open)
    const ends = Math.min(edge.to, validTo?.getTime() ?? Infinity)
    const known = await readKnown(db, promise, { from, to, ends })
    const measured = measure(promise.serviceId, promise, open, { from, to, ends }, known)
    const stretches = serviceTime === 'true' ? stretchesOf(open, { from, to: ends }) : null
    items.push({ ...itemOf(promise, { from, to }, measured), serviceTime: stretches })
  }
  return items
}

function around(month: string): { from: Date; to: Date } {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const edge = EDGE_HOURS * 3_600_000
  return { from: new Date(Date.UTC(year, number - 1) - edge), to: new Date(Date.UTC(year, number) + edge) }
}

async function edgesOf(db: Db, customerIds: readonly string[], month: string) {
  const { rows } = await sql<{ readonly id: string; readonly from: Date; readonly to: Date }>`
    select id, ${`${month}-01`}::timestamp at time zone time_zone as "from",
      (${`${month}-01`}::timestamp + interval '1 month') at time zone time_zone as "to"
    from customer where id = any(${customerIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, from, to }) => [id, { from: from.getTime(), to: to.getTime() }]))
}

async function readKnown(
  db: Db,
  { customerId, serviceId, parts }: AvailabilityPromise,
  { from, to, ends }: { readonly from: number; readonly to: number; readonly ends: number },
): Promise<Known> {
  const services = [serviceId, ...parts.flatMap((part) => part.services)]
  const within = sql<boolean>`tstzrange(began_at, ended_at) && tstzrange(${new Date(from)}, ${new Date(to)})`
  const downtimes = await db
    .selectFrom('downtime')
    .select(['serviceId', 'beganAt', 'endedAt', 'severity', 'usersHit', 'usersAll', 'exclusionState'])
    .where('customerId', '=', customerId)
    .where('serviceId', 'in', services)
    .where(within)
    .execute()
  const windows = await db
    .selectFrom('maintenanceWindow')
    .select(['startsAt', 'endsAt', 'announcedAt'])
    .where('customerId', '=', customerId)
    .where('serviceId', '=', serviceId)
    .where('cancelledAt', 'is', null)
    // What is announced for the rest of the month leaves it less agreed time.
    .where('startsAt', '<', new Date(ends))
    .where('endsAt', '>', new Date(from))
    .execute()
  const gaps = await db
    .selectFrom('monitoringGap')
    .select(['beganAt', 'endedAt'])
    .where('customerId', '=', customerId)
    .where('serviceId', '=', serviceId)
    .where(within)
    .execute()
  return {
    downtimes: downtimes.map(
      ({ beganAt, endedAt, severity, usersHit, usersAll, exclusionState, serviceId: of }): KnownDowntime => ({
        serviceId: of,
        from: beganAt.getTime(),
        to: endedAt?.getTime() ?? to,
        severity: severity as Severity,
        usersBp: usersHit === null || usersAll === null ? WHOLE : (usersHit * WHOLE) / usersAll,
        excluded: exclusionState === 'approved',
      }),
    ),
    maintenance: windows.map(({ startsAt, endsAt, announcedAt }) => ({
      from: startsAt.getTime(),
      to: endsAt.getTime(),
      announcedAt: announcedAt.getTime(),
    })),
    gaps: gaps.map(({ beganAt, endedAt }) => ({ from: beganAt.getTime(), to: endedAt.getTime() })),
  }
}

/** When the calendar was open within the period. */
function stretchesOf(open: OpenTime, { from, to }: { readonly from: number; readonly to: number }) {
  return openIntervals(open, from, to).map(({ opens, closes }) => ({
    from: new Date(Math.max(opens, from)),
    to: new Date(Math.min(closes, to)),
  }))
}

function itemOf(
  promise: AvailabilityPromise,
  { from, to }: { readonly from: number; readonly to: number },
  measured: Measured,
): Omit<AvailabilityOfService, 'serviceTime'> {
  const { meanTimes } = measured
  return {
    promise,
    from: new Date(from),
    to: new Date(to),
    agreedSeconds: measured.agreedMs / 1000,
    maintenanceSeconds: measured.maintenanceMs / 1000,
    downSeconds: measured.downMs / 1000,
    excludedSeconds: measured.excludedMs / 1000,
    blindSeconds: measured.blindMs / 1000,
    availability: measured.ratio,
    byService: measured.byService,
    byUsers: measured.byUsers,
    coverage: measured.coverage,
    met: measured.met,
    budgetSeconds: measured.budgetMs / 1000,
    leftSeconds: measured.leftMs / 1000,
    monthBudgetSeconds: measured.wholeBudgetMs / 1000,
    monthLeftSeconds: measured.wholeLeftMs / 1000,
    outages: measured.outages.map((outage) => ({ from: new Date(outage.from), to: new Date(outage.to) })),
    meanTimes: meanTimes && {
      toRestoreSeconds: meanTimes.toRestoreMs / 1000,
      betweenOutagesSeconds: meanTimes.betweenOutagesMs / 1000,
      betweenFailuresSeconds: meanTimes.betweenFailuresMs / 1000,
    },
    designed: measured.designed,
    lateMaintenance: measured.lateMaintenance,
    locked: false,
    known: null,
  }
}
