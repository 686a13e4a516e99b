import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { poisonNewer, toldNewer } from './review-poisoned-newer-testing.ts'
import type { TestWorld } from './testing.ts'

/** What stands in everything that the customer may not read, and in all texts of the other customer. */
export const SECRET = 'Kraken'

/** What stands in everything of an incident that few may know of. */
export const CONFIDED = 'Muräne'

/** What stands in everything that a section tells the customer, each with its own word. */
export const told = {
  action: 'Seestern Maßnahme',
  decision: 'Seestern Entscheidung',
  ask: 'Seestern Frage',
  said: 'Seestern gesagt',
  friction: 'Seestern Drucker',
  improvement: 'Seestern Verbesserung',
  contract: 'Seestern Vertrag',
  obligation: 'Seestern Pflicht',
  charge: 'Seestern Posten',
  level: 'Seestern Kennwert',
  maintenance: 'Seestern Wartung',
  complaint: 'Seestern Beschwerde',
  quote: 'Seestern Lob',
  ...toldNewer,
} as const

/** Amounts that must not be told, in minor units: their digits are nobody else's. */
export const secretAmounts = [74_839_201, 66_617_733] as const

/**
 * A customer of whom February 2026 has something in every section of the review, with secrets beside.
 *
 * @param word Said instead of what may be told: where nothing of this customer may be read.
 */
export async function poisoned({ call, database: { pool } }: TestWorld, name: string, word?: string): Promise<string> {
  const say = (key: keyof typeof told) => word ?? told[key]
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, `${path} ${reply.text}`).toBe(201)
    return reply.body
  }
  const { id: customerId } = await made('/customers', { name, key: name.slice(0, 3).toUpperCase(), language: 'de' })
  const site = await made('/sites', { customer: customerId, name: `${word ?? 'Hamburg'} Halle` })
  const service = await made('/services', { customer: customerId, name: `${word ?? 'Scanner'} WLAN` })
  const small = await made('/services', { customer: customerId, name: `${word ?? 'Kleine'} Gruppe` })
  const { id: ours } = await made('/people', { name: `Ada ${SECRET}`, email: `${name.slice(0, 3)}@dienst.example` })
  const put = async (table: string, row: Readonly<Record<string, unknown>>, id = randomUUID()) => {
    await plain(table, { id, customer_id: customerId, ...row })
    return id
  }
  const plain = async (table: string, row: Readonly<Record<string, unknown>>) => {
    const kept = Object.entries(row).filter(([, value]) => value !== undefined)
    const values = kept.map((_, at) => `$${at + 1}`)
    await pool.query(
      `insert into ${table} (${kept.map(([column]) => column).join()}) values (${values.join()})`,
      kept.map(([, value]) => value),
    )
  }
  const at = '2026-02-10T10:00:00Z'
  const incident = await made('/incidents', {
    customer: customerId,
    service: service.id,
    site: site.id,
    impact: 'low',
    urgency: 'low',
    title: `${word ?? 'Scanner'} bucht nicht`,
  })
  await pool.query(`update incident set opened_at = $2, occurred_at = $2 where id = $1`, [incident.id, at])

  // Counted everywhere, told nowhere, neither to the customer nor to our own people.
  const confided = await made('/incidents', {
    customer: customerId,
    service: service.id,
    site: site.id,
    impact: 'high',
    urgency: 'high',
    title: CONFIDED,
  })
  await pool.query(
    `update incident set opened_at = $2, occurred_at = $2, concerns_security = true, source_key = $3 where id = $1`,
    [confided.id, at, CONFIDED],
  )
  await put('major_incident', {
    incident_id: confided.id,
    state: 'declared',
    criteria: ['other'],
    criteria_words: CONFIDED,
    business_impact: CONFIDED,
    service_ids: [service.id],
    site_ids: [site.id],
    proposed_at: at,
    commander_id: ours,
    declared_at: at,
    updated_at: at,
  })
  await put('escalation', {
    incident_id: confided.id,
    source: 'customer',
    direction: 'inbound',
    kind: 'functional',
    level: 1,
    reason: CONFIDED,
    raised_at: at,
  })

  const action = { owner_id: ours, owner_side: 'provider', due: '2026-02-20', first_due: '2026-02-20', made_at: at }
  const from = { origin_kind: 'incident', origin_id: incident.id, origin_label: SECRET }
  await put('action', { ...action, ...from, text: say('action'), evidence: SECRET, shared: true })
  await put('action', { ...action, text: `${SECRET} Maßnahme` })
  const decided = { state: 'decided', decided_by: 'Werkleitung', decided_on: '2026-02-12', made_at: at }
  const kept = { reason: SECRET, dissent: SECRET, owner_id: ours }
  await put('decision', { ...decided, ...kept, question: say('decision'), chosen: say('decision'), shared: true })
  await put('decision', { ...decided, question: SECRET, chosen: SECRET })
  await put('decision', { ...kept, question: say('ask'), made_at: at, shared: true })
  const better = { theme: 'quality', benefit_type: 'time', owner_id: ours, made_at: at }
  await put('improvement', {
    ...better,
    problem: say('improvement'),
    findings: SECRET,
    evidence: SECRET,
    shared: true,
    cost_minor: secretAmounts[0],
    cost_currency: 'EUR',
  })
  await put('improvement', { ...better, problem: SECRET })
  const friction = { people: 12, per_week: 6, minutes: 14, found_by: 'visit', observed_at: at, updated_at: at }
  await put('friction_point', {
    ...friction,
    title: say('friction'),
    description: SECRET,
    who: SECRET,
    workaround: SECRET,
    outcome: SECRET,
    state: 'validated',
    rate_minor: secretAmounts[1],
    currency: 'EUR',
    reporter_id: ours,
    owner_id: ours,
  })
  await put('friction_point', { ...friction, title: SECRET, place: SECRET })
  const answer = { source_type: 'other', created_at: at }
  await put('said_done', { ...answer, said: say('said'), did: say('said'), owner_id: ours, published_at: at })
  await put('said_done', { ...answer, said: SECRET, did: SECRET })
  await put('maintenance_window', {
    service_id: service.id,
    title: say('maintenance'),
    announced_at: at,
    starts_at: '2026-03-14T18:00:00Z',
    ends_at: '2026-03-14T22:00:00Z',
  })
  for (const [state, day] of [
    ['done', '2026-02-11'],
    ['open', '2026-03-11'],
  ] as const)
    await put('incident_task', {
      incident_id: incident.id,
      title: SECRET,
      state,
      person_id: ours,
      appointment_from: `${day}T08:00:00Z`,
      appointment_to: `${day}T09:00:00Z`,
      appointment_zone: 'Europe/Berlin',
      created_at: at,
      done_at: state === 'done' ? `${day}T09:00:00Z` : null,
    })
  await put('feedback_case', {
    kind: 'complaint',
    text: say('complaint'),
    findings: SECRET,
    received_at: at,
  })
  await put('escalation', {
    incident_id: incident.id,
    source: 'internal',
    direction: 'inbound',
    kind: 'functional',
    level: 1,
    reason: SECRET,
    raised_at: at,
  })

  // Twelve who may be told together; two of another service, of whom nothing may be told.
  const surveyId = await put('survey', {
    name: SECRET,
    trigger: 'event',
    scale: 'csat',
    anonymity: 'confidential',
    created_at: at,
  })
  const asked = { survey_id: surveyId, month: '2026-02-01' }
  const felt = { ...asked, scale: 'csat', anonymity: 'confidential' }
  for (let each = 0; each < 14; each += 1) {
    const service_id = each < 12 ? service.id : small.id
    await put('survey_invitation', { ...asked, service_id, language: 'de', expires_at: at })
    await put('survey_answer', { ...felt, service_id, score: each < 12 ? 4 : 1 })
  }
  const said = { ...asked, service_id: service.id, scale: 'csat', score: 4, language: 'de' }
  await put('verbatim', { ...said, text: say('quote'), may_quote: true })
  await put('verbatim', { ...said, text: SECRET, may_quote: false })

  const contract = await put('contract', {
    number: say('contract'),
    title: say('contract'),
    state: 'live',
    currency: 'EUR',
    owner_id: ours,
    starts_on: '2025-01-01',
    created_at: '2025-01-01T00:00:00Z',
  })
  const of = { contract_id: contract, created_at: '2025-01-01T00:00:00Z' }
  await put('contract_version', {
    ...of,
    number: 1,
    valid_from: '2025-01-01',
    ends_on: '2026-07-01',
    notice_days: 60,
  })
  await plain('contract_private', {
    contract_id: contract,
    customer_id: customerId,
    margin_target_bp: 3131,
    value_minor: 98765432,
    note: SECRET,
  })
  await put('obligation', {
    ...of,
    text: say('obligation'),
    party: 'provider',
    first_on: '2026-02-15',
    evidence_needed: false,
    rule: 'FREQ=MONTHLY',
    owner_id: ours,
  })
  const charge = { contract_id: contract, month: '2026-02-01', kind: 'fixed', amount_minor: 1_234_500, parts: '[]' }
  await put('charge', { ...charge, name: say('charge'), state: 'reviewed', dispute: SECRET, computed_at: at })
  await put('charge', { ...charge, name: SECRET, computed_at: at })
  const regime = await put('credit_regime', { ...of, valid_from: '2025-01-01', terms: '{}', sources: '{}' })
  const credit = (month: string, state: string, named: string) => {
    const level = { level: 'p1', name: named, outcome: 'missed', numerator: 9, denominator: 10, targetPpm: 950_000 }
    const levels = [{ ...level, standing: 'counted', shareMinor: 500, event: SECRET, source: { kind: SECRET } }]
    return put('service_credit', {
      contract_id: contract,
      regime_id: regime,
      month,
      state,
      calculated_at: at,
      lines: '[]',
      dispute: SECRET,
      basis_minor: 1234500,
      uncapped_minor: 500,
      amount_minor: 500,
      levels: JSON.stringify(levels),
    })
  }
  const creditId = await credit('2026-02-01', 'notified', say('level'))
  await credit('2026-01-01', 'calculated', SECRET)

  const stakeholder = await put('stakeholder', {
    name: `Kim ${SECRET}`,
    interests: SECRET,
    level: 'head',
    influence: 5,
    audience: 'operations',
    created_at: at,
    cadence_days: 30,
    owner_id: ours,
  })
  const spoken = { stakeholder_id: stakeholder, created_at: at }
  await put('stakeholder_interaction', {
    ...spoken,
    kind: 'visit',
    face_to_face: true,
    on_day: '2026-02-11',
    notes: SECRET,
  })
  await put('relationship_pulse', { ...spoken, quarter: '2026-01-01', score: 3, sentence: SECRET })
  await poisonNewer({
    word,
    secret: SECRET,
    amounts: secretAmounts,
    customerId,
    name,
    person: ours,
    incidentId: incident.id,
    contractId: contract,
    creditId,
    serviceId: service.id,
    put,
    plain,
  })
  return customerId
}
