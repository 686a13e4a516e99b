import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { sendWebhooks } from './jobs.ts'
import { mayBeTold } from './managing.ts'

/** What a rule tells a webhook. */
interface ToldByRule {
  readonly webhookId: string
  /** The run of the rule, by which it is told once. */
  readonly runId: string
  readonly rule: { readonly id: string; readonly name: string; readonly version: number }
  readonly incident: {
    readonly id: string
    readonly number: string
    readonly title: string
    readonly customerId: string
    readonly state: string
    readonly priority: string
  }
}

/**
 * Tells a webhook that a rule acted. Only one for that customer or for all, whose owner still manages and sees the incident.
 *
 * @returns Why nothing is sent, or null.
 */
export async function sendByRule(context: Context, told: ToldByRule): Promise<'paused' | 'not-there' | null> {
  const { db, now } = context
  const { webhookId, runId, rule, incident } = told
  const row = await db
    .selectFrom('webhook')
    .select(['pausedAt', 'ownerId'])
    .where('id', '=', webhookId)
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', incident.customerId)]))
    .executeTakeFirst()
  if (row === undefined || !(await mayBeTold(context, row.ownerId, { incidentId: incident.id, requestId: null })))
    return 'not-there'
  if (row.pausedAt !== null) return 'paused'
  const { customerId, ...shown } = incident
  const kind = 'rule.acted'
  await db
    .insertInto('webhookDelivery')
    .values({
      id: newId(now.getTime()),
      webhookId,
      customerId,
      incidentId: incident.id,
      factId: runId,
      kind,
      body: JSON.stringify({ type: kind, timestamp: now.toISOString(), data: { rule, incident: shown } }),
      createdAt: now,
      dueAt: now,
    })
    .onConflict((conflict) => conflict.columns(['webhookId', 'factId']).doNothing())
    .execute()
  await context.enqueue(sendWebhooks, {})
  return null
}
