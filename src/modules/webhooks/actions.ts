import { sql } from 'kysely'
import { Failure, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromManaging, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { seal } from '#platform/seal.ts'
import type { NewWebhook, Webhook, WebhookChange, WebhookDeliveryPage } from './api.ts'
import { hearAll } from './heard.ts'
import { sendWebhooks } from './jobs.ts'
import { readDelivery, readWebhook } from './queries.ts'
import { secretPurpose } from './send.ts'
import { newWebhookSecret } from './signature.ts'

const DAY_MS = 86_400_000

type WithSecret = Webhook & { readonly secret: string }

/** Tells an address outside of facts, from now on. */
export async function addWebhook(context: Context, asked: NewWebhook): Promise<WithSecret> {
  const { db, now, actor } = context
  require(barredFromManaging(actor))
  const { customer, paused, url, ...terms } = asked
  // Whoever works for some customers sees no others, and says which of theirs is meant.
  if (customer === undefined && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const id = newId(now.getTime())
  const secret = newWebhookSecret()
  await db
    .insertInto('webhook')
    .values({
      id,
      ...terms,
      url,
      customerId,
      ownerId: requirePersonId(context),
      secret: await seal(secret, secretPurpose(id)),
      createdAt: now,
      ...(paused && { pausedAt: now, pauseReason: 'asked' }),
    })
    .execute()
  await tell(context, 'webhook.added', { id, customerId }, { name: terms.name, host: new URL(url).host })
  return { ...(await readWebhook(context, id)), secret }
}

/** Changes what is given. Who changes it owns it: from then on it is told what they see. */
export async function changeWebhook(
  context: Context,
  id: string,
  version: number,
  { paused, ...change }: WebhookChange,
): Promise<Webhook> {
  const { db, now } = context
  const kept = await lockWebhook(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const resumes = paused === false && kept.pausedAt !== null
  await db
    .updateTable('webhook')
    .set({
      ...change,
      ownerId: requirePersonId(context),
      version: version + 1,
      ...(paused === true && kept.pausedAt === null && { pausedAt: now, pauseReason: 'asked' }),
      ...(resumes && { pausedAt: null, pauseReason: null, failures: 0, failingSince: null }),
    })
    .where('id', '=', id)
    .execute()
  if (resumes) await context.enqueue(sendWebhooks, {})
  await tell(context, 'webhook.changed', kept, {
    fields: Object.keys({ ...change, ...(paused !== undefined && { paused }) }),
  })
  return readWebhook(context, id)
}

export async function removeWebhook(context: Context, id: string): Promise<void> {
  const kept = await lockWebhook(context, id)
  await context.db.deleteFrom('webhook').where('id', '=', id).execute()
  await tell(context, 'webhook.removed', kept, { name: kept.name })
}

/** A new secret. The one before signs as well for a day, so that whoever receives has time to take the new one. */
export async function renewSecret(context: Context, id: string): Promise<WithSecret> {
  const { db, now } = context
  const kept = await lockWebhook(context, id)
  const secret = newWebhookSecret()
  await db
    .updateTable('webhook')
    .set({
      secret: await seal(secret, secretPurpose(id)),
      previousSecret: kept.secret,
      previousUntil: new Date(now.getTime() + DAY_MS),
      version: kept.version + 1,
    })
    .where('id', '=', id)
    .execute()
  await tell(context, 'webhook.secret-renewed', kept, {})
  return { ...(await readWebhook(context, id)), secret }
}

/** Sends something that tells nothing, to see whether it arrives. */
export async function tryWebhook(context: Context, id: string): Promise<string> {
  const { db, now } = context
  const kept = await lockWebhook(context, id)
  if (kept.pausedAt !== null) throw refused('webhook.paused', { name: kept.name })
  const deliveryId = newId(now.getTime())
  const kind = 'webhook.trial'
  await db
    .insertInto('webhookDelivery')
    .values({
      id: deliveryId,
      webhookId: id,
      customerId: kept.customerId,
      factId: deliveryId,
      kind,
      body: JSON.stringify({ type: kind, timestamp: now.toISOString(), data: { webhook: { id, name: kept.name } } }),
      createdAt: now,
      dueAt: now,
    })
    .execute()
  await context.enqueue(sendWebhooks, {})
  await tell(context, 'webhook.tried', kept, {})
  return deliveryId
}

/** Sends once more what was sent or given up, under the same id, with the whole schedule before it again. */
export async function replayDelivery(context: Context, id: string): Promise<WebhookDeliveryPage> {
  const { db, now } = context
  const { webhook } = await readDelivery(context, id)
  const kept = await lockWebhook(context, webhook.id)
  if (kept.pausedAt !== null) throw refused('webhook.paused', { name: kept.name })
  await db
    .updateTable('webhookDelivery')
    .set({ state: 'waiting', dueAt: now, endedAt: null, attempts: 0 })
    .where('id', '=', id)
    .execute()
  await context.enqueue(sendWebhooks, {})
  await tell(context, 'webhook.replayed', kept, { delivery: id })
  return readDelivery(context, id)
}

async function lockWebhook({ db, actor }: Context, id: string) {
  require(barredFromManaging(actor))
  const row = await db.selectFrom('webhook').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('webhook.not-found')
  return row
}

/** Somebody owns it: what is told follows from what they see. */
function requirePersonId({ actor }: Context): string {
  if (actor.personId === null) throw new Failure('forbidden', 'may.managers')
  return actor.personId
}

async function tell(
  context: Context,
  action: string,
  { id, customerId }: { readonly id: string; readonly customerId: string | null },
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  hearAll()
  await audit(context, { action, subjectType: 'webhook', subjectId: id, customerId, facts })
}

/** Takes away what was sent long ago. */
export async function forgetOld({ db, now }: Context): Promise<void> {
  const before = new Date(now.getTime() - 30 * DAY_MS)
  await sql`delete from webhook_delivery where created_at < ${before} and due_at is null`.execute(db)
}
