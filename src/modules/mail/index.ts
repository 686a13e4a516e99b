/**
 * Mails: what a raw mail says, what becomes of it, and to which ticket it belongs; mailboxes and how they are read. Owns
 * `mail_account`, `customer_mail_domain`, `received_mail`. Each mail is taken in one transaction and by its Message-ID, so
 * that neither several processes nor a kill at any moment lose or double one.
 */
export { type Explained, explainMails } from './explain.ts'
export { incidentTold, letterWithheld, updateTold } from './jobs.ts'
export { askByMail } from './tell.ts'
export { type Letter, sendingAddress, writeLetter } from './letter.ts'
export { writeNotice } from './notice.ts'
export { writeReportMail } from './report-mail.ts'
export { mailSending } from './send.ts'
export { mailIntake } from './intake.ts'
export { mailRoutes } from './routes.ts'
export { removeRawMail } from './raw.ts'
export { sayOfMail } from './text.ts'
export { mailJobs } from './worker.ts'
