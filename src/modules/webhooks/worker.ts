import { handler, longHandler, type Loop } from '#platform/worker.ts'
import { forgetOld } from './actions.ts'
import { lookWhoHears } from './heard.ts'
import { forgetDeliveries, sendWebhooks, tellWebhooks } from './jobs.ts'
import { nextDueAt, sendDue } from './send.ts'
import { tellOf } from './tell.ts'

/** At night. */
const NIGHTLY = '40 2 * * *'

export const webhookJobs = [
  longHandler(tellWebhooks, (world, happened) => tellOf(world, happened)),
  longHandler(sendWebhooks, (world) => sendDue(world)),
  { ...handler(forgetDeliveries, (context) => forgetOld(context)), cron: NIGHTLY },
]

/** What failed is tried again at moments of its own. */
const sendAgain: Loop = {
  name: 'webhooks.send',
  run: async (world) => {
    await sendDue(world)
    return nextDueAt(world)
  },
}

/** Milliseconds until what another process set up is heard of here. */
const LOOK_EACH_MS = 2000

const lookAgain: Loop = {
  name: 'webhooks.heard',
  serving: true,
  run: async ({ db, now }) => {
    await lookWhoHears(db)
    return new Date(now().getTime() + LOOK_EACH_MS)
  },
}

export const webhookLoops = [sendAgain, lookAgain]
