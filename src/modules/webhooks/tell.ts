import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Actor, Context } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import type { JobWorld } from '#platform/worker.ts'
import { sendWebhooks } from './jobs.ts'
import { changeTold, internalKinds, kindOutside, recordOf, type WebhookKind } from './kind.ts'
import { managing } from './managing.ts'
import { toldRecord } from './told-record.ts'

/** One fact, as the job that was queued for it names it. */
interface Happened {
  readonly subjectId: string
  readonly factId: string
  readonly at: string
}

/**
 * Writes a delivery for each webhook that asked for this kind of fact: each once, however often this is done. What is in it
 * is read in the role of the webhook's owner, so that the database says what may be told.
 */
export async function tellOf(world: JobWorld, happened: Happened): Promise<void> {
  for (const { id, ownerId, internal } of await world.inTransaction((context) => askedFor(context, happened))) {
    const owner = await world.inTransaction((context) => managing(context, ownerId))
    if (owner === null) continue
    const told = await bodyFor(world, { actor: owner, internal }, happened)
    if (told === null) continue
    await world.inTransaction(async (context) => {
      const { numInsertedOrUpdatedRows: written } = await context.db
        .insertInto('webhookDelivery')
        .values({
          id: newId(context.now.getTime()),
          webhookId: id,
          factId: happened.factId,
          [recordOf(told.kind) === 'incident' ? 'incidentId' : 'requestId']: happened.subjectId,
          createdAt: context.now,
          dueAt: context.now,
          ...told,
        })
        .onConflict((conflict) => conflict.columns(['webhookId', 'factId']).doNothing())
        .executeTakeFirst()
      if (written !== 0n) await context.enqueue(sendWebhooks, {})
    })
  }
}

/** Webhooks that are told of facts of this kind at this customer. */
async function askedFor({ db }: Context, { subjectId, factId, at }: Happened) {
  const fact = await db
    .selectFrom('history')
    .select(['kind', 'customerId'])
    .where('id', '=', factId)
    .where('subjectId', '=', subjectId)
    .where('occurredAt', '=', new Date(at))
    .executeTakeFirst()
  const kind = fact && kindOutside(fact.kind)
  if (fact === undefined || kind === undefined || fact.customerId === null) return []
  return db
    .selectFrom('webhook')
    .select(['id', 'ownerId', 'internal'])
    .where('pausedAt', 'is', null)
    .where(sql<boolean>`${kind} = any(webhook.kinds)`)
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', fact.customerId)]))
    .orderBy('createdAt')
    .execute()
}

interface For {
  readonly actor: Actor
  readonly internal: boolean
}

interface Told {
  readonly kind: WebhookKind
  readonly customerId: string
  readonly body: string
}

/** What is told of a fact, in its owner's eyes; null when they do not see it. */
async function bodyFor(world: JobWorld, { actor, internal }: For, happened: Happened): Promise<Told | null> {
  const { subjectId, factId, at } = happened
  return transaction(world.db, actor, 'read only', async (db) => {
    const context: Context = {
      db,
      actor,
      now: world.now(),
      requestId: factId,
      listeners: {},
      enqueue: async () => undefined,
    }
    const fact = await db
      .selectFrom('history')
      .select(['kind', 'facts', 'visibility', 'occurredAt'])
      .where('id', '=', factId)
      .where('subjectId', '=', subjectId)
      .where('occurredAt', '=', new Date(at))
      .executeTakeFirst()
    const kind = fact && kindOutside(fact.kind)
    if (fact === undefined || kind === undefined) return null
    if (!internal && (fact.visibility !== 'public' || internalKinds.includes(kind))) return null
    const record = await toldRecord(context, { kind: recordOf(kind), id: subjectId, internal })
    if (record === null) return null
    const data = {
      ...record.data,
      change: changeTold(kind, fact.facts as Record<string, unknown>),
      visibility: fact.visibility,
    }
    const body = JSON.stringify({ type: kind, timestamp: fact.occurredAt.toISOString(), data })
    return { kind, customerId: record.customerId, body }
  })
}
