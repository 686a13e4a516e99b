import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import { audit } from '#platform/history.ts'
import { readingOf } from './reading.ts'
import type { commentReview, ReviewVoices } from './api-compose.ts'
import { getReview } from './queries.ts'

type Door = Pick<Given<typeof commentReview>, 'inTransaction' | 'asProgram'>

/** `GET /reviews/:id/voices`. */
export async function listVoices(context: Context, id: string): Promise<ReviewVoices> {
  const { db, actor } = context
  await getReview(db, readingOf(context), id)
  const comments = await db
    .selectFrom('reviewComment')
    .select(['id', 'personName as name', 'text', 'writtenAt'])
    .where('reviewId', '=', id)
    .orderBy('writtenAt')
    .orderBy('id')
    .execute()
  const readings = await db
    .selectFrom('reviewReading')
    .select(['personName as name', 'readAt', 'personId'])
    .where('reviewId', '=', id)
    .orderBy('readAt')
    .orderBy('personId')
    .execute()
  return {
    comments,
    readings: readings.map(({ name, readAt }) => ({ name, readAt })),
    mine: readings.find(({ personId }) => personId === actor.personId)?.readAt ?? null,
  }
}

/** Decides in the asker's own role that they may read it, writes in the program's, and reads in the asker's again. */
async function through(
  { inTransaction, asProgram }: Door,
  id: string,
  write: (
    context: Context,
    by: { readonly personId: string; readonly personName: string; readonly customerId: string },
  ) => Promise<void>,
): Promise<ReviewVoices> {
  const by = await inTransaction('read only', async (context) => {
    const { customerId, issuedAt } = await getReview(context.db, readingOf(context), id)
    const { personId } = context.actor
    if (issuedAt === null || personId === null) throw refused('review.not-issued')
    return { personId, customerId }
  })
  await asProgram(async (context) => {
    const person = await context.db
      .selectFrom('person')
      .select('name')
      .where('id', '=', by.personId)
      .executeTakeFirstOrThrow()
    await write(context, { ...by, personName: person.name.slice(0, 400) })
  })
  return inTransaction('read only', (context) => listVoices(context, id))
}

/** `POST /reviews/:id/comments`. */
export function commentOn(door: Door, id: string, text: string): Promise<ReviewVoices> {
  return through(door, id, async (context, by) => {
    const { db, now } = context
    await db
      .insertInto('reviewComment')
      .values({ id: newId(now.getTime()), reviewId: id, ...by, text, writtenAt: now })
      .execute()
    await audit(context, {
      action: 'review.commented',
      subjectType: 'review',
      subjectId: id,
      customerId: by.customerId,
    })
  })
}

/** `POST /reviews/:id/reading`. */
export function confirmReading(door: Door, id: string): Promise<ReviewVoices> {
  return through(door, id, async (context, by) => {
    await context.db
      .insertInto('reviewReading')
      .values({ reviewId: id, ...by, readAt: context.now })
      .onConflict((on) => on.columns(['reviewId', 'personId']).doNothing())
      .execute()
    await audit(context, { action: 'review.read', subjectType: 'review', subjectId: id, customerId: by.customerId })
  })
}
