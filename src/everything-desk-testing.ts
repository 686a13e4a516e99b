import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '#platform/testing.ts'

/** What is written of an incident and around it, for `everything-testing.ts`. */
interface OfDesk {
  readonly customerId: string
  readonly incident: { readonly id: string }
  readonly siteId: string
  readonly word: string
  /** Of the customer as a whole, and not of a part. */
  readonly whole: boolean
}

export const deskTables = [
  'incident',
  'attachment',
  'escalation',
  'escalation_rule',
  'major_incident',
  'major_incident_action',
  'major_incident_text',
  'status_page',
  'article',
  'article_standing',
  'incident_article',
  'contact',
  'contact_message',
  'contact_source',
  'text_template',
  'macro',
  'notification',
  'incident_watcher',
  'incident_reader',
  'incident_task',
  'checklist_item',
  'time_entry',
]

/** Articles, files, escalations, contacts, texts, tasks, and who follows; their ids. */
export async function deskOf(
  database: TestDatabase,
  { customerId, incident, siteId, word, whole }: OfDesk,
): Promise<readonly string[]> {
  // One for all of its people, and one that is the provider's own affair.
  const articles = whole ? [randomUUID(), randomUUID()] : []
  for (const [index, id] of articles.entries()) {
    await database.pool.query(
      `insert into article (id, customer_id, audience, title, text, language, state, created_at, updated_at)
       values ($1, $2, $3, $4, $4, 'en', 'published', now(), now())`,
      [id, customerId, index === 0 ? 'customer' : 'agent', `${word} article`],
    )
    await database.pool.query(
      `insert into incident_article (incident_id, article_id, customer_id, said_at) values ($1, $2, $3, now())`,
      [incident.id, id, customerId],
    )
  }
  const attachmentId = randomUUID()
  await database.pool.query(
    `insert into kept_file (sha256, size, type) values (repeat('ab', 32), 1, 'text/plain') on conflict do nothing`,
  )
  await database.pool.query(
    `insert into attachment (id, customer_id, subject_type, subject_id, name, sha256, size, type, visibility)
     values ($1, $2, 'incident', $3, $4, repeat('ab', 32), 1, 'text/plain', 'public')`,
    [attachmentId, customerId, incident.id, `${word}.txt`],
  )
  const [escalationId, ruleId] = [randomUUID(), randomUUID()]
  const { rows: owners } = await database.pool.query<{ id: string }>(
    `insert into person (id, name) values ($1, 'Owner') returning id`,
    [randomUUID()],
  )
  await database.pool.query(
    `insert into escalation_rule (id, customer_id, name, trigger, threshold, level, kind, owner_id, created_at)
     values ($1, $2, $3, 'age', 900, 1, 'functional', $4, now())`,
    [ruleId, customerId, `${word} rule`, owners[0]!.id],
  )
  await database.pool.query(
    `insert into escalation (id, customer_id, incident_id, source, direction, kind, level, reason, raised_at, rule_id)
     values ($1, $2, $3, 'customer', 'inbound', 'functional', 1, $4, now(), $5)`,
    [escalationId, customerId, incident.id, `${word} again`, ruleId],
  )
  // Somebody of ours follows it, and was told of a word that was public.
  const notificationId = randomUUID()
  await database.pool.query(
    `insert into incident_watcher (incident_id, person_id, customer_id, since) values ($1, $2, $3, now())`,
    [incident.id, owners[0]!.id, customerId],
  )
  await database.pool.query(
    `insert into incident_reader (incident_id, person_id, customer_id, since) values ($1, $2, $3, now())`,
    [incident.id, owners[0]!.id, customerId],
  )
  await database.pool.query(
    `insert into notification (id, person_id, kind, fact_id, fact_at, subject_type, subject_id, customer_id, created_at, shown)
     select $1, $2, 'watched', id, occurred_at, 'incident', $3, $4, now(), true from history
     where subject_id = $3 and kind = 'incident.state' limit 1`,
    [notificationId, owners[0]!.id, incident.id, customerId],
  )
  const [contactId, sourceId, messageId] = [randomUUID(), randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into contact_source (id, customer_id, name, channel, secret, created_at) values ($1, $2, $3, 'chat', 's1.x', now())`,
    [sourceId, customerId, `${word} chat`],
  )
  await database.pool.query(
    `insert into contact (id, customer_id, channel, outcome, subject, details, started_at, recorded_at, caller_name, caller_phone,
       incident_id, site_id, source_id, conversation)
     values ($1, $2, 'chat', 'attached', $3, $3, now(), now(), $3, '0711 5551234', $4, $5, $6, $3)`,
    [contactId, customerId, `${word} call`, incident.id, siteId, sourceId],
  )
  await database.pool.query(
    `insert into contact_message (id, customer_id, contact_id, source_id, message_id, author, text, sent_at)
     values ($1, $2, $3, $4, $5, 'caller', $5, now())`,
    [messageId, customerId, contactId, sourceId, word],
  )
  const [textTemplateId, macroId] = [randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into text_template (id, customer_id, name, language, text, created_at) values ($1, $2, $3, 'en', $3, now())`,
    [textTemplateId, customerId, `${word} words`],
  )
  await database.pool.query(
    `insert into macro (id, customer_id, name, text, created_at) values ($1, $2, $3, $3, now())`,
    [macroId, customerId, `${word} steps`],
  )
  const [taskId, itemId, timeId] = [randomUUID(), randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into incident_task (id, customer_id, incident_id, title, created_at) values ($1, $2, $3, $4, now())`,
    [taskId, customerId, incident.id, `${word} visit`],
  )
  await database.pool.query(
    `insert into checklist_item (id, customer_id, incident_id, text, created_at) values ($1, $2, $3, $4, now())`,
    [itemId, customerId, incident.id, `${word} cable`],
  )
  await database.pool.query(
    `insert into time_entry (id, customer_id, incident_id, person_id, day, minutes, note, created_at)
     values ($1, $2, $3, $4, '2026-02-02', 15, $5, now())`,
    [timeId, customerId, incident.id, owners[0]!.id, word],
  )
  return [
    attachmentId,
    escalationId,
    ruleId,
    ...articles,
    ...(whole ? [textTemplateId, macroId] : []),
    taskId,
    itemId,
    timeId,
    contactId,
    sourceId,
    messageId,
    notificationId,
  ]
}

/** A major incident that is over, its page for all, and what is to be done; their ids, its own first. */
export async function majorIncidentOf(
  database: TestDatabase,
  { customerId, incident, word, whole }: OfDesk,
): Promise<readonly string[]> {
  const [majorId, statusPageId, actionId] = [randomUUID(), randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into major_incident (id, customer_id, incident_id, state, criteria, criteria_words, proposed_at, declared_at, commander_id,
       business_impact, restored_at, monitoring_until, updated_at)
     select $1, $2::uuid, $3, 'review-done', '{other}', $4, now(), now(), min(id::text)::uuid, $4, now(), now(), now() from person where customer_id = $2`,
    [majorId, customerId, incident.id, word],
  )
  await database.pool.query(
    `insert into major_incident_action (id, customer_id, major_incident_id, kind, what, created_at) values ($1, $2, $3, 'process', $4, now())`,
    [actionId, customerId, majorId, word],
  )
  await database.pool.query(
    `insert into major_incident_text (major_incident_id, customer_id, language, section, text, updated_at) values ($1, $2, 'en', 'cause', $3, now())`,
    [majorId, customerId, word],
  )
  await database.pool.query(
    `insert into history (id, subject_type, subject_id, customer_id, kind, facts, visibility, occurred_at)
     values (gen_random_uuid(), 'major-incident', $1, $2, 'major-incident.update', jsonb_build_object('audience', 'users', 'language', 'en', 'text', $3::text, 'nextDue', null), 'public', now())`,
    [majorId, customerId, word],
  )
  await database.pool.query(
    `insert into status_page (id, customer_id, audience, fingerprint, made_at, revoked_at) values ($1, $2, 'users', sha256(convert_to($4, 'UTF8')), now(), $3)`,
    [statusPageId, customerId, whole ? null : new Date(), statusPageId],
  )
  return [majorId, statusPageId, actionId]
}
