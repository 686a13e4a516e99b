import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { contractOf, contractTables } from './everything-money-testing.ts'
import { automaticOf, feedbackOf, mailsOf, requestsOf } from './everything-parts-testing.ts'
import { steered, steeredTables } from './everything-steered-testing.ts'
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
    [reviewId, customer.id, word, cycleId, commentId, scheduleId, deliveryId, reader, Boolean(inside)],
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
  const steeredIds = await steered(database, { customerId: customer.id, incidentId: incident.id, word })
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
  await database.pool.query(
    `insert into clock_behind (id, incident_id, customer_id, number, agreement_id, agreement_version_id, metric, state, target_ms, elapsed_ms)
     values ($1, $2, $3, $4, $5, $6, 'resolution', 'running', 1, 0)`,
    [resultId, incident.id, customer.id, incident.number, agreement.id, agreement.versions[0].id],
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
  const contractIds = await contractOf(database, {
    customerId: customer.id,
    serviceId: service.id,
    siteId: site.id,
    word: inside ? `${word} ${randomUUID().slice(0, 8)}` : word,
  })
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
      commentId,
      scheduleId,
      deliveryId,
      correctionId,
      resultId,
      whatIfId,
      attachmentId,
      escalationId,
      ruleId,
      ...mailIds,
      ...contractIds,
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
      ...steeredIds,
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
        'clock_behind',
        'history',
        'import',
        'review',
        'review_text',
        'review_cycle',
        'review_comment',
        'review_reading',
        'customer_brand',
        'report_schedule',
        'report_delivery',
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
        ...contractTables,
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
        ...steeredTables,
        'own_kpi',
        'friction_point',
        'said_done',
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
