import { expect, test } from 'vitest'
import { recomputeClocks } from '#modules/incidents'
import { actorWith } from '#platform/testing.ts'
import {
  approve,
  approver,
  computed,
  counted,
  countsOf,
  explained,
  figures,
  hour,
  lateHoliday,
  lock,
  type Named,
  request,
  requester,
  stored,
} from './testing.ts'

test('a late holiday changes nothing until somebody else has approved it, and then what it touches', async () => {
  const world = await counted()
  const before = await stored(world, 'clock', 'calendar_version', 'attainment_month', 'history')
  const correction = await computed(world, lateHoliday(world.calendar))
  expect(correction).toMatchObject({ state: 'computed', counts: { clocks: 1, flips: 1, locked: 0 } })
  // That it waits to be decided is all that was written down.
  const asked = `(select * from history where kind <> 'correction.requested')`
  expect(await stored(world, 'clock', 'calendar_version', 'attainment_month', asked)).toBe(before)

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
  expect((await computed(world, lateHoliday(world.calendar))).counts).toEqual(countsOf({}))

  // What comes out as it is stored is neither written again nor locked.
  const { pool, db } = world.database
  const versions = async () => (await pool.query('select id, xmin, xmax from clock order by id')).rows
  const written = await versions()
  expect(written).not.toEqual([])
  const now = new Date('2026-06-04T08:00:00Z')
  expect(await recomputeClocks(pool, db, { customerId: world.customer.id, now })).toBe(world.incidents.length)
  expect(await versions()).toEqual(written)
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
  expect(correction.counts).toEqual(countsOf({ clocks: 1, flips: 1, locked: 0 }))
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
  const opening = after.find(({ kind }: { kind: string }) => kind === 'incident.opened')
  const crossed = await request(world, { ...moved, fact: opening.id, occurredAt: '2026-05-14T07:00:01Z' })
  expect(crossed.body).toMatchObject({
    code: 'correction.out-of-order',
    detail: expect.stringContaining('until Thu, 14 May 2026, 09:00 (Europe/Berlin)'),
  })
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
  expect(correction.counts).toEqual(countsOf({ clocks: 1, flips: 1, locked: 1, movedIn: 1 }))
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
  expect(correction.counts).toEqual(countsOf({ clocks: 3, flips: 2, locked: 0 }))
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
  expect(lateOne.counts).toEqual(countsOf({ clocks: 1, flips: 1, locked: 1 }))
  await approve(world, lateOne)
  await recomputeClocks(pool, db, { customerId: world.customer.id, now: new Date('2026-06-04T08:00:00Z') })
  expect(await figures(world)).toEqual(['2026-05 1 0 1', '2026-06 1 0 0'])
  const { body: entries } = await world.call('GET', `/reports/attainment/adjustments?incident=${quick.id}`)
  expect(entries.items).toMatchObject([{ month: '2026-05', met: -1, excluded: 1, correctionId: lateOne.id }])
  expect((await request(world, await exclusion(quick))).body.code).toBe('correction.excluded')
})
