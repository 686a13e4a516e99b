import { randomUUID } from 'node:crypto'
import type { TestWorld } from './testing.ts'

/** What goes on by itself for a customer: somebody outside who was told something. */
export async function automaticOf(
  { pool }: TestWorld['database'],
  { customerId, incidentId, word }: Omit<Mails, 'whole'>,
) {
  const [webhookId, deliveryId] = [randomUUID(), randomUUID()]
  await pool.query(
    `insert into webhook (id, customer_id, name, url, kinds, owner_id, secret, paused_at, pause_reason, created_at)
     select $1, $2::uuid, $3, 'https://' || $3 || '.example', '{incident.opened}', min(id::text)::uuid, 's1.x', now(), 'asked', now()
     from person where customer_id = $2`,
    [webhookId, customerId, word],
  )
  await pool.query(
    `insert into webhook_delivery (id, webhook_id, customer_id, incident_id, fact_id, kind, body, state, created_at)
     values ($1, $2, $3, $4, $1, 'incident.opened', $5, 'failed', now())`,
    [deliveryId, webhookId, customerId, incidentId, word],
  )
  await pool.query(
    `insert into webhook_attempt (id, delivery_id, customer_id, at, milliseconds, answer) values ($1, $1, $2, now(), 1, $3)`,
    [deliveryId, customerId, word],
  )
  const [ruleId, runId] = [randomUUID(), randomUUID()]
  await pool.query(
    `insert into rule (id, customer_id, name, position, owner_id, trigger, created_at)
     select $1, $2::uuid, $3, 1, min(id::text)::uuid, 'opened', now() from person where customer_id = $2`,
    [ruleId, customerId, word],
  )
  await pool.query(
    `insert into rule_version (id, rule_id, customer_id, number, name, content, made_by, made_at)
     select $1, $1, $2::uuid, 1, $3, jsonb_build_object('when', jsonb_build_object('on', 'opened'), 'if', '[]'::jsonb, 'actions',
       jsonb_build_array(jsonb_build_object('do', 'note', 'text', $3::text))), min(id::text)::uuid, now()
     from person where customer_id = $2`,
    [ruleId, customerId, word],
  )
  await pool.query(
    `insert into rule_run (id, rule_id, number, rule_name, customer_id, incident_id, occasion, chain, depth, at, outcome)
     values ($1, $2, 1, $3, $4, $5, $3, $3, 0, now(), 'acted')`,
    [runId, ruleId, word, customerId, incidentId],
  )
  return [webhookId, deliveryId, ruleId]
}

interface Feedback {
  readonly customerId: string
  readonly incidentId: string
  readonly siteId: string
  readonly serviceId: string
  readonly word: string
}

/** What somebody is asked, what they answered and wrote, and what they complain about. */
export async function feedbackOf(
  { pool }: TestWorld['database'],
  { customerId, incidentId, siteId, serviceId, word }: Feedback,
) {
  const [survey, link, invitation, answer, verbatim, complaint] = Array.from({ length: 6 }, () => randomUUID())
  const place = [customerId, siteId, serviceId]
  await pool.query(
    `insert into survey (id, customer_id, name, trigger, scale, anonymity, question, created_at)
     values ($1, $2, $3, 'event', 'nps', 'identified', jsonb_build_object('en', $3::text), now())`,
    [survey, customerId, word],
  )
  await pool.query(
    `insert into survey_link (id, survey_id, customer_id, site_id, service_id, name, key, created_at)
     values ($1, $5, $2, $3, $4, $6, $7, now())`,
    [link, ...place, survey, word, randomUUID()],
  )
  await pool.query(
    `insert into survey_invitation (id, survey_id, customer_id, site_id, service_id, month, incident_id, language, expires_at)
     values ($1, $5, $2, $3, $4, '2026-02-01', $6, 'en', now())`,
    [invitation, ...place, survey, incidentId],
  )
  await pool.query(
    `insert into survey_answer (id, survey_id, customer_id, site_id, service_id, month, scale, anonymity, score)
     values ($1, $5, $2, $3, $4, '2026-02-01', 'nps', 'identified', 9)`,
    [answer, ...place, survey],
  )
  await pool.query(
    `insert into survey_answer_identity (answer_id, customer_id, identified, incident_id, answered_at) values ($1, $2, true, $3, now())`,
    [answer, customerId, incidentId],
  )
  await pool.query(
    `insert into anonymous_answer (id, survey_id, customer_id, site_id, service_id, month, scale, score)
     select gen_random_uuid(), $1, $2, $3, $4, '2026-02-01', 'nps', 9 from generate_series(1, 9)`,
    [survey, ...place],
  )
  await pool.query(
    `insert into verbatim (id, survey_id, customer_id, answer_id, site_id, service_id, month, scale, score, text, language, may_quote)
     values ($1, $5, $2, $6, $3, $4, '2026-02-01', 'nps', 9, $7, 'en', true)`,
    [verbatim, ...place, survey, answer, word],
  )
  await pool.query(
    `insert into feedback_case (id, customer_id, site_id, service_id, incident_id, kind, text, received_at)
     values ($1, $2, $3, $4, $5, 'complaint', $6, now())`,
    [complaint, ...place, incidentId, word],
  )
  const baseline = randomUUID()
  await pool.query(
    `insert into kpi_value (customer_id, kpi, version, month, part, key, numerator, denominator, computed_at) values
       ($1, 'K10', 1, '2026-02-01', 'customer', '', 9, 9, now()), ($1, 'K10', 1, '2026-02-01', 'site', $2, 9, 9, now())
     on conflict do nothing`,
    [customerId, siteId],
  )
  await pool.query(
    `insert into kpi_baseline (id, customer_id, kpi, part, month, reason, made_at) values ($1, $2, 'K10', 'customer', '2026-02-01', $3, now())
     on conflict do nothing`,
    [baseline, customerId, word],
  )
  const [friction, told, own] = [randomUUID(), randomUUID(), randomUUID()]
  await pool.query(
    `insert into friction_point (id, customer_id, site_id, service_id, title, description, place, people, per_week, minutes,
       found_by, incident_id, verbatim_id, observed_at, updated_at)
     values ($1, $2, $3, $4, $5, $5, $5, 12, 6, 14, 'visit', $6, $7, now(), now())`,
    [friction, ...place, word, incidentId, verbatim],
  )
  await pool.query(
    `insert into said_done (id, customer_id, site_id, service_id, said, did, source_type, source_id, created_at, published_at)
     values ($1, $2, $3, $4, $5, $5, 'friction-point', $6, now(), now())`,
    [told, ...place, word, friction],
  )
  await pool.query(
    `insert into own_kpi (id, key, customer_id, name, question, kind, unit, direction, parts, created_at)
     values ($1, 'O' || nextval('own_kpi_number'), $2, $3, $3, 'sum', 'percent', 'up', '[{"kpi":"K10","weight":1},{"kpi":"K09","weight":1}]', now())`,
    [own, customerId, word],
  )
  return [baseline, survey, link, invitation, answer, verbatim, complaint, friction, told, own].map(String)
}

interface Mails {
  readonly customerId: string
  readonly incidentId: string
  readonly word: string
  /** With what belongs to the customer as a whole. */
  readonly whole: boolean
}

/** A mail that came and one that goes out, and how mails of the customer are known and what they say. */
export async function mailsOf({ pool }: TestWorld['database'], { customerId, incidentId, word, whole }: Mails) {
  const [accountId, receivedId, outgoingId, templateId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await pool.query(
    `insert into mail_account (id, address, imap_host, imap_port, imap_security, user_name, sign_in, secret, paused, created_at)
     values ($1, $2, 'imap.example', 993, 'tls', 'desk', 'password', 's1.x', true, now())`,
    [accountId, `${accountId}@desk.example`],
  )
  await pool.query(
    `insert into received_mail (id, account_id, message_id, content_hash, customer_id, outcome, reason, incident_id, from_name,
       from_address, subject, received_at, taken_at, sha256, size)
     values ($1, $2, $3, 'x', $4, 'ticket', 'new', $5, $3, $3, $3, now(), now(), 'x', 1)`,
    [receivedId, accountId, word, customerId, incidentId],
  )
  await pool.query(
    `insert into outgoing_mail (id, account_id, customer_id, incident_id, fact_id, kind, recipient, message_id, subject, text,
       html, automatic, created_at)
     values ($1, $2, $3, $4, $1, 'message', $5, $6, $5, $5, $5, false, now())`,
    [outgoingId, accountId, customerId, incidentId, `${word}@x.example`, outgoingId],
  )
  if (!whole) return [receivedId, outgoingId]
  await pool.query(`insert into customer_mail_domain (customer_id, domain) values ($1, $2)`, [
    customerId,
    `${word}.example`,
  ])
  await pool.query(
    `insert into mail_template (id, customer_id, kind, language, subject, body) values ($1, $2, 'message', 'en', $3, $3)`,
    [templateId, customerId, word],
  )
  return [receivedId, outgoingId, templateId]
}

interface Ordered {
  readonly customerId: string
  readonly siteId: string
  readonly serviceId: string
  readonly teamId: string
  readonly word: string
  readonly part: 'site' | 'service' | 'team' | null
}

/** Something to order, an order of it with all that hangs on it, and what was looked for in vain. The order is the first. */
export async function requestsOf(
  { pool }: TestWorld['database'],
  { customerId, siteId, serviceId, teamId, word, part }: Ordered,
): Promise<string[]> {
  const [itemId, versionId, requestId, approvalId, taskId, callId, resultId] = Array.from({ length: 7 }, () =>
    randomUUID(),
  )
  const called = (by: string) => JSON.stringify({ de: `${by} chair`, en: `${by} chair` })
  const said = called(word)
  // What can be ordered is of no team.
  const item = part === 'team' ? called('own') : said
  await pool.query(
    `insert into catalogue_item (id, customer_id, service_id, site_ids, state, search, created_at, updated_at)
     values ($1, $2, $3, array[$4::uuid], 'published', to_tsvector('simple', $5), now(), now())`,
    [itemId, customerId, serviceId, siteId, word],
  )
  await pool.query(
    `insert into catalogue_item_version (id, item_id, customer_id, number, name, synonyms, description, fields, approval, plan,
       with_approval, planned_seconds, created_at)
     values ($1, $2, $3, 1, $4, '{"de": [], "en": []}', $4, '[]', '[{"by": "customer-stakeholder", "person": null, "from": null}]',
       jsonb_build_array(jsonb_build_object('kind', 'people', 'title', $4::jsonb, 'team', $5::text, 'stage', 1, 'seconds', 60,
         'uses', '[]'::jsonb, 'url', null)), true, 60, now())`,
    [versionId, itemId, customerId, item, teamId],
  )
  const { rows: people } = await pool.query<{ id: string }>(
    `select min(id::text) as id from person where customer_id = $1`,
    [customerId],
  )
  const personId = people[0]!.id
  await pool.query(
    `insert into request (id, customer_id, number, item_id, item_version_id, name, service_id, site_id, requester_id,
       ordered_by_id, state, answers, team_ids, ordered_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 'awaiting-approval',
       jsonb_build_array(jsonb_build_object('key', 'why', 'kind', 'text', 'label', $6::jsonb, 'value', $10::text, 'said', null)),
       array[$11::uuid], now(), now())`,
    [requestId, customerId, `REQ-${requestId}`, itemId, versionId, said, serviceId, siteId, personId, word, teamId],
  )
  const fileId = randomUUID()
  await pool.query(
    `insert into attachment (id, customer_id, subject_type, subject_id, name, sha256, size, type, visibility)
     values ($1, $2, 'request', $3, $4, repeat('ab', 32), 1, 'text/plain', 'public')`,
    [fileId, customerId, requestId, `${word}.pdf`],
  )
  await pool.query(
    `insert into request_approval (id, customer_id, request_id, item_id, level, by, state, asked_at)
     values ($1, $2, $3, $4, 1, 'customer-stakeholder', 'waiting', now())`,
    [approvalId, customerId, requestId, itemId],
  )
  await pool.query(
    `insert into request_task (id, customer_id, request_id, item_id, position, stage, kind, title, team_id, planned_seconds, state,
       opened_at, started_at, done_at)
     values ($1, $2, $3, $4, 0, 2, 'people', $5, $6, 60, 'done', now(), now(), now())`,
    [taskId, customerId, requestId, itemId, said, teamId],
  )
  await pool.query(
    `insert into request_answer_use (request_id, customer_id, item_id, field, used_at) values ($1, $2, $3, 'why', now())`,
    [requestId, customerId, itemId],
  )
  await pool.query(
    `insert into request_call (id, customer_id, task_id, fingerprint, created_at)
     values ($1::uuid, $2, $3, sha256(convert_to('of ' || $1::uuid::text, 'UTF8')), now())`,
    [callId, customerId, taskId],
  )
  await pool.query(
    `insert into request_told (id, request_id, customer_id, attainment_bp, delivered_at, fulfilment_met, kept_at)
     values ($1, $2, $3, 9000, '2026-01-05', true, now())`,
    [resultId, requestId, customerId],
  )
  await pool.query(
    `insert into adjustment (id, customer_id, request_id, number, metric, month, entered_month, met, failed, excluded, cause, created_at)
     values ($1, $2, $3, $4, 'fulfilment', '2026-01-01', '2026-03-01', 1, -1, 0, 'history', now())`,
    [resultId, customerId, requestId, `REQ-${requestId}`],
  )
  await pool.query(
    `insert into clock_result (id, request_id, customer_id, metric, number, result, cause, kept_at)
     values ($1, $2, $3, 'fulfilment', $4, '{"targetMs": 1, "elapsedMs": 1, "startedAt": null, "dueAt": null, "stoppedAt": null, "state": "met", "excluded": false}', 'history', now())`,
    [resultId, requestId, customerId, `REQ-${requestId}`],
  )
  if (part === null) {
    await pool.query(
      `insert into portal_search (customer_id, day, searches, without_result) values ($1, current_date, 1, 1)`,
      [customerId],
    )
    await pool.query(`insert into portal_find (customer_id, day, seconds) values ($1, current_date, 30)`, [customerId])
    await pool.query(
      `insert into portal_search_miss (customer_id, day, words, times) values ($1, current_date, $2, 9)`,
      [customerId, word],
    )
  }
  return [
    requestId!,
    approvalId!,
    taskId!,
    callId!,
    resultId!,
    fileId,
    ...(part === 'team' ? [] : [itemId!, versionId!]),
  ]
}
