import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromTerms, require } from '#core/may.ts'
import { todayOf } from '#modules/contracts'
import { regimeIn } from '#modules/credits'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import type { NewScenario, Renewal } from './api.ts'
import { lockRenewal, tellRenewal } from './queries.ts'
import { readRenewal } from './renewals.ts'

const meanings = { renewal_scenario_renewal_id_name_key: 'scenario.name-taken' } as const

/** Keeps terms as they could be. Levels that the contract does not have are refused. */
export async function addScenario(context: Context, id: string, { name, terms }: NewScenario): Promise<Renewal> {
  require(barredFromTerms(context.actor))
  const { db, now } = context
  const row = await lockRenewal(context, id)
  if (row.settledAt !== null) throw refused('renewal.settled')
  const regime = await regimeIn(db, row.contractId, todayOf(row.timeZone, now).slice(0, 7))
  const known = new Set(regime?.terms.levels.map(({ key }) => key))
  for (const [index, { level }] of terms.levels.entries())
    if (!known.has(level))
      throw invalid(
        'credit-note.no-level',
        { level },
        { errors: [{ path: `terms.levels.${index}.level`, message: '' }] },
      )
  const of = { id: newId(now.getTime()), renewalId: id, customerId: row.customerId, createdAt: now }
  await explaining(meanings, { name }, () =>
    db
      .insertInto('renewalScenario')
      .values({ ...of, name, terms: JSON.stringify(terms) })
      .execute(),
  )
  await tellRenewal(context, 'renewal.scenario', row)
  return readRenewal(context, id)
}

export async function dropScenario(context: Context, id: string): Promise<Renewal> {
  require(barredFromTerms(context.actor))
  const gone = await context.db
    .deleteFrom('renewalScenario')
    .where('id', '=', id)
    .returning(['renewalId', 'customerId'])
    .executeTakeFirst()
  if (gone === undefined) throw notFound('scenario.not-found')
  await tellRenewal(context, 'renewal.scenario-dropped', { id: gone.renewalId, customerId: gone.customerId })
  return readRenewal(context, gone.renewalId)
}
