import { type RawBuilder, sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromManaging, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Webhook, WebhookDelivery, WebhookDeliveryPage } from './api.ts'

const countOf = (state: WebhookDelivery['state']) =>
  sql<number>`(select count(*) from webhook_delivery d where d.webhook_id = webhook.id and d.state = ${state})`

function webhooks({ db }: Context) {
  return db
    .selectFrom('webhook')
    .innerJoin('person', 'person.id', 'webhook.ownerId')
    .leftJoin('customer', 'customer.id', 'webhook.customerId')
    .select([
      'webhook.id',
      'webhook.name',
      'webhook.url',
      'webhook.kinds',
      'webhook.internal',
      'webhook.pausedAt',
      'webhook.pauseReason',
      'webhook.failures',
      'webhook.createdAt',
      'webhook.version',
      'person.id as ownerId',
      'person.name as ownerName',
      'customer.id as customerId',
      'customer.name as customerName',
      countOf('waiting').as('waiting'),
      countOf('delivered').as('delivered'),
      countOf('failed').as('failed'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof webhooks>['execute']>>[number]

function webhookOf({ ownerId, ownerName, customerId, customerName, ...row }: Row): Webhook {
  return {
    ...(row as Omit<Webhook, 'owner' | 'customer'>),
    owner: { id: ownerId, name: ownerName },
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
  }
}

/** By name. */
export async function listWebhooks(context: Context): Promise<Webhook[]> {
  require(barredFromManaging(context.actor))
  const rows = await webhooks(context)
    .orderBy(sql`lower(webhook.name)`)
    .orderBy('webhook.id')
    .execute()
  return rows.map(webhookOf)
}

/** One of them. Throws when there is none in sight. */
export async function readWebhook(context: Context, id: string): Promise<Webhook> {
  require(barredFromManaging(context.actor))
  const row = await webhooks(context).where('webhook.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('webhook.not-found')
  return webhookOf(row)
}

const lastAttempt: RawBuilder<(Omit<NonNullable<WebhookDelivery['last']>, 'at'> & { readonly at: string }) | null> =
  sql`(
  select json_build_object('at', a.at, 'milliseconds', a.milliseconds, 'status', a.status, 'problem', a.problem)
  from webhook_attempt a where a.delivery_id = webhook_delivery.id order by a.at desc, a.id desc limit 1)`

function deliveries({ db }: Context) {
  return db
    .selectFrom('webhookDelivery')
    .innerJoin('webhook', 'webhook.id', 'webhookDelivery.webhookId')
    .leftJoin('incident', 'incident.id', 'webhookDelivery.incidentId')
    .leftJoin('request', 'request.id', 'webhookDelivery.requestId')
    .select([
      'webhookDelivery.id',
      'webhookDelivery.kind',
      'webhookDelivery.state',
      'webhookDelivery.attempts',
      'webhookDelivery.createdAt',
      'webhookDelivery.dueAt',
      'incident.id as incidentId',
      'incident.number',
      'request.id as requestId',
      'request.number as requestNumber',
      lastAttempt.as('last'),
    ])
}

type DeliveryRow = Awaited<ReturnType<ReturnType<typeof deliveries>['execute']>>[number]

function deliveryOf({ incidentId, number, requestId, requestNumber, last, ...row }: DeliveryRow): WebhookDelivery {
  return {
    ...(row as Omit<WebhookDelivery, 'incident' | 'request' | 'last'>),
    incident: incidentId === null || number === null ? null : { id: incidentId, number },
    request: requestId === null || requestNumber === null ? null : { id: requestId, number: requestNumber },
    last: last && { ...last, at: new Date(last.at) },
  }
}

interface DeliveriesQuery {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly state?: WebhookDelivery['state'] | undefined
}

/** What was sent to one of them, the newest first. */
export async function listDeliveries(context: Context, webhookId: string, { limit, cursor, state }: DeliveriesQuery) {
  await readWebhook(context, webhookId)
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await deliveries(context)
    .select(sql<string>`webhook_delivery.created_at::text`.as('sortKey'))
    .where('webhookDelivery.webhookId', '=', webhookId)
    .$if(state !== undefined, (query) => query.where('webhookDelivery.state', '=', state!))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(webhook_delivery.created_at, webhook_delivery.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('webhookDelivery.createdAt', 'desc')
    .orderBy('webhookDelivery.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map(deliveryOf), nextCursor }
}

/** One of them with each attempt. Throws when there is none in sight. */
export async function readDelivery(context: Context, id: string): Promise<WebhookDeliveryPage> {
  require(barredFromManaging(context.actor))
  const row = await deliveries(context)
    .select(['webhookDelivery.body', 'webhook.id as webhookId', 'webhook.name as webhookName'])
    .where('webhookDelivery.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('webhook-delivery.not-found')
  const log = await context.db
    .selectFrom('webhookAttempt')
    .select(['id', 'at', 'milliseconds', 'status', 'answer', 'problem', 'problemDetail as detail'])
    .where('deliveryId', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  const { webhookId, webhookName, body, ...delivery } = row
  return {
    ...deliveryOf(delivery),
    body,
    webhook: { id: webhookId, name: webhookName },
    log: log as WebhookDeliveryPage['log'],
  }
}
