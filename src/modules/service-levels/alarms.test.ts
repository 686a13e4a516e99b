import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import { inContext } from '#platform/testing.ts'
import { type TestWorld, testWorld } from '../../testing.ts'
import { tellDueAlarms } from './alarms.ts'

const always = Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }])
const hour = 3600

interface ToldFact {
  readonly number: string
  readonly kind: string
  readonly at: string
  readonly facts: { readonly metric: string; readonly percent?: number; readonly late?: true; readonly onAttach?: true }
}

/** A customer who is promised a resolution round the clock: P1 in two hours, P3 in four. */
async function promised({ at = '2026-03-02T09:00:00Z' } = {}) {
  const world = await testWorld({ now: new Date(at) })
  const customer = await world.call('POST', '/customers', { name: 'Nordlicht', key: 'NL' })
  await world.call('POST', '/calendars', { name: 'Always', rules: { timeZone: 'UTC', week: always } })
  const targets = [
    { metric: 'resolution', priority: 'p1', targetSeconds: 2 * hour, attainmentBp: 9500 },
    { metric: 'resolution', priority: 'p3', targetSeconds: 4 * hour, attainmentBp: 9500 },
  ]
  const agreement = await world.call('POST', '/agreements', {
    name: 'Standard',
    customer: customer.body.id,
    calendar: 'Always',
    validFrom: '2026-01-01T00:00:00Z',
    activate: true,
    targets,
    terms: { onPriorityChange: { correction: 'retroactive', worsened: 'restart', eased: 'restart' } },
  })
  await world.work()
  const declare = async (title: string, urgency = 'low') => {
    const { body } = await world.call('POST', '/incidents', {
      customer: customer.body.id,
      title,
      impact: 'high',
      urgency,
    })
    return body as { readonly id: string; readonly number: string; readonly version: number }
  }
  return { ...world, declare, agreement: agreement.body, customer: customer.body, targets }
}

/** Tells what is due at a moment, as one process would. */
async function tellAt(world: TestWorld & { at: (now: string) => void }, moment: string, limit?: number) {
  world.at(moment)
  const now = new Date(moment)
  while ((await inContext(world.database, (context) => tellDueAlarms(context, limit), { actor: system, now })) > 0);
}

async function told({ database }: TestWorld): Promise<ToldFact[]> {
  const { rows } = await database.pool.query(
    `select i.number, h.kind, to_char(h.occurred_at at time zone 'UTC', 'HH24:MI:SS') as at, h.facts
     from history h join incident i on i.id = h.subject_id where h.kind like 'clock.%' order by h.recorded_at, h.id`,
  )
  return rows as ToldFact[]
}

const words = ({ kind, at, facts }: ToldFact) => `${at} ${kind === 'clock.breached' ? 'breached' : facts.percent}`

test('half, three quarters, nine tenths and the breach are told when they are true, each once', async () => {
  const world = await promised()
  await world.declare('Slow')
  await tellAt(world, '2026-03-02T10:59:59Z')
  expect(await told(world)).toEqual([])
  for (const moment of ['11:00:05', '11:00:20', '12:00:05', '12:36:05', '13:00:00']) {
    await tellAt(world, `2026-03-02T${moment}Z`)
  }
  // Equality is met: at the very moment it is not yet missed.
  await tellAt(world, '2026-03-02T13:00:10Z')
  await tellAt(world, '2026-03-03T13:00:10Z')
  const facts = await told(world)
  expect(facts.map(words)).toEqual(['11:00:00 50', '12:00:00 75', '12:36:00 90', '13:00:00 breached'])
  expect(facts.some(({ facts: { late } }) => late)).toBe(false)
})

test('after an hour without anybody to tell, everything is told in its order and marked as late', async () => {
  const world = await promised()
  await world.declare('First')
  world.at('2026-03-02T09:10:00Z')
  await world.declare('Second', 'high')
  // Two at a time, so that several batches keep the order among them.
  await tellAt(world, '2026-03-02T12:40:00Z', 2)
  const facts = await told(world)
  expect(facts.map((fact) => `${fact.number} ${words(fact)}`)).toEqual([
    'NL-1002 10:10:00 50',
    'NL-1002 10:40:00 75',
    'NL-1002 10:58:00 90',
    'NL-1001 11:00:00 50',
    'NL-1002 11:10:00 breached',
    'NL-1001 12:00:00 75',
    'NL-1001 12:36:00 90',
  ])
  expect(facts.every(({ facts: { late } }) => late)).toBe(true)
})

test('two processes that tell at the same time tell each once', async () => {
  const world = await promised()
  for (let index = 0; index < 30; index++) await world.declare(`Trouble ${index}`)
  const now = new Date('2026-03-02T12:00:00Z')
  const process = async () => {
    while ((await inContext(world.database, (context) => tellDueAlarms(context, 4), { actor: system, now })) > 0);
  }
  await Promise.all([process(), process(), process()])
  await process()
  const facts = (await told(world)).map((fact) => `${fact.number} ${words(fact)}`)
  expect(facts).toHaveLength(60)
  expect(new Set(facts).size).toBe(60)
})

test('a pause holds warnings back and moves them; what was told before is not told again', async () => {
  const world = await promised()
  const { id } = await world.declare('Waits')
  await tellAt(world, '2026-03-02T11:00:05Z')
  world.at('2026-03-02T11:30:00Z')
  await world.call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
  world.at('2026-03-02T11:30:01Z')
  await world.call('POST', `/incidents/${id}/transitions`, { to: 'on-hold', reason: 'awaiting-requester' })
  await tellAt(world, '2026-03-02T20:00:00Z')
  expect((await told(world)).map(words)).toEqual(['11:00:00 50'])
  await world.call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
  await tellAt(world, '2026-03-02T20:30:05Z')
  expect((await told(world)).map(words)).toEqual(['11:00:00 50', '20:29:59 75'])
})

test('what was reached before somebody paused or resolved is told though nobody was there to tell it', async () => {
  const world = await promised()
  const { id } = await world.declare('Late')
  world.at('2026-03-02T13:30:00Z')
  await world.call('POST', `/incidents/${id}/transitions`, { to: 'resolved', note: 'Done' })
  await tellAt(world, '2026-03-02T13:30:05Z')
  expect((await told(world)).map(words)).toEqual(['11:00:00 50', '12:00:00 75', '12:36:00 90', '13:00:00 breached'])
})

test('a priority that is attached when it is breached already is told once, as of its attachment', async () => {
  const world = await promised()
  const { id, version } = await world.declare('Rated wrongly')
  await tellAt(world, '2026-03-02T11:00:05Z')
  world.at('2026-03-02T11:45:00Z')
  const changed = { urgency: 'high', priorityChange: 'correction' }
  const headers = { 'if-match': `"${version}"` }
  expect((await world.call('PATCH', `/incidents/${id}`, changed, { headers })).status).toBe(200)
  await tellAt(world, '2026-03-02T11:45:10Z')
  await tellAt(world, '2026-03-02T15:00:00Z')
  const facts = await told(world)
  expect(facts.map(words)).toEqual(['11:00:00 50', '11:45:00 breached'])
  expect(facts[1]!.facts).toMatchObject({ metric: 'resolution', onAttach: true })
  expect(facts[1]!.facts.late).toBeUndefined()
})

test('counting anew keeps what was told, and another target is told of on its own', async () => {
  const world = await promised()
  await world.declare('Counted again')
  await tellAt(world, '2026-03-02T11:00:05Z')
  const again = { calendar: 'Always', validFrom: '2026-02-01T00:00:00Z', targets: world.targets }
  const agree = async (body: object, version: number) => {
    const headers = { 'if-match': `"${version}"` }
    const { body: made } = await world.call('POST', `/agreements/${world.agreement.id}/versions`, body, { headers })
    const match = { 'if-match': `"${made.version}"` }
    const path = `/agreements/${world.agreement.id}/versions/${made.versions[0].id}/activate`
    const reply = await world.call('POST', path, {}, { headers: match })
    expect(reply.status, reply.text).toBe(200)
    await world.work()
    return reply.body.version as number
  }
  const version = await agree(again, world.agreement.version)
  await tellAt(world, '2026-03-02T11:10:00Z')
  expect((await told(world)).map(words)).toEqual(['11:00:00 50'])

  const shorter = world.targets.map((target) => ({ ...target, targetSeconds: hour }))
  await agree({ ...again, validFrom: '2026-02-02T00:00:00Z', targets: shorter }, version)
  await tellAt(world, '2026-03-02T11:10:05Z')
  expect((await told(world)).map(words)).toEqual(['11:00:00 50', '11:10:00 breached'])
})

test('a customer’s people read that a promise was missed, and not that it was at risk', async () => {
  const world = await promised()
  const { id } = await world.declare('Seen')
  await tellAt(world, '2026-03-02T14:00:00Z')
  const { body } = await world.call('GET', `/incidents/${id}/timeline`, undefined, {
    as: { ...system, access: 'customer', customers: [world.customer.id], personId: id, roles: new Set(['requester']) },
  })
  const kinds = body.items.map(({ kind }: { kind: string }) => kind)
  expect(kinds).toContain('clock.breached')
  expect(kinds).not.toContain('clock.at-risk')
})
