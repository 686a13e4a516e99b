import { notFound } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import { sentences } from './sentences.ts'
import { explainPromise } from './promise.ts'
import { getRequest } from './queries.ts'

/** How the promise of a request was counted; where nothing was agreed it says so. */
export async function explainRequest(context: Context, idOrNumber: string) {
  const { db, actor } = context
  const { id } = await getRequest(context, idOrNumber)
  const row = await db
    .selectFrom('request')
    .select(['id', 'siteId', 'agreementVersionId', 'calendarVersionId', 'targetSeconds', 'targetDays', 'targetEnd'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('request.not-found', { request: idOrNumber })
  const explained = await explainPromise(context, row)
  return (
    explained ?? {
      summary: sentences(actor.language, 'nothing-promised'),
      agreement: null,
      timeZone: null,
      targetSeconds: null,
      dueAt: null,
      stoppedAt: null,
      steps: [],
    }
  )
}
