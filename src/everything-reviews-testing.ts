import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '#platform/testing.ts'

export const reviewTables = [
  'import',
  'review',
  'review_text',
  'review_cycle',
  'review_comment',
  'review_reading',
  'customer_brand',
  'report_schedule',
  'report_delivery',
]

/**
 * An import and a review with what is written about it, for `everything-testing.ts`; their ids, the import's first, then the
 * review's.
 *
 * @param again The customer has such a review already.
 */
export async function reviewsOf(
  database: TestDatabase,
  { customerId, word, again }: { readonly customerId: string; readonly word: string; readonly again: boolean },
): Promise<readonly string[]> {
  const [importId, reviewId] = [randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into import (id, customer_id, source, file_name, file_size, state, counts) values ($1, $2, 'csv', $3, 1, 'done', '{}')`,
    [importId, customerId, `${word}.csv`],
  )
  await database.pool.query(
    `insert into review (id, customer_id, month, version, state, facts, issued_at) values ($1, $2, '2026-02-01', $4, 'done', $3, now())`,
    [reviewId, customerId, JSON.stringify({ word }), again ? 2 : 1],
  )
  await database.pool.query(
    `insert into review_document (review_id, customer_id, language, format, content, sha256) values ($1, $2, 'de', 'xlsx', $3, 'x')`,
    [reviewId, customerId, Buffer.from(word)],
  )
  const [cycleId, commentId, scheduleId, deliveryId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const reader = randomUUID()
  await database.pool.query(
    `with written as (
       insert into review_text (review_id, customer_id, language, story, edited_at)
       values ($1, $2, 'de', jsonb_build_object('headline', $3::text), now())
     ), cycle as (
       insert into review_cycle (id, customer_id, month, state, minutes, changed_at)
       values ($4, $2, case when $9 then date '2026-01-01' else date '2026-02-01' end, 'issued', $3, now())
     ), comment as (
       insert into review_comment (id, review_id, customer_id, person_id, person_name, text, written_at)
       values ($5, $1, $2, $8, $3, $3, now())
     ), reading as (
       insert into review_reading (review_id, customer_id, person_id, person_name, read_at) values ($1, $2, $8, $3, now())
     ), brand as (
       insert into customer_brand (customer_id, accent, changed_at) values ($2, '#123456', now()) on conflict do nothing
     ), schedule as (
       insert into report_schedule (id, customer_id, report, edition, language, day, recipient_ids, owner_id, next_month, created_at)
       values ($6, $2, 'R01', 'customer', 'de', 5, array[$8::uuid], $8, '2026-02-01', now())
     )
     insert into report_delivery (id, schedule_id, customer_id, month, person_id, outcome, at)
     values ($7, $6, $2, '2026-01-01', $8, 'sent', now())`,
    [reviewId, customerId, word, cycleId, commentId, scheduleId, deliveryId, reader, again],
  )
  return [importId, reviewId, commentId, scheduleId, deliveryId]
}
