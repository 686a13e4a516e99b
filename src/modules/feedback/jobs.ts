import { z } from 'zod'
import { job } from '#platform/job.ts'

/** An incident went on: its requester may be asked how it was. */
export const incidentOver = job('feedback.incident-over', z.object({ subjectId: z.uuid() }))

/** Everybody at a customer is asked now. */
export const askEverybody = job('feedback.ask-everybody', z.object({ survey: z.uuid() }))

/** Which surveys are due again. */
export const askAgain = job('feedback.ask-again', z.object({}))

/** Writes anonymous answers anew in another order, so that not even the order of writing tells who gave one. */
export const shuffleAnonymous = job('feedback.shuffle', z.object({}))
