import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '#platform/testing.ts'

interface OfLevels {
  readonly customerId: string
  readonly incident: {
    readonly id: string
    readonly number: string
    readonly clocks: readonly { readonly id: string }[]
  }
  readonly agreement: { readonly id: string; readonly versions: readonly { readonly id: string }[] }
  readonly calendar: { readonly id: string }
  readonly word: string
}

export const levelTables = [
  'calendar',
  'agreement',
  'agreement_version',
  'target',
  'clock',
  'clock_behind',
  'attainment_month',
  'period',
  'correction',
  'correction_difference',
  'adjustment',
  'clock_result',
  'recomputation',
  'recomputation_difference',
  'what_if',
  'what_if_difference',
]

/** A locked month, a correction of it with both results, a clock behind and a what-if, for `everything-testing.ts`; their ids. */
export async function correctedOf(
  database: TestDatabase,
  { customerId, incident, agreement, calendar, word }: OfLevels,
): Promise<readonly string[]> {
  const [correctionId, resultId] = [randomUUID(), randomUUID()]
  const clockId = incident.clocks[0]!.id
  await database.pool.query(
    `insert into period (customer_id, month, state, changed_at) values ($1, '2026-01-01', 'locked', now()) on conflict do nothing`,
    [customerId],
  )
  await database.pool.query(
    `insert into correction (id, customer_id, kind, change, reason, evidence, state, requested_at) values
       ($1, $2, 'wrong-agreement', jsonb_build_object('kind', 'wrong-agreement', 'incident', $3::text, 'service', null), $4, $4, 'applied', now())`,
    [correctionId, customerId, incident.id, word],
  )
  await database.pool.query(
    `insert into correction_difference (correction_id, position, customer_id, incident_id, number, metric, month, flips)
     values ($1, 1, $2, $3, $4, 'resolution', '2026-01-01', true)`,
    [correctionId, customerId, incident.id, incident.number],
  )
  await database.pool.query(
    `insert into adjustment (id, customer_id, clock_id, incident_id, number, metric, priority, month, entered_month, met, failed,
       excluded, cause, correction_id, created_at)
     values ($1, $2, $3, $4, $5, 'resolution', 'p1', '2026-01-01', '2026-03-01', 1, -1, 0, 'correction', $6, now())`,
    [resultId, customerId, clockId, incident.id, incident.number, correctionId],
  )
  await database.pool.query(
    `insert into clock_result (id, clock_id, incident_id, customer_id, metric, number, result, cause, kept_at)
     values ($1, $2, $3, $4, 'resolution', $5, '{"targetMs": 1, "elapsedMs": 1, "startedAt": null, "dueAt": null, "stoppedAt": null, "state": "met", "excluded": false}', 'history', now())`,
    [resultId, clockId, incident.id, customerId, incident.number],
  )
  await database.pool.query(
    `insert into clock_behind (id, incident_id, customer_id, number, agreement_id, agreement_version_id, metric, state, target_ms, elapsed_ms)
     values ($1, $2, $3, $4, $5, $6, 'resolution', 'running', 1, 0)`,
    [resultId, incident.id, customerId, incident.number, agreement.id, agreement.versions[0]!.id],
  )
  const recomputationId = randomUUID()
  await database.pool.query(
    `insert into recomputation (id, customer_id, dry_run, state, requested_at) values ($1, $2, true, 'done', now())`,
    [recomputationId, customerId],
  )
  await database.pool.query(
    `insert into recomputation_difference (recomputation_id, position, customer_id, number, metric, before, after, locked)
     values ($1, 1, $2, $3, 'resolution', 'none', 'open', false)`,
    [recomputationId, customerId, incident.number],
  )
  const whatIfId = randomUUID()
  await database.pool.query(
    `insert into what_if (id, customer_id, agreement_id, version_id, version_number, from_day, to_day, tried, content_hash, state, requested_at)
     values ($1, $2, $3, $4, 1, '2026-01-01', '2026-02-01', jsonb_build_object('calendarId', $5::text, 'rules', null), 'x', 'done', now())`,
    [whatIfId, customerId, agreement.id, agreement.versions[0]!.id, calendar.id],
  )
  await database.pool.query(
    `insert into what_if_difference (what_if_id, position, customer_id, incident_id, number, metric, priority, month, flips)
     values ($1, 1, $2, $3, $4, 'resolution', 'p1', '2026-01-01', true)`,
    [whatIfId, customerId, incident.id, incident.number],
  )
  return [correctionId, resultId, recomputationId, whatIfId]
}
