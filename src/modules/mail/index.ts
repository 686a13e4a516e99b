/*
 * Mails: what a raw mail says, what becomes of it, and to which ticket it belongs.
 */
export { type Explained, explainMails } from './explain.ts'
export { nothingKnown } from './judge.ts'
export { sayOfMail } from './text.ts'
