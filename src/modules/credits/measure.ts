import { sql } from 'kysely'
import type { Tally } from '#core/attainment.ts'
import type { Measured } from '#core/credit-measure.ts'
import type { CreditRegime } from '#core/credit-terms.ts'
import type { CreditPeriod } from '#core/credit.ts'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import { reportAvailability } from '#modules/availability'
import { basesOf } from '#modules/contracts'
import type { Context, Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import type { LevelSource } from './api.ts'

export interface Measuring {
  readonly contractId: string
  readonly customerId: string
  readonly terms: CreditRegime
  readonly sources: Readonly<Record<string, LevelSource>>
}

/** How many more results, or fewer, a month has of a kind than are stored: for asking what would be. */
export interface Shift extends Tally {
  /** `YYYY-MM`. */
  readonly month: string
  readonly metric: string
  readonly priority: string | null
  readonly serviceId: string | null
}

const nothing: Tally = { met: 0, failed: 0, excluded: 0 }

/** Months from one to another, both included; at most ten years of them. */
export function monthsFrom(from: string, to: string): readonly string[] {
  const months: string[] = []
  for (let month = from; month <= to && months.length < 120; month = monthsAfter(`${month}-01`, 1).slice(0, 7))
    months.push(month)
  return months
}

/** What was charged and measured in these months, as it is stored and, where something is tried, with its shifts. */
export async function periodsOf(
  context: Context,
  measuring: Measuring,
  months: readonly string[],
  shifts: readonly Shift[] = [],
): Promise<readonly CreditPeriod[]> {
  const { db } = context
  const { contractId, terms } = measuring
  const [tallies, notes, bases] = await together([
    talliesOf(context, measuring, months, shifts),
    db
      .selectFrom('creditNote')
      .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'level', 'cause', 'claimedOn'])
      .where('contractId', '=', contractId)
      .execute(),
    basesOf(db, contractId, months),
  ])
  const periods: CreditPeriod[] = []
  for (const month of months) {
    const fees = terms.kind === 'bands' ? await feesOf(db, contractId, month) : new Map<string, number>()
    const measured = terms.levels.map(({ key }): Measured => {
      const note = notes.find((each) => each.month === month && each.level === key)
      const source = measuring.sources[key]
      const feeMinor = source?.service ? fees.get(source.service) : undefined
      return {
        level: key,
        tally: tallies.get(`${month} ${key}`) ?? nothing,
        event: note?.cause ?? null,
        claimed: isClaimed(note?.claimedOn ?? null, month, terms.claimWithinDays),
        ...(feeMinor !== undefined && { feeMinor }),
      }
    })
    periods.push({ month, basisMinor: bases.get(month) ?? 0, measured })
  }
  return periods
}

/** Within so many days of the end of the month. */
function isClaimed(on: string | null, month: string, withinDays: number | null): boolean {
  if (on === null || withinDays === null) return false
  return on < daysAfter(monthsAfter(`${month}-01`, 1), withinDays)
}

async function talliesOf(
  context: Context,
  { customerId, sources }: Measuring,
  months: readonly string[],
  shifts: readonly Shift[],
) {
  const tallies = new Map<string, Tally>()
  // A contract has dozens of levels, and a customer thousands of figures.
  const stored = await attainedIn(context.db, customerId, months)
  const shifted = shifts.filter(({ month }) => months.includes(month))
  const attained = Map.groupBy([...stored, ...shifted], ({ metric }) => metric)
  for (const [key, source] of Object.entries(sources)) {
    if (source.of === 'availability') {
      for (const month of months) {
        const tally = await availabilityIn(context, customerId, source.service, month)
        if (tally !== null) tallies.set(`${month} ${key}`, tally)
      }
      continue
    }
    const { metric, priority, service } = source
    for (const row of attained.get(metric) ?? []) {
      if (priority !== null && row.priority !== priority) continue
      if (service !== null && row.serviceId !== service) continue
      const { met, failed, excluded } = tallies.get(`${row.month} ${key}`) ?? nothing
      const sum = { met: met + row.met, failed: failed + row.failed, excluded: excluded + row.excluded }
      tallies.set(`${row.month} ${key}`, sum)
    }
  }
  return tallies
}

/** Counted months of a customer, in one trip for all levels: a contract has dozens of them. */
async function attainedIn(db: Db, customerId: string, months: readonly string[]) {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return []
  return db
    .selectFrom('attainmentMonth')
    .select((of) => [
      sql<string>`to_char(month, 'YYYY-MM')`.as('month'),
      'metric',
      'priority',
      'serviceId',
      of.fn.sum<number>('met').as('met'),
      of.fn.sum<number>('failed').as('failed'),
      of.fn.sum<number>('excluded').as('excluded'),
    ])
    .where('customerId', '=', customerId)
    .where('month', '>=', `${first}-01`)
    .where('month', '<=', `${last}-01`)
    .groupBy(['month', 'metric', 'priority', 'serviceId'])
    .execute()
}

/** Milliseconds up and down of those agreed; null where nothing was promised or agreed. */
async function availabilityIn(
  context: Context,
  customer: string,
  service: string,
  month: string,
): Promise<Tally | null> {
  const { items } = await reportAvailability(context, { customer, service, month, serviceTime: 'false' })
  const figure = items[0]?.availability ?? null
  if (figure === null) return null
  const met = Math.round(figure.numerator)
  return { met, failed: Math.round(figure.denominator) - met, excluded: 0 }
}

/** What was charged for each service by itself. */
async function feesOf(db: Db, contractId: string, month: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('charge')
    .innerJoin('chargeLine', 'chargeLine.id', 'charge.lineId')
    .select(['chargeLine.serviceId', sql<number>`sum(charge.amount_minor)::bigint`.as('feeMinor')])
    .where('charge.contractId', '=', contractId)
    .where('charge.month', '=', `${month}-01`)
    .where('chargeLine.serviceId', 'is not', null)
    .groupBy('chargeLine.serviceId')
    .execute()
  return new Map(rows.map(({ serviceId, feeMinor }) => [serviceId!, feeMinor]))
}

export interface Running {
  readonly openMissed: number
  readonly dueSoon: number
}

const SOON_HOURS = 24

/** Clocks that have missed and still run, and those that are due within a day. Of availability there are none. */
export async function runningOf(
  { db, now }: Context,
  customerId: string,
  source: LevelSource | undefined,
): Promise<Running> {
  if (source === undefined || source.of === 'availability') return { openMissed: 0, dueSoon: 0 }
  const { metric, priority, service } = source
  const soon = new Date(now.getTime() + SOON_HOURS * 3_600_000)
  const row = await db
    .selectFrom('clock')
    .select((of) => [
      of.fn.countAll<number>().filterWhere('state', '=', 'breached-running').as('openMissed'),
      of.fn.countAll<number>().filterWhere('state', '=', 'running').filterWhere('dueAt', '<=', soon).as('dueSoon'),
    ])
    .where('customerId', '=', customerId)
    .where('metric', '=', metric)
    .where('state', 'in', ['running', 'breached-running'])
    .where('exclusion', 'is', null)
    .$if(priority !== null, (query) => query.where('priority', '=', priority!))
    .$if(service !== null, (query) => query.where('serviceId', '=', service))
    .executeTakeFirstOrThrow()
  return row
}
