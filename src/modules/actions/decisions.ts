import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { require } from '#core/may.ts'
import { requirePerson } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { decisionLifecycle, type DecisionState } from './action.ts'
import type { Decision, DecisionMove, NewDecision } from './api.ts'
import { readDecision } from './decision-queries.ts'
import { barredFromActing } from './may.ts'
import { originOf } from './origin.ts'

/** Asks for a decision, or writes one down that was made. */
export async function askDecision(context: Context, asked: NewDecision): Promise<Decision> {
  const { db, now, actor } = context
  require(barredFromActing(actor))
  const { customer, origin, owner, decided, ...given } = asked
  const from = await originOf(context, { origin, customer })
  const chosen = owner ?? actor.personId
  if (chosen !== null && (await requirePerson(db, chosen)).customerId !== null) {
    throw invalid('decision.owner-inside', {}, { errors: [{ path: 'owner', message: '' }] })
  }
  const id = newId(now.getTime())
  const made = { ownerId: chosen, madeBy: actor.personId, madeAt: now }
  await db
    .insertInto('decision')
    .values({ id, ...from, ...made, ...given, ...(decided && { ...decided, state: 'decided' }) })
    .execute()
  const { question } = given
  await tell(context, { id, customerId: from.customerId }, 'decision.asked', { question, ...decided })
  return readDecision(context, id)
}

/** Decides, looks at it again, or drops the question. What was decided stays as it was. */
export async function moveDecision(context: Context, id: string, move: DecisionMove): Promise<Decision> {
  const { db, actor } = context
  require(barredFromActing(actor))
  const kept = await db
    .selectFrom('decision')
    .select(['id', 'customerId', 'state', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (kept === undefined) throw notFound('decision.not-found')
  const { to, ...values } = move
  const from = kept.state as DecisionState
  if (!reachable(decisionLifecycle, from).includes(to)) throw refused('decision.cannot', { state: from, to })
  await db
    .updateTable('decision')
    .set({ ...values, state: to, version: kept.version + 1 })
    .where('id', '=', id)
    .execute()
  await tell(context, kept, 'decision.state', { from, ...move })
  return readDecision(context, id)
}

async function tell(
  context: Context,
  { id, customerId }: { readonly id: string; readonly customerId: string | null },
  kind: `decision.${string}`,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const about = { subjectType: 'decision', subjectId: id, customerId } as const
  await record(context, { ...about, kind, facts })
  await audit(context, { action: kind, ...about, facts })
}
