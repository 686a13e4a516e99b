import { z } from 'zod'
import { job } from '#platform/job.ts'

/** A mail answered an incident that is over and opened another: the two are linked. */
export const linkToOver = job('mail.link', z.object({ from: z.uuid(), to: z.uuid() }))

/** Something was said or done about an incident that its requester may have to hear of. */
export const incidentTold = job('mail.tell', z.object({ subjectId: z.uuid() }))

/** A mail went to an incident, and its files go there, too. */
export const attachFiles = job('mail.files', z.object({ mail: z.uuid() }))

/** Mails became tickets, and whoever wrote them is told. One `mail` alone is what earlier versions put in. */
export const confirmMail = job(
  'mail.confirm',
  z.object({ mail: z.uuid().optional(), mails: z.array(z.uuid()).optional() }),
)

/** Users were told how a major incident stands, and whoever reported it reads it in a mail. */
export const updateTold = job('mail.update', z.object({ subjectId: z.uuid(), factId: z.uuid(), at: z.string() }))

/** A letter was not sent, for a part of it is out of its reader's sight by now: these facts are told in another one. */
export const letterWithheld = job('mail.letter-withheld', z.object({ person: z.uuid(), facts: z.array(z.uuid()) }))

/** Something was written into the outbox. */
export const sendDue = job('mail.send', z.object({}))
