import { deviceOf } from '#modules/people'
import { route } from '#platform/http.ts'
import { markNotification, markNotifications, unwatchIncident, watchIncident } from './actions.ts'
import * as api from './api.ts'
import { countUnread, listNotifications, listWatchers } from './queries.ts'
import { addSubscription, changeSettings, readSettings, removeSubscription, stopMails } from './settings.ts'

export const notificationRoutes = [
  route(api.listNotifications, (context, { query }) => listNotifications(context, query)),
  route(api.countNotifications, async (context) => ({ unread: await countUnread(context) })),
  route(api.markNotification, async (context, { params, body }) => {
    await markNotification(context, params.id, body.read)
    return null
  }),
  route(api.markNotifications, async (context, { body }) => ({ marked: await markNotifications(context, body) })),
  route(api.getNotificationSettings, (_, door) => readSettings(door)),
  route(api.changeNotificationSettings, (_, { body, ...door }) => changeSettings(door, body)),
  route(api.addPushSubscription, (_, { body, raw, ...door }) =>
    addSubscription(door, body, deviceOf(raw.headers['user-agent'] ?? null)),
  ),
  route(api.removePushSubscription, async (context, { params }) => {
    await removeSubscription(context, params.id)
    return null
  }),
  route(api.stopMails, (_, { body, ...door }) => stopMails(door, body.token)),
  route(api.listWatchers, (context, { params }) => listWatchers(context, params.id)),
  route(api.watchIncident, async (context, { params }) => {
    await watchIncident(context, params.id)
    return null
  }),
  route(api.unwatchIncident, async (context, { params }) => {
    await unwatchIncident(context, params.id)
    return null
  }),
]
