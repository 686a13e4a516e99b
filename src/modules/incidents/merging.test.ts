import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const office = { opens: 8 * 60, closes: 18 * 60 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const agent = actorWith('staff', ['agent'])

/** A customer with a resolution within four hours and an answer within one, on Monday 4 May 2026 at 09:00. */
async function desk(terms: object = {}) {
  const world = await testWorld({ now: new Date('2026-05-04T07:00:00Z') })
  const { call } = world
  const made = async (path: string, body: object, as = agent) => {
    const reply = await call('POST', path, body, { as })
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  const admin = actorWith('staff', ['administrator'])
  const customer = await made('/customers', { name: 'Elbkontor', key: 'EK', timeZone: 'Europe/Berlin' }, admin)
  await made('/calendars', { name: 'Office', customer: customer.id, rules }, admin)
  const targets = (['response', 'resolution'] as const).map((metric) => ({
    metric,
    priority: 'p3',
    targetSeconds: metric === 'response' ? 3600 : 14_400,
    attainmentBp: 9000,
  }))
  const agreement = { name: 'SLA', customer: customer.id, calendar: 'Office', validFrom: '2026-05-01T00:00:00Z' }
  await made('/agreements', { ...agreement, activate: true, targets, terms }, admin)
  const reported = (title: string) =>
    made('/incidents', { customer: customer.id, title, impact: 'high', urgency: 'low' })
  const link = (from: { id: string }, kind: string, to: { number: string }) =>
    call('POST', `/incidents/${from.id}/links`, { kind, to: to.number }, { as: agent })
  const move = (of: { id: string }, step: object) => made(`/incidents/${of.id}/transitions`, step)
  const states = async ({ id }: { id: string }) => {
    const { body } = await call('GET', `/incidents/${id}`)
    return [body.state, ...body.clocks.map(({ state }: { state: string }) => state)]
  }
  const figures = async () => {
    const { body } = await call('GET', `/reports/attainment?customer=${customer.id}&groupBy=month`)
    return body.groups.map(({ met, failed }: { met: number; failed: number }) => [met, failed])
  }
  return { ...world, customer, reported, link, move, states, figures }
}

test('a duplicate is cancelled as one, counts in no figure, says why, and comes back when it was none', async () => {
  const { call, reported, link, move, states, figures, at } = await desk()
  const [first, second] = [await reported('No mail'), await reported('Mail does not come')]
  await move(second, { to: 'on-hold', reason: 'awaiting-requester' }).catch(() => undefined)
  await move(second, { to: 'in-progress' })
  const linked = await link(second, 'duplicate-of', first)
  expect(linked.status, linked.text).toBe(201)
  expect(await states(second)).toEqual(['cancelled', 'cancelled', 'cancelled'])
  const { body: timeline } = await call('GET', `/incidents/${second.id}/timeline`)
  expect(timeline.items.at(-1)).toMatchObject({
    kind: 'incident.state',
    visibility: 'public',
    facts: { to: 'cancelled', cancelledFor: 'duplicate', into: first.number },
  })
  const { body: cancelled } = await call('GET', `/incidents/${second.id}`)
  const explain = (language: string) =>
    call('GET', `/incidents/${second.id}/clocks/${cancelled.clocks[1].id}/explanation`, undefined, {
      headers: { 'accept-language': language },
    })
  expect((await explain('de')).body.cancelled).toMatch(/doppelt gemeldet/)
  expect((await explain('en')).body.cancelled).toMatch(/duplicate/)
  await move(first, { to: 'resolved', note: 'Restarted' })
  expect(await figures()).toEqual([[1, 0]])

  // It was something else after all: it is counted as if it had never been cancelled.
  at('2026-05-04T09:30:00Z')
  const { body: links } = await call('GET', `/incidents/${first.id}/links`)
  const gone = await call('DELETE', `/incidents/${first.id}/links/${links.items[0].id}`, undefined, { as: agent })
  expect(gone.status).toBe(204)
  expect(await states(second)).toEqual(['in-progress', 'met', 'running'])
  await move(second, { to: 'resolved', note: 'Another cause' })
  const { body: done } = await call('GET', `/incidents/${second.id}`)
  expect(done.clocks[1]).toMatchObject({ state: 'met', elapsedSeconds: 2.5 * 3600 })
  expect(await figures()).toEqual([[2, 0]])

  // What is over is linked, and its result stays.
  expect((await link(second, 'duplicate-of', first)).status).toBe(201)
  expect(await states(second)).toEqual(['resolved', 'met', 'met'])
})

test('a request that was taken for an incident ends its clocks, with the reason in its history', async () => {
  const { call, reported, move, states, figures, link } = await desk()
  const incident = await reported('Please a second screen')
  await move(incident, { to: 'cancelled', cancelledFor: 'reclassified', note: 'Ordered in the shop' })
  expect(await states(incident)).toEqual(['cancelled', 'cancelled', 'cancelled'])
  const { body } = await call('GET', `/incidents/${incident.id}/timeline`)
  expect(body.items.at(-1).facts).toMatchObject({ cancelledFor: 'reclassified', note: 'Ordered in the shop' })
  expect(await figures()).toEqual([])
  const direct = await call('POST', `/incidents/${incident.id}/transitions`, {
    to: 'cancelled',
    cancelledFor: 'duplicate',
  })
  expect(direct.status).toBe(400)
  // A link to something else does not bring back what was cancelled for another reason.
  const other = await reported('No screen')
  expect((await link(incident, 'duplicate-of', other)).status).toBe(201)
  const { body: links } = await call('GET', `/incidents/${incident.id}/links`)
  await call('DELETE', `/incidents/${incident.id}/links/${links.items[0].id}`, undefined, { as: agent })
  expect(await states(incident)).toEqual(['cancelled', 'cancelled', 'cancelled'])
})

test('children of an incident count each, or once with it, as the agreement says; taken out they count again', async () => {
  for (const [children, joined, count] of [
    ['each', ['in-progress', 'met', 'running'], 3],
    ['once', ['in-progress', 'met', 'cancelled'], 1],
  ] as const) {
    const { call, reported, link, move, states, figures, at } = await desk({ children })
    const [parent, child, second] = [await reported('Network'), await reported('No mail'), await reported('No shop')]
    for (const each of [parent, child, second]) await move(each, { to: 'in-progress' })
    at('2026-05-04T08:00:00Z')
    for (const each of [child, second]) expect((await link(each, 'child-of', parent)).status).toBe(201)
    expect(await states(child)).toEqual(joined)
    at('2026-05-04T10:00:00Z')
    for (const each of [parent, child, second]) await move(each, { to: 'resolved', note: 'Cable' })
    expect(await figures()).toEqual([[count, 0]])
    expect(await states(child)).toEqual(['resolved', 'met', children === 'once' ? 'cancelled' : 'met'])

    const { body: links } = await call('GET', `/incidents/${child.id}/links`)
    await call('DELETE', `/incidents/${child.id}/links/${links.items[0].id}`, undefined, { as: agent })
    expect(await states(child)).toEqual(['resolved', 'met', 'met'])
    expect(await figures()).toEqual([[children === 'once' ? 2 : 3, 0]])
  }
})

test('an incident is part of one other, and of none that is part of it', async () => {
  const { reported, link } = await desk()
  const [one, two, three] = [await reported('One'), await reported('Two'), await reported('Three')]
  expect((await link(one, 'child-of', two)).status).toBe(201)
  const second = await link(one, 'child-of', three)
  expect([second.status, second.body.code]).toEqual([422, 'incident.link-second'])
  expect((await link(two, 'child-of', three)).status).toBe(201)
  const circle = await link(three, 'duplicate-of', one)
  expect([circle.status, circle.body.code]).toEqual([422, 'incident.link-circle'])
})

test('of two who merge crosswise at the same moment one wins, and the other is told why not', async () => {
  const { call, reported, link, states } = await desk()
  for (const round of [1, 2, 3]) {
    const [one, two] = [await reported(`One ${round}`), await reported(`Two ${round}`)]
    const replies = await Promise.all([link(one, 'duplicate-of', two), link(two, 'duplicate-of', one)])
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422])
    const refused = replies.find(({ status }) => status === 422)!
    expect(refused.body.code).toBe('incident.link-circle')
    expect(refused.body.detail).toContain(one.number)
    const after = [(await states(one))[0], (await states(two))[0]]
    expect(after.filter((state) => state === 'cancelled')).toHaveLength(1)

    // Taken back, both are as before.
    const { body: links } = await call('GET', `/incidents/${one.id}/links`)
    await call('DELETE', `/incidents/${one.id}/links/${links.items[0].id}`, undefined, { as: agent })
    expect([(await states(one))[0], (await states(two))[0]]).toEqual(['new', 'new'])
  }
})
