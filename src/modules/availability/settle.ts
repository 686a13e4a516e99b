import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import type { AvailabilityFigure } from './api.ts'
import { figureOf, isSameFigure } from './figure.ts'
import { touchedMonths } from './months.ts'
import { countAvailability } from './report.ts'
import { readTold, storeTold } from './told.ts'

/** Keeps what is counted of a customer's locked months as what was told of them, once for each. */
export async function keepTold(context: Context, customerId: string): Promise<void> {
  const { db, now } = context
  const { rows } = await sql<{ readonly month: string }>`
    select to_char(p.month, 'YYYY-MM') as month from period p
    where p.customer_id = ${customerId} and p.state = 'locked'
      and exists (select from availability_promise a where a.customer_id = p.customer_id)
      and not exists (select from availability_told t where t.customer_id = p.customer_id and t.month = p.month)
    order by p.month`.execute(db)
  for (const { month } of rows) {
    const items = await countAvailability(context, { customerId, month })
    await db
      .insertInto('availabilityTold')
      .values({ customerId, month: `${month}-01`, items: storeTold(items), toldAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** What a change does to the figure of a service in a month of its customer. */
export interface AvailabilityDifference {
  readonly customerId: string
  readonly serviceId: string
  readonly promiseId: string
  /** `YYYY-MM`. */
  readonly month: string
  readonly locked: boolean
  /** As it is known before, and would be; null where nothing is promised. */
  readonly before: AvailabilityFigure | null
  readonly after: AvailabilityFigure | null
}

/** The figures of customers' months as they are known now, for whoever compares them with what they become. */
export type KnownMonths = readonly (AvailabilityDifference & { readonly after: null })[]

export interface Touched {
  readonly customerIds: readonly string[]
  readonly from: Date
  /** Null: until now. */
  readonly to: Date | null
}

/** What is known of every month that a stretch of time touches. */
export async function knownMonths(context: Pick<Context, 'db' | 'now'>, touched: Touched): Promise<KnownMonths> {
  const found: (AvailabilityDifference & { readonly after: null })[] = []
  for (const customerId of touched.customerIds) {
    for (const { month, locked } of await touchedMonths(context.db, customerId, { ...touched, now: context.now })) {
      for (const item of await countAvailability(context, { customerId, month })) {
        const { serviceId, id } = item.promise
        found.push({ customerId, serviceId, promiseId: id, month, locked, before: figureOf(item), after: null })
      }
    }
  }
  return found
}

/** What differs between months before a change and after it. */
export function differencesOf(before: KnownMonths, after: KnownMonths): AvailabilityDifference[] {
  const keyOf = ({ promiseId, month }: AvailabilityDifference) => `${promiseId} ${month}`
  const was = new Map(before.map((each) => [keyOf(each), each]))
  const now = new Set(after.map(keyOf))
  const gone = before.filter((each) => !now.has(keyOf(each)))
  return [
    ...after.map((each) => ({ ...each, before: was.get(keyOf(each))?.before ?? null, after: each.before })),
    ...gone,
  ]
    .filter((each) => !isSameFigure(each.before, each.after))
    .toSorted((one, other) => one.month.localeCompare(other.month))
}

/**
 * Enters what differs from what was told of a customer's locked months, or from what the last entry said, into the open
 * month. Doing it again enters nothing.
 */
export async function adjustAvailability(
  context: Context,
  customerId: string,
  correctionId: string | null,
): Promise<void> {
  const { db, now } = context
  const months = await db
    .selectFrom('availabilityTold')
    .select(sql<string>`to_char(month, 'YYYY-MM')`.as('month'))
    .where('customerId', '=', customerId)
    .orderBy('month')
    .execute()
  for (const { month } of months) {
    const told = (await readTold(db, [customerId], month)).get(customerId) ?? []
    const known = new Map<string, { readonly serviceId: string; readonly figure: AvailabilityFigure | null }>(
      told.map((item) => [item.promise.id, { serviceId: item.promise.serviceId, figure: figureOf(item) }]),
    )
    for (const { promiseId, serviceId, after } of await lastAdjusted(context, customerId, month)) {
      known.set(promiseId, { serviceId, figure: after })
    }
    const counted = await countAvailability(context, { customerId, month })
    const is = new Map(counted.map((item) => [item.promise.id, figureOf(item)]))
    for (const { promise } of counted) {
      if (!known.has(promise.id)) known.set(promise.id, { serviceId: promise.serviceId, figure: null })
    }
    for (const [promiseId, { serviceId, figure }] of known) {
      const after = is.get(promiseId) ?? null
      if (isSameFigure(figure, after)) continue
      await db
        .insertInto('availabilityAdjustment')
        .values({
          id: newId(now.getTime()),
          customerId,
          serviceId,
          promiseId,
          month: `${month}-01`,
          enteredMonth: sql<string>`(select date_trunc('month', ${now}::timestamptz at time zone time_zone)::date from customer where id = ${customerId})`,
          before: figure && JSON.stringify(figure),
          after: after && JSON.stringify(after),
          correctionId,
          createdAt: now,
        })
        .execute()
    }
  }
}

async function lastAdjusted({ db }: Context, customerId: string, month: string) {
  const { rows } = await sql<{
    readonly promiseId: string
    readonly serviceId: string
    readonly after: AvailabilityFigure | null
  }>`
    select distinct on (promise_id) promise_id, service_id, after from availability_adjustment
    where customer_id = ${customerId} and month = ${`${month}-01`}::date
    order by promise_id, created_at desc, id desc`.execute(db)
  return rows
}
