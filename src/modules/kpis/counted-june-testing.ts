import { expect } from 'vitest'
import { type Context, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { testWorld, type TestWorld } from '../../testing.ts'
import { computeKpis } from './compute.ts'
import { type Ground, recordsIn } from './counted-testing.ts'
import { fillSteered } from './steered-testing.ts'

/** Everything happens in June 2025, in Berlin; what the examples of DOMAIN §3.8 say is counted by hand. */
const NOW = new Date('2025-07-02T09:00:00Z')
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const JUNE = '2025-06-01'

/** A world in which all of that is recorded and counted. */
export async function june() {
  const world = await testWorld({ now: NOW })
  const ground = await agreed(world)
  const records = recordsIn(world.database, ground)
  await fill(records)
  await fillSteered(ground, records)
  const { customerId } = ground
  await inContext(world, (context) => computeKpis(context, { customerId, from: JUNE, to: '2025-07-01' }))
  const { pool } = world.database
  await pool.query('delete from kpi_change')
  const read = async (what: string, where: string) =>
    (await pool.query(`select ${what} from kpi_value where month = $1 and ${where} order by 1`, [JUNE])).rows
  return { world, ground, pool, read }
}

export async function inContext<Result>(
  { database }: TestWorld,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  return transaction(database.db, system, 'read write', (db) =>
    work({ db, actor: system, now: NOW, requestId: 'test', listeners: {}, enqueue: async () => undefined }),
  )
}

async function agreed(world: TestWorld): Promise<Ground> {
  const made = async (path: string, body: object) => {
    const reply = await world.call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const { id: customerId } = await made('/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const place = { name: 'Mill', siteType: 'factory', segment: 'Petcare', market: 'DACH' }
  const { id: siteId } = await made('/sites', { customer: customerId, ...place })
  const { id: serviceId } = await made('/services', { customer: customerId, name: 'LIS' })
  const { id: teamId } = await made('/teams', { name: 'Desk', kind: 'desk' })
  const day = { opens: 6 * 60, closes: 22 * 60 }
  const rules = { timeZone: 'Europe/Berlin', week: [[day], [day], [day], [day], [day], [day], []] }
  await made('/calendars', { customer: customerId, name: 'Days', rules })
  const terms = { customer: customerId, calendar: 'Days', name: 'SLA', validFrom: '2025-01-01T00:00:00Z' }
  const target = { metric: 'resolution', priority: 'p3', targetSeconds: 3600, attainmentBp: 9500 }
  await made('/agreements', { ...terms, targets: [target], activate: true })
  // AVL-01.
  const of = { customer: customerId, service: serviceId }
  const promise = { calendar: 'Days', validFrom: '2025-01-01T00:00:00Z', targetPpm: 999_000, noticeMinutes: 60 }
  await made('/availability-promises', { ...of, ...promise })
  await world.database.pool.query(
    `insert into maintenance_window (id, customer_id, service_id, title, announced_at, starts_at, ends_at)
     values (gen_random_uuid(), $1, $2, 'Patches', '2025-06-01', '2025-06-14T18:00:00+02', '2025-06-14T22:00:00+02')`,
    [customerId, serviceId],
  )
  for (const [beganAt, endedAt] of [
    ['10T09:00', '10T11:30'],
    ['10T11:00', '10T12:00'],
    ['14T21:00', '14T23:00'],
    ['18T21:00', '19T07:00'],
  ]) {
    await made('/downtimes', {
      ...of,
      cause: 'x',
      beganAt: `2025-06-${beganAt}:00+02:00`,
      endedAt: `2025-06-${endedAt}:00+02:00`,
    })
  }
  const { rows } = await world.database.pool.query<
    Pick<Ground, 'agreementId' | 'agreementVersionId' | 'targetId' | 'calendarVersionId'>
  >(
    `select v.agreement_id as "agreementId", v.id as "agreementVersionId", t.id as "targetId", c.id as "calendarVersionId"
     from agreement_version v join target t on t.agreement_version_id = v.id join calendar_version c on c.calendar_id = v.calendar_id
     where v.customer_id = $1`,
    [customerId],
  )
  return { customerId, siteId, serviceId, teamId, ...rows[0]! }
}

async function fill({ incident, clock, kept, fact, put, ...records }: ReturnType<typeof recordsIn>): Promise<void> {
  const { contact, person, survey, request, catalogueItem } = records
  const [known, , , late] = [
    await person('2024-01-01'),
    await person('2024-01-01'),
    await person('2025-06-30'),
    await person('2025-07-01T12:00Z'),
    await person('2025-07-01T12:00Z'),
  ]
  const at = (day: number, time = '08:00') => `2025-06-${String(day).padStart(2, '0')}T${time}:00Z`

  // K05's example: 1, 2, 3 and 30 hours; hand-overs 0, 1, 1 and 3.
  const solved = [
    await incident(at(2), { resolved_at: at(2, '08:10'), hop_count: 0, channel: 'portal' }),
    await incident(at(3), { resolved_at: at(5), hop_count: 1, reopen_count: 1, channel: 'portal' }),
    await incident(at(4), { resolved_at: at(9), hop_count: 1, reopen_count: 1, channel: 'portal' }),
    await incident(at(5), {
      resolved_at: at(20),
      hop_count: 3,
      channel: 'phone',
      requester_id: late,
      caused_by_change: 'CHG0031',
    }),
  ] as const
  for (const [index, hours] of [1, 2, 3, 30].entries()) {
    await clock(solved[index]!, 'resolution', at(20 + index), hours * HOUR)
    await clock(solved[index]!, 'response', at(20 + index), (index + 1) * 600_000)
  }
  await incident(at(6), { state: 'cancelled', resolved_at: at(7) })
  // K12's example: 1, 2, 2, 5, 9 and 30 days old when June ends at 22:00 UTC.
  const open = []
  for (const days of [1, 2, 2, 5, 9, 30]) {
    open.push(
      await incident(new Date(Date.parse('2025-06-30T22:00Z') - days * DAY).toISOString(), { channel: 'phone' }),
    )
  }
  await kept(JUNE, 'resolution', 99, 1)
  await kept(JUNE, 'response', 9, 1)
  await kept(JUNE, 'next-update-gaps', 3, 1)

  // Answered twice; solved and held; reopened after a day; reopened after three days. Two do not count.
  const back = { from: 'resolved', to: 'in-progress' }
  for (const [index, days] of [
    [1, 1],
    [2, 3],
  ] as const) {
    const on = index === 1 ? 3 : 4
    await fact('incident', solved[index], 'incident.state', at(on, '08:10'), { to: 'resolved' })
    await fact('incident', solved[index], 'incident.state', at(on + days, '08:00'), back)
  }
  await contact(at(2), 'answered')
  await contact(at(2), 'answered')
  for (const index of [0, 1, 2] as const) await contact(at(2 + index), 'incident', { incident_id: solved[index] })
  await contact(at(6), 'attached', { incident_id: solved[3] })
  await contact(at(6), 'abandoned')

  const major = await put('major_incident', {
    incident_id: solved[3],
    state: 'stood-down',
    criteria: ['standstill'],
    proposed_at: at(10, '09:00'),
    declared_at: at(10, '09:00'),
    commander_id: known,
    restored_at: at(10, '10:50'),
    monitoring_until: at(10, '11:00'),
    stood_down_at: at(10, '11:00'),
    // Due on Tuesday the 17th.
    report_issued_at: at(18),
    reckoning: '{}',
    impact_minor: 4_875_000,
    impact_currency: 'EUR',
    updated_at: at(10, '11:00'),
  })
  // The first within half an hour; the next was promised for ten and came half an hour later.
  const update = (time: string, nextDue: string | null) =>
    fact('major-incident', major, 'major-incident.update', at(10, time), { nextDue })
  await update('09:20', at(10, '10:00'))
  await update('10:30', null)
  for (const index of [0, 1]) {
    await put('escalation', {
      incident_id: open[index],
      source: 'customer',
      direction: 'inbound',
      kind: 'functional',
      level: 1,
      reason: 'x',
      raised_at: at(30),
    })
  }

  // XLA-01 without device health: NPS +45, 192 minutes lost, effort 5.8.
  const given = (count: number, score: number) => Array.from({ length: count }, () => ({ score, lost_minutes: 192 }))
  await survey(JUNE, 'nps', 40, [...given(12, 9), ...given(5, 7), ...given(3, 3)])
  await survey(JUNE, 'ces', 10, [{ score: 5 }, ...Array.from({ length: 4 }, () => ({ score: 6 }))])

  await records.putPlain('portal_search', { day: JUNE, searches: 40, without_result: 10 })
  await records.putPlain('portal_find', { day: JUNE, seconds: 30, times: 2 })
  await records.putPlain('portal_find', { day: '2025-06-12', seconds: 90 })
  const read = { audience: 'agent', title: 'Reset', text: 'So', language: 'en', created_at: at(1), updated_at: at(1) }
  const helped = await put('article', { ...read, state: 'published', review_due: '2026-06-01' })
  await put('article', { ...read, state: 'published', review_due: '2025-06-29' })
  await put('article', { ...read, state: 'outdated', review_due: '2026-06-01' })
  await put('article', { ...read, customer_id: null, state: 'published', review_due: '2026-06-01' })
  await put('article', { ...read, state: 'draft' })
  await records.putPlain('incident_article', { incident_id: solved[0], article_id: helped, said_at: at(2) })
  for (const [visited, times] of [
    [solved[0], 1],
    [solved[1], 2],
  ] as const) {
    for (let visit = 0; visit < times; visit++) {
      await put('incident_task', {
        incident_id: visited,
        title: 'Look at it',
        state: 'done',
        done_at: at(12 + visit),
        appointment_from: at(12 + visit, '06:00'),
        appointment_to: at(12 + visit, '07:00'),
        appointment_zone: 'Europe/Berlin',
        created_at: at(11),
      })
    }
  }

  await put('incident_task', {
    incident_id: solved[2],
    title: 'Look at it',
    appointment_from: at(16, '06:00'),
    appointment_to: at(16, '07:00'),
    appointment_zone: 'Europe/Berlin',
    created_at: at(11),
  })

  await put('friction_point', {
    site_id: null,
    title: 'Badge printer jams',
    people: 12,
    per_week: 6,
    minutes: 14,
    found_by: 'visit',
    state: 'verified',
    observed_at: at(1),
    verified_at: at(20),
    updated_at: at(20),
  })
  // 52 of 70 hours went by with asking (K33's example), and another one took 30 with nobody asked.
  const ordered = { item: await catalogueItem(), requesterId: known }
  await request(at(2), at(5, '06:00'), { ...ordered, hours: 8, inTime: false, waits: [40, 12], work: 'people' })
  await request(at(2), at(3, '14:00'), { ...ordered, hours: 100, inTime: true, waits: [], work: 'call' })
}
