import { handler, type Loop } from '#platform/worker.ts'
import { nextAlarmAt, tellDueAlarms } from './alarms.ts'
import { recountAttainment } from './figures.ts'
import { recountCustomer } from './jobs.ts'
import { noteZoneRules } from './zone-rules.ts'

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

/** A program's rules are the same as long as it runs; calendars in zones that nobody had used come up meanwhile. */
const NOTE_EACH_MS = 3_600_000

let notedUntil = 0
const noteZones: Loop = {
  name: 'service-levels.zone-rules',
  run: async ({ inTransaction, now }) => {
    if (now().getTime() >= notedUntil) {
      await inTransaction((context) => noteZoneRules(context))
      notedUntil = now().getTime() + NOTE_EACH_MS
    }
    return new Date(notedUntil)
  },
}

export const serviceLevelLoops = [tellAlarms, noteZones]
