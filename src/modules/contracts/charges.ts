import { type RawBuilder, sql } from 'kysely'
import { charged, type ChargePart, isByQuantity, isCounted } from '#core/charge.ts'
import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Charge, MonthCharges } from './api.ts'
import { requireAnswered } from './disputes.ts'
import { chargeLifecycle, type ChargeState, chargeStates } from './lifecycle.ts'
import { linesOf, priceIn } from './lines.ts'
import { requireOpen } from './locks.ts'
import { lockContract, requireContract } from './queries.ts'

/** What a credit is not reckoned from. */
const NOT_BASIS = ['pass-through', 'credit'] as const

/** Charges of which whoever asks sees what they may. */
export function charges({ db, actor }: Context) {
  const inside = actor.access !== 'customer'
  const reading: RawBuilder<Charge['reading']> =
    sql`(select json_build_object('countedAt', r.counted_at, 'source', r.source)
    from volume_reading r where r.id = charge.reading_id)`
  const unit: RawBuilder<string | null> = sql`(select l.unit from charge_line l where l.id = charge.line_id)`
  return db
    .selectFrom('charge')
    .select([
      'id',
      'contractId',
      'lineId',
      sql<string>`to_char(month, 'YYYY-MM')`.as('month'),
      'name',
      'kind',
      'state',
      'quantity',
    ])
    .select(['about', 'amountMinor', sql<ChargePart[]>`parts`.as('parts'), 'renegotiate', 'dispute', 'version'])
    .select([
      inside ? unit.as('unit') : sql<null>`null`.as('unit'),
      inside ? reading.as('reading') : sql<null>`null`.as('reading'),
    ])
    .orderBy('charge.month', 'desc')
    .orderBy('charge.id')
}

type Row = Awaited<ReturnType<ReturnType<typeof charges>['execute']>>[number]

export function chargeOf({ lineId: _line, contractId: _contract, reading, parts, ...row }: Row): Charge {
  return {
    ...row,
    state: row.state as ChargeState,
    parts: parts.map((part) => ({ ...part })),
    reading: reading && { ...reading, countedAt: new Date(reading.countedAt) },
  }
}

/** Months with what they cost, the latest first; of a customer only what was reviewed. */
export async function listCharges(
  context: Context,
  contractId: string,
  { month }: { readonly month?: string | undefined } = {},
): Promise<MonthCharges[]> {
  require(barredFromCharges(context.actor))
  const { id, currency } = await requireContract(context.db, contractId)
  const lines = context.actor.access === 'customer' ? [] : await linesOf(context.db, contractId)
  return monthsOf(context, { id, currency, lines }, month)
}

interface Charging {
  readonly id: string
  readonly currency: string
  readonly lines: Awaited<ReturnType<typeof linesOf>>
}

/** The same of a contract that is known with its lines. */
async function monthsOf(context: Context, charging: Charging, month?: string): Promise<MonthCharges[]> {
  const { currency, lines } = charging
  const rows = await charges(context)
    .where('contractId', '=', charging.id)
    .$if(month !== undefined, (query) => query.where('charge.month', '=', `${month}-01`))
    .execute()
  const months = [...new Set(rows.map((row) => row.month))]
  return months.map((each) => {
    const items = rows.filter((row) => row.month === each).map(chargeOf)
    const there = new Set(rows.filter((row) => row.month === each).map(({ lineId }) => lineId))
    return {
      month: each,
      currency,
      state: chargeStates.find((state) => items.some((item) => item.state === state)) ?? 'draft',
      totalMinor: items.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      items,
      missing: lines
        .filter(({ id, kind, prices }) => !there.has(id) && isCounted(kind) && priceIn(prices, each) !== undefined)
        .map(({ id, name }) => ({ id, name })),
    }
  })
}

interface Reckoned {
  readonly lineId: string
  readonly name: string
  readonly kind: string
  readonly quantity: number | null
  readonly readingId: string | null
  readonly amountMinor: number
  readonly parts: readonly ChargePart[]
  readonly renegotiate: boolean
}

/** What a month costs by its prices and the latest readings; lines of which something is missing are left out. */
async function reckoned(
  db: Db,
  contractId: string,
  month: string,
  known?: Charging['lines'],
): Promise<readonly Reckoned[]> {
  const day = `${month}-01`
  const readings = await db
    .selectFrom('volumeReading')
    .innerJoin('chargeLine', 'chargeLine.id', 'volumeReading.lineId')
    .distinctOn('volumeReading.lineId')
    .select(['volumeReading.id', 'volumeReading.lineId', 'volumeReading.quantity'])
    .where('chargeLine.contractId', '=', contractId)
    .where('volumeReading.month', '=', day)
    .orderBy('volumeReading.lineId')
    .orderBy('volumeReading.takenAt', 'desc')
    .orderBy('volumeReading.id', 'desc')
    .execute()
  return (known ?? (await linesOf(db, contractId))).flatMap(({ id: lineId, name, kind, prices, endedOn }) => {
    const price = priceIn(prices, month)
    if (price === undefined || (endedOn !== null && endedOn <= day)) return []
    if (kind === 'one-off' && price.validFrom !== day) return []
    const reading = readings.find((each) => each.lineId === lineId)
    if (reading === undefined && isByQuantity(kind)) return []
    const { amountMinor, parts, renegotiate } = charged(price.terms, reading?.quantity ?? 0)
    return [
      {
        lineId,
        name,
        kind,
        quantity: reading?.quantity ?? null,
        readingId: reading?.id ?? null,
        amountMinor,
        parts,
        renegotiate,
      },
    ]
  })
}

/** What credits of months are reckoned from: their charges without what is passed through, before credits. */
export async function basesOf(
  db: Db,
  contractId: string,
  months: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (months.length === 0) return new Map()
  const rows = await db
    .selectFrom('charge')
    .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'kind', 'amountMinor'])
    .where('contractId', '=', contractId)
    .where(
      'month',
      'in',
      months.map((month) => `${month}-01`),
    )
    .execute()
  const bases = new Map<string, number>()
  for (const month of months) {
    const stored = rows.filter((row) => row.month === month)
    const known = stored.some(({ kind }) => kind !== 'credit') ? stored : await reckoned(db, contractId, month)
    const basis = known.filter(({ kind }) => !(NOT_BASIS as readonly string[]).includes(kind))
    bases.set(
      month,
      basis.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    )
  }
  return bases
}

/** Reckons a month anew, as far as it is a draft. */
export async function draftCharges(context: Context, contractId: string, month: string): Promise<MonthCharges> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  const { customerId, currency } = await lockContract(db, contractId)
  await requireOpen(db, customerId, month)
  const lines = await linesOf(db, contractId)
  const items = await reckoned(db, contractId, month, lines)
  await db
    .deleteFrom('charge')
    .where('contractId', '=', contractId)
    .where('month', '=', `${month}-01`)
    .where('state', '=', 'draft')
    .where('lineId', 'is not', null)
    .execute()
  const about = { contractId, customerId, month: `${month}-01`, computedAt: now }
  const rows = items.map(({ parts, ...item }) => ({
    id: newId(now.getTime()),
    ...about,
    ...item,
    parts: JSON.stringify(parts),
  }))
  if (rows.length > 0) {
    await db
      .insertInto('charge')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['lineId', 'month']).where('lineId', 'is not', null).doNothing())
      .execute()
  }
  await audit(context, {
    action: 'charges.drafted',
    subjectType: 'contract',
    subjectId: contractId,
    customerId,
    facts: { month },
  })
  return readMonth(context, { id: contractId, currency, lines }, month)
}

async function readMonth(context: Context, charging: Charging, month: string): Promise<MonthCharges> {
  const [found] = await monthsOf(context, charging, month)
  if (found === undefined) throw refused('charge.none', { month })
  return found
}

interface Move {
  readonly month: string
  readonly to: ChargeState
}

/** All of a month go on together, or none does. */
export async function moveCharges(context: Context, contractId: string, { month, to }: Move): Promise<MonthCharges> {
  require(barredFromContracting(context.actor))
  const { db } = context
  const { customerId, currency } = await lockContract(db, contractId)
  const charging = { id: contractId, currency, lines: await linesOf(db, contractId) }
  const { items, missing } = await readMonth(context, charging, month)
  if (to === 'reviewed' && missing.length > 0)
    throw refused('charge.missing', { lines: missing.map(({ name }) => name).join(', ') })
  if (to === 'draft' || to === 'reviewed') await requireOpen(db, customerId, month)
  const moving = items.filter(({ state }) => state !== to)
  const stuck = moving.find(({ state }) => !reachable(chargeLifecycle, state).includes(to))
  if (stuck !== undefined || moving.length === 0) throw refused('charge.cannot', { state: stuck?.state ?? to, to })
  const ids = moving.map(({ id }) => id)
  await requireAnswered(db, { chargeIds: ids })
  const set = to === 'agreed' || to === 'reviewed' ? { disputedAt: null } : {}
  await db
    .updateTable('charge')
    .set({ state: to, version: sql`version + 1`, ...set })
    .where('id', 'in', ids)
    .execute()
  await audit(context, {
    action: 'charges.state',
    subjectType: 'contract',
    subjectId: contractId,
    customerId,
    facts: { month, to },
  })
  return readMonth(context, charging, month)
}
