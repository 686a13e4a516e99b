import { Failure } from '#core/failure.ts'
import type { Context, Db } from '#platform/context.ts'
import { clientOf } from './client-address.ts'
import { asProgram } from './program.ts'
import { fingerprint } from './secret.ts'
import type { Visit } from './session.ts'

const SECOND_MS = 1000
const DAY_MS = 86_400_000

/** So many wrong tries cost nothing: people mistype. */
const FREE_TRIES = 5
const LONGEST_WAIT_SECONDS = 30

/** Seconds until the next try, after so many wrong ones: none, then 1, 2, 4, 8, 16, and 30 from there on. */
export function waitAfter(tries: number): number {
  return tries < FREE_TRIES ? 0 : Math.min(2 ** (tries - FREE_TRIES), LONGEST_WAIT_SECONDS)
}

/** A client may be wrong this often at once, whomever it tries, and once a second from there on. */
const BUCKET = 60

/** More clients than this are not remembered: the one unheard of for longest goes first. */
const CLIENTS = 10_000

interface Bucket {
  left: number
  at: number
}

/** How much each client has left. In memory: a restart forgives, and the slow-down by account stays. */
const bucketsOf = new WeakMap<Db, Map<string, Bucket>>()

/** A try that was counted before it was made. */
export interface Turn {
  /** It was right: takes it back, and with it all wrong tries before. In the program's transaction. */
  readonly forgive: (db: Db) => Promise<void>
}

/**
 * Counts a try before it is made, so that many at the same time count as many, and fails when it comes too soon. Asking too
 * soon costs nothing further: whoever waits as told is heard.
 *
 * @param who The address that is tried, or nothing where a secret stands for itself.
 */
export async function takeTurn(context: Context, { raw }: Visit, who?: string): Promise<Turn> {
  const client = clientOf(raw.ip)
  const bucket = bucketFor(context.db, client, context.now.getTime())
  if (bucket.left < 1) throw tooSoon(1)
  bucket.left -= 1
  const key = who === undefined ? undefined : fingerprint(who.toLowerCase(), client)
  const seconds =
    key === undefined ? 0 : await asProgram(context, 'read write', ({ db, now }) => countTry(db, key, now))
  if (seconds > 0) throw tooSoon(seconds)
  return {
    forgive: async (db) => {
      bucket.left = Math.min(bucket.left + 1, BUCKET)
      if (key !== undefined) await db.deleteFrom('signInAttempt').where('key', '=', key).execute()
    },
  }
}

/** Seconds to wait, or 0 when the try is counted and may go on. */
async function countTry(db: Db, key: Buffer, now: Date): Promise<number> {
  const first = await db
    .insertInto('signInAttempt')
    .values({ key, count: 1, lastAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (first.numInsertedOrUpdatedRows === 1n) {
    await db
      .deleteFrom('signInAttempt')
      .where('lastAt', '<', new Date(now.getTime() - DAY_MS))
      .execute()
    return 0
  }
  const tried = await db
    .selectFrom('signInAttempt')
    .select(['count', 'lastAt'])
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst()
  // Forgiven in this very moment.
  if (!tried) return 0
  const { count, lastAt } = tried
  const waitedMs = now.getTime() - lastAt.getTime()
  const leftMs = waitAfter(count) * SECOND_MS - waitedMs
  if (leftMs > 0) return Math.ceil(leftMs / SECOND_MS)
  await db
    .updateTable('signInAttempt')
    .set({ count: waitedMs > DAY_MS ? 1 : count + 1, lastAt: now })
    .where('key', '=', key)
    .execute()
  return 0
}

function bucketFor(db: Db, client: string, nowMs: number): Bucket {
  let buckets = bucketsOf.get(db)
  if (buckets === undefined) bucketsOf.set(db, (buckets = new Map()))
  const known = buckets.get(client)
  const bucket = known ?? { left: BUCKET, at: nowMs }
  bucket.left = Math.min(BUCKET, bucket.left + Math.max(0, nowMs - bucket.at) / SECOND_MS)
  bucket.at = nowMs
  // Put at the end again: the first in the map is the one unheard of for longest.
  buckets.delete(client)
  buckets.set(client, bucket)
  if (buckets.size > CLIENTS) buckets.delete(buckets.keys().next().value!)
  return bucket
}

function tooSoon(seconds: number): Failure {
  return new Failure('too-many', 'request.too-many', { seconds }, { retryAfterSeconds: seconds })
}
