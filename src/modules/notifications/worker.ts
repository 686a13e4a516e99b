import { letterWithheld } from '#modules/mail'
import type { NewsSource } from '#platform/news.ts'
import { handler, type JobHandler, longHandler } from '#platform/worker.ts'
import { forgetOld, mailUndeliverable, newsHappened, pushNotification } from './jobs.ts'
import { writeAnew } from './letters.ts'
import { pushOut } from './push.ts'
import { markUndeliverable } from './settings.ts'
import { forget, tellNews } from './tell.ts'

/** Each night. */
const NIGHTLY = '41 2 * * *'

/** @param sources Of which facts people are told, from all modules. */
export function notificationJobs(sources: readonly NewsSource[]): readonly JobHandler[] {
  return [
    handler(newsHappened, (context, { subjectId }) => tellNews(context, subjectId, sources)),
    longHandler(pushNotification, (world, { notification }) => pushOut(world, notification)),
    longHandler(letterWithheld, (world, withheld) => writeAnew(world, withheld)),
    handler(mailUndeliverable, (context, { subjectId }) => markUndeliverable(context, subjectId)),
    { ...handler(forgetOld, (context) => forget(context)), cron: NIGHTLY },
  ]
}
