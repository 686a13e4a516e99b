import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { hasAdministrator } from './account-queries.ts'
import type { LinkKind } from './api-sign-in.ts'
import {
  deleteOldLinks,
  deleteUnusedLinks,
  findLink,
  insertLink,
  type Link,
  lockSetUp,
  markLinkUsed,
} from './link-queries.ts'
import { fingerprint, newSecret } from './secret.ts'

const HOUR_MS = 3_600_000

/** How long a link opens its door. */
const LASTS_MS: Readonly<Record<LinkKind, number>> = {
  'set-up': 24 * HOUR_MS,
  invitation: 7 * 24 * HOUR_MS,
  'password-reset': 24 * HOUR_MS,
}

/** So long after its end a link still says what became of it. */
const FORGOTTEN_MS = 30 * 24 * HOUR_MS

export interface NewLink {
  readonly secret: string
  readonly expiresAt: Date
}

/** Makes a link; an earlier one for the same person opens nothing any more. In the program's transaction. */
export async function makeLink(context: Context, kind: LinkKind, personId: string | null): Promise<NewLink> {
  const { db, now } = context
  const secret = newSecret()
  const expiresAt = new Date(now.getTime() + LASTS_MS[kind])
  // Set-up links stand beside each other: two programs that start at the same time each print one.
  if (personId !== null) await deleteUnusedLinks(db, personId)
  await deleteOldLinks(db, new Date(now.getTime() - FORGOTTEN_MS))
  await insertLink(db, {
    id: newId(now.getTime()),
    tokenHash: fingerprint(secret),
    kind,
    personId,
    createdAt: now,
    expiresAt,
  })
  await audit(context, {
    action: 'link.made',
    ...(personId !== null && { subjectType: 'person', subjectId: personId }),
    facts: { kind },
  })
  return { secret, expiresAt }
}

/** The address to pass on. The secret is its fragment, which browsers keep to themselves: it reaches no log on its way. */
export function linkTo(address: string, kind: LinkKind, { secret }: NewLink): string {
  return `${address}/${kind}#${secret}`
}

/** A link that opens its door. */
export type OpenLink = Omit<Link, 'usedAt'>

/** The link of this secret, or the sentence that says why it opens nothing. */
export async function inspectLink(context: Context, secret: string): Promise<OpenLink> {
  return open(context, await findLink(context.db, fingerprint(secret)))
}

/** The same for whoever goes through: of that kind only, and one at a time. */
export async function requireLink(context: Context, secret: string, kind: LinkKind): Promise<OpenLink> {
  // Of two who hold a set-up link each the second waits, and is told that it is done.
  if (kind === 'set-up') await lockSetUp(context.db)
  const link = await findLink(context.db, fingerprint(secret), { lock: true })
  return open(context, link?.kind === kind ? link : undefined)
}

async function open({ db, now }: Context, link: Link | undefined): Promise<OpenLink> {
  if (!link) throw refused('link.unknown')
  if (link.kind === 'set-up' && (await hasAdministrator(db, now))) throw refused('set-up.done')
  if (link.usedAt !== null) throw refused('link.used')
  if (link.expiresAt <= now) throw refused('link.expired')
  return link
}

export async function useLink({ db, now }: Context, { id }: OpenLink): Promise<void> {
  await markLinkUsed(db, id, now)
}
