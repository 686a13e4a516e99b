import { sql } from 'kysely'
import type { ChargeTerms } from '#core/charge.ts'
import { notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { type Indexed, indexed, type IndexationTerms } from '#core/indexation.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Indexation, IndexedLine, NewIndexation, VolumeReading } from './api.ts'
import { addPrice, linesOf, priceIn } from './lines.ts'
import { lockContract, requireContract } from './queries.ts'

interface Follows {
  readonly terms: ChargeTerms
  readonly first: { readonly beforeMinor: number; readonly afterMinor: number; readonly limited: Indexed['limited'] }
}

/** The same price by today’s index; null of what has no price that could follow one. */
function followed(terms: ChargeTerms, follow: (minor: number) => Indexed): Follows | null {
  const one = (minor: number) => {
    const { newMinor, limited } = follow(minor)
    return { beforeMinor: minor, afterMinor: newMinor, limited }
  }
  if (terms.kind === 'fixed') {
    const first = one(terms.amountMinor)
    return { terms: { ...terms, amountMinor: first.afterMinor }, first }
  }
  if (terms.kind === 'unit') {
    const first = one(terms.unitMinor)
    return { terms: { ...terms, unitMinor: first.afterMinor }, first }
  }
  if (terms.kind === 'time') {
    const first = one(terms.hourMinor)
    return { terms: { ...terms, hourMinor: first.afterMinor }, first }
  }
  if (terms.kind === 'baseline') {
    const first = one(terms.additionalMinor)
    const reducedMinor = one(terms.reducedMinor).afterMinor
    return { terms: { ...terms, additionalMinor: first.afterMinor, reducedMinor }, first }
  }
  if (terms.kind === 'tiered') {
    const tiers = terms.tiers.map((tier) => ({ ...tier, unitMinor: one(tier.unitMinor).afterMinor }))
    return { terms: { ...terms, tiers }, first: one(terms.tiers[0]!.unitMinor) }
  }
  return null
}

/** New prices of the chosen lines by an index, with the readings kept as evidence; all of them or none. */
export async function indexPrices(context: Context, contractId: string, given: NewIndexation): Promise<Indexation> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const { customerId } = await lockContract(db, contractId)
  const { validFrom, index, base, current, terms, trial } = given
  const lines = await linesOf(db, contractId)
  const told: IndexedLine[] = []
  for (const lineId of new Set(given.lines)) {
    const line = lines.find(({ id }) => id === lineId)
    if (line === undefined) throw notFound('charge-line.not-found')
    const price = priceIn(line.prices, validFrom)
    const { name, kind } = line
    if (price === undefined) throw refused('indexation.no-price', { name, month: validFrom })
    const follows = followed(price.terms, (minor) => indexed(minor, base, current, terms))
    if (follows === null) throw refused('indexation.not-indexable', { name, kind })
    told.push({ lineId, name, ...follows.first })
    if (trial) continue
    const reason = `${index}: ${base / 1000} → ${current / 1000}`
    await addPrice(context, lineId, line.version, { validFrom, terms: follows.terms as never, reason })
  }
  const said = { validFrom: `${validFrom}-01`, index, base, current, terms, lines: told, createdAt: now }
  if (trial) return { id: null, ...said }
  const id = newId(now.getTime())
  await db
    .insertInto('indexation')
    .values({
      id,
      contractId,
      customerId,
      validFrom: said.validFrom,
      indexName: index,
      baseReading: base,
      currentReading: current,
      terms: JSON.stringify(terms),
      lineIds: told.map(({ lineId }) => lineId),
      decidedBy: actor.personId,
      createdAt: now,
    })
    .execute()
  const facts = { index, base, current, from: said.validFrom }
  await audit(context, {
    action: 'contract.indexed',
    subjectType: 'contract',
    subjectId: contractId,
    customerId,
    facts,
  })
  return { id, ...said }
}

export async function listIndexations({ db, actor }: Context, contractId: string): Promise<Indexation[]> {
  require(barredFromCharges(actor))
  await requireContract(db, contractId)
  const rows = await db
    .selectFrom('indexation')
    .select(['id', 'validFrom', 'indexName', 'baseReading', 'currentReading', 'createdAt'])
    .select(sql<IndexationTerms>`terms`.as('terms'))
    .where('contractId', '=', contractId)
    .orderBy('validFrom', 'desc')
    .execute()
  return rows.map(({ indexName, baseReading, currentReading, ...row }) => ({
    ...row,
    index: indexName,
    base: baseReading,
    current: currentReading,
    lines: [],
  }))
}

/** What was counted of a line: of a month the last count holds, those before stay readable. */
export async function listReadings({ db, actor }: Context, lineId: string): Promise<VolumeReading[]> {
  require(barredFromCharges(actor))
  const line = await db.selectFrom('chargeLine').select('id').where('id', '=', lineId).executeTakeFirst()
  if (line === undefined) throw notFound('charge-line.not-found')
  const rows = await db
    .selectFrom('volumeReading')
    .leftJoin('person', 'person.id', 'volumeReading.takenBy')
    .select(['volumeReading.id', sql<string>`to_char(volume_reading.month, 'YYYY-MM')`.as('month')])
    .select(['volumeReading.quantity', 'volumeReading.countedAt', 'volumeReading.source', 'volumeReading.takenAt'])
    .select('person.name as takenBy')
    .where('volumeReading.lineId', '=', lineId)
    .orderBy('volumeReading.month', 'desc')
    .orderBy('volumeReading.takenAt', 'desc')
    .orderBy('volumeReading.id', 'desc')
    .limit(200)
    .execute()
  const seen = new Set<string>()
  return rows.map((row) => {
    const counts = !seen.has(row.month)
    seen.add(row.month)
    return { ...row, counts }
  })
}
