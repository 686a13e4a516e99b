import { agreementsOfClocks } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { daysOf } from './promise.ts'
import { countFulfilment, fulfilmentFacts, type RequestFact } from './request.ts'

/** A request that was delivered, and whether by the day that was promised. */
export interface Delivery {
  readonly id: string
  readonly met: boolean
}

/** Of a customer's requests that were delivered in `[from, to)` those that something was promised of. */
export async function deliveriesOf(
  { db, now }: { readonly db: Db; readonly now: Date },
  customerId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly Delivery[]> {
  const requests = await db
    .selectFrom('request')
    .select(['id', 'siteId', 'agreementVersionId', 'calendarVersionId', 'targetSeconds', 'targetDays', 'targetEnd'])
    .where('customerId', '=', customerId)
    .where('deliveredAt', '>=', from)
    .where('deliveredAt', '<', to)
    .where('agreementVersionId', 'is not', null)
    .where('calendarVersionId', 'is not', null)
    .where('targetSeconds', 'is not', null)
    .orderBy('deliveredAt')
    .execute()
  if (requests.length === 0) return []
  const facts = await db
    .selectFrom('history')
    .select(['subjectId', 'kind', 'occurredAt', 'facts'])
    .where('subjectType', '=', 'request')
    .where(
      'subjectId',
      'in',
      requests.map(({ id }) => id),
    )
    .where('kind', 'in', fulfilmentFacts)
    .orderBy('occurredAt')
    .orderBy('sequence')
    .orderBy('id')
    .execute()
  const factsOf = Map.groupBy(facts, ({ subjectId }) => subjectId)
  const clocks = requests.map(({ agreementVersionId, calendarVersionId }) => ({
    agreementVersionId: agreementVersionId!,
    calendarVersionId: calendarVersionId!,
  }))
  const agreements = await agreementsOfClocks(db, clocks)
  return requests.flatMap(({ id, targetSeconds, ...inDays }, index): Delivery[] => {
    const clock = clocks[index]!
    const open = agreements.of(clock).openOf(clock.calendarVersionId)
    const history: RequestFact[] = (factsOf.get(id) ?? []).map((fact) => ({
      kind: fact.kind,
      at: fact.occurredAt.getTime(),
      facts: fact.facts as Record<string, unknown>,
    }))
    const days = daysOf(inDays)
    const { state } = countFulfilment({ open, targetMs: targetSeconds! * 1000, days }, history, now.getTime())
    if (state === 'met') return [{ id, met: true }]
    return state === 'breached-stopped' ? [{ id, met: false }] : []
  })
}
