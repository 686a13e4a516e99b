import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { allowedNetworks, callOutside, CallRefused } from '#platform/outgoing-call.ts'
import { unseal } from '#platform/seal.ts'
import type { JobWorld } from '#platform/worker.ts'
import { mayBeTold } from './managing.ts'
import { PAUSED_AFTER, waitAfter } from './schedule.ts'
import { signedHeaders } from './signature.ts'

/** Whoever has one in hand and is not heard of for so long has died with it. */
const LEASE_MS = 60_000
/** Standard Webhooks recommends 15 to 30 seconds. */
const TIMEOUT_MS = 15_000
/** Of an answer so much is read; of that the beginning is kept. */
const ANSWER_BYTES = 16_384
const KEPT_CHARACTERS = 2000
/** Sent at the same time to one receiver; so one that does not answer does not keep the others from theirs. */
const AT_ONCE_EACH = 4
const AT_ONCE = 32

/** What the secret of a webhook is sealed for. */
export function secretPurpose(webhookId: string): string {
  return `webhook ${webhookId}`
}

interface Due {
  readonly id: string
  readonly webhookId: string
  readonly ownerId: string
  readonly customerId: string | null
  readonly incidentId: string | null
  readonly requestId: string | null
  readonly body: string
  readonly attempts: number
  readonly url: string
  readonly secret: string
  readonly previousSecret: string | null
  readonly previousUntil: Date | null
}

/** Sends all that is due, each by one process. */
export async function sendDue(world: JobWorld): Promise<void> {
  for (;;) {
    if (world.signal.aborted) return
    const due = await takeDue(world)
    if (due.length === 0) return
    const allowed = await allowedNetworks(world.db)
    await Promise.all(due.map((delivery) => send(world, delivery, allowed)))
  }
}

/** The next moment at which something is to be sent. */
export async function nextDueAt({ db }: JobWorld): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(d.due_at) as at from webhook w join webhook_delivery d on d.webhook_id = w.id
    where w.paused_at is null and d.due_at is not null`.execute(db)
  return rows[0]?.at ?? null
}

/** Takes what is due into its hand, for as long as the lease. */
async function takeDue({ db, now }: JobWorld): Promise<readonly Due[]> {
  const at = now()
  const { rows } = await sql<Due>`
    with due as (
      select d.id from webhook w cross join lateral (
        select id, due_at from webhook_delivery
        where webhook_id = w.id and due_at <= ${at} order by due_at, id limit ${AT_ONCE_EACH} for update skip locked
      ) d where w.paused_at is null order by d.due_at limit ${AT_ONCE})
    update webhook_delivery d set attempts = d.attempts + 1, due_at = ${new Date(at.getTime() + LEASE_MS)}
    from due, webhook w where d.id = due.id and w.id = d.webhook_id
    returning d.id, d.webhook_id as "webhookId", w.owner_id as "ownerId", d.customer_id as "customerId",
      d.incident_id as "incidentId", d.request_id as "requestId", d.body, d.attempts, w.url, w.secret,
      w.previous_secret as "previousSecret", w.previous_until as "previousUntil"`.execute(db)
  return rows
}

interface Outcome {
  readonly milliseconds: number
  readonly status: number | null
  readonly answer: string | null
  readonly problem: string | null
  readonly problemDetail: string | null
}

async function send(world: JobWorld, delivery: Due, allowed: readonly string[]): Promise<void> {
  const began = performance.now()
  const at = world.now()
  // What was written down may be from days ago: whether its owner may still tell it is asked before each attempt.
  if (!(await world.inTransaction((context) => mayBeTold(context, delivery.ownerId, delivery)))) {
    await world.inTransaction((context) => giveUp(context, delivery, at))
    return
  }
  const said = await call(delivery, at, allowed)
  const outcome = { ...said, milliseconds: Math.round(performance.now() - began) }
  const { status, problem } = outcome
  world.log.info({ webhook: delivery.webhookId, delivery: delivery.id, status, problem }, 'webhook sent')
  await world.inTransaction((context) => settle(context, delivery, { at, ...outcome }))
}

/** Out of sight of its owner by now: nobody is called, and that is no fault of whoever would have been. */
async function giveUp({ db }: Context, { id, customerId }: Due, at: Date): Promise<void> {
  const nothing = { milliseconds: 0, status: null, answer: null, problemDetail: null }
  await db
    .insertInto('webhookAttempt')
    .values({ id: newId(at.getTime()), deliveryId: id, customerId, at, ...nothing, problem: 'out-of-sight' })
    .execute()
  await db
    .updateTable('webhookDelivery')
    .set({ state: 'failed', dueAt: null, endedAt: at })
    .where('id', '=', id)
    .execute()
}

async function call(
  { id, webhookId, url, body, secret, previousSecret, previousUntil }: Due,
  at: Date,
  allowed: readonly string[],
): Promise<Omit<Outcome, 'milliseconds'>> {
  const both = previousSecret !== null && previousUntil !== null && previousUntil > at
  const sealed = [secret, ...(both ? [previousSecret] : [])]
  const secrets = await Promise.all(sealed.map((each) => unseal(each, secretPurpose(webhookId)))).catch(() => null)
  if (secrets === null) return { status: null, answer: null, problem: 'secret', problemDetail: null }
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Plumbline',
    ...signedHeaders({ id, at, body }, secrets),
  }
  try {
    const answer = await callOutside({
      url,
      method: 'POST',
      headers,
      body,
      timeoutMs: TIMEOUT_MS,
      answerBytes: ANSWER_BYTES,
      allowed,
    })
    const text = answer.text.replaceAll('\0', '').slice(0, KEPT_CHARACTERS).toWellFormed()
    return { status: answer.status, answer: text, problem: null, problemDetail: null }
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error
    return { status: null, answer: null, problem: error.problem, problemDetail: error.message.slice(0, 500) || null }
  }
}

/** Writes down how an attempt went, and what follows from it for the delivery and for the webhook. */
async function settle(context: Context, delivery: Due, outcome: Outcome & { readonly at: Date }): Promise<void> {
  const { db } = context
  const { id, webhookId, customerId, attempts } = delivery
  const { at, status } = outcome
  // In the order in which every other change takes them.
  const kept = await db.selectFrom('webhook').selectAll().where('id', '=', webhookId).forUpdate().executeTakeFirst()
  if (kept === undefined) return
  await db
    .insertInto('webhookAttempt')
    .values({ id: newId(at.getTime()), deliveryId: id, customerId, ...outcome })
    .execute()
  if (status !== null && status >= 200 && status < 300) {
    await db
      .updateTable('webhookDelivery')
      .set({ state: 'delivered', dueAt: null, endedAt: at })
      .where('id', '=', id)
      .execute()
    await db.updateTable('webhook').set({ failures: 0, failingSince: null }).where('id', '=', webhookId).execute()
    return
  }
  const wait = waitAfter(attempts, Math.random())
  await db
    .updateTable('webhookDelivery')
    .set(wait === null ? { state: 'failed', dueAt: null, endedAt: at } : { dueAt: new Date(at.getTime() + wait) })
    .where('id', '=', id)
    .execute()
  const failures = kept.failures + 1
  const reason = status === 410 ? 'gone' : failures >= PAUSED_AFTER ? 'failing' : null
  const pauses = reason !== null && kept.pausedAt === null
  await db
    .updateTable('webhook')
    .set({
      failures,
      failingSince: kept.failingSince ?? at,
      ...(pauses && { pausedAt: at, pauseReason: reason, version: kept.version + 1 }),
    })
    .where('id', '=', webhookId)
    .execute()
  if (!pauses) return
  const subject = { subjectType: 'webhook', subjectId: webhookId, customerId: kept.customerId }
  await audit(context, { action: 'webhook.paused', ...subject, facts: { name: kept.name, reason, failures } })
  await record(context, {
    ...subject,
    kind: 'webhook.paused',
    facts: { name: kept.name, reason, failures },
    visibility: 'internal',
  })
}
