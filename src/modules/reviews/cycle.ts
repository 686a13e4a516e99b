import { Failure, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import type { Lifecycle } from '#core/lifecycle.ts'
import { require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { readingOf } from './reading.ts'
import type { Review } from './api.ts'
import { type CycleState, type CycleStep, cycleSteps, type ReviewCycle } from './api-compose.ts'
import { barredFromMaking } from './may.ts'
import { getReview } from './queries.ts'

type Move = CycleStep | 'lock' | 'draft' | 'issue'

/** DOMAIN §2.7. What happened to the data, the words and the issue moves it by itself; a new lock begins the issue anew. */
export const reviewLifecycle: Lifecycle<CycleState, Move> = {
  planned: { lock: 'data-locked' },
  'data-locked': { draft: 'drafted', review: 'internal-reviewed', issue: 'issued' },
  drafted: { review: 'internal-reviewed', issue: 'issued' },
  'internal-reviewed': { draft: 'drafted', issue: 'issued' },
  issued: { hold: 'held' },
  held: { minute: 'minuted' },
  minuted: { follow: 'actions-open', close: 'closed' },
  'actions-open': { close: 'closed' },
  closed: {},
}

const BUSINESS_DAYS_BEFORE = 5
const DAY_MS = 86_400_000

/** The latest moment at which a pack is sent ahead of its meeting. */
export function issueBy(meetingAt: Date): Date {
  let at = meetingAt.getTime()
  for (let left = BUSINESS_DAYS_BEFORE; left > 0;) {
    at -= DAY_MS
    const day = new Date(at).getUTCDay()
    if (day !== 0 && day !== 6) left -= 1
  }
  return new Date(at)
}

type About = Pick<Review, 'customerId' | 'month'>

async function findCycle({ db }: Context, { customerId, month }: About) {
  return db
    .selectFrom('reviewCycle')
    .select(['id', 'state', 'meetingAt', 'attendees', 'minutes', 'version'])
    .where('customerId', '=', customerId)
    .where('month', '=', `${month}-01`)
    .executeTakeFirst()
}

/** `GET /reviews/:id/cycle`. */
export async function readCycle(context: Context, id: string): Promise<ReviewCycle> {
  const review = await getReview(context.db, readingOf(context), id)
  const row = await findCycle(context, review)
  if (row === undefined)
    return {
      state: review.state === 'done' ? 'data-locked' : 'planned',
      steps: [],
      meetingAt: null,
      issueBy: null,
      attendees: '',
      minutes: '',
      version: 0,
    }
  const state = row.state as CycleState
  const next = reviewLifecycle[state]
  return {
    state,
    steps: context.actor.access === 'customer' ? [] : cycleSteps.filter((step) => next[step] !== undefined),
    meetingAt: row.meetingAt,
    issueBy: row.meetingAt === null ? null : issueBy(row.meetingAt),
    attendees: row.attendees,
    minutes: row.minutes,
    version: row.version,
  }
}

/** What happened to a review moves its cycle, where that is a step of it. Only the service review has one. */
export async function moveAlong(
  context: Context,
  review: About & Pick<Review, 'report'>,
  move: 'lock' | 'draft' | 'issue',
): Promise<void> {
  if (review.report !== 'R01') return
  const { db, now, actor } = context
  await db
    .insertInto('reviewCycle')
    .values({
      id: newId(now.getTime()),
      customerId: review.customerId,
      month: `${review.month}-01`,
      state: move === 'lock' ? 'planned' : 'data-locked',
      changedAt: now,
    })
    .onConflict((on) => on.columns(['customerId', 'month']).doNothing())
    .execute()
  const row = await findCycle(context, review)
  const to = reviewLifecycle[row!.state as CycleState][move]
  if (to === undefined) return
  await db
    .updateTable('reviewCycle')
    .set({
      state: to,
      changedAt: now,
      ...(move === 'draft' && { draftedBy: actor.personId }),
      version: row!.version + 1,
    })
    .where('id', '=', row!.id)
    .execute()
}

export interface CycleChange {
  readonly step?: CycleStep | undefined
  readonly meetingAt?: Date | null | undefined
  readonly attendees?: string | undefined
  readonly minutes?: string | undefined
  readonly version: number
}

/** `POST /reviews/:id/cycle`. */
export async function moveCycle(
  context: Context,
  id: string,
  { step, version, ...change }: CycleChange,
): Promise<ReviewCycle> {
  require(barredFromMaking(context.actor))
  const { db, now, actor } = context
  const review = await getReview(db, readingOf(context), id)
  if (review.report !== 'R01') throw refused('review.no-cycle')
  await db
    .insertInto('reviewCycle')
    .values({
      id: newId(now.getTime()),
      customerId: review.customerId,
      month: `${review.month}-01`,
      state: review.state === 'done' ? 'data-locked' : 'planned',
      changedAt: now,
      version: 0,
    })
    .onConflict((on) => on.columns(['customerId', 'month']).doNothing())
    .execute()
  const row = await db
    .selectFrom('reviewCycle')
    .select(['id', 'state', 'draftedBy', 'minutes', 'version'])
    .where('customerId', '=', review.customerId)
    .where('month', '=', `${review.month}-01`)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (row.version !== version) throw new Failure('conflict', 'review.text-moved-on')
  const to = step === undefined ? (row.state as CycleState) : reviewLifecycle[row.state as CycleState][step]
  if (to === undefined) throw refused('review.step-not-next')
  if (step === 'review' && row.draftedBy !== null && row.draftedBy === actor.personId) throw refused('review.own-draft')
  if (step === 'minute' && (change.minutes ?? row.minutes).trim() === '') throw refused('review.no-minutes')
  const { meetingAt, attendees, minutes } = change
  await db
    .updateTable('reviewCycle')
    .set({
      state: to,
      ...(meetingAt !== undefined && { meetingAt }),
      ...(attendees !== undefined && { attendees }),
      ...(minutes !== undefined && { minutes }),
      ...(step === 'review' && { reviewedBy: actor.personId }),
      changedAt: now,
      version: version + 1,
    })
    .where('id', '=', row.id)
    .execute()
  await audit(context, {
    action: 'review.moved',
    subjectType: 'review',
    subjectId: id,
    customerId: review.customerId,
    facts: { from: row.state, to },
  })
  return readCycle(context, id)
}
