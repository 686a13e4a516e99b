import { expect, test } from 'vitest'
import { recomputeClocks } from '#modules/incidents'
import type { Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import { type TestWorld, testWorld } from '../../testing.ts'

const office = { opens: 8 * 60, closes: 18 * 60 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const hour = 3600

const requester = actorWith('staff', ['agent'])
const approver = actorWith('staff', ['service-manager'])
const administrator = actorWith('staff', ['administrator', 'service-manager'])

type World = TestWorld & { readonly at: (now: string) => void }

interface Named {
  readonly id: string
  readonly number: string
}

/**
 * A customer with a resolution within ten hours in office hours, and three incidents: resolved in May too late by the
 * hours of 14 May, resolved in May in time, resolved in June in time.
 */
async function counted(): Promise<
  World & { customer: Named; calendar: Named; agreement: { id: string; version: number }; incidents: Named[] }
> {
  const world = await testWorld({ now: new Date('2026-05-13T06:00:00Z') })
  const { body: customer } = await world.call('POST', '/customers', {
    name: 'Nordlicht',
    key: 'NL',
    timeZone: 'Europe/Berlin',
  })
  const { body: calendar } = await world.call('POST', '/calendars', { name: 'Office', customer: customer.id, rules })
  const { body: agreement } = await world.call('POST', '/agreements', {
    name: 'SLA',
    customer: customer.id,
    calendar: 'Office',
    validFrom: '2026-05-01T00:00:00Z',
    activate: true,
    targets: ['p1', 'p3', 'p5'].map((priority) => ({
      metric: 'resolution',
      priority,
      targetSeconds: 10 * hour,
      attainmentBp: 9000,
    })),
  })
  await world.work()
  const incidents: Named[] = []
  for (const [opened, resolved] of [
    // Wed 13 May 16:00 to Fri 15 May 09:00: 2 + 10 + 1 hours, of which ten on Ascension Day, when nobody was there.
    ['2026-05-13T14:00:00Z', '2026-05-15T07:00:00Z'],
    ['2026-05-18T07:00:00Z', '2026-05-18T09:00:00Z'],
    ['2026-06-02T07:00:00Z', '2026-06-02T09:00:00Z'],
  ] as const) {
    world.at(opened)
    const { body } = await world.call('POST', '/incidents', {
      customer: customer.id,
      title: 'Trouble',
      impact: 'high',
      urgency: 'low',
    })
    world.at(resolved)
    await world.call('POST', `/incidents/${body.id}/transitions`, { to: 'resolved', note: 'Done' })
    incidents.push(body)
  }
  world.at('2026-06-03T08:00:00Z')
  return { ...world, customer, calendar, agreement, incidents }
}

async function request({ call }: TestWorld, change: object, as: Actor = requester) {
  const body = { reason: 'The customer told us', evidence: 'Mail of 3 June', change }
  return call('POST', '/corrections', body, { as })
}

async function computed(world: World, change: object) {
  const { status, body, text } = await request(world, change)
  expect(status, text).toBe(201)
  expect((await world.call('POST', `/corrections/${body.id}/compute`, {}, { as: requester })).status).toBe(202)
  await world.work()
  const reply = await world.call('GET', `/corrections/${body.id}`)
  expect(reply.body.failure).toBeNull()
  return reply.body
}

async function approve(world: World, { id, version }: { id: string; version: number }, as: Actor = approver) {
  const reply = await world.call(
    'POST',
    `/corrections/${id}/approve`,
    {},
    {
      as,
      headers: { 'if-match': `"${version}"` },
    },
  )
  await world.work()
  return reply
}

/** The sum of the first clock's steps, before and after; the server's own sum has to be the same. */
async function explained({ call }: TestWorld, { id }: { id: string }) {
  const { status, body, text } = await call('POST', `/corrections/${id}/differences/1/explanation`)
  expect(status, text).toBe(200)
  return Object.fromEntries(
    (['before', 'after'] as const).map((side) => {
      const { steps, result } = body[side] as {
        steps: { countedSeconds: number }[]
        result: { elapsedSeconds: number }
      }
      const sum = steps.reduce((total, { countedSeconds }) => total + countedSeconds, 0)
      expect(sum).toBe(result.elapsedSeconds)
      return [side, sum]
    }),
  )
}

async function lock({ call, customer }: Awaited<ReturnType<typeof counted>>, month: string) {
  for (const to of ['soft-closed', 'locked']) {
    const reply = await call('POST', `/periods/${customer.id}/${month}/transitions`, { to })
    expect(reply.status, reply.text).toBe(200)
  }
}

async function figures({ call, customer }: Awaited<ReturnType<typeof counted>>) {
  const { body } = await call('GET', `/reports/attainment?customer=${customer.id}&groupBy=month`)
  return body.groups.map((group: { key: string; met: number; failed: number; excluded: number }) =>
    [group.key, group.met, group.failed, group.excluded].join(' '),
  )
}

/** Everything that is stored of results, as text. */
async function stored({ database }: TestWorld, ...tables: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    tables.map((table) =>
      database.pool.query(
        `select coalesce(jsonb_agg(to_jsonb(t) order by t::text), '[]')::text as rows from ${table} t`,
      ),
    ),
  )
  return parts.map(({ rows }) => rows[0].rows).join('\n')
}

const lateHoliday = (calendar: Named) => ({
  kind: 'late-holiday',
  calendar: calendar.id,
  date: '2026-05-14',
  label: 'Ascension Day',
})

test('a late holiday changes nothing until somebody else has approved it, and then what it touches', async () => {
  const world = await counted()
  const before = await stored(world, 'clock', 'calendar_version', 'attainment_month', 'history')
  const correction = await computed(world, lateHoliday(world.calendar))
  expect(correction).toMatchObject({ state: 'computed', counts: { clocks: 1, flips: 1, locked: 0 } })
  expect(await stored(world, 'clock', 'calendar_version', 'attainment_month', 'history')).toBe(before)

  const { body: page } = await world.call('GET', `/corrections/${correction.id}/differences`)
  expect(page.items).toMatchObject([
    {
      number: world.incidents[0]!.number,
      before: { state: 'breached-stopped', elapsedSeconds: 13 * hour },
      after: { state: 'met', elapsedSeconds: 3 * hour },
      month: '2026-05',
      locked: false,
    },
  ])

  const { body: sums } = await world.call('GET', `/corrections/${correction.id}/figures`)
  expect(sums.items).toMatchObject([
    {
      month: '2026-05',
      priority: 'p3',
      metric: 'resolution',
      locked: false,
      before: { met: 1, failed: 1, excluded: 0 },
      after: { met: 2, failed: 0, excluded: 0 },
    },
  ])
  const foreseen = await explained(world, correction)
  const { text: told } = await world.call('POST', `/corrections/${correction.id}/differences/1/explanation`)
  expect(told).toContain('Ascension Day')
  expect(foreseen).toEqual({ before: 13 * hour, after: 3 * hour })

  const own = await approve(world, correction, { ...approver, personId: requester.personId })
  expect(own.status).toBe(422)
  expect(own.body).toMatchObject({
    code: 'correction.own',
    detail: 'You asked for this correction: somebody else has to decide.',
  })
  expect((await approve(world, { ...correction, version: 1 })).status).toBe(412)
  expect((await approve(world, correction)).status).toBe(202)
  expect((await world.call('GET', `/corrections/${correction.id}`)).body.state).toBe('applied')
  expect(await figures(world)).toEqual(['2026-05 2 0 0', '2026-06 1 0 0'])
  expect(await explained(world, correction)).toEqual(foreseen)
  const { body: former } = await world.call('GET', `/incidents/${world.incidents[0]!.id}/former-results`)
  expect(former.items).toMatchObject([{ result: { state: 'breached-stopped' }, cause: 'correction' }])

  // The same correction a second time finds nothing any more.
  expect((await computed(world, lateHoliday(world.calendar))).counts).toMatchObject({ clocks: 0, flips: 0, locked: 0 })
})

test('in a locked period the result stays and the difference is adjusted in the open one, once', async () => {
  const world = await counted()
  await lock(world, '2026-05')
  const [clocks, months] = [await stored(world, 'clock'), await stored(world, 'attainment_month')]
  const correction = await computed(world, lateHoliday(world.calendar))
  expect(correction.counts).toMatchObject({ clocks: 1, flips: 1, locked: 1 })
  await approve(world, correction)
  expect(await stored(world, 'clock')).toBe(clocks)
  expect(await stored(world, 'attainment_month')).toBe(months)

  // The clock explains what was told; the correction both.
  expect(await explained(world, correction)).toEqual({ before: 13 * hour, after: 3 * hour })
  const late = world.incidents[0]!
  const { body: page } = await world.call('GET', `/incidents/${late.id}`)
  const { body: told } = await world.call('GET', `/incidents/${late.id}/clocks/${page.clocks[0].id}/explanation`)
  expect(told).toMatchObject({ asTold: true, clock: { elapsedSeconds: 13 * hour } })
  expect(told.steps.at(-1).elapsedSeconds).toBe(13 * hour)

  const { pool, db } = world.database
  for (let times = 0; times < 2; times++) {
    await recomputeClocks(pool, db, { customerId: world.customer.id, now: new Date('2026-06-04T08:00:00Z') })
  }
  expect(await stored(world, 'clock')).toBe(clocks)
  expect(await figures(world)).toEqual(['2026-05 1 1 0', '2026-06 1 0 0'])
  const { body: periods } = await world.call('GET', `/periods?customer=${world.customer.id}`)
  expect(periods.items).toMatchObject([
    { month: '2026-06', entered: 1, adjustments: 0 },
    { month: '2026-05', state: 'locked', adjustments: 1, adjustedBy: { met: 1, failed: -1, excluded: 0 } },
  ])
  const june = `/reports/attainment?customer=${world.customer.id}&from=2026-06-01&to=2026-07-01`
  const { body: report } = await world.call('GET', june)
  expect(report.adjustments).toEqual({
    entries: 1,
    response: { met: 0, failed: 0, excluded: 0 },
    resolution: { met: 1, failed: -1, excluded: 0 },
  })
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [world.customer.id])
  for (const as of [approver, stakeholder]) {
    const { body } = await world.call(
      'GET',
      `/reports/attainment/adjustments?customer=${world.customer.id}`,
      undefined,
      { as },
    )
    expect(body.items).toMatchObject([
      {
        number: world.incidents[0]!.number,
        month: '2026-05',
        enteredMonth: '2026-06',
        before: { state: 'breached-stopped' },
        after: { state: 'met' },
        cause: 'correction',
        correctionId: correction.id,
      },
    ])
  }
})

test('a correction of a moment, of a pause and of a service counts the incident anew and leaves its history as it was', async () => {
  const world = await counted()
  const [late, quick] = world.incidents as [Named, Named, Named]
  const timeline = async ({ id }: Named) => (await world.call('GET', `/incidents/${id}/timeline`)).body.items
  const fact = (await timeline(late)).find(({ facts }: { facts: { to?: string } }) => facts.to === 'resolved')
  const moved = {
    kind: 'corrected-timestamp',
    incident: late.number,
    fact: fact.id,
    occurredAt: '2026-05-14T07:00:00Z',
  }
  const correction = await computed(world, moved)
  expect(correction.counts).toMatchObject({ clocks: 1, flips: 1, locked: 0 })
  await approve(world, correction)
  const { body: incident } = await world.call('GET', `/incidents/${late.id}`)
  expect(incident).toMatchObject({
    resolvedAt: '2026-05-14T07:00:00.000Z',
    clocks: [{ state: 'met', elapsedSeconds: 3 * hour }],
  })
  const after = await timeline(late)
  expect(after.find(({ id }: { id: string }) => id === fact.id)).toEqual(fact)
  expect(after.at(-1)).toMatchObject({ kind: 'incident.corrected', facts: { fact: fact.id } })

  expect((await request(world, { ...moved, occurredAt: '2026-05-13T07:00:00Z' })).body.code).toBe(
    'correction.before-opening',
  )
  expect(
    (await request(world, { kind: 'disputed-pause', incident: late.id, fact: fact.id, waitedFor: 'other' })).body.code,
  ).toBe('correction.no-pause')
  await world.call('POST', '/services', { name: 'Elsewhere', customer: world.customer.id })
  expect(
    (await computed(world, { kind: 'wrong-agreement', incident: quick.id, service: 'Elsewhere' })).counts.clocks,
  ).toBe(0)
})

test('a result that comes into a locked month leaves the open one, and counts as an adjustment of the locked one', async () => {
  const world = await counted()
  const inJune = world.incidents[2]!
  world.at('2026-06-10T08:00:00Z')
  await lock(world, '2026-05')
  expect(await figures(world)).toEqual(['2026-05 1 1 0', '2026-06 1 0 0'])
  const { body: timeline } = await world.call('GET', `/incidents/${inJune.id}/timeline`)
  const change = (kind: string, occurredAt: string) => ({
    kind: 'corrected-timestamp',
    incident: inJune.id,
    fact: timeline.items.find(
      (each: { kind: string; facts: { to?: string } }) => each.kind === kind || each.facts.to === kind,
    ).id,
    occurredAt,
  })
  // Opened and resolved in May really.
  await approve(world, await computed(world, change('incident.opened', '2026-05-27T07:00:00Z')))
  const correction = await computed(world, change('resolved', '2026-05-27T09:00:00Z'))
  expect(correction.counts).toMatchObject({ clocks: 1, locked: 1, movedIn: 1 })
  const { body: differences } = await world.call('GET', `/corrections/${correction.id}/differences`)
  expect(differences.items).toMatchObject([{ month: '2026-05', locked: true, movedIn: true }])
  await approve(world, correction)
  expect(await figures(world)).toEqual(['2026-05 1 1 0'])
  const { body } = await world.call('GET', `/reports/attainment/adjustments?incident=${inJune.id}`)
  expect(body.items).toMatchObject([{ month: '2026-05', enteredMonth: '2026-06', met: 1, before: null }])
})

test('a pause that was none runs after all', async () => {
  const world = await counted()
  world.at('2026-06-03T08:00:00Z')
  const { body: incident } = await world.call('POST', '/incidents', {
    customer: world.customer.id,
    title: 'Waits',
    impact: 'high',
    urgency: 'low',
  })
  const step = async (moment: string, body: object) => {
    world.at(moment)
    const reply = await world.call('POST', `/incidents/${incident.id}/transitions`, body)
    expect(reply.status, reply.text).toBe(200)
  }
  await step('2026-06-03T08:01:00Z', { to: 'in-progress' })
  await step('2026-06-03T09:00:00Z', { to: 'on-hold', reason: 'awaiting-requester' })
  await step('2026-06-03T12:00:00Z', { to: 'in-progress' })
  await step('2026-06-03T13:00:00Z', { to: 'resolved', note: 'Done' })
  const { body: timeline } = await world.call('GET', `/incidents/${incident.id}/timeline`)
  const fact = timeline.items.find(({ facts }: { facts: { to?: string } }) => facts.to === 'on-hold')
  const change = { kind: 'disputed-pause', incident: incident.id, fact: fact.id, waitedFor: 'awaiting-supplier' }
  const correction = await computed(world, change)
  const { body: page } = await world.call('GET', `/corrections/${correction.id}/differences`)
  expect(page.items).toMatchObject([
    { before: { elapsedSeconds: 2 * hour }, after: { elapsedSeconds: 5 * hour }, flips: false },
  ])
})

test('a contract that is dated back counts from its beginning on, and its draft stays one until then', async () => {
  const world = await counted()
  const headers = { 'if-match': `"${world.agreement.version}"` }
  const { body: drafted } = await world.call(
    'POST',
    `/agreements/${world.agreement.id}/versions`,
    {
      calendar: 'Office',
      validFrom: '2026-05-10T00:00:00Z',
      targets: [{ metric: 'resolution', priority: 'p3', targetSeconds: hour, attainmentBp: 9000 }],
    },
    { headers },
  )
  const change = { kind: 'back-dated-contract', agreement: world.agreement.id, version: drafted.versions[0].id }
  const correction = await computed(world, change)
  expect(correction.counts).toMatchObject({ clocks: 3, flips: 2, locked: 0 })
  expect((await world.call('GET', `/agreements/${world.agreement.id}`)).body.versions[0].state).toBe('draft')
  await approve(world, correction)
  expect((await world.call('GET', `/agreements/${world.agreement.id}`)).body.versions[0].state).toBe('active')
  expect(await figures(world)).toEqual(['2026-05 0 2 0', '2026-06 0 1 0'])
})

test('a result is left out for a reason, with evidence and by two people, before its month is locked', async () => {
  const world = await counted()
  const clockOf = async ({ id }: Named) => (await world.call('GET', `/incidents/${id}`)).body.clocks[0].id
  const exclusion = async (incident: Named) => ({
    kind: 'exclusion',
    clock: await clockOf(incident),
    excludedFor: 'customer-caused',
  })
  const [late, quick] = world.incidents as [Named, Named, Named]
  const correction = await computed(world, await exclusion(late))
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [world.customer.id])
  const seen = async () => (await world.call('GET', '/corrections', undefined, { as: stakeholder })).body.items
  expect(await seen()).toEqual([])
  expect(
    (await world.call('GET', `/corrections/${correction.id}/differences`, undefined, { as: stakeholder })).status,
  ).toBe(404)
  await approve(world, correction)
  expect(await seen()).toMatchObject([{ id: correction.id, kind: 'exclusion', change: null, requestedBy: null }])

  expect(await figures(world)).toEqual(['2026-05 1 0 1', '2026-06 1 0 0'])
  const { body: report } = await world.call('GET', `/reports/attainment?customer=${world.customer.id}`)
  expect(report.manyExcluded).toBe(true)
  expect((await request(world, await exclusion(late))).body.code).toBe('correction.excluded')
  const { pool, db } = world.database
  await recomputeClocks(pool, db, { customerId: world.customer.id, now: new Date('2026-06-04T08:00:00Z') })
  expect(await figures(world)).toEqual(['2026-05 1 0 1', '2026-06 1 0 0'])

  // Of a locked month it is an adjustment, however often it is counted anew.
  await lock(world, '2026-05')
  const lateOne = await computed(world, await exclusion(quick))
  expect(lateOne.counts).toMatchObject({ clocks: 1, flips: 1, locked: 1 })
  await approve(world, lateOne)
  await recomputeClocks(pool, db, { customerId: world.customer.id, now: new Date('2026-06-04T08:00:00Z') })
  expect(await figures(world)).toEqual(['2026-05 1 0 1', '2026-06 1 0 0'])
  const { body: entries } = await world.call('GET', `/reports/attainment/adjustments?incident=${quick.id}`)
  expect(entries.items).toMatchObject([{ month: '2026-05', met: -1, excluded: 1, correctionId: lateOne.id }])
  expect((await request(world, await exclusion(quick))).body.code).toBe('correction.excluded')
})

test('a month goes from open to softly closed to locked, and back only by an administrator with a reason', async () => {
  const world = await counted()
  const path = `/periods/${world.customer.id}/2026-05/transitions`
  const to = (state: string, as: Actor = approver, reason?: string) =>
    world.call('POST', path, { to: state, ...(reason !== undefined && { reason }) }, { as })
  expect((await to('locked')).body.code).toBe('period.cannot')
  expect((await to('soft-closed', requester)).status).toBe(403)
  expect((await to('soft-closed')).body).toMatchObject({ state: 'soft-closed', met: 1, failed: 1 })
  expect((await to('open', approver, 'Forgot one')).status).toBe(403)
  expect((await to('open', administrator)).body.code).toBe('period.reason-needed')
  expect((await to('open', administrator, 'Forgot one')).body.state).toBe('open')
  await to('soft-closed')
  await to('locked')
  const never = await to('open', administrator, 'Please')
  expect([never.status, never.body.code]).toEqual([422, 'period.cannot'])
  await expect(world.database.pool.query("update period set state = 'open'")).rejects.toThrow(/locked/)
  const early = await world.call('POST', `/periods/${world.customer.id}/2026-06/transitions`, { to: 'soft-closed' })
  expect(early.body.code).toBe('period.not-over')
  const { body } = await world.call('GET', `/periods?customer=${world.customer.id}`)
  expect(body.items.map(({ month, state }: { month: string; state: string }) => `${month} ${state}`)).toEqual([
    '2026-06 open',
    '2026-05 locked',
  ])
})

test('what is reopened after its month was locked runs again, and what it was counted as is taken back as an adjustment', async () => {
  const world = await counted()
  await lock(world, '2026-05')
  const months = await stored(world, 'attainment_month')
  const quick = world.incidents[1]!
  world.at('2026-05-20T07:00:00Z')
  const reply = await world.call('POST', `/incidents/${quick.id}/transitions`, { to: 'in-progress' })
  expect(reply.status, reply.text).toBe(200)
  expect(reply.body.clocks[0].state).toBe('running')
  expect(await stored(world, 'attainment_month')).toBe(months)
  const { body } = await world.call('GET', `/reports/attainment/adjustments?incident=${quick.id}`)
  expect(body.items).toMatchObject([{ met: -1, failed: 0, cause: 'history', before: { state: 'met' } }])
  world.at('2026-06-03T09:00:00Z')
  await world.call('POST', `/incidents/${quick.id}/transitions`, { to: 'resolved', note: 'Again' })
  expect(await figures(world)).toEqual(['2026-05 1 1 0', '2026-06 1 1 0'])

  // Once June is locked too, what is adjusted is June's result and not the one of May.
  world.at('2026-07-02T09:00:00Z')
  await lock(world, '2026-06')
  const { body: timeline } = await world.call('GET', `/incidents/${quick.id}/timeline`)
  const last = timeline.items.findLast(({ facts }: { facts: { to?: string } }) => facts.to === 'resolved')
  const moved = { kind: 'corrected-timestamp', incident: quick.id, fact: last.id, occurredAt: '2026-05-20T08:00:00Z' }
  await approve(world, await computed(world, moved))
  const { body: entries } = await world.call('GET', `/reports/attainment/adjustments?incident=${quick.id}`)
  expect(entries.items).toMatchObject([
    { month: '2026-06', enteredMonth: '2026-07', met: 1, failed: -1, cause: 'correction' },
    { month: '2026-05', met: -1, failed: 0 },
  ])
})
