import { z } from 'zod'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { webhookKinds } from './kind.ts'

export { barredFromManaging } from '#core/may.ts'
export { internalKinds, type WebhookKind, webhookKinds } from './kind.ts'

const kind = z.enum(webhookKinds)

/** Why there was no answer. */
export const webhookProblems = [
  'address',
  'private',
  'plain',
  'unknown-host',
  'timeout',
  'refused',
  'certificate',
  'lost',
  'out-of-sight',
  'secret',
] as const

export const webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  customer: named.nullable().describe('Null: all customers that the owner sees'),
  kinds: z.array(kind),
  internal: z.boolean().describe('Whether it is told what a customer’s people are not told'),
  owner: named.describe('Set it up or changed it last; it is told nothing that they do not see'),
  pausedAt: instant.nullable(),
  pauseReason: z.enum(['asked', 'failing', 'gone']).nullable(),
  failures: z.int().describe('Failed attempts since the last success'),
  waiting: z.int(),
  delivered: z.int().describe('Of the deliveries that are kept'),
  failed: z.int(),
  createdAt: instant,
  version: z.int(),
})
export type Webhook = z.output<typeof webhook>

/** The secret is told once, when it is made. */
const withSecret = webhook.extend({ secret: z.string().describe('whsec_… as Standard Webhooks has it; told once') })

export const listWebhooks = endpoint({
  method: 'GET',
  path: '/webhooks',
  summary: 'Who outside is told of facts, by name',
  audience: 'provider',
  reply: z.object({ items: z.array(webhook) }),
})

export const getWebhook = endpoint({
  method: 'GET',
  path: '/webhooks/:id',
  summary: 'One webhook',
  audience: 'provider',
  params: byId,
  reply: webhook,
})

const terms = {
  name: z.string().trim().min(1).max(120),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  kinds: z.array(kind).min(1),
  internal: z.boolean(),
}

export const addWebhook = endpoint({
  method: 'POST',
  path: '/webhooks',
  summary: 'Tells an address outside of facts, from now on; the answer has the secret to check them by, this once',
  audience: 'provider',
  body: z.object({
    ...terms,
    internal: terms.internal.default(false),
    customer: z.string().max(200).optional().describe('Id or name; all that you see unless given'),
    paused: z.boolean().default(false),
  }),
  reply: withSecret,
  status: 201,
})
export type NewWebhook = z.output<typeof addWebhook.body>

export const changeWebhook = endpoint({
  method: 'PATCH',
  path: '/webhooks/:id',
  summary: 'Changes what is given, leaves the rest; who changes it owns it',
  audience: 'provider',
  params: byId,
  body: z.object({ ...terms, paused: z.boolean() }).partial(),
  reply: webhook,
  match: true,
})
export type WebhookChange = z.output<typeof changeWebhook.body>

export const removeWebhook = endpoint({
  method: 'DELETE',
  path: '/webhooks/:id',
  summary: 'Tells it nothing any more, and forgets what it was told',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

export const renewWebhookSecret = endpoint({
  method: 'POST',
  path: '/webhooks/:id/secret',
  summary: 'A new secret; for a day both sign',
  audience: 'provider',
  params: byId,
  reply: withSecret,
})

export const tryWebhook = endpoint({
  method: 'POST',
  path: '/webhooks/:id/trial',
  summary: 'Sends something that tells nothing',
  audience: 'provider',
  params: byId,
  reply: z.object({ delivery: z.uuid() }),
  status: 202,
})

const attempt = z.object({
  id: z.uuid(),
  at: instant,
  milliseconds: z.int(),
  status: z.int().nullable().describe('What they answered; null without an answer'),
  answer: z.string().nullable().describe('Its beginning'),
  problem: z.enum(webhookProblems).nullable(),
  detail: z.string().nullable().describe('As the system said it'),
})

const delivery = z.object({
  id: z.uuid().describe('The webhook-id: the same at each attempt'),
  kind: z.string(),
  incident: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  request: z.object({ id: z.uuid(), number: z.string() }).nullable().describe('The order'),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  createdAt: instant,
  dueAt: instant.nullable(),
  last: attempt.pick({ at: true, milliseconds: true, status: true, problem: true }).nullable(),
})
export type WebhookDelivery = z.output<typeof delivery>

export const listWebhookDeliveries = endpoint({
  method: 'GET',
  path: '/webhooks/:id/deliveries',
  summary: 'What was sent to it, the newest first; kept for thirty days',
  audience: 'provider',
  params: byId,
  query: z.object({ ...page, state: z.enum(['waiting', 'delivered', 'failed']).optional() }),
  reply: pageOf(delivery),
})

const deliveryPage = delivery.extend({
  webhook: named,
  body: z.string().describe('As it is sent, to the letter'),
  log: z.array(attempt).describe('Each attempt, the newest first'),
})
export type WebhookDeliveryPage = z.output<typeof deliveryPage>

export const getWebhookDelivery = endpoint({
  method: 'GET',
  path: '/webhook-deliveries/:id',
  summary: 'What was sent, and what came back',
  audience: 'provider',
  params: byId,
  reply: deliveryPage,
})

export const replayWebhookDelivery = endpoint({
  method: 'POST',
  path: '/webhook-deliveries/:id/replay',
  summary: 'Sends it once more, under the same id',
  audience: 'provider',
  params: byId,
  reply: deliveryPage,
})
