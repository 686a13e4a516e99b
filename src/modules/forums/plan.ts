import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { type Cadence, meetingsBetween } from './cadence.ts'

const DAY_MS = 86_400_000
/** So far ahead meetings are planned. */
const AHEAD_DAYS = 35

const rhythm = ['weekdays', 'weeks', 'nth', 'months', 'atMinute', 'timeZone'] as const

interface Planned extends Cadence {
  readonly id: string
  readonly customerId: string | null
}

/** Plans the meetings of one forum, from now on; what is planned already stays. */
export async function planForum({ db, now }: Context, { id, customerId, ...cadence }: Planned): Promise<void> {
  const until = new Date(now.getTime() + AHEAD_DAYS * DAY_MS)
  const meetings = meetingsBetween(cadence, now, until)
  if (meetings.length === 0) return
  await db
    .insertInto('forumRun')
    .values(meetings.map((plannedAt) => ({ id: newId(now.getTime()), forumId: id, customerId, plannedAt })))
    .onConflict((conflict) => conflict.columns(['forumId', 'plannedAt']).doNothing())
    .execute()
}

/** Plans those of all that go on. */
export async function planAll(context: Context): Promise<void> {
  const forums = await readForPlanning(context)
  for (const forum of forums) await planForum(context, forum)
}

/** Plans what is to come anew; what was planned for before now stays, held or not. */
export async function planAnew(context: Context, forumId: string): Promise<void> {
  const { db, now } = context
  await db
    .deleteFrom('forumRun')
    .where('forumId', '=', forumId)
    .where('state', '=', 'planned')
    .where('plannedAt', '>', now)
    .execute()
  for (const forum of await readForPlanning(context, forumId)) await planForum(context, forum)
}

async function readForPlanning({ db }: Context, forumId?: string) {
  return db
    .selectFrom('forum')
    .select(['id', 'customerId', ...rhythm])
    .select((where) => where.cast<string>('forum.startsOn', 'text').as('startsOn'))
    .where('endedAt', 'is', null)
    .$if(forumId !== undefined, (query) => query.where('forum.id', '=', forumId!))
    .execute()
}
