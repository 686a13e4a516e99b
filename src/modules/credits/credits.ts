import { type RawBuilder, sql } from 'kysely'
import { Failure, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import type { Contradiction } from '#api/contracts'
import {
  addCreditCharge,
  type Disputed,
  raiseDispute,
  requireAnswered,
  requireContract,
  requireDisputable,
  requireOpen,
  todayOf,
} from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Given } from '#platform/http.ts'
import { type PeriodCredit, yearOf } from '#core/credit.ts'
import type { Credit, CreditState, disputeCredit, ListedCredit, StatedLevel, StatedLine } from './api.ts'
import { claimDaysOf, lastDayToClaim } from './claim-days.ts'
import { creditLifecycle } from './lifecycle.ts'
import { openRectification } from './rectify.ts'
import { type KeptRegime, monthOf } from './regimes.ts'
import { creditsUpTo } from './simulate.ts'

type Returned = Omit<Credit['returns'][number], 'returnedAt'> & { readonly returnedAt: string }

const returns: RawBuilder<Returned[]> = sql`coalesce((select json_agg(json_build_object('level', r.level,
    'amountMinor', r.amount_minor, 'returnedAt', r.returned_at,
    'chargedIn', (select to_char(c.month, 'YYYY-MM') from charge c where c.id = r.charge_id)) order by r.returned_at)
  from credit_return r where r.credit_id = service_credit.id), '[]')`

function credits({ db, actor }: Context) {
  const inside = actor.access !== 'customer'
  const earnsBack = sql<boolean>`coalesce((select r.terms->'earnBack' <> 'null' from credit_regime r where r.id = service_credit.regime_id), false)`
  return db
    .selectFrom('serviceCredit')
    .innerJoin('contract', 'contract.id', 'serviceCredit.contractId')
    .innerJoin('customer', 'customer.id', 'serviceCredit.customerId')
    .select([
      'serviceCredit.id',
      sql<string>`to_char(service_credit.month, 'YYYY-MM')`.as('month'),
      'serviceCredit.state',
    ])
    .select([
      'serviceCredit.basisMinor',
      'serviceCredit.uncappedMinor',
      'serviceCredit.amountMinor',
      'serviceCredit.calculatedAt',
    ])
    .select([sql<StatedLevel[]>`levels`.as('levels'), sql<StatedLine[]>`lines`.as('lines'), 'serviceCredit.version'])
    .select([
      'serviceCredit.dispute',
      'serviceCredit.disputedAt',
      'contract.id as contractId',
      'contract.number',
      'contract.title',
    ])
    .select([
      'contract.currency',
      'contract.startsOn',
      'customer.id as customerId',
      'customer.name as customerName',
      'customer.timeZone',
    ])
    .select([
      inside ? earnsBack.as('earnsBack') : sql<boolean>`false`.as('earnsBack'),
      sql<string | null>`(select to_char(c.month, 'YYYY-MM') from charge c where c.id = service_credit.charge_id)`.as(
        'chargedIn',
      ),
      inside ? returns.as('returns') : sql<Returned[]>`'[]'::json`.as('returns'),
    ])
    .orderBy('serviceCredit.month', 'desc')
}

type Row = Awaited<ReturnType<ReturnType<typeof credits>['execute']>>[number]

/** Provisional: its contract year is not over, and it may be earned back. */
function isProvisional({ earnsBack, month, startsOn, timeZone, state }: Row, now: Date): boolean {
  if (!earnsBack || state === 'waived' || state === 'earned-back') return false
  const startMonth = Number(startsOn.slice(5, 7))
  return yearOf(month, startMonth) === yearOf(todayOf(timeZone, now).slice(0, 7), startMonth)
}

function listedOf(row: Row, now: Date): ListedCredit {
  const { id, month, state, currency, basisMinor, uncappedMinor, amountMinor, calculatedAt, version } = row
  const contract = { id: row.contractId, number: row.number, title: row.title }
  const customer = { id: row.customerId, name: row.customerName }
  const amounts = { currency, basisMinor, uncappedMinor, amountMinor }
  const provisional = isProvisional(row, now)
  return { id, contract, customer, month, state: state as CreditState, ...amounts, provisional, calculatedAt, version }
}

function creditOf(row: Row, { now, actor }: Context): Credit {
  const { lines, dispute, disputedAt, chargedIn } = row
  const back = row.returns.map((each) => ({ ...each, returnedAt: new Date(each.returnedAt) }))
  // Which query is behind a figure is the provider's affair; the figure itself is not.
  const levels = actor.access === 'customer' ? row.levels.map((level) => ({ ...level, source: null })) : row.levels
  return {
    ...listedOf(row, now),
    levels,
    lines,
    claims: levels.flatMap(({ level }) => {
      const days = claimDaysOf(lines, level)
      return days === null ? [] : [{ level, claimBy: lastDayToClaim(row.month, days) }]
    }),
    dispute,
    disputedAt,
    chargedIn,
    earnsBack: row.earnsBack,
    returns: back,
  }
}

export async function listCredits(context: Context, contractId: string): Promise<ListedCredit[]> {
  require(barredFromCharges(context.actor))
  await requireContract(context.db, contractId)
  const rows = await credits(context).where('serviceCredit.contractId', '=', contractId).execute()
  return rows.map((row) => listedOf(row, context.now))
}

export async function readCredit(context: Context, id: string): Promise<Credit> {
  require(barredFromCharges(context.actor))
  return creditOf(await requireCredit(context, id), context)
}

export async function requireCredit(context: Context, id: string): Promise<Row> {
  const row = await credits(context).where('serviceCredit.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('credit.not-found')
  return row
}

/** Reckons a month that is over. What the customer was told stays. */
export async function calculateCredit(context: Context, contractId: string, month: string): Promise<Credit> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  const contract = await requireContract(db, contractId)
  const { timeZone, customerId } = contract
  if (month >= todayOf(timeZone, now).slice(0, 7)) throw refused('credit.month-open', { month })
  const { regime, credits: reckoned } = await creditsUpTo(context, contract, month)
  await requireOpen(db, customerId, month)
  return storeCredit(context, { contractId, customerId, regime, credit: reckoned.at(-1)! })
}

/** The same for every month up to one of them, reckoned once: for the sample, whose months are all over. */
export async function calculateCredits(
  context: Context,
  contractId: string,
  month: string,
): Promise<readonly Credit[]> {
  require(barredFromContracting(context.actor))
  const contract = await requireContract(context.db, contractId)
  const { regime, credits: reckoned } = await creditsUpTo(context, contract, month)
  const { customerId } = contract
  const stored: Credit[] = []
  for (const credit of reckoned) stored.push(await storeCredit(context, { contractId, customerId, regime, credit }))
  return stored
}

interface Reckoned {
  readonly contractId: string
  readonly customerId: string
  readonly regime: KeptRegime
  readonly credit: PeriodCredit
}

async function storeCredit(context: Context, { contractId, customerId, regime, credit }: Reckoned): Promise<Credit> {
  const { db, now } = context
  const { month } = credit
  const { levels, lines, basisMinor, uncappedMinor, amountMinor } = monthOf(credit, regime)
  const reckoned = {
    regimeId: regime.id,
    basisMinor,
    uncappedMinor,
    amountMinor,
    levels: JSON.stringify(levels),
    lines: JSON.stringify(lines),
    calculatedAt: now,
  }
  const written = await db
    .insertInto('serviceCredit')
    .values({ id: newId(now.getTime()), contractId, customerId, month: `${month}-01`, ...reckoned })
    .onConflict((conflict) =>
      conflict
        .columns(['contractId', 'month'])
        .doUpdateSet({ ...reckoned, version: sql`service_credit.version + 1` })
        .where('serviceCredit.state', 'in', ['calculated', 'internal-review']),
    )
    .returning('id')
    .executeTakeFirst()
  if (written === undefined) throw refused('credit.went-on', { month })
  const about = { subjectType: 'service-credit', subjectId: written.id, customerId, facts: { month } }
  await audit(context, { action: 'credit.calculated', ...about })
  await openRectification(context, { id: written.id, month, amountMinor, levels })
  return readCredit(context, written.id)
}

/** Moves it on; when it is applied, it is taken off the next charges. */
export async function moveCredit(context: Context, id: string, version: number, to: CreditState): Promise<Credit> {
  require(barredFromContracting(context.actor))
  const { db } = context
  const locked = await db
    .selectFrom('serviceCredit')
    .select(['version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (locked === undefined) throw notFound('credit.not-found')
  if (locked.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const { state, contractId, customerId, month, amountMinor } = await requireCredit(context, id)
  if (!reachable(creditLifecycle, state as CreditState).includes(to)) throw refused('credit.cannot', { state, to })
  if (to === 'earned-back') throw refused('credit.by-level')
  await requireAnswered(db, { creditId: id })
  const charge =
    to === 'applied' && amountMinor > 0
      ? await addCreditCharge(context, contractId, { month, amountMinor, name: month })
      : null
  await db
    .updateTable('serviceCredit')
    .set({ state: to, version: version + 1, ...(charge !== null && { chargeId: charge.id }) })
    .where('id', '=', id)
    .execute()
  const about = { subjectType: 'service-credit', subjectId: id, customerId, facts: { from: state, to } }
  await audit(context, { action: 'credit.state', ...about })
  return readCredit(context, id)
}

type Door = Pick<Given<typeof disputeCredit>, 'inTransaction' | 'asProgram'>

/** Contradicts a credit: the customer’s contract side does, or one of ours who writes down what they say. */
export async function disputeCreditOf(
  { inTransaction, asProgram }: Door,
  id: string,
  said: Contradiction,
): Promise<Credit> {
  const { about, byCustomer } = await inTransaction('read only', async (context) => {
    require(
      context.actor.access === 'customer' ? barredFromCharges(context.actor) : barredFromContracting(context.actor),
    )
    const { state, contractId, month, amountMinor } = await requireCredit(context, id)
    if (state !== 'notified') throw refused('credit.cannot', { state, to: 'disputed' })
    const disputed: Disputed = { contractId, month, subject: { creditId: id }, amountMinor }
    await requireDisputable(context, disputed, said)
    return { about: disputed, byCustomer: context.actor.access === 'customer' }
  })
  await asProgram(async (context) => {
    const changed = await context.db
      .updateTable('serviceCredit')
      .set({ state: 'disputed', dispute: said.position, disputedAt: context.now, version: sql`version + 1` })
      .where('id', '=', id)
      .where('state', '=', 'notified')
      .returning('customerId')
      .executeTakeFirst()
    if (changed === undefined) throw refused('credit.cannot', { state: 'disputed', to: 'disputed' })
    await raiseDispute(context, about, { ...said, byCustomer })
    await audit(context, {
      action: 'credit.disputed',
      subjectType: 'service-credit',
      subjectId: id,
      customerId: changed.customerId,
    })
    return null
  })
  return inTransaction('read only', (context) => readCredit(context, id))
}
