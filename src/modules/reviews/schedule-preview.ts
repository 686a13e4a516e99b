import { requireCustomer } from '#modules/customers'
import { barredFromInside, require } from '#core/may.ts'
import { type Context, type Db, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import type { SchedulePreview } from './api-schedules.ts'
import { getSchedule } from './schedules.ts'
import { dueAt, sendableReview, standingOf } from './sendable.ts'

interface Door {
  readonly inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>
}

/**
 * `GET /report-schedules/:id/preview`: what would be sent next, and what would become of it for each recipient that the
 * asker sees, were it sent now.
 *
 * @param outside Of an endpoint with its own transactions.
 */
export async function previewSchedule(
  outside: Pick<Context, 'db' | 'now' | 'actor'>,
  { inTransaction }: Door,
  id: string,
): Promise<SchedulePreview> {
  require(barredFromInside(outside.actor))
  const { schedule, timeZone } = await inTransaction('read only', async ({ db }) => {
    const found = await getSchedule(db, id)
    return { schedule: found, timeZone: (await requireCustomer(db, found.customer.id)).timeZone }
  })
  const { customer, nextMonth: month, day, recipients, report, edition } = schedule
  return transaction(outside.db, system, 'read only', async (db: Db) => {
    const review = await sendableReview(db, { customerId: customer.id, month, report, edition })
    const standing: SchedulePreview['recipients'] = []
    for (const person of recipients) {
      const about = { customerId: customer.id }
      const { outcome } = await standingOf(outside.db, { db, now: outside.now }, about, { personId: person.id, review })
      standing.push({ person, outcome })
    }
    return {
      month,
      dueAt: dueAt(timeZone, month, day),
      timeZone,
      review: review === null ? null : { ...review, state: review.state as 'done' },
      recipients: standing,
    }
  })
}
