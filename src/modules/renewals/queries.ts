import { termDays } from '#core/contract-dates.ts'
import { Failure, notFound } from '#core/failure.ts'
import { contractOf, datesOf, requireContract, todayOf } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'

export function renewals({ db }: Context) {
  return db
    .selectFrom('renewal')
    .innerJoin('contract', 'contract.id', 'renewal.contractId')
    .innerJoin('customer', 'customer.id', 'renewal.customerId')
    .select(['renewal.id', 'renewal.contractId', 'renewal.customerId', 'renewal.state', 'renewal.course'])
    .select(['renewal.probabilityBp', 'renewal.decideOn', 'renewal.priceStrategy', 'renewal.winThemes'])
    .select(['renewal.blockers', 'renewal.reason', 'renewal.reasonNote', 'renewal.settledAt', 'renewal.version'])
    .select(['contract.number', 'contract.title', 'contract.currency', 'contract.startsOn'])
    .select(['customer.name as customerName', 'customer.timeZone'])
}

export type RenewalRow = Awaited<ReturnType<ReturnType<typeof renewals>['execute']>>[number]

const ALWAYS = '9999-01-01'

/** The days of a contract by which something has to be said, from its beginning on. */
export async function keyDays(context: Context, contractId: string) {
  const row = await requireContract(context.db, contractId)
  const dates = datesOf(row, todayOf(row.timeZone, context.now))
  const days = termDays(dates, row.startsOn, ALWAYS)
  const option = days.find(({ kind }) => kind === 'option')
  return {
    endsOn: contractOf(row, context.now).endsOn,
    noticeOn: days.find(({ kind }) => kind === 'notice')?.on ?? null,
    option: option === undefined ? null : { name: option.name ?? '', on: option.on },
  }
}

export async function requireRenewal(context: Context, id: string): Promise<RenewalRow> {
  const row = await renewals(context).where('renewal.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('renewal.not-found')
  return row
}

/** Holds it until the transaction ends, at the version that was read. */
export async function lockRenewal(context: Context, id: string, version?: number): Promise<RenewalRow> {
  await context.db.selectFrom('renewal').select('id').where('id', '=', id).forUpdate().execute()
  const row = await requireRenewal(context, id)
  if (version !== undefined && row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

interface Told {
  readonly id: string
  readonly customerId: string
  readonly facts?: Readonly<Record<string, string>>
}

export async function tellRenewal(context: Context, action: string, { id, customerId, facts }: Told): Promise<void> {
  await audit(context, { action, subjectType: 'renewal', subjectId: id, customerId, ...(facts && { facts }) })
}
