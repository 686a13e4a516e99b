import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '#platform/testing.ts'

/** Where what is counted in a test lies: a customer's site and service, a desk team, and what was agreed. */
export interface Ground {
  readonly customerId: string
  readonly siteId: string
  readonly serviceId: string
  readonly teamId: string
  readonly agreementId: string
  readonly agreementVersionId: string
  readonly targetId: string
  readonly calendarVersionId: string
}

type Row = Readonly<Record<string, unknown>>

/** Writes records as they stand, whatever made them. */
export function recordsIn({ pool }: Pick<TestDatabase, 'pool'>, ground: Ground) {
  const { customerId, siteId, serviceId, teamId } = ground
  let number = 0

  async function put(table: string, row: Row): Promise<string> {
    const given = Object.entries({ customer_id: customerId, ...row }).filter(([, value]) => value !== undefined)
    const whole: Row = Object.fromEntries(given)
    const columns = Object.keys(whole)
    await pool.query(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(whole),
    )
    return String(row['id'])
  }
  const withId = (table: string, row: Row) => put(table, { id: randomUUID(), ...row })
  const where = { site_id: siteId, service_id: serviceId }

  const incident = (opened: string, row: Row = {}) =>
    withId('incident', {
      ...where,
      team_id: teamId,
      number: `T-${(number += 1)}`,
      title: 'Something',
      state: row['resolved_at'] === undefined ? 'in-progress' : 'resolved',
      impact: 'low',
      urgency: 'low',
      priority: 'p3',
      occurred_at: opened,
      opened_at: opened,
      updated_at: opened,
      ...row,
    })
  const clock = (incidentId: string, metric: string, stopped: string, elapsedMs: number) =>
    withId('clock', {
      ...where,
      team_id: teamId,
      incident_id: incidentId,
      metric,
      agreement_version_id: ground.agreementVersionId,
      target_id: ground.targetId,
      calendar_version_id: ground.calendarVersionId,
      state: 'met',
      stopped_at: stopped,
      target_ms: 1,
      elapsed_ms: elapsedMs,
      priority: 'p3',
      number: 'T-1',
    })
  const kept = (month: string, metric: string, met: number, failed: number) =>
    put('attainment_month', {
      ...where,
      team_id: teamId,
      month,
      metric,
      priority: 'p3',
      agreement_version_id: ground.agreementVersionId,
      met,
      failed,
    })
  const fact = (
    subject: 'incident' | 'request' | 'major-incident' | 'improvement',
    id: string,
    kind: string,
    at: string,
    facts: Row,
  ) => withId('history', { subject_type: subject, subject_id: id, kind, occurred_at: at, facts: JSON.stringify(facts) })
  const contact = (started: string, outcome: string, row: Row = {}) =>
    withId('contact', {
      site_id: siteId,
      channel: 'phone',
      outcome,
      subject: 'Help',
      started_at: started,
      recorded_at: started,
      ...row,
    })
  const person = (created: string) =>
    withId('person', { name: 'Somebody', created_at: created, email: `${randomUUID()}@nordhafen.example` })

  /** A survey of a scale with so many asked and these answers, of a month. */
  async function survey(month: string, scale: string, asked: number, answers: readonly Row[]): Promise<void> {
    const surveyId = await withId('survey', {
      name: scale,
      trigger: 'event',
      scale,
      anonymity: 'confidential',
      created_at: month,
    })
    const of = { survey_id: surveyId, ...where, month }
    for (let index = 0; index < asked; index++)
      await withId('survey_invitation', { ...of, language: 'en', expires_at: month })
    for (const answer of answers) await withId('survey_answer', { ...of, scale, anonymity: 'confidential', ...answer })
  }

  /** A request that was delivered, with what was promised and how long people were asked. */
  async function request(
    ordered: string,
    delivered: string,
    { item, requesterId, hours, inTime, waits, work }: RequestPlan,
  ): Promise<string> {
    const id = await withId('request', {
      ...where,
      number: `R-${(number += 1)}`,
      item_id: item.id,
      item_version_id: item.versionId,
      name: '{"en":"Notebook","de":"Notebook"}',
      requester_id: requesterId,
      ordered_by_id: requesterId,
      state: 'delivered',
      agreement_version_id: ground.agreementVersionId,
      calendar_version_id: ground.calendarVersionId,
      target_seconds: hours * 3600,
      fulfilment_met: inTime,
      ordered_at: ordered,
      delivered_at: delivered,
      updated_at: delivered,
    })
    await fact('request', id, 'request.ordered', ordered, {})
    await fact('request', id, 'request.state', delivered, { from: 'fulfilling', to: 'delivered' })
    for (const [index, wait] of waits.entries()) {
      const until = new Date(Date.parse(ordered) + wait * 3_600_000).toISOString()
      const asked = { request_id: id, item_id: item.id, level: index + 1, by: 'service-manager', state: 'approved' }
      await withId('request_approval', { ...asked, asked_at: ordered, decided_at: until })
    }
    const task = { request_id: id, item_id: item.id, position: 1, stage: 1, title: '{}', state: 'done' }
    await withId('request_task', { ...task, kind: work, planned_seconds: 60 })
    return id
  }

  async function catalogueItem() {
    const written = { created_at: '2025-01-01T00:00:00Z' }
    const id = await withId('catalogue_item', { ...written, search: '', updated_at: '2025-01-01T00:00:00Z' })
    const words = '{"en":"Notebook","de":"Notebook"}'
    const none = '{"en":[],"de":[]}'
    const versionId = await withId('catalogue_item_version', {
      ...written,
      item_id: id,
      number: 1,
      name: words,
      synonyms: none,
      description: words,
      fields: '[]',
      approval: '[]',
      plan: '[]',
      with_approval: false,
      planned_seconds: 0,
    })
    return { id, versionId }
  }
  return { put: withId, putPlain: put, incident, clock, kept, fact, contact, person, survey, request, catalogueItem }
}

interface RequestPlan {
  readonly item: { readonly id: string; readonly versionId: string }
  readonly requesterId: string
  /** Promised service time. */
  readonly hours: number
  readonly inTime: boolean
  /** Hours that each level of approval took. */
  readonly waits: readonly number[]
  readonly work: 'people' | 'call'
}
