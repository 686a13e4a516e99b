import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { barredFromContracting, barredFromEverybodysMoney, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Appropriation, ApprovalStepsView, NewApprovalSteps } from './api.ts'

/** What of money that is asked for decides about its approvals: the whole amount with its contingency. */
interface Asked {
  readonly id: string
  readonly currency: string
  readonly wholeMinor: number
  readonly requestedBy: string | null
}

type Step = Appropriation['steps'][number]

/**
 * The approvals that an amount takes, in their order, with who gave them since it was last settled. Without steps for its
 * currency it is one, by somebody whose limit is enough.
 */
export async function stepsOf(db: Db, { id, currency, wholeMinor, requestedBy }: Asked): Promise<readonly Step[]> {
  const rows = await db
    .selectFrom('approvalStep')
    .select('fromMinor')
    .where('currency', '=', currency)
    .where('fromMinor', '<=', wholeMinor)
    .orderBy('number')
    .execute()
  const needed = rows.length === 0 ? [{ fromMinor: 0 }] : rows
  const { rows: taken } = await sql<{ id: string | null; name: string | null; decidedAt: Date }>`
    select d.person_id as id, p.name, d.decided_at as "decidedAt"
    from appropriation_decision d left join person p on p.id = d.person_id
    where d.appropriation_id = ${id} and d.decision = 'approved' and not d.settles
      and d.decided_at > coalesce((select max(s.decided_at) from appropriation_decision s
        where s.appropriation_id = ${id} and s.settles), '-infinity')
    order by d.decided_at, d.id`.execute(db)
  const limits = await db
    .selectFrom('approvalLimit')
    .innerJoin('person', 'person.id', 'approvalLimit.personId')
    .select(['person.id', 'person.name', 'upToMinor'])
    .where('currency', '=', currency)
    .where(sql<boolean>`person.id is distinct from ${requestedBy}::uuid`)
    .orderBy('upToMinor')
    .orderBy('person.name')
    .execute()
  return needed.map(({ fromMinor }, index) => {
    // The last one answers for all of it.
    const leastMinor = index === needed.length - 1 ? Math.max(fromMinor, wholeMinor) : fromMinor
    const given = taken[index]
    return {
      number: index + 1,
      leastMinor,
      by: given === undefined || given.id === null || given.name === null ? null : { id: given.id, name: given.name },
      at: given === undefined ? null : new Date(given.decidedAt),
      may: limits
        .filter(({ id: person, upToMinor }) => upToMinor >= leastMinor && !taken.some((each) => each.id === person))
        .map(({ id: person, name }) => ({ id: person, name })),
    }
  })
}

/** The step that waits, and whether it is the last; refused where whoever decides took another one of it. */
export function waitingStep(
  steps: readonly Step[],
  personId: string,
): { readonly leastMinor: number; readonly isLast: boolean } {
  if (steps.some(({ by }) => by?.id === personId)) throw refused('appropriation.other-person')
  const index = steps.findIndex(({ at }) => at === null)
  return { leastMinor: steps[index]?.leastMinor ?? 0, isLast: index === steps.length - 1 }
}

export async function listSteps({ db, actor }: Context): Promise<ApprovalStepsView[]> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const rows = await db
    .selectFrom('approvalStep')
    .select(['currency', 'fromMinor'])
    .orderBy('currency')
    .orderBy('number')
    .execute()
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, of]) => ({
    currency,
    fromMinor: of.map(({ fromMinor }) => fromMinor),
  }))
}

/** Says from which amounts on how many steps there are; the first is for every amount. */
export async function saySteps(
  context: Context,
  currency: string,
  { fromMinor }: NewApprovalSteps,
): Promise<ApprovalStepsView> {
  const { db, now, actor } = context
  require(barredFromEverybodysMoney(actor))
  if (fromMinor.some((each, index) => index > 0 && each <= fromMinor[index - 1]!)) throw refused('approval-steps.fall')
  await db.deleteFrom('approvalStep').where('currency', '=', currency).execute()
  const rows = fromMinor.map((each, index) => ({ currency, number: index + 1, fromMinor: each, setAt: now }))
  if (rows.length > 0) await db.insertInto('approvalStep').values(rows).execute()
  await audit(context, { action: 'approval-limit.steps', subjectType: 'approval-limit', facts: { currency } })
  return { currency, fromMinor }
}
