import { handler, longHandler } from '#platform/worker.ts'
import { callFor, endLostCalls } from './call.ts'
import { callOut, closeDelivered, endLost } from './jobs.ts'
import { closeOld } from './move.ts'

export const requestJobs = [
  longHandler(callOut, (world, { call }) => callFor(world, call)),
  { ...handler(endLost, (context) => endLostCalls(context)), cron: '37 * * * *' },
  { ...handler(closeDelivered, (context) => closeOld(context)), cron: '23 3 * * *' },
]
