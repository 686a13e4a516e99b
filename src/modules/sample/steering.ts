import { askDecision, changeAction, makeAction, moveAction } from '#modules/actions'
import { moveImprovement, suggestImprovement } from '#modules/improvements'
import { addAgendaItem, addInteraction, addPulse, addStakeholder } from '#modules/stakeholders'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import {
  type SampleAction,
  sampleActions,
  type SampleDecision,
  sampleDecisions,
  type SampleImprovement,
  sampleImprovements,
  sampleStakeholders,
} from '#sample/steering.ts'

const DAY_MS = 86_400_000

/** Writes what is to be done and what was decided, each as if it had been written down on its day. */
export async function writeSteering(context: Context, { company }: { readonly company: SampleCompany }): Promise<void> {
  for (const { id: customer, key } of company.customers) {
    for (const action of sampleActions.filter((each) => each.customer === key)) {
      await writeAction(context, company, { ...action, customer })
    }
    for (const decision of sampleDecisions.filter((each) => each.customer === key)) {
      await writeDecision(context, { ...decision, customer })
    }
    for (const improvement of sampleImprovements.filter((each) => each.customer === key)) {
      await writeImprovement(context, company, { ...improvement, customer })
    }
    for (const { met, pulse, agenda, ...given } of sampleStakeholders.filter((each) => each.customer === key)) {
      const { id } = await addStakeholder(onDay(context, -120), { ...given, customer })
      for (const [kind, day, notes] of met) {
        const said = { kind, notes, faceToFace: kind !== 'call', private: false, onDay: dayOf(context, day) }
        await addInteraction(onDay(context, day), id, said)
      }
      if (pulse !== undefined) await addPulse(context, id, { score: pulse[0], sentence: pulse[1] })
      for (const [what, text] of agenda) await addAgendaItem(context, id, { kind: what, text })
    }
  }
}

/** The same transaction, so many days from now. */
const onDay = (context: Context, days: number): Context => ({
  ...context,
  now: new Date(context.now.getTime() + days * DAY_MS),
})

const dayOf = (context: Context, days: number) => onDay(context, days).now.toISOString().slice(0, 10)

async function writeAction(context: Context, { staff }: SampleCompany, action: SampleAction): Promise<void> {
  const { customer, owner, made, due, putOff, state, evidence, from } = action
  const who = 'name' in owner ? { ownerName: owner.name } : { owner: staff.find(({ team }) => team === owner.team)!.id }
  const origin = from === undefined ? undefined : await originOf(context, customer, from)
  const forum = await context.db
    .selectFrom('forum')
    .select('id')
    .where('customerId', '=', customer)
    .orderBy('tier', action.priority === 'high' ? 'desc' : 'asc')
    .executeTakeFirst()
  const { text, priority, shared = false } = action
  const given = { text, priority, shared, customer, due: dayOf(context, due), ...(forum && { forum: forum.id }) }
  const { id, version } = await makeAction(onDay(context, made), { ...given, ...who, ...(origin && { origin }) })
  if (putOff !== undefined) {
    const change = { due: dayOf(context, putOff.to), reason: putOff.why }
    await changeAction(onDay(context, due), id, version, change)
  }
  if (state === 'open') return
  await moveAction(onDay(context, made + 1), id, { to: 'in-progress' })
  if (state === 'in-progress' || evidence === undefined) return
  await moveAction(onDay(context, due - 1), id, { to: 'done-claimed', evidence })
  if (state === 'verified') await moveAction(onDay(context, due), id, { to: 'verified' })
}

/** The customer's latest complaint, or a figure in the last month that is over. */
async function originOf({ db, now }: Context, customerId: string, from: NonNullable<SampleAction['from']>) {
  if (from !== 'complaint') {
    const part = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
    return { kind: 'kpi' as const, key: from.kpi, part }
  }
  const row = await db
    .selectFrom('feedbackCase')
    .select('id')
    .where('customerId', '=', customerId)
    .where('kind', '=', 'complaint')
    .orderBy('receivedAt', 'desc')
    .executeTakeFirst()
  return row && { kind: 'feedback-case' as const, id: row.id }
}

async function writeDecision(context: Context, decision: SampleDecision): Promise<void> {
  const { customer, question, options, criteria, made, neededBy, shared = false, decided } = decision
  await askDecision(onDay(context, made), {
    customer,
    question,
    options: [...options],
    shared,
    ...(criteria && { criteria }),
    ...(neededBy !== undefined && { neededBy: dayOf(context, neededBy) }),
    ...(decided && { decided: madeOn(context, decided) }),
  })
}

function madeOn(context: Context, { on, reviewOn, ...rest }: NonNullable<SampleDecision['decided']>) {
  return {
    ...rest,
    decidedOn: dayOf(context, on),
    ...(reviewOn !== undefined && { reviewOn: dayOf(context, reviewOn) }),
  }
}

async function writeImprovement(
  context: Context,
  { staff }: SampleCompany,
  improvement: SampleImprovement,
): Promise<void> {
  const { customer, problem, hypothesis, theme, benefitType, made, measuredBy, costMinor, steps } = improvement
  const measure =
    measuredBy === undefined
      ? {}
      : 'kpi' in measuredBy
        ? { kpi: { key: measuredBy.kpi, part: 'customer' as const, of: '' }, targetValue: measuredBy.aim }
        : { agreedEvidence: measuredBy.evidence }
  const { id, baseline } = await suggestImprovement(onDay(context, made), {
    customer,
    problem,
    theme,
    benefitType,
    owner: staff.find(({ team }) => team === improvement.owner)!.id,
    shared: improvement.shared ?? false,
    ...measure,
    ...(hypothesis && { hypothesis }),
    ...(costMinor !== undefined && { cost: { amountMinor: costMinor, currency: 'EUR' } }),
  })
  for (const [to, day, note] of steps) {
    // In a short sample nothing was counted yet when it was suggested, and then it waits for approval.
    if (to === 'approved' && 'kpi' in measure && baseline === null) return
    await moveImprovement(onDay(context, day), id, { to, ...(note !== undefined && { note }) })
  }
}
