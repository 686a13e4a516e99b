import { once } from 'node:events'
import { ImapFlow, type SearchObject } from 'imapflow'
import type { Db } from '#platform/context.ts'
import type { AccountRow } from './account.ts'
import { credentialsOf, forgetAccess } from './oauth.ts'

/** A mail in the mailbox, before it is fetched. */
export interface Waiting {
  readonly uid: number
  /** In bytes. */
  readonly size: number
  readonly receivedAt: Date
}

const TIMEOUT_MS = 20_000
/** A server that says nothing for so long while it is asked something hangs. */
const SILENT_MS = 90_000
/** Mails are looked for so often, whether or not the server says that there are new ones. */
const LOOK_EACH_MS = 60_000
/** Fetched in one go. */
const BATCH = 200

/** Opens the account's folder. Fails as servers fail; see problem.ts. @param db As the program. */
export async function openMailbox(db: Db, account: AccountRow): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: account.imapHost,
    port: account.imapPort,
    secure: account.imapSecurity === 'tls',
    ...(account.imapSecurity !== 'tls' && { doSTARTTLS: account.imapSecurity === 'starttls' }),
    auth: await credentialsOf(db, account),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: SILENT_MS,
  })
  // What goes wrong later fails the command that is under way; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.mailboxOpen(account.folder)
    return client
  } catch (error) {
    if ((error as { readonly authenticationFailed?: boolean }).authenticationFailed) forgetAccess(account.id)
    client.close()
    throw error
  }
}

/** The validity of the folder's numbers: another one means that the server numbered all mails anew. */
export function validityOf({ mailbox }: ImapFlow): number {
  return mailbox === false ? 0 : Number(mailbox.uidValidity)
}

/** The number of the last mail in the folder; 0 in an empty one. */
export async function lastUidIn(client: ImapFlow): Promise<number> {
  return (await searched(client, { uid: '*' })).at(-1) ?? 0
}

/** Numbers of the mails that are so. Fails when the server does: the client only returns something else than a list then. */
async function searched(client: ImapFlow, query: SearchObject): Promise<readonly number[]> {
  const found = await client.search(query, { uid: true })
  if (Array.isArray(found)) return found
  // Some servers refuse to look for the last mail of an empty folder.
  if (client.usable && client.mailbox && client.mailbox.exists === 0) return []
  throw client.usable ? new Error('The server refused to search the folder') : hungUp()
}

function hungUp(): Error {
  return Object.assign(new Error('Connection closed'), { code: 'NoConnection' })
}

/** How many mails were in the folder when we looked last, as the server had said by then. */
const counted = new WeakMap<ImapFlow, number>()

function countIn({ mailbox }: ImapFlow): number {
  return mailbox === false ? 0 : mailbox.exists
}

/** Mails numbered above `lastUid` in their order, at most some. */
export async function waitingIn(
  client: ImapFlow,
  lastUid: number,
  { unread }: { readonly unread: boolean },
): Promise<readonly Waiting[]> {
  counted.set(client, countIn(client))
  const found = await searched(client, { uid: `${lastUid + 1}:*`, ...(unread && { seen: false }) })
  // The last mail is found by `*` whatever its number is.
  const uids = found.filter((uid) => uid > lastUid).toSorted((one, other) => one - other)
  if (uids.length === 0) return []
  const waiting: Waiting[] = []
  const batch = uids.slice(0, BATCH).join(',')
  for await (const { uid, size, internalDate } of client.fetch(
    batch,
    { uid: true, size: true, internalDate: true },
    { uid: true },
  )) {
    waiting.push({ uid, size: size ?? 0, receivedAt: internalDate ? new Date(internalDate) : new Date() })
  }
  return waiting.toSorted((one, other) => one.uid - other.uid)
}

/** Waits until the server tells of a change in the folder, or for a minute, or until `signal`. Fails when it hangs up. */
export async function somethingNew(client: ImapFlow, signal: AbortSignal): Promise<void> {
  // Who has hung up already does not say so again, nor does what came in while we looked.
  if (!client.usable) throw hungUp()
  const count = countIn(client)
  if (count !== counted.get(client)) {
    counted.set(client, count)
    return
  }
  const until = AbortSignal.any([signal, AbortSignal.timeout(LOOK_EACH_MS)])
  const told = once(client, 'exists', { signal: until }).catch(() => undefined)
  const closed = once(client, 'close', { signal: until }).catch(() => undefined)
  // It ends with the next command.
  const idling = client.idle().catch(() => undefined)
  await Promise.race([told, closed])
  void idling
  if (!client.usable && !signal.aborted) throw hungUp()
}
