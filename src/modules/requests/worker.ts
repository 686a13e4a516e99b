import { handler, type Loop, longHandler } from '#platform/worker.ts'
import { nextAlarmAt, tellDueAlarms } from './alarms.ts'
import { callFor, endLostCalls } from './call.ts'
import { callOut, closeDelivered, endLost, promisedHoursChanged } from './jobs.ts'
import { closeOld } from './move.ts'
import { recountIn, takeUpUntold } from './recount.ts'

export const requestJobs = [
  longHandler(callOut, (world, { call }) => callFor(world, call)),
  { ...handler(endLost, (context) => endLostCalls(context)), cron: '37 * * * *' },
  { ...handler(closeDelivered, (context) => closeOld(context)), cron: '23 3 * * *' },
  longHandler(promisedHoursChanged, (world, { subjectId }) => recountIn(world, subjectId)),
]

/** While another process tells what is due. */
const OTHERS_TELL_MS = 1000

function tellAlarms(): Loop {
  let isTakenUp = false
  return {
    name: 'requests.alarms',
    run: async (world) => {
      const { db, inTransaction, now, signal } = world
      if (!isTakenUp) await takeUpUntold(world)
      isTakenUp = true
      for (;;) {
        const next = await nextAlarmAt(db)
        if (signal.aborted || next === null || next > now()) return next
        if ((await inTransaction((context) => tellDueAlarms(context))) === 0)
          return new Date(now().getTime() + OTHERS_TELL_MS)
      }
    },
  }
}

export const requestLoops: readonly Loop[] = [tellAlarms()]
