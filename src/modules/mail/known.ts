import type { Db } from '#platform/context.ts'
import { idsToLookUp, type Known } from './judge.ts'
import { field } from './header.ts'
import type { Reading } from './reading.ts'
import type { Tokens } from './token.ts'

/** What is known here that concerns a mail: the tickets of mails that it answers or returns, and whether it is our own. */
export async function knownFor(
  db: Db,
  mail: Reading,
  { incidentIn, mark }: Pick<Tokens, 'incidentIn' | 'mark'>,
): Promise<Known> {
  const ids = idsToLookUp(mail)
  const taken =
    ids.length === 0
      ? []
      : await db
          .selectFrom('receivedMail')
          .select(['messageId', 'incidentId'])
          .where('messageId', 'in', ids)
          .where('incidentId', 'is not', null)
          .execute()
  const letters =
    ids.length === 0
      ? []
      : await db
          .selectFrom('outgoingMail')
          .select('messageId')
          .where('messageId', 'in', ids)
          .where('personId', 'is not', null)
          .execute()
  const letterIds = new Set(letters.map(({ messageId }) => messageId))
  const signed = [...ids, ...mail.recipients.map(({ address }) => address)].flatMap((text) => incidentIn(text) ?? [])
  // What was signed may be gone since.
  const there =
    signed.length === 0 ? [] : await db.selectFrom('incident').select('id').where('id', 'in', signed).execute()
  const byId = new Map(taken.map(({ messageId, incidentId }) => [messageId, incidentId]))
  const thereIds = new Set(there.map(({ id }) => id))
  return {
    ticketOf: (messageId) => byId.get(messageId) ?? null,
    ticketIn: (text) => {
      const id = incidentIn(text)
      return id !== null && thereIds.has(id) ? id : null
    },
    isLetter: (messageId) => letterIds.has(messageId),
    isOwn: ({ headers }) => field(headers, MARK) === mark,
  }
}

/** The field by which our own mails are known when they come back. */
export const MARK = 'x-plumbline'
