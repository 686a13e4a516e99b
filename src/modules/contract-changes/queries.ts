import { sql } from 'kysely'
import { Failure, notFound } from '#core/failure.ts'
import { moneySeenBy } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import type { Change, PriceChange } from './api.ts'
import type { ChangeState } from './lifecycle.ts'

/** What only those who answer for the margin read; the rows themselves are hidden from everybody else. */
const margin = sql<
  Change['margin']
>`(select json_build_object('revenueMinor', m.revenue_minor, 'costMinor', m.cost_minor,
    'workedMinutes', coalesce((select sum(w.minutes) from contract_change_work w where w.change_id = m.change_id), 0),
    'atRiskMinutes', coalesce((select sum(w.minutes) from contract_change_work w where w.change_id = m.change_id
      and (contract_change.signed_on is null or w.day < contract_change.signed_on)), 0))
  from contract_change_margin m where m.change_id = contract_change.id)`

export function changes({ db, actor }: Context) {
  const inside = moneySeenBy(actor) === 'margin' || actor.access === 'system' || actor.access === 'auditor'
  return db
    .selectFrom('contractChange')
    .innerJoin('contract', 'contract.id', 'contractChange.contractId')
    .innerJoin('customer', 'customer.id', 'contractChange.customerId')
    .select(['contractChange.id', 'contractChange.contractId', 'contractChange.customerId', 'contractChange.number'])
    .select(['contractChange.title', 'contractChange.origin', 'contractChange.description', 'contractChange.state'])
    .select(['contractChange.scopeImpact', 'contractChange.levelImpact', 'contractChange.agreementId'])
    .select(['contractChange.offerValidUntil', 'contractChange.signedOn', 'contractChange.effectiveFrom'])
    .select(['contractChange.producedNumber', 'contractChange.createdAt', 'contractChange.version'])
    .select(['contractChange.agreementVersionId', sql<PriceChange[]>`contract_change.prices`.as('prices')])
    .select(['contract.number as contractNumber', 'contract.title as contractTitle', 'contract.currency'])
    .select(['customer.name as customerName', inside ? margin.as('margin') : sql<null>`null`.as('margin')])
    .orderBy('contractChange.createdAt', 'desc')
    .orderBy('contractChange.id', 'desc')
}

export type ChangeRow = Awaited<ReturnType<ReturnType<typeof changes>['execute']>>[number]

export function changeOf({
  contractId,
  customerId,
  customerName,
  contractNumber,
  contractTitle,
  currency,
  ...row
}: ChangeRow): Change {
  return {
    ...row,
    contract: { id: contractId, number: contractNumber, title: contractTitle, currency },
    customer: { id: customerId, name: customerName },
    origin: row.origin as Change['origin'],
    state: row.state as ChangeState,
  }
}

export async function requireChange(context: Context, id: string): Promise<ChangeRow> {
  const row = await changes(context).where('contractChange.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('change.not-found')
  return row
}

/** Holds it until the transaction ends, at the version that was read. */
export async function lockChange(context: Context, id: string, version: number): Promise<ChangeRow> {
  await hold(context.db, id)
  const row = await requireChange(context, id)
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

async function hold(db: Db, id: string): Promise<void> {
  await db.selectFrom('contractChange').select('id').where('id', '=', id).forUpdate().execute()
}
