import { sql } from 'kysely'
import { converted, decimalsOf, type RateSet } from '#core/exchange.ts'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, barredFromEverybodysMoney, require } from '#core/may.ts'
import { monthsAfter, daysAfter } from '#core/recurrence.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { NewRateSet, RateSetView } from './api.ts'

/** As a fraction of whole numbers: `1.15` is 115 of 100. */
function fractionOf(rate: string): { numerator: number; denominator: number } {
  const [whole = '0', part = ''] = rate.split('.')
  return { numerator: Number(`${whole}${part}`), denominator: 10 ** part.length }
}

/** As somebody would write it. */
function written(numerator: number, denominator: number): string {
  const digits = String(denominator).length - 1
  const text = String(numerator).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

export async function listRateSets(context: Context): Promise<RateSetView[]> {
  if (context.actor.access !== 'auditor') require(barredFromContracting(context.actor))
  return setsOf(context.db)
}

async function setsOf(db: Db, id?: string): Promise<RateSetView[]> {
  const sets = await db
    .selectFrom('rateSet')
    .select(['id', 'name', 'kind', 'validFrom', 'validUntil', 'lockedAt'])
    .$if(id !== undefined, (query) => query.where('id', '=', id!))
    .orderBy('validFrom', 'desc')
    .orderBy('name')
    .limit(200)
    .execute()
  if (sets.length === 0) return []
  const rates = await db
    .selectFrom('exchangeRate')
    .select(['rateSetId', 'fromCurrency', 'toCurrency', 'numerator', 'denominator'])
    .where(
      'rateSetId',
      'in',
      sets.map((each) => each.id),
    )
    .orderBy('fromCurrency')
    .orderBy('toCurrency')
    .execute()
  return sets.map((set) => ({
    ...set,
    kind: set.kind as RateSetView['kind'],
    rates: rates
      .filter(({ rateSetId }) => rateSetId === set.id)
      .map(({ fromCurrency, toCurrency, numerator, denominator }) => ({
        from: fromCurrency,
        to: toCurrency,
        rate: written(numerator, denominator),
      })),
  }))
}

/** @param sample It goes with the sample company. */
export async function addRateSet(
  context: Context,
  { rates, ...given }: NewRateSet,
  { sample = false }: { readonly sample?: boolean } = {},
): Promise<RateSetView> {
  require(barredFromEverybodysMoney(context.actor))
  const { db, now } = context
  if (given.validUntil < given.validFrom) throw invalid('rate-set.days')
  const wrong = rates.findIndex(
    ({ from, to, rate }, index) =>
      from === to ||
      fractionOf(rate).numerator === 0 ||
      rates.slice(0, index).some((each) => each.from === from && each.to === to),
  )
  if (wrong !== -1) throw invalid('rate-set.rate', { from: rates[wrong]!.from, to: rates[wrong]!.to })
  const id = newId(now.getTime())
  await explaining({ rate_set_name_key: 'rate-set.name-taken' }, { name: given.name }, () =>
    db
      .insertInto('rateSet')
      .values({ id, ...given, sample, createdAt: now })
      .execute(),
  )
  await db
    .insertInto('exchangeRate')
    .values(
      rates.map(({ from, to, rate }) => ({
        rateSetId: id,
        fromCurrency: from,
        toCurrency: to,
        ...fractionOf(rate),
      })),
    )
    .execute()
  await audit(context, { action: 'rate-set.added', subjectType: 'rate-set', subjectId: id })
  return (await setsOf(db, id))[0]!
}

export async function lockRateSet(context: Context, id: string): Promise<RateSetView> {
  require(barredFromEverybodysMoney(context.actor))
  const { db, now, actor } = context
  const [set] = await setsOf(db, id)
  if (set === undefined) throw notFound('rate-set.not-found')
  if (set.lockedAt !== null) throw refused('rate-set.locked')
  await explaining({ rate_set_days: 'rate-set.other-locked' }, { kind: set.kind }, () =>
    db.updateTable('rateSet').set({ lockedAt: now, lockedBy: actor.personId }).where('id', '=', id).execute(),
  )
  await audit(context, { action: 'rate-set.locked', subjectType: 'rate-set', subjectId: id })
  return (await setsOf(db, id))[0]!
}

/** Locked sets of a kind that hold on a day, as the rules read them. */
async function lockedOn(db: Db, kind: RateSet['kind'], day: string): Promise<RateSet | null> {
  const rows = await db
    .selectFrom('rateSet')
    .innerJoin('exchangeRate', 'exchangeRate.rateSetId', 'rateSet.id')
    .select(['rateSet.id', 'fromCurrency as from', 'toCurrency as to', 'numerator', 'denominator'])
    .where('kind', '=', kind)
    .where('lockedAt', 'is not', null)
    .where('validFrom', '<=', day)
    .where('validUntil', '>=', day)
    .execute()
  const [first] = rows
  return first === undefined ? null : { id: first.id, kind, locked: true, rates: rows }
}

export interface Posted {
  readonly amountMinor: number
  readonly originalMinor: number
  readonly originalCurrency: string
  readonly rateSetId: string | null
}

/**
 * An amount as it is posted to a line: converted once by the average rates of its month, with the original beside it.
 * Refused where no locked set has the rate, for nothing is converted at a guess; and where nothing is left of the amount.
 */
export async function posted(
  db: Db,
  money: { readonly amountMinor: number; readonly currency: string },
  { to, month, line }: { readonly to: string; readonly month: string; readonly line: number },
): Promise<Posted> {
  const original = { originalMinor: money.amountMinor, originalCurrency: money.currency }
  if (money.currency === to) return { amountMinor: money.amountMinor, ...original, rateSetId: null }
  const day = daysAfter(monthsAfter(`${month}-01`, 1), -1)
  const set = await lockedOn(db, 'average', day)
  const result = set === null ? null : converted(money, to, set)
  if (result === null) throw refused('budget.no-rate', { line, from: money.currency, to, month })
  if (result.amountMinor === 0) throw refused('budget.too-small', { line, from: money.currency, to })
  return { amountMinor: result.amountMinor, ...original, rateSetId: result.rateSetId }
}

/**
 * What an amount is at the budget's rates of its year, by the smallest unit of the line's currency: `null` where there is
 * no such rate. In SQL, so that a year of entries is read at once.
 */
export const atBudgetRate = sql<number | null>`(
  select round(e.original_minor::numeric * r.numerator / r.denominator
    * power(10::numeric, ${decimals(sql`l.currency`)} - ${decimals(sql`e.original_currency`)}))::bigint
  from rate_set s join exchange_rate r on r.rate_set_id = s.id
  where s.kind = 'budget' and s.locked_at is not null and e.month between s.valid_from and s.valid_until
    and r.from_currency = e.original_currency and r.to_currency = l.currency limit 1)`

function decimals(currency: ReturnType<typeof sql>) {
  const odd = ['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'KWD', 'BHD', 'OMR', 'TND', 'JOD']
  return sql`(case ${sql.join(
    odd.map((each) => sql`when ${currency} = ${sql.lit(each)} then ${sql.lit(decimalsOf(each))}`),
    sql` `,
  )} else 2 end)`
}
