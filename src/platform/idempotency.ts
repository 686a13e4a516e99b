import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Failure } from '#core/failure.ts'
import type { Context, Db } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'

/** An answer as it goes over the wire. */
export interface StoredReply {
  readonly status: number
  readonly reply: unknown
}

/**
 * Does a request that carries an Idempotency-Key once: the same key and request is given the answer of the first time, in
 * the same transaction as the work itself, so that neither exists without the other. Another request under the same key
 * fails. Answers are kept for a day at least.
 *
 * @param request Method, path and body, as sent.
 */
export async function once(
  { db, actor }: Context,
  key: string,
  request: string,
  work: () => Promise<StoredReply>,
): Promise<StoredReply> {
  const actorId = actor.personId ?? '00000000-0000-0000-0000-000000000000'
  const requestHash = createHash('sha256').update(request).digest()
  // The second of two at the same time waits here for the first. Where there are no such locks, the primary key refuses it.
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock(`${actorId} ${key}`)}, 0))`.execute(db)
  const earlier = await db
    .selectFrom('idempotencyKey')
    .select(['requestHash', 'status', 'reply'])
    .where('actorId', '=', actorId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (earlier) {
    if (!earlier.requestHash.equals(requestHash)) throw new Failure('conflict', 'request.key-reused')
    return { status: earlier.status, reply: earlier.reply }
  }
  const answer = await work()
  await db
    .insertInto('idempotencyKey')
    .values({ actorId, key, requestHash, status: answer.status, reply: JSON.stringify(answer.reply ?? null) })
    .execute()
  return answer
}

/** How many answers were given before. */
export async function countAnswersBefore(db: Db, before: Date): Promise<number> {
  const { count } = await db
    .selectFrom('idempotencyKey')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('createdAt', '<', before)
    .executeTakeFirstOrThrow()
  return count
}

/** Forgets answers that were given before; how many. A request sent once more after that is done once more. */
export async function forgetAnswersBefore(db: Db, before: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('idempotencyKey').where('createdAt', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
