import { route } from '#platform/http.ts'
import { addWebhook, changeWebhook, removeWebhook, renewSecret, replayDelivery, tryWebhook } from './actions.ts'
import * as api from './api.ts'
import { listDeliveries, listWebhooks, readDelivery, readWebhook } from './queries.ts'

export const webhookRoutes = [
  route(api.listWebhooks, async (context) => ({ items: await listWebhooks(context) })),
  route(api.getWebhook, (context, { params }) => readWebhook(context, params.id)),
  route(api.addWebhook, (context, { body }) => addWebhook(context, body)),
  route(api.changeWebhook, (context, { params, body, matches }) => changeWebhook(context, params.id, matches, body)),
  route(api.removeWebhook, async (context, { params }) => {
    await removeWebhook(context, params.id)
    return null
  }),
  route(api.renewWebhookSecret, (context, { params }) => renewSecret(context, params.id)),
  route(api.tryWebhook, async (context, { params }) => ({ delivery: await tryWebhook(context, params.id) })),
  route(api.listWebhookDeliveries, (context, { params, query }) => listDeliveries(context, params.id, query)),
  route(api.getWebhookDelivery, (context, { params }) => readDelivery(context, params.id)),
  route(api.replayWebhookDelivery, (context, { params }) => replayDelivery(context, params.id)),
]
