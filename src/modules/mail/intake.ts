import { setTimeout as pause } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import type { PoolClient } from 'pg'
import type { Context } from '#platform/context.ts'
import type { JobWorld, Loop } from '#platform/worker.ts'
import { workspaceOf } from '#platform/workspace.ts'
import { type AccountRow, readAccounts } from './account.ts'
import { type Fetched, fetched, grouped } from './fetch.ts'
import { lastUidIn, openMailbox, somethingNew, validityOf, type Waiting, waitingIn } from './mailbox.ts'
import { troubleOf } from './problem.ts'
import { type Arrived, keepHeld } from './keep.ts'
import { takeMails } from './take.ts'
import { mailTokens, type Tokens } from './token.ts'

/** In milliseconds. */
interface Pace {
  /** A new mailbox is read, or one let go by another process, after so long at most. */
  readonly look: number
  /** After a failure a mailbox is tried again so soon, and then less and less often. */
  readonly again: number
}

const LAST_AGAIN_MS = 300_000

/** Reads all mailboxes, each by one process at a time, for as long as the program runs. */
export function mailIntake(pace: Pace = { look: 3000, again: 2000 }): Loop {
  return {
    name: 'mail.intake',
    run: async (world) => {
      await readMailboxes(world, pace)
      return null
    },
  }
}

interface Reader {
  readonly version: number
  readonly stop: AbortController
  readonly done: Promise<void>
}

/**
 * Until the program stops. One connection to the database holds the locks of all mailboxes that this process reads: when
 * the process dies, so does the connection, and another process takes them over.
 */
async function readMailboxes(world: JobWorld, pace: Pace): Promise<void> {
  const { db, pool, signal } = world
  const lockName = workspaceOf(pool).lock('mail account')
  const readers = new Map<string, Reader>()
  let locks: PoolClient | undefined
  try {
    while (!signal.aborted) {
      const accounts = await readAccounts(db)
      if (accounts.length > 0) locks ??= await pool.connect()
      // Fails when the connection is gone, and the locks with it.
      await locks?.query('select 1')
      for (const [id, { version, stop, done }] of readers) {
        const account = accounts.find((each) => each.id === id)
        if (account !== undefined && account.version === version && !account.paused) continue
        stop.abort()
        await done
        readers.delete(id)
        await locks?.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', [lockName, id])
      }
      for (const account of accounts) {
        if (account.paused || readers.has(account.id) || !(await lock(locks!, lockName, account.id))) continue
        const stop = new AbortController()
        const until = AbortSignal.any([signal, stop.signal])
        readers.set(account.id, { version: account.version, stop, done: keepReading(world, { account, pace }, until) })
      }
      await pause(pace.look, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    for (const { stop } of readers.values()) stop.abort()
    await Promise.all([...readers.values()].map(({ done }) => done))
    // Closed rather than given back: its locks end with it.
    locks?.release(true)
  }
}

async function lock(locks: PoolClient, name: string, accountId: string): Promise<boolean> {
  const { rows } = await locks.query<{ taken: boolean }>(
    'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as taken',
    [name, accountId],
  )
  return rows[0]!.taken
}

/** Never fails: what goes wrong is noted with the account, and tried again. */
async function keepReading(
  world: JobWorld,
  { account, pace }: { readonly account: AccountRow; readonly pace: Pace },
  signal: AbortSignal,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      await readOn(world, account, signal, () => (failures = 0))
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      const { problem, detail } = troubleOf(error)
      world.log.warn({ mailAccount: account.address, problem, detail }, 'mailbox failed')
      await noteTrouble(world, account, { problem, detail }).catch(() => undefined)
      const waitMs = Math.min(pace.again * 2 ** (failures - 1), LAST_AGAIN_MS)
      await pause(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Takes in what is there and what comes, until `signal`. Fails when the mailbox does. */
async function readOn(world: JobWorld, account: AccountRow, signal: AbortSignal, onFine: () => void): Promise<void> {
  const client = await openMailbox(world.db, account)
  const hangUp = () => client.close()
  signal.addEventListener('abort', hangUp, { once: true })
  try {
    const tokens = await mailTokens()
    while (!signal.aborted) {
      await takeAll(world, client, { account, tokens, signal })
      onFine()
      await noteFine(world, account)
      await somethingNew(client, signal)
    }
  } finally {
    signal.removeEventListener('abort', hangUp)
    client.close()
  }
}

interface Reading {
  readonly account: AccountRow
  readonly tokens: Tokens
  readonly signal: AbortSignal
}

/** Takes in everything that waits in the mailbox, in its order. */
async function takeAll(world: JobWorld, client: ImapFlow, reading: Reading): Promise<void> {
  const { account, signal } = reading
  const validity = validityOf(client)
  const known = await world.db
    .selectFrom('mailAccount')
    .select(['uidValidity', 'lastUid'])
    .where('id', '=', account.id)
    .executeTakeFirst()
  // Where nothing is known of the numbers only what is unread is taken, and they are known when all of it is.
  const numbered = known?.uidValidity === validity
  // Before anything is looked for: what comes meanwhile has this number or a higher one.
  const before = numbered ? 0 : await lastUidIn(client)
  let lastUid = numbered ? known.lastUid : 0
  for (;;) {
    const waiting = await waitingIn(client, lastUid, { unread: !numbered })
    if (waiting.length === 0 || signal.aborted) break
    await takeBatch(world, client, waiting, { ...reading, validity: numbered ? validity : null })
    lastUid = waiting.at(-1)!.uid
  }
  if (numbered || signal.aborted) return
  // What was read before we came is nobody's request any more.
  await world.db
    .updateTable('mailAccount')
    .set({ uidValidity: validity, lastUid: before })
    .where('id', '=', account.id)
    .execute()
}

interface Batch extends Reading {
  /** Of the numbers, to be kept with the last one; null while only unread mails are taken. */
  readonly validity: number | null
}

async function takeBatch(world: JobWorld, client: ImapFlow, waiting: readonly Waiting[], batch: Batch): Promise<void> {
  const taken: number[] = []
  try {
    for (const group of grouped(waiting)) {
      for await (const mails of fetched(client, group)) {
        if (batch.signal.aborted) return
        await takeSome(world, mails, batch)
        taken.push(...mails.map(({ uid }) => uid))
      }
    }
  } finally {
    // Only what is safely with us is marked; whatever is not marked is known by its Message-ID when it comes again.
    if (taken.length > 0 && client.usable) await client.messageFlagsAdd(taken.join(','), ['\\Seen'], { uid: true })
  }
}

/**
 * A few at a time in one transaction with how far the mailbox was read. Where that fails each is taken alone, and the one
 * that cannot be taken is kept for somebody to look at.
 */
async function takeSome(world: JobWorld, mails: readonly Fetched[], batch: Batch): Promise<void> {
  const { account, tokens, validity } = batch
  const moveOn = async ({ db }: Context, { uid }: Fetched) => {
    if (validity === null) return
    await db
      .updateTable('mailAccount')
      .set({ uidValidity: validity, lastUid: uid })
      .where('id', '=', account.id)
      .execute()
  }
  for (let rest = mails; rest.length > 0;) {
    const arrived = rest.map(({ raw, reading, receivedAt }): Arrived => ({ account, raw, reading, receivedAt }))
    try {
      const taken = await world.inTransaction(async (context) => {
        const { length } = await takeMails(context, arrived, tokens)
        await moveOn(context, rest[length - 1]!)
        return length
      })
      rest = rest.slice(taken)
    } catch (error) {
      if (rest.length > 1) {
        for (const mail of rest) await takeSome(world, [mail], batch)
        return
      }
      // When the database is away this fails, too, and the mail waits in the mailbox.
      await world.inTransaction(async (context) => {
        await keepHeld(context, arrived[0]!)
        await moveOn(context, rest[0]!)
      })
      world.log.error(
        { mailAccount: account.address, error: String(error), stack: (error as Error).stack },
        'mail held',
      )
      return
    }
  }
}

async function noteFine({ db, now }: JobWorld, { id }: AccountRow): Promise<void> {
  await db
    .updateTable('mailAccount')
    .set({ checkedAt: now(), failingSince: null, problem: null, problemDetail: null })
    .where('id', '=', id)
    .execute()
}

async function noteTrouble(
  { db, now }: JobWorld,
  { id }: AccountRow,
  { problem, detail }: ReturnType<typeof troubleOf>,
): Promise<void> {
  await db
    .updateTable('mailAccount')
    .set((set) => ({
      failingSince: set.fn.coalesce('failingSince', set.val(now())),
      problem,
      problemDetail: detail,
    }))
    .where('id', '=', id)
    .execute()
}
