import { sql } from 'kysely'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import { daysAfter } from '#core/recurrence.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { ContractDay } from './api-days.ts'
import type { Answer, Contradiction, Dispute, DisputeOutcome } from './api-disputes.ts'
import { requireContract, todayOf } from './queries.ts'

/** Until when an answer is due where nobody said. */
const ANSWER_DAYS = 30

function disputes(db: Db) {
  return db
    .selectFrom('dispute')
    .innerJoin('contract', 'contract.id', 'dispute.contractId')
    .innerJoin('customer', 'customer.id', 'dispute.customerId')
    .select(['dispute.id', 'dispute.subject', 'dispute.chargeId', 'dispute.creditId', 'dispute.name'])
    .select(['dispute.position', 'dispute.clause', 'dispute.evidence', 'contract.currency', 'dispute.amountMinor'])
    .select([sql<string>`to_char(dispute.month, 'YYYY-MM')`.as('month'), 'dispute.answerBy', 'dispute.byCustomer'])
    .select(['dispute.raisedAt', 'dispute.outcome', 'dispute.answer', 'dispute.answeredAt', 'customer.timeZone'])
    .orderBy(sql`dispute.answered_at is not null`)
    .orderBy('dispute.answerBy')
    .orderBy('dispute.id')
}

type Row = Awaited<ReturnType<ReturnType<typeof disputes>['execute']>>[number]

function disputeOf({ timeZone, ...row }: Row, now: Date): Dispute {
  return {
    ...row,
    subject: row.subject as Dispute['subject'],
    outcome: row.outcome as DisputeOutcome | null,
    late: row.outcome === null && row.answerBy < todayOf(timeZone, now),
  }
}

/** `GET /contracts/:id/disputes`. */
export async function listDisputes(context: Context, contractId: string): Promise<Dispute[]> {
  require(barredFromCharges(context.actor))
  await requireContract(context.db, contractId)
  const rows = await disputes(context.db).where('dispute.contractId', '=', contractId).execute()
  return rows.map((row) => disputeOf(row, context.now))
}

type DisputeDay = Pick<ContractDay, 'kind' | 'on' | 'name' | 'month' | 'party' | 'state' | 'leads'>

/** Until when what is open has to be answered, in `[from, to)`; nothing for whoever sees no charges. */
export async function disputeDays(
  { db, actor }: Context,
  contractId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly DisputeDay[]> {
  if (barredFromCharges(actor) !== null) return []
  const rows = await disputes(db)
    .where('dispute.contractId', '=', contractId)
    .where('dispute.answeredAt', 'is', null)
    .where('dispute.answerBy', '>=', from)
    .where('dispute.answerBy', '<', to)
    .execute()
  return rows.map(({ answerBy, name, month, creditId }) => ({
    kind: 'dispute',
    on: answerBy,
    name,
    month,
    party: 'provider',
    state: null,
    leads: creditId === null ? { to: 'contract', id: contractId } : { to: 'credit', id: creditId },
  }))
}

/** What is contradicted: a line that was charged, or a month's credit. */
export interface Disputed {
  readonly contractId: string
  readonly month: string
  readonly subject: { readonly chargeId: string; readonly name: string } | { readonly creditId: string }
  /** What it came to, in minor units. */
  readonly amountMinor: number
}

/**
 * Refuses a day that is over, and more at stake than was charged; of a credit more may be at stake than it came to. In the
 * transaction of whoever contradicts, before anything is written.
 */
export async function requireDisputable(
  { db, now }: Context,
  { contractId, subject, amountMinor: whole }: Disputed,
  { amountMinor, answerBy }: Contradiction,
): Promise<void> {
  const { timeZone } = await requireContract(db, contractId)
  if (answerBy !== undefined && answerBy < todayOf(timeZone, now))
    throw invalid('dispute.day-over', { day: answerBy }, { errors: [{ path: 'answerBy', message: '' }] })
  if ('chargeId' in subject && (amountMinor ?? 0) > Math.abs(whole))
    throw invalid('dispute.more-than-charged', {}, { errors: [{ path: 'amountMinor', message: '' }] })
}

/** Keeps what is said, in the program's transaction; the state of what it is about is its owner's to change. */
export async function raiseDispute(
  context: Context,
  { contractId, month, subject, amountMinor: whole }: Disputed,
  { position, clause, evidence, amountMinor, answerBy, byCustomer }: Contradiction & { readonly byCustomer: boolean },
): Promise<void> {
  const { db, now, actor } = context
  const { customerId, timeZone } = await requireContract(db, contractId)
  await db
    .insertInto('dispute')
    .values({
      id: newId(now.getTime()),
      contractId,
      customerId,
      month: `${month}-01`,
      position,
      clause,
      evidence,
      byCustomer,
      ...('chargeId' in subject ? { subject: 'charge', ...subject } : { subject: 'credit', ...subject }),
      amountMinor: amountMinor ?? Math.abs(whole),
      answerBy: answerBy ?? daysAfter(todayOf(timeZone, now), ANSWER_DAYS),
      raisedBy: actor.personId,
      raisedAt: now,
    })
    .execute()
}

/** What is contradicted goes no further until somebody said what becomes of it. */
export async function requireAnswered(
  db: Db,
  about: { readonly chargeIds: readonly string[] } | { readonly creditId: string },
): Promise<void> {
  const open = await db
    .selectFrom('dispute')
    .select('position')
    .where('answeredAt', 'is', null)
    .$if('chargeIds' in about, (query) => query.where('chargeId', 'in', (about as { chargeIds: string[] }).chargeIds))
    .$if('creditId' in about, (query) => query.where('creditId', '=', (about as { creditId: string }).creditId))
    .executeTakeFirst()
  if (open !== undefined) throw refused('dispute.unanswered', { position: open.position.slice(0, 200) })
}

/** `POST /disputes/:id/answers`. Said once; what follows for charge or credit is a step of its own. */
export async function answerDispute(context: Context, id: string, { outcome, answer }: Answer): Promise<Dispute> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const read = () => disputes(db).where('dispute.id', '=', id).executeTakeFirst()
  if ((await read()) === undefined) throw notFound('dispute.not-found')
  const answered = await db
    .updateTable('dispute')
    .set({ outcome, answer, answeredBy: actor.personId, answeredAt: now })
    .where('id', '=', id)
    .where('answeredAt', 'is', null)
    .returning(['customerId', 'contractId'])
    .executeTakeFirst()
  if (answered === undefined) throw refused('dispute.answered')
  await audit(context, {
    action: 'dispute.answered',
    subjectType: 'contract',
    subjectId: answered.contractId,
    customerId: answered.customerId,
    facts: { dispute: id, outcome },
  })
  return disputeOf((await read())!, now)
}
