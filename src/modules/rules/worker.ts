import { longHandler, type Loop } from '#platform/worker.ts'
import { considerHappened } from './consider.ts'
import { considerMoments } from './moments.ts'
import { considerFact, considerTime } from './jobs.ts'
import { lookWhatIsWaitedFor } from './waited-for.ts'

/** Rules that wait for hours are looked at so often. */
const EACH_FIVE_MINUTES = '*/5 * * * *'

export const ruleJobs = [
  longHandler(considerFact, (world, happened) => considerHappened(world, happened)),
  { ...longHandler(considerTime, (world) => considerMoments(world)), cron: EACH_FIVE_MINUTES },
]

/** Milliseconds until what another process set up is known here. */
const LOOK_EACH_MS = 2000

const lookAgain: Loop = {
  name: 'rules.waited-for',
  serving: true,
  run: async ({ db, now }) => {
    await lookWhatIsWaitedFor(db)
    return new Date(now().getTime() + LOOK_EACH_MS)
  },
}

export const ruleLoops = [lookAgain]
