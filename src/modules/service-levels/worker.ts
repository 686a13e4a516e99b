import { handler, type Loop } from '#platform/worker.ts'
import { nextAlarmAt, tellDueAlarms } from './alarms.ts'
import { recountAttainment } from './figures.ts'
import { recountCustomer } from './jobs.ts'

export const serviceLevelJobs = [
  handler(recountCustomer, ({ db }, { customerId }) => recountAttainment(db, customerId)),
]

/** While another process tells what is due: long enough for it, short enough when it dies over it. */
const OTHERS_TELL_MS = 1000

const tellAlarms: Loop = {
  name: 'service-levels.alarms',
  run: async ({ db, inTransaction, now, signal }) => {
    for (;;) {
      const next = await nextAlarmAt(db)
      if (signal.aborted || next === null || next > now()) return next
      const told = await inTransaction((context) => tellDueAlarms(context))
      if (told === 0) return new Date(now().getTime() + OTHERS_TELL_MS)
    }
  },
}

export const serviceLevelLoops = [tellAlarms]
