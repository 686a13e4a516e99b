import { type RawBuilder, sql } from 'kysely'
import { type ChargeTerms, dearerBefore, tierFault } from '#core/charge.ts'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { requireService } from '#modules/services'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { ChargeLine, NewChargeLine, NewPrice, NewReading } from './api.ts'
import { requireOpen } from './locks.ts'
import { requireContract, todayOf } from './queries.ts'

type Price = ChargeLine['prices'][number]

const prices: RawBuilder<Price[]> =
  sql`(select coalesce(json_agg(json_build_object('id', p.id, 'validFrom', p.valid_from,
  'validTo', p.valid_to, 'terms', p.terms, 'reason', p.reason) order by p.valid_from desc), '[]')
  from charge_price p where p.line_id = charge_line.id)`

function lines(db: Db) {
  return db
    .selectFrom('chargeLine')
    .select(['id', 'contractId', 'customerId', 'name', 'kind', 'unit', 'endedOn', 'version'])
    .select([
      prices.as('prices'),
      sql<ChargeLine['service']>`(select json_build_object('id', s.id, 'name', s.name) from service s
        where s.id = charge_line.service_id)`.as('service'),
    ])
    .orderBy('createdAt')
    .orderBy('id')
}

type Row = Awaited<ReturnType<ReturnType<typeof lines>['execute']>>[number]

function lineOf({ contractId: _contract, customerId: _customer, ...row }: Row): ChargeLine {
  const latest = row.prices[0]?.terms
  const slab = latest?.kind === 'tiered' && latest.mode === 'slab' ? dearerBefore(latest.tiers) : null
  return { ...row, kind: row.kind as ChargeLine['kind'], dearerBefore: slab }
}

/** The lines of a contract with all their prices; of those that still hold or held once. */
export async function linesOf(db: Db, contractId: string): Promise<readonly Row[]> {
  return lines(db).where('contractId', '=', contractId).execute()
}

export async function listLines({ db, actor }: Context, contractId: string): Promise<ChargeLine[]> {
  require(barredFromCharges(actor))
  await requireContract(db, contractId)
  return (await linesOf(db, contractId)).map(lineOf)
}

async function readLine(db: Db, id: string): Promise<ChargeLine> {
  return lineOf(await lines(db).where('id', '=', id).executeTakeFirstOrThrow())
}

/** The price of a line in a month, `YYYY-MM`; undefined where it has none. */
export function priceIn(all: readonly Price[], month: string): Price | undefined {
  const day = `${month}-01`
  return all.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo))
}

export async function addLine(context: Context, contractId: string, given: NewChargeLine): Promise<ChargeLine> {
  require(barredFromContracting(context.actor))
  requireTerms(given.terms)
  const { db, now } = context
  const { customerId, startsOn } = await requireContract(db, contractId)
  const { name, unit, terms, validFrom } = given
  if (validFrom < startsOn.slice(0, 7)) throw refused('charge-line.before-contract', { startsOn })
  const serviceId = given.service === null ? null : (await requireService(db, customerId, given.service)).id
  const id = newId(now.getTime())
  await explaining({ charge_line_contract_id_name_key: 'charge-line.name-taken' }, { name }, () =>
    db
      .insertInto('chargeLine')
      .values({ id, contractId, customerId, name, kind: terms.kind, unit, serviceId, createdAt: now })
      .execute(),
  )
  await insertPrice(context, { lineId: id, customerId }, { validFrom, terms, reason: null })
  await audit(context, {
    action: 'charge-line.added',
    subjectType: 'contract',
    subjectId: contractId,
    customerId,
    facts: { name },
  })
  return readLine(db, id)
}

/**
 * A new price that somebody sets, from a month on of which nothing was agreed at the old one: what was agreed would stay,
 * and nobody would see that the price says something else. What a signed change or an index brings goes through `addPrice`.
 */
export async function setPrice(context: Context, id: string, version: number, given: NewPrice): Promise<ChargeLine> {
  require(barredFromContracting(context.actor))
  const { db } = context
  const { customerId, prices: held } = await lockLine(db, id)
  const agreed = await db
    .selectFrom('charge')
    .select(sql<string | null>`to_char(max(month), 'YYYY-MM')`.as('month'))
    .where('lineId', '=', id)
    .where('month', '>=', `${given.validFrom}-01`)
    .where('state', 'in', ['agreed', 'invoiced', 'paid'])
    .executeTakeFirst()
  const last = agreed?.month ?? null
  const overlaps = held.some(({ validFrom }) => validFrom >= `${given.validFrom}-01`)
  // What overlaps or is in a locked month is refused below, with a sentence of its own.
  if (last !== null && !overlaps) {
    await requireOpen(db, customerId, given.validFrom)
    throw refused('charge-price.agreed', { month: last, next: monthsAfter(`${last}-01`, 1).slice(0, 7) })
  }
  return addPrice(context, id, version, given)
}

/** A new price from a month on. The one before ends there; one that begins later or at the same time is in the way. */
export async function addPrice(context: Context, id: string, version: number, given: NewPrice): Promise<ChargeLine> {
  require(barredFromContracting(context.actor))
  requireTerms(given.terms)
  const { db } = context
  const line = await lockLine(db, id)
  if (line.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (line.kind !== given.terms.kind) throw refused('charge-price.other-kind', { kind: line.kind })
  const from = `${given.validFrom}-01`
  const inTheWay = line.prices.find(({ validFrom }) => validFrom >= from)
  if (inTheWay !== undefined) throw refused('charge-price.overlaps', { from: inTheWay.validFrom })
  await requireOpen(db, line.customerId, given.validFrom)
  await db
    .updateTable('chargePrice')
    .set({ validTo: from })
    .where('lineId', '=', id)
    .where('validTo', 'is', null)
    .execute()
  const { customerId } = line
  await insertPrice(context, { lineId: id, customerId }, given)
  await db
    .updateTable('chargeLine')
    .set({ version: version + 1 })
    .where('id', '=', id)
    .execute()
  await audit(context, {
    action: 'charge-price.added',
    subjectType: 'charge-line',
    subjectId: id,
    customerId,
    facts: { from },
  })
  return readLine(db, id)
}

interface Priced {
  readonly validFrom: string
  readonly terms: ChargeTerms
  readonly reason: string | null
}

async function insertPrice(
  { db, now }: Context,
  of: { readonly lineId: string; readonly customerId: string },
  { validFrom, terms, reason }: Priced,
): Promise<void> {
  const row = { id: newId(now.getTime()), ...of, validFrom: `${validFrom}-01`, terms: JSON.stringify(terms), reason }
  await db
    .insertInto('chargePrice')
    .values({ ...row, createdAt: now })
    .execute()
}

async function lockLine(db: Db, id: string): Promise<Row> {
  const row = await lines(db).where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('charge-line.not-found')
  return row
}

/** Keeps what was counted. What was counted before for that month stays where it is. */
export async function addReading(context: Context, lineId: string, given: NewReading): Promise<{ id: string }> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const { customerId, contractId } = await lockLine(db, lineId)
  const { timeZone } = await requireContract(db, contractId)
  if (given.month > todayOf(timeZone, now).slice(0, 7)) throw refused('volume-reading.ahead', { month: given.month })
  const id = newId(now.getTime())
  const { quantity, countedAt, source } = given
  await db
    .insertInto('volumeReading')
    .values({
      id,
      lineId,
      customerId,
      month: `${given.month}-01`,
      quantity,
      countedAt,
      source,
      takenBy: actor.personId,
      takenAt: now,
    })
    .execute()
  await audit(context, { action: 'volume-reading.taken', subjectType: 'charge-line', subjectId: lineId, customerId })
  return { id }
}

function requireTerms(terms: ChargeTerms): void {
  if (terms.kind !== 'tiered') return
  const fault = tierFault(terms.tiers)
  if (fault !== null) throw invalid(`charge-price.${fault}`, {}, { errors: [{ path: 'terms.tiers', message: '' }] })
}
