import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Something happened to a record of which people may have to hear. */
export const newsHappened = job('notifications.tell', z.object({ subjectId: z.uuid() }))

/** A notification is to reach the browsers of the person it is for. */
export const pushNotification = job('notifications.push', z.object({ notification: z.uuid() }))

/** A letter to somebody came back. */
export const mailUndeliverable = job('notifications.undeliverable', z.object({ subjectId: z.uuid() }))

/** What nobody asks for any more goes. */
export const forgetOld = job('notifications.forget', z.object({}))
