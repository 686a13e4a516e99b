import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'

// A file of its own, because every page asks this and nothing else of notifications: it is in the first load of the browser.

export const countNotifications = endpoint({
  method: 'GET',
  path: '/notifications/count',
  summary: 'How much the caller was told of and has not read',
  audience: 'signed-in',
  reply: z.object({ unread: z.int().describe('At most 100, which means more than 99') }),
})
