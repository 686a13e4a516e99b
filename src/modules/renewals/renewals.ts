import { sql } from 'kysely'
import { invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromTerms, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { contractOf, contractsFor, requireContract, todayOf } from '#modules/contracts'
import { requireCustomer } from '#modules/customers'
import { listPortfolio } from '#modules/margin'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import type { Renewal, RenewalChange, RenewalLine, RenewalMove, RenewalState } from './api.ts'
import { renewalLifecycle } from './lifecycle.ts'
import { keyDays, lockRenewal, renewals, requireRenewal, tellRenewal } from './queries.ts'
import { scenariosOf } from './reckon.ts'

export async function readRenewal(context: Context, id: string): Promise<Renewal> {
  if (context.actor.access !== 'auditor') require(barredFromTerms(context.actor))
  const row = await requireRenewal(context, id)
  const { contractId, customerId, customerName, number, title, currency, startsOn: _on, timeZone: _zone, ...rest } = row
  const said = await context.db
    .selectFrom('contractPrivate')
    .select('marginTargetBp')
    .where('contractId', '=', contractId)
    .executeTakeFirst()
  return {
    ...rest,
    state: row.state as RenewalState,
    course: row.course as Renewal['course'],
    reason: row.reason as Renewal['reason'],
    contract: { id: contractId, number, title, currency },
    customer: { id: customerId, name: customerName },
    ...(await keyDays(context, contractId)),
    committedBp: said?.marginTargetBp ?? null,
    scenarios: await scenariosOf(context, row),
  }
}

const HORIZON_MONTHS = 24

/** Contracts that end within two years, by the last day for a notice; those without an end need no renewal. */
export async function listRenewals(
  context: Context,
  { customer }: { readonly customer?: string | undefined },
): Promise<RenewalLine[]> {
  const { db, actor, now } = context
  if (actor.access !== 'auditor') require(barredFromTerms(actor))
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const left = new Map((await listPortfolio(context, { customer })).items.map((each) => [each.contract.id, each]))
  const open = new Map(
    (await renewals(context).where('renewal.settledAt', 'is', null).execute()).map((row) => [row.contractId, row]),
  )
  const lines: RenewalLine[] = []
  for (const row of await contractsFor(db, { customerId })) {
    const today = todayOf(row.timeZone, now)
    const { endsOn, id, number, title, currency, customer: whose } = contractOf(row, now)
    const working = open.get(id)
    if (endsOn === null || (endsOn > monthsAfter(today, HORIZON_MONTHS) && working === undefined)) continue
    const { noticeOn } = await keyDays(context, id)
    const result = left.get(id)
    lines.push({
      contract: { id, number, title, currency },
      customer: whose,
      startsOn: row.startsOn,
      endsOn,
      noticeOn: noticeOn ?? endsOn,
      noticeOver: (noticeOn ?? endsOn) < today,
      marginMinor: result?.without.marginMinor ?? 0,
      revenueMinor: result?.without.revenueMinor ?? 0,
      warns: result?.warns ?? false,
      renewal:
        working === undefined
          ? null
          : {
              id: working.id,
              state: working.state as RenewalState,
              course: working.course as Renewal['course'],
              probabilityBp: working.probabilityBp,
              decideOn: working.decideOn,
              version: working.version,
            },
    })
  }
  return lines.toSorted((one, other) => one.noticeOn.localeCompare(other.noticeOn))
}

const meanings = { renewal_open: 'renewal.open' } as const

export async function startRenewal(context: Context, contractId: string): Promise<Renewal> {
  require(barredFromTerms(context.actor))
  const { db, now } = context
  const { customerId } = await requireContract(db, contractId)
  const { endsOn } = await keyDays(context, contractId)
  if (endsOn === null) throw refused('renewal.no-end')
  const id = newId(now.getTime())
  await explaining(meanings, {}, () =>
    db.insertInto('renewal').values({ id, contractId, customerId, createdAt: now }).execute(),
  )
  await tellRenewal(context, 'renewal.started', { id, customerId })
  return readRenewal(context, id)
}

export async function writeRenewal(
  context: Context,
  id: string,
  version: number,
  change: RenewalChange,
): Promise<Renewal> {
  require(barredFromTerms(context.actor))
  const row = await lockRenewal(context, id, version)
  if (row.settledAt !== null) throw refused('renewal.settled')
  const { noticeOn } = await keyDays(context, row.contractId)
  if (change.decideOn !== null && noticeOn !== null && change.decideOn > noticeOn)
    throw invalid('renewal.decide-late', { on: noticeOn }, { errors: [{ path: 'decideOn', message: '' }] })
  await context.db
    .updateTable('renewal')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await tellRenewal(context, 'renewal.written', row)
  return readRenewal(context, id)
}

const SETTLED: readonly string[] = ['signed', 'lost', 'lapsed']

export async function moveRenewal(
  context: Context,
  id: string,
  version: number,
  { to, reason, note }: RenewalMove,
): Promise<Renewal> {
  require(barredFromTerms(context.actor))
  const row = await lockRenewal(context, id, version)
  const state = row.state as RenewalState
  if (!reachable(renewalLifecycle, state).includes(to)) throw refused('renewal.cannot', { state, to })
  if (to === 'proposed' && row.course === null) throw refused('renewal.no-course')
  if (SETTLED.includes(to) && reason === undefined)
    throw invalid('renewal.no-reason', {}, { errors: [{ path: 'reason', message: '' }] })
  const settled = SETTLED.includes(to) && { settledAt: context.now, reason: reason!, reasonNote: note ?? null }
  await context.db
    .updateTable('renewal')
    .set({ state: to, ...settled, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
  await tellRenewal(context, 'renewal.state', { ...row, facts: { from: state, to } })
  return readRenewal(context, id)
}
