import { randomUUID } from 'node:crypto'
import type { TestWorld } from './testing.ts'

/** Tables of what is steered, each with its customer. */
export const steeredTables = [
  'action',
  'decision',
  'improvement',
  'forum',
  'forum_member',
  'forum_run',
  'forum_attendance',
  'stakeholder',
  'stakeholder_interaction',
  'relationship_pulse',
  'agenda_item',
]

interface Steered {
  readonly customerId: string
  readonly incidentId: string
  readonly word: string
}

/** What is to be done and what was decided for a customer; its ids. */
export async function steered({ pool }: TestWorld['database'], { customerId, incidentId, word }: Steered) {
  const [action, decision, improvement] = [randomUUID(), randomUUID(), randomUUID()]
  await pool.query(
    `insert into action (id, customer_id, text, owner_name, owner_side, due, first_due, evidence, origin_kind, origin_id, origin_label,
       shared, made_at)
     values ($1, $2, $3, $3, 'other', '2026-02-01', '2026-02-01', $3, 'incident', $4, $3, true, now())`,
    [action, customerId, word, incidentId],
  )
  await pool.query(
    `insert into decision (id, customer_id, question, options, dissent, origin_kind, origin_id, origin_label, shared, made_at)
     values ($1, $2, $3, array[$3], $3, 'incident', $4, $3, true, now())`,
    [decision, customerId, word, incidentId],
  )
  await pool.query(
    `insert into improvement (id, customer_id, problem, hypothesis, theme, benefit_type, evidence, cost_minor, cost_currency, origin_kind,
       origin_id, origin_label, shared, made_at)
     values ($1, $2, $3, $3, 'quality', 'time', $3, 100, 'EUR', 'incident', $4, $3, true, now())`,
    [improvement, customerId, word, incidentId],
  )
  const [forum, run] = [randomUUID(), randomUUID()]
  await pool.query(
    `insert into forum (id, customer_id, name, purpose, tier, weekdays, starts_on, at_minute, minutes, time_zone, agenda, created_at)
     values ($1, $2, $3, $3, 1, '{1}', '2026-02-02', 540, 15, 'UTC', array[$3], now())`,
    [forum, customerId, word],
  )
  await pool.query(
    `insert into forum_run (id, forum_id, customer_id, planned_at, state, began_at, minutes)
     values ($1, $2, $3, '2026-02-02T09:00Z', 'held', '2026-02-02T09:00Z', $4)`,
    [run, forum, customerId, word],
  )
  for (const [table, of, id] of [
    ['forum_member', 'forum_id', forum],
    ['forum_attendance', 'run_id', run],
  ]) {
    await pool.query(
      `insert into ${table} (${of}, person_id, customer_id) select $1, min(id::text)::uuid, $2::uuid from person where customer_id = $2`,
      [id, customerId],
    )
  }
  const [stakeholder, interaction, pulse, item] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await pool.query(
    `insert into stakeholder (id, customer_id, name, interests, level, influence, audience, created_at)
     values ($1, $2, $3, $3, 'head', 3, 'operations', now())`,
    [stakeholder, customerId, word],
  )
  await pool.query(
    `insert into stakeholder_interaction (id, stakeholder_id, customer_id, kind, face_to_face, on_day, notes, created_at)
     values ($1, $2, $3, 'visit', true, '2026-02-02', $4, now())`,
    [interaction, stakeholder, customerId, word],
  )
  await pool.query(
    `insert into relationship_pulse (id, stakeholder_id, customer_id, quarter, score, sentence, created_at)
     values ($1, $2, $3, '2026-01-01', 7, $4, now())`,
    [pulse, stakeholder, customerId, word],
  )
  await pool.query(
    `insert into agenda_item (id, stakeholder_id, customer_id, kind, text, created_at) values ($1, $2, $3, 'ask', $4, now())`,
    [item, stakeholder, customerId, word],
  )
  return [action, decision, improvement, forum, run, stakeholder, item]
}
