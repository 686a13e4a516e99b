import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { TestWorld } from './testing.ts'

/** In the names of teams, which are the provider's affair: staff may read them whoever they work for, customers never. */
export const TEAM_MARK = 'griffin'

/** What belongs to somebody else. */
export interface Foreign {
  /** Ids of everything that belongs to the other customer. */
  readonly ids: readonly string[]
  /** Names and numbers by which it can be asked for. */
  readonly names: readonly string[]
  /** Those of them that have parts with ids of their own, as an incident has clocks. */
  readonly parents: readonly string[]
  /** All rows of the other customer, as one text. */
  readonly state: () => Promise<string>
}

/** Somebody else's, and what of it can be asked for with it. */
interface Everything extends Foreign {
  readonly customerId: string
  readonly site: Named
  readonly service: Named
  readonly team: Named
  readonly customer: Named
  readonly calendar: Made
  readonly agreement: Made
}

interface Named {
  readonly id: string
  readonly name: string
}

interface Made {
  readonly id: string
  readonly versions: readonly { readonly id: string }[]
}

const office = { opens: 480, closes: 1080 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = [
  { metric: 'response', priority: 'p1', targetSeconds: 900, attainmentBp: 9500 },
  { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 },
]

/**
 * A customer with one of everything. `word` is in each of its texts.
 *
 * @param inside A customer who is there already, and what the other part of it is: then one more of everything that
 *   belongs to another site, another service or another team, and not to the customer as a whole.
 */
export async function customerWithEverything(
  { call, database, work }: TestWorld,
  word: string,
  inside: (Everything & { readonly part: 'site' | 'service' | 'team' }) | null = null,
): Promise<Everything> {
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer =
    inside?.customer ?? (await made('/customers', { name: `${word} customer`, key: word.toUpperCase().slice(0, 7) }))
  const siteThere = inside && inside.part !== 'site' ? inside.site : null
  const serviceThere = inside && inside.part !== 'service' ? inside.service : null
  const site = siteThere ?? (await made('/sites', { customer: customer.id, name: `${word} site` }))
  const service = serviceThere ?? (await made('/services', { customer: customer.id, name: `${word} service` }))
  const team = await made('/teams', { name: `${TEAM_MARK} ${word.length}` })
  const calendar =
    inside?.calendar ?? (await made('/calendars', { customer: customer.id, name: `${word} hours`, rules }))
  const validFrom = '2026-01-01T00:00:00Z'
  const terms = {
    customer: customer.id,
    calendar: calendar.id,
    name: `${word} agreement`,
    validFrom,
    targets,
    activate: true,
  }
  const agreement = inside?.agreement ?? (await made('/agreements', terms))
  await work()
  const incident = await made('/incidents', {
    customer: customer.id,
    title: `${word} trouble`,
    description: `${word} is on fire`,
    impact: 'high',
    urgency: 'high',
    site: site.id,
    service: service.id,
    team: team.id,
    requester: `somebody@${inside ? 'own' : word}.example`,
  })
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: `${word} put out` })
  const ofService = { customer: customer.id, service: service.id }
  // What is promised of a service is promised once, and the customer's January is locked by now.
  const promise = { ...ofService, calendar: calendar.id, validFrom: '2026-02-01T00:00:00Z', targetPpm: 999_000 }
  const available = await Promise.all([
    ...(serviceThere ? [] : [made('/availability-promises', promise)]),
    made('/downtimes', {
      ...ofService,
      beganAt: '2026-02-02T09:00:00Z',
      endedAt: '2026-02-02T10:00:00Z',
      cause: `${word} fan`,
    }),
    made('/maintenance-windows', {
      ...ofService,
      title: `${word} patches`,
      startsAt: '2026-04-02T09:00:00Z',
      endsAt: '2026-04-02T10:00:00Z',
    }),
    made('/monitoring-gaps', { ...ofService, beganAt: '2026-02-03T09:00:00Z', endedAt: '2026-02-03T10:00:00Z' }),
  ])
  const [importId, reviewId] = [randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into import (id, customer_id, source, file_name, file_size, state, counts) values ($1, $2, 'csv', $3, 1, 'done', '{}')`,
    [importId, customer.id, `${word}.csv`],
  )
  await database.pool.query(
    `insert into review (id, customer_id, month, version, state, facts, issued_at) values ($1, $2, '2026-02-01', $4, 'done', $3, now())`,
    [reviewId, customer.id, JSON.stringify({ word }), inside ? 2 : 1],
  )
  await database.pool.query(
    `insert into review_document (review_id, customer_id, language, format, content, sha256) values ($1, $2, 'de', 'xlsx', $3, 'x')`,
    [reviewId, customer.id, Buffer.from(word)],
  )
  // One for all of its people, and one that is the provider's own affair.
  const articles = inside ? [] : [randomUUID(), randomUUID()]
  for (const [index, id] of articles.entries()) {
    await database.pool.query(
      `insert into article (id, customer_id, audience, title, text, language, state, created_at, updated_at)
       values ($1, $2, $3, $4, $4, 'en', 'published', now(), now())`,
      [id, customer.id, index === 0 ? 'customer' : 'agent', `${word} article`],
    )
  }
  const attachmentId = randomUUID()
  await database.pool.query(
    `insert into kept_file (sha256, size, type) values (repeat('ab', 32), 1, 'text/plain') on conflict do nothing`,
  )
  await database.pool.query(
    `insert into attachment (id, customer_id, subject_type, subject_id, name, sha256, size, type, visibility)
     values ($1, $2, 'incident', $3, $4, repeat('ab', 32), 1, 'text/plain', 'public')`,
    [attachmentId, customer.id, incident.id, `${word}.txt`],
  )
  const [escalationId, ruleId] = [randomUUID(), randomUUID()]
  const { rows: owners } = await database.pool.query<{ id: string }>(
    `insert into person (id, name) values ($1, 'Owner') returning id`,
    [randomUUID()],
  )
  await database.pool.query(
    `insert into escalation_rule (id, customer_id, name, trigger, threshold, level, kind, owner_id, created_at)
     values ($1, $2, $3, 'age', 900, 1, 'functional', $4, now())`,
    [ruleId, customer.id, `${word} rule`, owners[0]!.id],
  )
  await database.pool.query(
    `insert into escalation (id, customer_id, incident_id, source, direction, kind, level, reason, raised_at, rule_id)
     values ($1, $2, $3, 'customer', 'inbound', 'functional', 1, $4, now(), $5)`,
    [escalationId, customer.id, incident.id, `${word} again`, ruleId],
  )
  const feedbackIds = await feedbackOf(database, {
    customerId: customer.id,
    incidentId: incident.id,
    siteId: site.id,
    serviceId: service.id,
    word,
  })
  const [majorId, statusPageId, actionId] = [randomUUID(), randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into major_incident (id, customer_id, incident_id, state, criteria, criteria_words, proposed_at, declared_at, commander_id,
       business_impact, restored_at, monitoring_until, updated_at)
     select $1, $2::uuid, $3, 'review-done', '{other}', $4, now(), now(), min(id::text)::uuid, $4, now(), now(), now() from person where customer_id = $2`,
    [majorId, customer.id, incident.id, word],
  )
  await database.pool.query(
    `insert into major_incident_action (id, customer_id, major_incident_id, kind, what, created_at) values ($1, $2, $3, 'process', $4, now())`,
    [actionId, customer.id, majorId, word],
  )
  await database.pool.query(
    `insert into major_incident_text (major_incident_id, customer_id, language, section, text, updated_at) values ($1, $2, 'en', 'cause', $3, now())`,
    [majorId, customer.id, word],
  )
  await database.pool.query(
    `insert into history (id, subject_type, subject_id, customer_id, kind, facts, visibility, occurred_at)
     values (gen_random_uuid(), 'major-incident', $1, $2, 'major-incident.update', jsonb_build_object('audience', 'users', 'language', 'en', 'text', $3::text, 'nextDue', null), 'public', now())`,
    [majorId, customer.id, word],
  )
  await database.pool.query(
    `insert into status_page (id, customer_id, audience, fingerprint, made_at, revoked_at) values ($1, $2, 'users', sha256(convert_to($4, 'UTF8')), now(), $3)`,
    [statusPageId, customer.id, inside ? new Date() : null, statusPageId],
  )
  const requestIds = await requestsOf(database, {
    customerId: customer.id,
    siteId: site.id,
    serviceId: service.id,
    teamId: team.id,
    word,
    part: inside?.part ?? null,
  })
  // Somebody of ours follows it, and was told of a word that was public.
  const notificationId = randomUUID()
  await database.pool.query(
    `insert into incident_watcher (incident_id, person_id, customer_id, since) values ($1, $2, $3, now())`,
    [incident.id, owners[0]!.id, customer.id],
  )
  await database.pool.query(
    `insert into notification (id, person_id, kind, fact_id, fact_at, subject_type, subject_id, customer_id, created_at, shown)
     select $1, $2, 'watched', id, occurred_at, 'incident', $3, $4, now(), true from history
     where subject_id = $3 and kind = 'incident.state' limit 1`,
    [notificationId, owners[0]!.id, incident.id, customer.id],
  )
  const [correctionId, resultId] = [randomUUID(), randomUUID()]
  const clockId = incident.clocks[0].id
  await database.pool.query(
    `insert into period (customer_id, month, state, changed_at) values ($1, '2026-01-01', 'locked', now()) on conflict do nothing`,
    [customer.id],
  )
  await database.pool.query(
    `insert into correction (id, customer_id, kind, change, reason, evidence, state, requested_at) values
       ($1, $2, 'wrong-agreement', jsonb_build_object('kind', 'wrong-agreement', 'incident', $3::text, 'service', null), $4, $4, 'applied', now())`,
    [correctionId, customer.id, incident.id, word],
  )
  await database.pool.query(
    `insert into correction_difference (correction_id, position, customer_id, incident_id, number, metric, month, flips)
     values ($1, 1, $2, $3, $4, 'resolution', '2026-01-01', true)`,
    [correctionId, customer.id, incident.id, incident.number],
  )
  await database.pool.query(
    `insert into adjustment (id, customer_id, clock_id, incident_id, number, metric, priority, month, entered_month, met, failed,
       excluded, cause, correction_id, created_at)
     values ($1, $2, $3, $4, $5, 'resolution', 'p1', '2026-01-01', '2026-03-01', 1, -1, 0, 'correction', $6, now())`,
    [resultId, customer.id, clockId, incident.id, incident.number, correctionId],
  )
  await database.pool.query(
    `insert into clock_result (id, clock_id, incident_id, customer_id, metric, number, result, cause, kept_at)
     values ($1, $2, $3, $4, 'resolution', $5, '{"targetMs": 1, "elapsedMs": 1, "startedAt": null, "dueAt": null, "stoppedAt": null, "state": "met", "excluded": false}', 'history', now())`,
    [resultId, clockId, incident.id, customer.id, incident.number],
  )
  const whatIfId = randomUUID()
  await database.pool.query(
    `insert into what_if (id, customer_id, agreement_id, version_id, version_number, from_day, to_day, tried, content_hash, state, requested_at)
     values ($1, $2, $3, $4, 1, '2026-01-01', '2026-02-01', jsonb_build_object('calendarId', $5::text, 'rules', null), 'x', 'done', now())`,
    [whatIfId, customer.id, agreement.id, agreement.versions[0].id, calendar.id],
  )
  await database.pool.query(
    `insert into what_if_difference (what_if_id, position, customer_id, incident_id, number, metric, priority, month, flips)
     values ($1, 1, $2, $3, $4, 'resolution', 'p1', '2026-01-01', true)`,
    [whatIfId, customer.id, incident.id, incident.number],
  )
  const [contactId, sourceId, messageId] = [randomUUID(), randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into contact_source (id, customer_id, name, channel, secret, created_at) values ($1, $2, $3, 'chat', 's1.x', now())`,
    [sourceId, customer.id, `${word} chat`],
  )
  await database.pool.query(
    `insert into contact (id, customer_id, channel, outcome, subject, details, started_at, recorded_at, caller_name, caller_phone,
       incident_id, site_id, source_id, conversation)
     values ($1, $2, 'chat', 'attached', $3, $3, now(), now(), $3, '0711 5551234', $4, $5, $6, $3)`,
    [contactId, customer.id, `${word} call`, incident.id, site.id, sourceId],
  )
  await database.pool.query(
    `insert into contact_message (id, customer_id, contact_id, source_id, message_id, author, text, sent_at)
     values ($1, $2, $3, $4, $5, 'caller', $5, now())`,
    [messageId, customer.id, contactId, sourceId, word],
  )
  const [textTemplateId, macroId] = [randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into text_template (id, customer_id, name, language, text, created_at) values ($1, $2, $3, 'en', $3, now())`,
    [textTemplateId, customer.id, `${word} words`],
  )
  await database.pool.query(
    `insert into macro (id, customer_id, name, text, created_at) values ($1, $2, $3, $3, now())`,
    [macroId, customer.id, `${word} steps`],
  )
  const automaticIds = inside
    ? []
    : await automaticOf(database, { customerId: customer.id, incidentId: incident.id, word })
  const [taskId, itemId, timeId] = [randomUUID(), randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into incident_task (id, customer_id, incident_id, title, created_at) values ($1, $2, $3, $4, now())`,
    [taskId, customer.id, incident.id, `${word} visit`],
  )
  await database.pool.query(
    `insert into checklist_item (id, customer_id, incident_id, text, created_at) values ($1, $2, $3, $4, now())`,
    [itemId, customer.id, incident.id, `${word} cable`],
  )
  await database.pool.query(
    `insert into time_entry (id, customer_id, incident_id, person_id, day, minutes, note, created_at)
     values ($1, $2, $3, $4, '2026-02-02', 15, $5, now())`,
    [timeId, customer.id, incident.id, owners[0]!.id, word],
  )
  const mailIds = await mailsOf(database, { customerId: customer.id, incidentId: incident.id, word, whole: !inside })
  const { rows: people } = await database.pool.query<{ id: string }>('select id from person where customer_id = $1', [
    customer.id,
  ])
  const clocks = incident.clocks.map(({ id }: { id: string }) => id)
  const versions = [agreement.versions[0].id, calendar.versions[0].id]
  const ofWhole = [customer, calendar, agreement].map(({ id }) => id)
  const ownParts = [...(siteThere ? [] : [site]), ...(serviceThere ? [] : [service])]
  const ids = [incident, ...ownParts, ...available].map(({ id }) => id)
  return {
    customerId: customer.id,
    site,
    service,
    team,
    customer,
    calendar,
    agreement,
    ids: [
      ...ids,
      ...(inside ? [] : [...ofWhole, ...versions, ...people.map(({ id }) => id)]),
      ...clocks,
      importId,
      reviewId,
      correctionId,
      resultId,
      whatIfId,
      attachmentId,
      escalationId,
      ruleId,
      ...mailIds,
      ...feedbackIds,
      ...requestIds,
      majorId,
      statusPageId,
      actionId,
      ...articles,
      ...(inside ? [] : [textTemplateId, macroId]),
      taskId,
      itemId,
      timeId,
      contactId,
      sourceId,
      messageId,
      ...automaticIds,
      notificationId,
    ],
    parents: [incident.id, incident.number, reviewId, majorId, requestIds[0]!, ...people.map(({ id }) => id)],
    names: [
      incident.number,
      ...ownParts.map(({ name }) => name),
      ...(inside ? [] : [customer.name, `${word} hours`, `${word} agreement`]),
      word,
    ],
    state: async () => {
      const tables = [
        'site',
        'service',
        'calendar',
        'agreement',
        'agreement_version',
        'target',
        'incident',
        'clock',
        'history',
        'import',
        'review',
        'person',
        'attainment_month',
        'period',
        'correction',
        'correction_difference',
        'adjustment',
        'clock_result',
        'what_if',
        'what_if_difference',
        'attachment',
        'escalation',
        'escalation_rule',
        'received_mail',
        'outgoing_mail',
        'customer_mail_domain',
        'mail_template',
        'major_incident',
        'major_incident_action',
        'major_incident_text',
        'status_page',
        'article',
        'contact',
        'contact_message',
        'contact_source',
        'text_template',
        'macro',
        'webhook',
        'webhook_delivery',
        'webhook_attempt',
        'survey',
        'survey_link',
        'survey_invitation',
        'survey_answer',
        'survey_answer_identity',
        'anonymous_answer',
        'verbatim',
        'feedback_case',
        'catalogue_item',
        'catalogue_item_version',
        'request',
        'request_approval',
        'request_task',
        'request_answer_use',
        'request_call',
        'notification',
        'incident_watcher',
        'incident_task',
        'checklist_item',
        'time_entry',
        'rule',
        'rule_version',
        'rule_run',
        // Not what is looked for in the portal: their own people count there, whatever they look for.
        'kpi_value',
        'kpi_baseline',
      ]
      const parts = tables.map(
        (table) => `(select coalesce(jsonb_agg(t order by t::text), '[]') from ${table} t where t.customer_id = $1)`,
      )
      const { rows } = await database.pool.query<{ state: string }>(`select (${parts.join(' || ')})::text as state`, [
        customer.id,
      ])
      return rows[0]!.state
    },
  }
}

/** What goes on by itself for a customer: somebody outside who was told something. */
async function automaticOf({ pool }: TestWorld['database'], { customerId, incidentId, word }: Omit<Mails, 'whole'>) {
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
async function feedbackOf(
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
  return [baseline, survey, link, invitation, answer, verbatim, complaint].map(String)
}

interface Mails {
  readonly customerId: string
  readonly incidentId: string
  readonly word: string
  /** With what belongs to the customer as a whole. */
  readonly whole: boolean
}

/** A mail that came and one that goes out, and how mails of the customer are known and what they say. */
async function mailsOf({ pool }: TestWorld['database'], { customerId, incidentId, word, whole }: Mails) {
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
async function requestsOf(
  { pool }: TestWorld['database'],
  { customerId, siteId, serviceId, teamId, word, part }: Ordered,
): Promise<string[]> {
  const [itemId, versionId, requestId, approvalId, taskId, callId] = Array.from({ length: 6 }, () => randomUUID())
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
  if (part === null) {
    await pool.query(
      `insert into portal_search (customer_id, day, searches, without_result) values ($1, current_date, 1, 1)`,
      [customerId],
    )
    await pool.query(
      `insert into portal_search_miss (customer_id, day, words, times) values ($1, current_date, $2, 9)`,
      [customerId, word],
    )
  }
  return [requestId!, approvalId!, taskId!, callId!, ...(part === 'team' ? [] : [itemId!, versionId!])]
}
