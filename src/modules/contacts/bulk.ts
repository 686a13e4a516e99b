import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { inserting } from '#platform/insert.ts'
import type { Channel, Outcome } from './contact.ts'

/** A contact of which all is known already. */
export interface WrittenContact {
  readonly customerId: string
  readonly channel: Channel
  readonly outcome: Outcome
  readonly subject: string
  readonly startedAt: Date
  readonly handleSeconds: number | null
  readonly personId: string | null
  readonly callerName: string
  readonly callerPhone: string | null
  readonly siteId: string | null
  readonly incidentId: string | null
}

/** Writes many at once; nobody hears of them. */
export async function writeContacts({ db }: Context, contacts: readonly WrittenContact[]): Promise<void> {
  if (contacts.length === 0) return
  const rows = contacts.map((contact) => ({
    id: newId(contact.startedAt.getTime()),
    ...contact,
    recordedAt: contact.startedAt,
  }))
  await db.executeQuery(inserting('contact', rows))
}
