import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { require } from '#core/may.ts'
import { originOf } from '#modules/actions'
import { requirePerson } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import type { Improvement, ImprovementChange, ImprovementMove, NewImprovement } from './api.ts'
import { baselineOf, proofOf } from './benefit.ts'
import { improvementLifecycle, type ImprovementState } from './improvement.ts'
import { barredFromApproving, barredFromConfirming, barredFromImproving } from './may.ts'
import { readImprovement } from './queries.ts'

/** Until the work begins it may be said by what it is measured. Afterwards an aim that moves proves nothing. */
const unbegun: readonly ImprovementState[] = ['idea', 'assessed', 'approved', 'plan']

/** Suggests one, from a record or by itself. With a figure, its latest stored month becomes the baseline. */
export async function suggestImprovement(context: Context, asked: NewImprovement): Promise<Improvement> {
  require(barredFromImproving(context.actor))
  return openImprovement(context, { ...asked, owner: asked.owner ?? context.actor.personId })
}

/** The same where a rule of ours asks for it, whoever set that off. Without an owner it waits for one. */
export async function openImprovement(
  context: Context,
  asked: Omit<NewImprovement, 'owner'> & { readonly owner: string | null },
): Promise<Improvement> {
  const { db, now, actor } = context
  const { customer, origin, owner, problem, theme, benefitType, shared, ...rest } = asked
  const from = await originOf(context, { origin, customer })
  if (shared && from.customerId === null) throw invalid('action.nobody-to-share')
  if (owner !== null) await requireOurs(context, owner)
  const id = newId(now.getTime())
  const columns = await columnsOf(context, from.customerId, rest)
  await db
    .insertInto('improvement')
    .values({
      id,
      ...from,
      problem,
      theme,
      benefitType,
      shared,
      ownerId: owner,
      madeBy: actor.personId,
      madeAt: now,
      ...columns,
    })
    .execute()
  await tell(context, { id, customerId: from.customerId }, { from: null, to: 'idea' })
  return readImprovement(context, id)
}

/** Changes what is given. What it is measured by stays as it is once the work began. */
export async function changeImprovement(
  context: Context,
  id: string,
  version: number,
  { owner, ...change }: ImprovementChange,
): Promise<Improvement> {
  require(barredFromImproving(context.actor))
  const kept = await lock(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (kept.state === 'closed' || kept.state === 'stopped') throw refused('improvement.over')
  const measures = change.kpi !== undefined || change.targetValue !== undefined || change.agreedEvidence !== undefined
  if (measures && !unbegun.includes(kept.state as ImprovementState)) throw refused('improvement.begun')
  if (change.shared === true && kept.customerId === null) throw invalid('action.nobody-to-share')
  if (owner !== undefined) await requireOurs(context, owner)
  const { problem, theme, benefitType, shared, ...rest } = change
  await update(context, kept, {
    ...(problem !== undefined && { problem }),
    ...(theme !== undefined && { theme }),
    ...(benefitType !== undefined && { benefitType }),
    ...(shared !== undefined && { shared }),
    ...(owner !== undefined && { ownerId: owner }),
    ...(await columnsOf(context, kept.customerId, rest)),
  })
  const about = { subjectType: 'improvement', subjectId: id, customerId: kept.customerId }
  await audit(context, { action: 'improvement.changed', ...about, facts: { fields: Object.keys(change) } })
  return readImprovement(context, id)
}

/**
 * Moves it on (DOMAIN §2.7). Who manages approves what has a hypothesis and says by what it will be seen. The benefit is
 * confirmed by another than the owner, and only where the figure's own chart signals it, or by the evidence that was agreed.
 */
export async function moveImprovement(
  context: Context,
  id: string,
  { to, note }: ImprovementMove,
): Promise<Improvement> {
  const { actor, now } = context
  require(barredFromImproving(actor))
  const kept = await lock(context, id)
  const from = kept.state as ImprovementState
  if (!reachable(improvementLifecycle, from).includes(to)) {
    throw refused('improvement.cannot', { state: from, to })
  }
  if (to === 'approved') {
    require(barredFromApproving(actor))
    if (kept.hypothesis === null) throw refused('improvement.hypothesis-needed')
    const measured = kept.kpi !== null && kept.baselineMonth !== null && kept.targetValue !== null
    if (!measured && kept.agreedEvidence === null) throw refused('improvement.measure-needed')
  }
  if (to === 'check' && note === undefined) throw noteNeeded('improvement.findings-needed')
  if (to === 'stopped' && note === undefined) throw noteNeeded('action.why-needed')
  if (to === 'benefit-verified') {
    require(barredFromConfirming(actor, { owner: kept.ownerId === null ? null : { id: kept.ownerId } }))
  }
  await update(context, kept, {
    state: to,
    ...(to === 'do' && { startedAt: kept.startedAt ?? now }),
    ...(to === 'check' && { findings: note }),
    ...(to === 'stopped' && { stopReason: note }),
    ...(to === 'benefit-verified' && {
      ...(await proofOf(context, kept, note)),
      verifiedBy: actor.personId,
      verifiedAt: now,
    }),
  })
  await tell(context, kept, { from, to, ...(note !== undefined && { note }) })
  return readImprovement(context, id)
}

type Content = Pick<ImprovementChange, 'hypothesis' | 'kpi' | 'targetValue' | 'agreedEvidence' | 'cost'>

/** The columns of what is given; with a figure its baseline. */
async function columnsOf(context: Context, customerId: string | null, given: Content) {
  const { hypothesis, kpi, targetValue, agreedEvidence, cost } = given
  if (cost !== undefined && cost !== null) require(barredFromApproving(context.actor))
  return {
    ...(hypothesis !== undefined && { hypothesis }),
    ...(targetValue !== undefined && { targetValue }),
    ...(agreedEvidence !== undefined && { agreedEvidence }),
    ...(cost !== undefined && { costMinor: cost?.amountMinor ?? null, costCurrency: cost?.currency ?? null }),
    ...(kpi !== undefined && (await baselineOf(context, customerId, kpi))),
  }
}

async function requireOurs({ db }: Context, personId: string): Promise<void> {
  const { customerId } = await requirePerson(db, personId)
  if (customerId !== null) throw invalid('improvement.owner-inside', {}, { errors: [{ path: 'owner', message: '' }] })
}

async function lock({ db }: Context, id: string) {
  const kept = await db.selectFrom('improvement').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (kept === undefined) throw notFound('improvement.not-found')
  return kept
}

interface Kept {
  readonly id: string
  readonly customerId: string | null
}

async function update(
  { db }: Context,
  { id, version }: Kept & { readonly version: number },
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  await db
    .updateTable('improvement')
    .set({ ...values, version: version + 1 })
    .where('id', '=', id)
    .execute()
}

async function tell(
  context: Context,
  { id, customerId }: Kept,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const about = { subjectType: 'improvement', subjectId: id, customerId } as const
  await record(context, { ...about, kind: 'improvement.state', facts })
  await audit(context, { action: 'improvement.state', ...about, facts })
}

function noteNeeded(code: 'improvement.findings-needed' | 'action.why-needed'): Failure {
  return invalid(code, {}, { errors: [{ path: 'note', message: '' }] })
}
