import { z } from 'zod'
import { job } from '#platform/job.ts'

/** An agreement's version came into force: clocks of its customer from that version's beginning on are counted anew. */
export const agreementActivated = job('incidents.agreement-activated', z.object({ subjectId: z.uuid() }))

/** What stands behind agreements is another: clocks of what is open at its customer are counted anew. */
export const agreementBehindChanged = job('incidents.agreement-behind-changed', z.object({ subjectId: z.uuid() }))

/** A calendar has other hours: clocks of every customer that agreed on it are counted anew. */
export const calendarChanged = job('incidents.calendar-changed', z.object({ subjectId: z.uuid() }))
