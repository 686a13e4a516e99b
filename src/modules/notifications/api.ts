import { z } from 'zod'
import { byId, endpoint, instant, page, pageOf } from '#core/endpoint.ts'
import { mailRhythms, notificationKinds, usualWays } from './kind.ts'

export { countNotifications } from './api-bell.ts'
export { mailRhythms, notificationKinds, type MailRhythm, type NotificationKind } from './kind.ts'

export const notification = z.object({
  id: z.uuid(),
  kind: z.enum(notificationKinds),
  at: instant.describe('When it was true'),
  readAt: instant.nullable(),
  title: z.string().describe('What happened, one line in the reader’s language'),
  text: z.string().describe('What was said, shortened; empty when nothing was'),
  about: z.string().describe('What it happened to: title and customer'),
  path: z.string().describe('Where it opens in the application'),
})
export type Notification = z.output<typeof notification>

export const listNotifications = endpoint({
  method: 'GET',
  path: '/notifications',
  summary: 'What the caller was told of, the newest first, as far as they may still see it',
  audience: 'signed-in',
  query: z.object({
    ...page,
    state: z.enum(['unread', 'all']).default('all'),
    kind: z.enum(notificationKinds).optional(),
  }),
  reply: pageOf(notification),
})
export type NotificationsQuery = z.output<typeof listNotifications.query>

export const markNotification = endpoint({
  method: 'POST',
  path: '/notifications/:id/read',
  summary: 'Marks one as read, or as not read',
  audience: 'signed-in',
  params: byId,
  body: z.object({ read: z.boolean().default(true) }),
  reply: z.null(),
  status: 204,
})

export const markNotifications = endpoint({
  method: 'POST',
  path: '/notifications/read',
  summary: 'Marks all as read that came until a moment, or all about one record',
  audience: 'signed-in',
  body: z.object({
    until: instant.optional().describe('Now unless given'),
    subject: z.uuid().optional().describe('Only those about this record'),
  }),
  reply: z.object({ marked: z.int() }),
})

const minuteOfDay = z.int().min(0).max(1439).describe('Minutes after midnight in one’s own zone')

export const ways = z.object({
  shown: z.boolean().describe('Listed in the application'),
  mail: z.enum(mailRhythms),
  push: z.boolean().describe('To the browsers that may be reached'),
})

export const notificationSettings = z.object({
  kinds: z.array(ways.extend({ kind: z.enum(notificationKinds), usual: z.boolean() })),
  digestAt: minuteOfDay,
  digestDay: z.int().min(1).max(7).describe('Of weekly digests; 1 is Monday'),
  quiet: z
    .object({ from: minuteOfDay, to: minuteOfDay })
    .nullable()
    .describe('Within these hours nothing is sent but digests; null for never'),
  zone: z.string(),
  mail: z.object({
    address: z.string().nullable(),
    sends: z.boolean().describe('Whether there is a mailbox that sends'),
    failedAt: instant.nullable().describe('Since when the address takes no mail: nothing more goes there'),
  }),
  push: z.object({
    key: z.string().describe('Public key of this installation, for a browser’s subscription'),
    devices: z.array(z.object({ id: z.uuid(), name: z.string(), createdAt: instant })),
  }),
})
export type NotificationSettings = z.output<typeof notificationSettings>

export const getNotificationSettings = endpoint({
  method: 'GET',
  path: '/notification-settings',
  summary: 'How the caller wants to hear of things',
  audience: 'signed-in',
  reply: notificationSettings,
  ownTransaction: true,
})

export const changeNotificationSettings = endpoint({
  method: 'PATCH',
  path: '/notification-settings',
  summary: 'Changes what is given, leaves the rest',
  audience: 'signed-in',
  body: z
    .object({
      kinds: z.array(ways.extend({ kind: z.enum(notificationKinds) })).max(notificationKinds.length),
      digestAt: minuteOfDay,
      digestDay: z.int().min(1).max(7),
      quiet: z.object({ from: minuteOfDay, to: minuteOfDay }).nullable(),
      mailWorks: z.literal(true).describe('The address takes mails again'),
    })
    .partial(),
  reply: notificationSettings,
  ownTransaction: true,
})
export type SettingsChange = z.output<typeof changeNotificationSettings.body>

/** Base64url of bytes, as browsers give it. */
const bytes = (least: number, most: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${least},${most}}=*$`))

export const addPushSubscription = endpoint({
  method: 'POST',
  path: '/push-subscriptions',
  summary: 'Lets one’s browser be reached while the application is closed',
  audience: 'signed-in',
  body: z.object({
    endpoint: z.url({ protocol: /^https$/ }).max(2000),
    keys: z.object({ p256dh: bytes(80, 100), auth: bytes(20, 30) }),
  }),
  reply: z.object({ id: z.uuid() }),
  status: 201,
  ownTransaction: true,
})
export type NewSubscription = z.output<typeof addPushSubscription.body>

export const removePushSubscription = endpoint({
  method: 'DELETE',
  path: '/push-subscriptions/:id',
  summary: 'Leaves a browser alone from now on',
  audience: 'signed-in',
  params: byId,
  reply: z.null(),
  status: 204,
})

export const stopMails = endpoint({
  method: 'POST',
  path: '/notification-mails/stop',
  summary: 'Sends no more of these notifications by mail; by the link in such a mail, without signing in',
  audience: 'everybody',
  body: z.object({ token: z.string().min(1).max(500) }),
  reply: z.object({ email: z.string().describe('To which nothing more goes') }),
  ownTransaction: true,
})

const watchedIncident = z.object({ id: z.string().trim().min(1).max(200).describe('Id or number of an incident') })

export const listWatchers = endpoint({
  method: 'GET',
  path: '/incidents/:id/watchers',
  summary: 'Who follows an incident; to a customer’s people, whether they do',
  audience: 'signed-in',
  params: watchedIncident,
  reply: z.object({
    watching: z.boolean().describe('Whether the caller does'),
    items: z.array(z.object({ id: z.uuid(), name: z.string(), since: instant })),
  }),
})

export const watchIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/watchers/me',
  summary: 'Follows an incident',
  audience: 'signed-in',
  params: watchedIncident,
  reply: z.null(),
  status: 204,
})

export const unwatchIncident = endpoint({
  method: 'DELETE',
  path: '/incidents/:id/watchers/me',
  summary: 'Follows an incident no more',
  audience: 'signed-in',
  params: watchedIncident,
  reply: z.null(),
  status: 204,
})

/** All kinds as they are while somebody says nothing. */
export function usualKinds() {
  return notificationKinds.map((kind) => ({ kind, ...usualWays[kind] }))
}
