import { z } from 'zod'
import { job } from '#platform/job.ts'
import { isWaitedFor } from './waited-for.ts'

/** Something happened that a rule may wait for. */
export const considerFact = job(
  'rules.consider',
  z.object({ subjectId: z.uuid(), factId: z.uuid(), at: z.iso.datetime() }),
  { wants: isWaitedFor },
)

/** What no fact tells of: that so many hours went by. */
export const considerTime = job('rules.consider-time', z.object({}))
