import { sql } from 'kysely'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { Kpi, NewOwnKpi, OwnKpiChange } from './api.ts'
import { type Figure, readFigures } from './figures.ts'
import { barredFromMeasuring } from './may.ts'
import { formulaFault, type KnownFigure, type OwnFormula } from './own.ts'
import { readKpi } from './queries.ts'

const whole = { part: 'customer', of: '' } as const

/** `POST /own-kpis`. */
export async function addOwnKpi(context: Context, { customer, parts, ...given }: NewOwnKpi): Promise<Kpi> {
  const { actor, db, now } = context
  require(barredFromMeasuring(actor))
  if (customer === undefined && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  await requireSense(context, null, { kind: given.kind, unit: given.unit, parts })
  const { rows } = await sql<{ readonly number: number }>`select nextval('own_kpi_number')::int as number`.execute(db)
  const key = `O${rows[0]!.number}`
  const id = newId(now.getTime())
  await db
    .insertInto('ownKpi')
    .values({
      id,
      key,
      customerId,
      ...given,
      parts: JSON.stringify(parts),
      ownerId: actor.personId,
      createdAt: now,
    })
    .execute()
  await audit(context, {
    action: 'own-kpi.added',
    subjectType: 'own-kpi',
    subjectId: id,
    customerId,
    facts: { key, ...given, parts },
  })
  return readKpi(context, key, { customer, ...whole })
}

/** `PUT /own-kpis/:key`. What it meant before stays in the audit. */
export async function changeOwnKpi(
  context: Context,
  key: string,
  { version, change: { parts, ...given } }: { readonly version: number; readonly change: OwnKpiChange },
): Promise<Kpi> {
  const { id, customerId } = await lockOwnKpi(context, key, version)
  await requireSense(context, key, { kind: given.kind, unit: given.unit, parts })
  await context.db
    .updateTable('ownKpi')
    .set({ ...given, parts: JSON.stringify(parts), version: version + 1 })
    .where('id', '=', id)
    .execute()
  const facts = { key, ...given, parts, version: version + 1 }
  await audit(context, { action: 'own-kpi.changed', subjectType: 'own-kpi', subjectId: id, customerId, facts })
  return readKpi(context, key, { customer: customerId ?? undefined, ...whole })
}

/** `POST /own-kpis/:key/end`. */
export async function endOwnKpi(context: Context, key: string, version: number): Promise<void> {
  const { id, customerId } = await lockOwnKpi(context, key, version)
  const figures = await readFigures(context)
  const user = [...figures.values()].find(({ formula }) => formula?.parts.some(({ kpi }) => kpi === key))
  if (user !== undefined) throw refused('own-kpi.used', { kpi: user.told.key })
  await context.db
    .updateTable('ownKpi')
    .set({ endedAt: context.now, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await audit(context, {
    action: 'own-kpi.ended',
    subjectType: 'own-kpi',
    subjectId: id,
    customerId,
    facts: { key },
  })
}

async function lockOwnKpi({ actor, db }: Context, key: string, version: number) {
  require(barredFromMeasuring(actor))
  // Two that are made of each other at the same moment would go round in a circle.
  await sql`select pg_advisory_xact_lock(hashtext(${workspaceOf(db).lock('own-kpis')}))`.execute(db)
  const row = await db
    .selectFrom('ownKpi')
    .select(['id', 'customerId', 'version'])
    .where('key', '=', key)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('kpi.not-found', { key })
  if (row.customerId === null && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

async function requireSense(context: Context, key: string | null, formula: OwnFormula): Promise<void> {
  const figures = await readFigures(context)
  const fault = formulaFault(key, formula, new Map([...figures].map(([of, figure]) => [of, knownOf(figure)])))
  if (fault !== null) throw invalid(fault.code, fault.values, { errors: [{ path: 'parts', message: '' }] })
}

function knownOf({ told: { unit, missing }, formula }: Figure): KnownFigure {
  return { unit, formula, counted: missing === null }
}
