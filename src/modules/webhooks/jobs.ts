import { z } from 'zod'
import { job } from '#platform/job.ts'
import { isHeard } from './heard.ts'

/** Something happened that somebody outside may have asked for. */
export const tellWebhooks = job(
  'webhooks.tell',
  z.object({ subjectId: z.uuid(), factId: z.uuid(), at: z.iso.datetime() }),
  { wants: isHeard },
)

/** Something is to be sent. */
export const sendWebhooks = job('webhooks.send', z.object({}))

/** What was sent is not kept for good. */
export const forgetDeliveries = job('webhooks.forget', z.object({}))
