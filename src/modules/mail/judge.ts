import { type AutomaticSign, automaticSign } from './automatic.ts'
import { type Notice, noticeIn, returnedIds } from './delivery.ts'
import type { Reading } from './reading.ts'

/** What becomes of a mail. */
export type Outcome = 'ticket' | 'reply' | 'bounce' | 'automatic' | 'report' | 'refused'

/** Why; each has its sentence in the catalogue. */
export type Reason =
  | 'new'
  | 'answer'
  | `notice.${Notice['what']}`
  | `automatic.${AutomaticSign}`
  | 'refused.nothing'
  | 'refused.own'
  | 'refused.letter'

export interface Judgement {
  readonly outcome: Outcome
  /** The ticket that it belongs to; null when it belongs to none. */
  readonly ticket: string | null
  readonly reason: Reason
  /** Whom a notice is about; empty when it does not say, and for all else. */
  readonly recipient: string
}

/** What has to be known to tell where a mail belongs. */
export interface Known {
  /** The ticket of a mail that we sent or took in, by its Message-ID; null for all others. */
  readonly ticketOf: (messageId: string) => string | null
  /** The ticket whose signed token an address or a Message-ID bears; null for all others. */
  readonly ticketIn: (text: string) => string | null
  /** Whether we sent this mail ourselves. */
  readonly isOwn: (mail: Reading) => boolean
  /** Whether we sent a letter to one of our people under this Message-ID: nobody reads answers to those. */
  readonly isLetter: (messageId: string) => boolean
}

/** Where no ticket is known. */
export const nothingKnown: Known = {
  ticketOf: () => null,
  ticketIn: () => null,
  isOwn: () => false,
  isLetter: () => false,
}

/** Message-IDs that can tell where a mail belongs, the nearest first. */
export function idsToLookUp(mail: Reading): readonly string[] {
  return [...new Set([...mail.answers, ...returnedIds(mail)])].slice(0, 200)
}

/** What becomes of a mail. No machine opens a ticket, whatever it says; what it tells goes where it belongs. */
export function judge(mail: Reading, known: Known): Judgement {
  const judged = (outcome: Outcome, reason: Reason, ticket: string | null = null, recipient = '') => ({
    outcome,
    ticket,
    reason,
    recipient,
  })
  if (isNothing(mail)) return judged('refused', 'refused.nothing')
  if (known.isOwn(mail)) return judged('refused', 'refused.own')
  const notice = noticeIn(mail)
  if (notice !== null) {
    const ticket = ticketOf(idsToLookUp(mail), mail, known)
    return judged(notice.outcome, `notice.${notice.what}`, ticket, notice.recipient)
  }
  const ticket = ticketOf(mail.answers, mail, known)
  const sign = automaticSign(mail)
  if (sign !== null) return judged('automatic', `automatic.${sign}`, ticket)
  if (ticket === null && mail.answers.some(known.isLetter)) return judged('refused', 'refused.letter')
  return ticket === null ? judged('ticket', 'new') : judged('reply', 'answer', ticket)
}

/** By what the header says first, by a signed token second, never by a subject. */
function ticketOf(ids: readonly string[], mail: Reading, { ticketOf: byId, ticketIn }: Known): string | null {
  for (const id of ids) {
    const found = byId(id) ?? ticketIn(id)
    if (found !== null) return found
  }
  for (const { address } of mail.recipients) {
    const found = ticketIn(address)
    if (found !== null) return found
  }
  return null
}

/** Neither a header that a mail has nor anything said: no mail at all. */
function isNothing({ headers, text, files, subject }: Reading): boolean {
  const isMail = ['from', 'to', 'subject', 'date', 'message-id', 'received', 'return-path'].some((name) =>
    headers.has(name),
  )
  return !isMail && (text.trim().length < 10 || headers.size === 0) && files.length === 0 && subject === ''
}
