import { sql } from 'kysely'
import { dueDays, endOf } from '#core/contract-dates.ts'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromTerms, require } from '#core/may.ts'
import { daysAfter, daysBetween, readRecurrence } from '#core/recurrence.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Due, NewNotice, NewObligation, Obligation, SettledDue } from './api.ts'
import type { DueOutcome, DueState } from './lifecycle.ts'
import { type ContractRow, datesOf, requireContract, todayOf } from './queries.ts'

/** From so many days before on it is due rather than to come. */
const DUE_DAYS = 14
const PAST_DAYS = 183
const AHEAD_DAYS = 366

interface Settled {
  readonly dueOn: string
  readonly outcome: DueOutcome | null
  readonly evidence: string | null
  readonly settledAt: string | null
  readonly notice: string | null
  readonly noticedAt: string | null
}

function obligations(db: Db) {
  return db
    .selectFrom('obligation')
    .select(['id', 'contractId', 'text', 'clause', 'party', 'rule', 'firstOn', 'evidenceNeeded', 'consequence'])
    .select(['endedOn', 'version'])
    .select(
      sql<
        Settled[]
      >`coalesce((select json_agg(json_build_object('dueOn', d.due_on, 'outcome', d.outcome, 'evidence', d.evidence,
          'settledAt', d.settled_at, 'notice', d.notice, 'noticedAt', d.noticed_at))
        from obligation_due d where d.obligation_id = obligation.id), '[]')`.as('settled'),
    )
    .orderBy('firstOn')
    .orderBy('id')
}

type Row = Awaited<ReturnType<ReturnType<typeof obligations>['execute']>>[number]

/** How an obligation stands on a day of it, while nobody has said what became of it. */
function stateOn(dueOn: string, today: string): DueState {
  if (dueOn < today) return 'late'
  return daysBetween(today, dueOn) <= DUE_DAYS ? 'due' : 'upcoming'
}

interface Span {
  readonly from: string
  readonly to: string
}

function duesOf(row: Row, contract: ContractRow, today: string, { from, to }: Span): readonly Due[] {
  const end = [endOf(datesOf(contract, today)), row.endedOn].flatMap((each) => each ?? []).toSorted()[0] ?? null
  return dueDays(row, { from, to, end }).map((dueOn) => {
    const kept = row.settled.find((each) => each.dueOn === dueOn)
    return {
      dueOn,
      state: kept?.outcome ?? stateOn(dueOn, today),
      evidence: kept?.evidence ?? null,
      settledAt: kept?.settledAt ? new Date(kept.settledAt) : null,
      notice: kept?.notice ?? null,
      noticedAt: kept?.noticedAt ? new Date(kept.noticedAt) : null,
    }
  })
}

function obligationOf({ settled, ...row }: Row, contract: ContractRow, today: string): Obligation {
  const span = { from: daysAfter(today, -PAST_DAYS), to: daysAfter(today, AHEAD_DAYS) }
  return { ...row, party: row.party as 'provider', dues: [...duesOf({ settled, ...row }, contract, today, span)] }
}

export async function listObligations({ db, now }: Context, contractId: string): Promise<Obligation[]> {
  const contract = await requireContract(db, contractId)
  const rows = await obligations(db).where('contractId', '=', contractId).execute()
  const today = todayOf(contract.timeZone, now)
  return rows.map((row) => obligationOf(row, contract, today))
}

/** What one side owes on a day of one contract. */
export interface ObligationDue extends Pick<Due, 'dueOn' | 'state' | 'settledAt' | 'evidence' | 'noticedAt'> {
  readonly obligationId: string
  readonly text: string
  readonly party: 'provider' | 'customer'
}

/** What falls due of a contract's obligations in the days of `span`. */
export async function obligationsBetween(
  db: Db,
  contract: ContractRow,
  today: string,
  span: Span,
): Promise<readonly ObligationDue[]> {
  const rows = await obligations(db).where('contractId', '=', contract.id).execute()
  return rows.flatMap((row) =>
    duesOf(row, contract, today, span).map(({ dueOn, state, settledAt, evidence, noticedAt }) => ({
      dueOn,
      state,
      settledAt,
      evidence,
      noticedAt,
      obligationId: row.id,
      text: row.text,
      party: row.party as 'provider',
    })),
  )
}

export async function addObligation(context: Context, contractId: string, given: NewObligation): Promise<Obligation> {
  require(barredFromTerms(context.actor))
  const { db, now } = context
  const contract = await requireContract(db, contractId)
  if (given.rule !== null && readRecurrence(given.rule) === null)
    throw invalid('obligation.rule', { rule: given.rule }, { errors: [{ path: 'rule', message: '' }] })
  const id = newId(now.getTime())
  const { customerId } = contract
  await db
    .insertInto('obligation')
    .values({ id, contractId, customerId, ...given, createdAt: now })
    .execute()
  await audit(context, { action: 'obligation.added', subjectType: 'contract', subjectId: contractId, customerId })
  return readObligation(context, id)
}

async function readObligation({ db, now }: Context, id: string): Promise<Obligation> {
  const row = await obligations(db).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('obligation.not-found')
  const contract = await requireContract(db, row.contractId)
  return obligationOf(row, contract, todayOf(contract.timeZone, now))
}

/** Says what became of it on one of its days. What has to be proven is proven. */
export async function settleDue(
  context: Context,
  id: string,
  { dueOn, outcome, evidence }: SettledDue,
): Promise<Obligation> {
  const { customerId } = await requireDue(context, id, dueOn)
  const { db, now, actor } = context
  const { evidenceNeeded } = await readObligation(context, id)
  if (outcome !== 'breached' && evidenceNeeded && evidence === null)
    throw invalid('obligation.evidence-needed', {}, { errors: [{ path: 'evidence', message: '' }] })
  const said = { outcome, evidence, settledAt: now, settledBy: actor.personId }
  await db
    .insertInto('obligationDue')
    .values({ obligationId: id, customerId, dueOn, ...said })
    .onConflict((conflict) => conflict.columns(['obligationId', 'dueOn']).doUpdateSet(said))
    .execute()
  await audit(context, {
    action: 'obligation.settled',
    subjectType: 'obligation',
    subjectId: id,
    customerId,
    facts: { dueOn, outcome },
  })
  return readObligation(context, id)
}

/** Keeps that the other side was told; told once, it stays as it was said. */
export async function noticeDue(context: Context, id: string, { dueOn, notice }: NewNotice): Promise<Obligation> {
  const { customerId } = await requireDue(context, id, dueOn)
  const { db, now } = context
  const { numInsertedOrUpdatedRows: written } = await db
    .insertInto('obligationDue')
    .values({ obligationId: id, customerId, dueOn, notice, noticedAt: now })
    .onConflict((conflict) =>
      conflict
        .columns(['obligationId', 'dueOn'])
        .doUpdateSet({ notice, noticedAt: now })
        .where('obligationDue.notice', 'is', null),
    )
    .executeTakeFirstOrThrow()
  if (written === 0n) throw refused('obligation.noticed', { on: dueOn })
  await audit(context, {
    action: 'obligation.noticed',
    subjectType: 'obligation',
    subjectId: id,
    customerId,
    facts: { dueOn },
  })
  return readObligation(context, id)
}

async function requireDue(context: Context, id: string, dueOn: string): Promise<{ readonly customerId: string }> {
  require(barredFromTerms(context.actor))
  const { db, now } = context
  const row = await obligations(db).select('customerId').where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('obligation.not-found')
  const contract = await requireContract(db, row.contractId)
  const [found] = duesOf(row, contract, todayOf(contract.timeZone, now), { from: dueOn, to: daysAfter(dueOn, 1) })
  if (found === undefined) throw refused('obligation.not-that-day', { on: dueOn })
  return row
}
