import { handler, longHandler } from '#platform/worker.ts'
import { callFor } from './call.ts'
import { callOut, closeDelivered } from './jobs.ts'
import { closeOld } from './move.ts'

export const requestJobs = [
  longHandler(callOut, (world, { call }) => callFor(world, call)),
  { ...handler(closeDelivered, (context) => closeOld(context)), cron: '23 3 * * *' },
]
