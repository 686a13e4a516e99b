import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import { actorWith, inContext, manager } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { type Cadence, meetingsBetween } from './cadence.ts'
import { planAll } from './plan.ts'

const weekly: Cadence = {
  weekdays: [2],
  weeks: 1,
  nth: null,
  months: 1,
  startsOn: '2026-03-03',
  atMinute: 540,
  timeZone: 'Europe/Berlin',
}

test.each<[string, Partial<Cadence>, string, string, readonly string[]]>([
  [
    'each Tuesday, in the time of its zone before and after clocks change',
    {},
    '2026-03-22',
    '2026-04-04',
    ['2026-03-24T08:00', '2026-03-31T07:00'],
  ],
  [
    'each working day',
    { weekdays: [1, 2, 3, 4, 5], atMinute: 495 },
    '2026-03-05',
    '2026-03-10',
    ['2026-03-05T07:15', '2026-03-06T07:15', '2026-03-09T07:15'],
  ],
  [
    'each second week, counted from the first day',
    { weeks: 2 },
    '2026-03-01',
    '2026-04-01',
    ['2026-03-03T08:00', '2026-03-17T08:00', '2026-03-31T07:00'],
  ],
  [
    'the first Tuesday of a month',
    { nth: 1 },
    '2026-03-01',
    '2026-05-10',
    ['2026-03-03T08:00', '2026-04-07T07:00', '2026-05-05T07:00'],
  ],
  [
    'the last Friday of each quarter',
    { nth: -1, months: 3, weekdays: [5] },
    '2026-03-01',
    '2026-10-01',
    ['2026-03-27T08:00', '2026-06-26T07:00', '2026-09-25T07:00'],
  ],
  ['nothing before its first day', { startsOn: '2026-03-10' }, '2026-03-01', '2026-03-15', ['2026-03-10T08:00']],
  [
    'what zones far away call another day',
    { timeZone: 'Pacific/Auckland' },
    '2026-03-02',
    '2026-03-10',
    ['2026-03-02T20:00', '2026-03-09T20:00'],
  ],
])('a forum meets %s', (_, change, from, until, expected) => {
  const meetings = meetingsBetween({ ...weekly, ...change }, new Date(`${from}T00:00Z`), new Date(`${until}T00:00Z`))
  expect(meetings.map((at) => at.toISOString().slice(0, 16))).toEqual(expected)
})

async function world() {
  const here = await testWorld({ now: new Date('2026-03-02T06:00Z') })
  const { call, database } = here
  await database.pool.query(`insert into person (id, name) values ($1, 'Boss')`, [manager.personId])
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL' })
  const mia = await made('/people', { name: 'Mia' })
  const daily = {
    customer: customer.id,
    name: 'Morning round',
    tier: 1,
    weekdays: [1, 2, 3, 4, 5],
    startsOn: '2026-03-02',
    atMinute: 495,
    minutes: 15,
    timeZone: 'Europe/Berlin',
    agenda: ['Safety', 'Open incidents'],
    members: [mia.id],
  }
  const forum = await made('/forums', daily)
  const runs = async () => {
    const path = `/forum-runs?from=2026-03-01T00:00:00Z&to=2026-12-01T00:00:00Z&forum=${forum.id}&limit=200`
    return (await call('GET', path)).body.items
  }
  const write = (id: string, version: number, body: object) =>
    call('PATCH', `/forum-runs/${id}`, body, { headers: { 'if-match': `"${version}"` } })
  return { ...here, made, customer, mia, forum, runs, write }
}

test('meetings are planned ahead, written down, and counted: held with quorum and with something that came of it', async () => {
  const { call, made, mia, forum, runs, write, at } = await world()
  const [first, second, third] = await runs()
  expect(first).toMatchObject({ plannedAt: '2026-03-02T07:15:00.000Z', state: 'planned', invited: 1 })
  expect((await write(first.id, 1, { state: 'held' })).body.code).toBe('forum-run.not-yet')
  at('2026-03-04T12:00Z')
  const there = { state: 'held', present: [mia.id, manager.personId] }
  expect((await write(first.id, 1, { ...there, minutes: 'Two scanners' })).body).toMatchObject({
    beganAt: '2026-03-02T07:15:00.000Z',
    present: 2,
    members: [
      { name: 'Boss', present: true },
      { name: 'Mia', present: true },
    ],
  })
  // Late, and with too few.
  await write(second.id, 1, { state: 'held', beganAt: '2026-03-03T07:30:00Z', present: [mia.id] })
  expect((await write(third.id, 1, { state: 'not-held' })).body.code).toBe('action.why-needed')
  expect((await write(third.id, 1, { state: 'not-held', reason: 'Strike' })).status).toBe(200)
  const adherence = async () => (await call('GET', `/forums/${forum.id}`)).body.adherence
  expect(await adherence()).toEqual({ planned: 3, held: 2, onTime: 1, full: 1 })
  const whole = (await call('GET', '/forum-adherence?weeks=2')).body
  const counts = { planned: 3, held: 2, onTime: 1, full: 1 }
  expect(whole).toEqual({
    from: '2026-02-23',
    forums: [
      {
        forum: { id: forum.id, name: 'Morning round' },
        customer: expect.any(Object),
        tier: 1,
        ...counts,
        unrecorded: 0,
      },
    ],
    weeks: [{ week: '2026-03-02', tier: 1, ...counts }],
  })
  // Each of the counts opens to its meetings, by the day where they are held.
  const days = async (of: string) =>
    (await call('GET', `/forum-runs?from=2026-02-01T00:00:00Z&to=2026-12-01T00:00:00Z&${of}`)).body.items.map(
      ({ plannedAt }: { plannedAt: string }) => plannedAt.slice(8, 10),
    )
  const week = 'fromDay=2026-03-02&untilDay=2026-03-09&tier=1'
  expect(await days(`${week}&kind=planned`)).toEqual(['02', '03', '04'])
  expect(await days(`${week}&kind=held`)).toEqual(['02', '03'])
  expect(await days(`${week}&kind=on-time`)).toEqual(['02'])
  expect(await days(`${week}&kind=full`)).toEqual(['02'])
  expect(await days(`${week}&kind=unrecorded`)).toEqual([])
  expect(await days(`${week.replace('tier=1', 'tier=2')}&kind=planned`)).toEqual([])
  expect(await days('fromDay=2026-03-03&untilDay=2026-03-04')).toEqual(['03'])
  // An action that came of it counts as something, and is followed by the forum.
  await write(second.id, 2, there)
  const origin = { kind: 'forum-run', id: second.id }
  const action = await made('/actions', { text: 'Ask for spare ones', due: '2026-03-03', owner: mia.id, origin })
  expect(action).toMatchObject({ forum: { name: 'Morning round' }, origin: { label: 'Morning round 2026-03-03' } })
  expect(await adherence()).toMatchObject({ full: 2 })
  expect((await call('GET', `/actions?forum=${forum.id}`)).body.items).toHaveLength(1)
  expect((await call('GET', '/forums')).body.items).toMatchObject([{ openActions: 1, overdueActions: 1 }])
})

test('a board says what came since its last meeting and what is due before the next, each with its incidents', async () => {
  const { call, made, customer, database, forum, at } = await world()
  at('2026-03-03T10:00Z')
  const other = await made('/customers', { name: 'Other', key: 'OTH' })
  const declared = async (title: string, whose: string) =>
    (await made('/incidents', { customer: whose, title, impact: 'low', urgency: 'low' })).number
  const [late, due, taken] = [
    await declared('Late', customer.id),
    await declared('Due', customer.id),
    await declared('Taken', customer.id),
  ]
  await declared('Theirs', other.id)
  const { pool } = database
  await pool.query(`update incident set opened_at = '2026-03-01T10:00Z' where number = $1`, [late])
  await pool.query('update incident set assignee_id = $2 where number = $1', [taken, manager.personId])
  const [ground] = (
    await pool.query(`
      with cal as (insert into calendar (id, customer_id, name) values (gen_random_uuid(), '${customer.id}', 'X') returning id),
        cv as (insert into calendar_version (id, calendar_id, customer_id, valid_from, rules)
          select gen_random_uuid(), id, '${customer.id}', '2026-01-01', '{}' from cal returning id, calendar_id),
        a as (insert into agreement (id, customer_id, name) values (gen_random_uuid(), '${customer.id}', 'X') returning id),
        av as (insert into agreement_version (id, agreement_id, customer_id, type, number, state, valid_from, terms, calendar_id)
          select gen_random_uuid(), a.id, '${customer.id}', 'sla', 1, 'active', '2026-01-01', '{}', cv.calendar_id from a, cv returning id),
        t as (insert into target (id, agreement_version_id, customer_id, metric, priority, target_seconds, attainment_bp)
          select gen_random_uuid(), id, '${customer.id}', 'resolution', 'p5', 3600, 9500 from av returning id)
      select cv.id as calendar, av.id as version, t.id as target from cv, av, t`)
  ).rows
  for (const [number, state, dueAt] of [
    [late, 'breached-running', '2026-03-02T10:00Z'],
    [due, 'running', '2026-03-04T07:00Z'],
    [taken, 'running', '2026-03-04T08:00Z'],
  ])
    await pool.query(
      `insert into clock (id, customer_id, incident_id, number, metric, priority, state, due_at, target_ms, elapsed_ms,
         agreement_version_id, target_id, calendar_version_id)
       select gen_random_uuid(), customer_id, id, number, 'resolution', priority, $2, $3, 1, 1, $4, $5, $6 from incident where number = $1`,
      [number, state, dueAt, ground.version, ground.target, ground.calendar],
    )
  const { body } = await call('GET', `/forums/${forum.id}/interval`)
  expect(body).toMatchObject({ since: '2026-03-03T07:15:00.000Z', until: '2026-03-04T07:15:00.000Z' })
  const found = body.items.map(
    ({ key, count, records }: { key: string; count: number; records: { title: string }[] }) => [
      key,
      count,
      records
        .map(({ title }) => title)
        .toSorted()
        .join(),
    ],
  )
  expect(found).toEqual([
    ['major', 0, ''],
    ['escalated', 0, ''],
    ['late', 1, 'Late'],
    ['due', 1, 'Due'],
    ['unassigned', 2, 'Due,Late'],
    ['opened', 2, 'Due,Taken'],
    ['resolved', 0, ''],
  ])
  // The same to hand on: as a picture that stands by itself, and on paper.
  const { text: drawn } = await call('GET', `/forums/${forum.id}/picture?lang=de`)
  for (const words of [forum.name, 'Hat niemand</text>', '>2</text>', 'Nichts ist offen.'])
    expect(drawn).toContain(words)
  const { status, text: paper } = await call('GET', `/forums/${forum.id}/picture?format=pdf`)
  expect([status, paper.slice(0, 5)]).toEqual([200, '%PDF-'])
})

test('what one tier cannot settle is lifted to the next, and stays one action', async () => {
  const { call, made, customer, mia, forum } = await world()
  const rhythm = { weekdays: [3], startsOn: '2026-03-02', atMinute: 600, minutes: 45, timeZone: 'Europe/Berlin' }
  const next = await made('/forums', { customer: customer.id, name: 'Weekly', tier: 2, ...rhythm })
  const { id } = await made('/actions', {
    customer: customer.id,
    text: 'Night cover',
    due: '2026-03-09',
    owner: mia.id,
    forum: forum.id,
  })
  const lift = (to: string, version: number) =>
    call('PATCH', `/actions/${id}`, { forum: to }, { headers: { 'if-match': `"${version}"` } })
  expect((await lift(next.id, 1)).body).toMatchObject({ forum: { name: 'Weekly' }, redated: 0 })
  expect((await call('GET', `/actions?forum=${forum.id}`)).body.items).toEqual([])
  const other = await made('/customers', { name: 'Other' })
  const foreign = await made('/forums', { customer: other.id, name: 'Theirs', tier: 2, ...rhythm })
  expect((await lift(foreign.id, 2)).body.code).toBe('forum.not-found')
})

test('a new rhythm leaves what was planned before, planning goes on by night, and a customer sees none of it', async () => {
  const { call, database, customer, forum, runs, write, at } = await world()
  const before = await runs()
  expect(before).toHaveLength(25)
  at('2026-03-04T06:00Z')
  const change = (body: object, version: number) =>
    call('PATCH', `/forums/${forum.id}`, body, { headers: { 'if-match': `"${version}"` } })
  expect((await change({ weekdays: [4] }, 1)).status).toBe(200)
  const after = await runs()
  // Monday and Tuesday are over, and stay as they were planned.
  expect(after.map(({ plannedAt }: { plannedAt: string }) => plannedAt.slice(0, 10))).toEqual([
    '2026-03-02',
    '2026-03-03',
    '2026-03-05',
    '2026-03-12',
    '2026-03-19',
    '2026-03-26',
    '2026-04-02',
  ])
  expect(after[0].unrecorded).toBe(true)
  const unrecorded = await call('GET', '/forum-runs?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z&kind=unrecorded')
  expect(unrecorded.body.items).toEqual(after.slice(0, 2))
  at('2026-03-12T06:00Z')
  await inContext(database, planAll, { actor: system, now: new Date('2026-03-12T06:00Z') })
  expect((await runs()).at(-1).plannedAt.slice(0, 10)).toBe('2026-04-09')
  expect((await change({ ended: true }, 2)).body.nextAt).toBeNull()
  expect((await change({ name: 'x' }, 3)).body.code).toBe('forum.over')
  await write(after[0].id, 1, { state: 'held', minutes: 'Private words' })
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  for (const path of [
    '/forums',
    '/forum-adherence',
    `/forums/${forum.id}`,
    `/forums/${forum.id}/interval`,
    `/forums/${forum.id}/picture`,
    `/forum-runs/${after[0].id}`,
  ])
    expect((await call('GET', path, undefined, { as })).status, path).toBe(404)
  const { rows } = await database.pool.query(`select count(*)::int as count from pg_policies
    where tablename in ('forum', 'forum_member', 'forum_run', 'forum_attendance') and 'plumbline_customer' = any(roles) and permissive = 'PERMISSIVE'`)
  expect(rows).toEqual([{ count: 0 }])
})

test('a forum may govern a supplier: found by it, with its own people and nobody of another, and seen as such by who sees money', async () => {
  const { call, made, database, mia } = await world()
  const supplier = async (name: string) => (await made('/suppliers', { name, tier: 'critical' })).id as string
  const [quersee, elbkant] = [await supplier('Quersee'), await supplier('Elbkant')]
  await database.pool.query('insert into supplier_person (supplier_id, person_id) values ($1, $2)', [elbkant, mia.id])
  const rhythm = {
    weekdays: [4],
    nth: 1,
    startsOn: '2026-03-02',
    atMinute: 600,
    minutes: 60,
    timeZone: 'Europe/Berlin',
  }
  const governs = { name: 'Supplier round', tier: 3, ...rhythm }
  const round = await made('/forums', { ...governs, supplier: quersee })
  expect(round.supplier).toEqual({ id: quersee, name: 'Quersee' })
  const of = async (id: string) => (await call('GET', `/forums?supplier=${id}`)).body.items
  expect(await of(quersee)).toMatchObject([{ id: round.id, nextAt: '2026-03-05T09:00:00.000Z' }])
  expect(await of(elbkant)).toEqual([])
  const theirs = { ...governs, supplier: quersee, members: [mia.id] }
  expect((await call('POST', '/forums', theirs)).body.code).toBe('forum.member-elsewhere')
  const change = (body: object) =>
    call('PATCH', `/forums/${round.id}`, body, { headers: { 'if-match': `"${round.version}"` } })
  expect((await change({ supplier: elbkant, members: [mia.id] })).body).toMatchObject({
    supplier: { id: elbkant },
    members: [{ id: mia.id }],
  })
  const agent = await call('GET', `/forums/${round.id}`, undefined, { as: actorWith('staff', ['agent']) })
  expect(agent.body.supplier).toBeNull()
})
