import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import type { NewsFact } from '#platform/news.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { tellDueAlarms } from './alarms.ts'
import { requestNews } from './news.ts'

const office = { opens: 480, closes: 1080 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const HOUR = 3600
const words = (text: string) => ({ en: text, de: text })

/** An order of Monday, ten o'clock in Berlin, that is promised within sixteen hours, and who has it in hand. */
async function ordered() {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call } = world
  const made = async (path: string, body: object, more: Parameters<typeof call>[3] = {}) => {
    const reply = await call('POST', path, body, more)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const calendar = await made('/calendars', { customer: customer.id, name: 'Hours', rules })
  await made('/agreements', {
    customer: customer.id,
    name: 'SLA',
    calendar: 'Hours',
    validFrom: '2026-01-01T00:00:00Z',
    targets: [{ metric: 'response', priority: 'p3', targetSeconds: 7200, attainmentBp: 9500 }],
    terms: { fulfilment: [{ targetSeconds: 16 * HOUR, attainmentBp: 9000 }] },
    activate: true,
  })
  const desk = await made('/teams', { name: 'Service desk' })
  const { id: eva } = await made('/people', { name: 'Eva', email: 'eva@nordhafen.example', customer: customer.id })
  const { id: ada } = await made('/people', { name: 'Ada', email: 'ada@provider.example' })
  const { id: item } = await made('/catalogue-items', {
    name: words('Badge'),
    description: words('Badge'),
    customer: customer.id,
    fields: [],
    approval: [],
    plan: [{ kind: 'people', title: words('Make it'), team: desk.id, stage: 1, seconds: 40 * HOUR }],
  })
  await call('POST', `/catalogue-items/${item}/transitions`, { to: 'published' })
  await world.database.pool.query('insert into team_member (team_id, person_id) values ($1, $2)', [desk.id, ada])
  const as = { ...actorWith('staff', ['agent']), personId: ada }
  const order = { item, customer: customer.id, for: 'eva@nordhafen.example' }
  const request = await made('/requests', order, { as })
  await world.work()
  /** Tells what is due at a moment, as two processes at once would. */
  const tellAt = async (moment: string) => {
    world.at(moment)
    const options = { actor: system, now: new Date(moment) }
    const once = () => inContext(world.database, (context) => tellDueAlarms(context), options)
    while ((await Promise.all([once(), once()])).some((count) => count > 0));
  }
  const told = async () => {
    const { body } = await call('GET', `/requests/${request.id}/timeline`)
    const items = body.items as {
      kind: string
      occurredAt: string
      visibility: string
      facts: Record<string, unknown>
    }[]
    return items
      .filter(({ kind }) => kind === 'request.at-risk' || kind === 'request.breached')
      .map(({ occurredAt, facts, visibility }) =>
        [
          occurredAt.slice(8, 16),
          Number(facts['percent'] ?? 0) || 'missed',
          visibility,
          facts['late'] === true ? 'late' : 'in time',
        ].join(' '),
      )
  }
  return { world, calendar, customer, request, eva, ada, tellAt, told }
}

test('the promise of an order is warned of and missed at its moment, once, and what was passed while the program was away is told late and in order', async () => {
  const { world, customer, request, eva, ada, tellAt, told } = await ordered()
  await tellAt('2026-03-02T16:59:59Z')
  expect(await told()).toEqual([])
  await tellAt('2026-03-02T17:00:10Z')
  expect(await told()).toEqual(['02T17:00 50 internal in time'])
  await tellAt('2026-03-03T15:00:05Z')
  // Due at 16:00 in Berlin: at that moment it can still be kept.
  const all = [
    '02T17:00 50 internal in time',
    '03T11:00 75 internal late',
    '03T13:24 90 internal late',
    '03T15:00 missed public in time',
  ]
  expect(await told()).toEqual(all)
  await tellAt('2026-03-03T16:00:00Z')
  expect(await told()).toEqual(all)
  const { rows: facts } = await world.database.pool.query<NewsFact>(
    `select kind, facts, visibility, subject_id as "subjectId", customer_id as "customerId" from history
     where subject_id = $1 and kind in ('request.at-risk', 'request.breached') order by occurred_at`,
    [request.id],
  )
  const heard = await inContext(world.database, async (context) =>
    Promise.all(facts.map((fact) => requestNews.concerns(context, fact))),
  )
  const risk = { personId: ada, kind: 'clock-at-risk' }
  expect(heard).toEqual([[], [risk], [risk], [{ personId: ada, kind: 'clock-missed' }]])
  const as = { ...actorWith('customer', ['requester'], [customer.id]), personId: eva }
  const { body } = await world.call('GET', `/requests/${request.id}/timeline`, undefined, { as })
  const kinds = body.items.map(({ kind }: { kind: string }) => kind)
  expect(kinds).toContain('request.breached')
  expect(kinds).not.toContain('request.at-risk')
})

test('a late holiday moves what is promised and what is still to be told of it; what was told stays told', async () => {
  const { world, calendar, request, tellAt, told } = await ordered()
  await tellAt('2026-03-02T17:00:00Z')
  world.at('2026-03-03T08:00:00Z')
  const before = (await world.call('GET', `/requests/${request.id}`)).body.promisedAt
  const { body: read } = await world.call('GET', `/calendars/${calendar.id}`)
  const closed = { ...rules, exceptions: [{ date: '2026-03-03', windows: [], label: 'Works outing' }] }
  const changed = await world.call(
    'POST',
    `/calendars/${calendar.id}/versions`,
    { validFrom: '2026-03-02T23:00:00Z', rules: closed },
    { headers: { 'if-match': `"${read.version}"` } },
  )
  expect(changed.status, changed.text).toBe(201)
  await world.work()
  const after = (await world.call('GET', `/requests/${request.id}`)).body.promisedAt
  expect([before, after]).toEqual(['2026-03-03T15:00:00.000Z', '2026-03-04T15:00:00.000Z'])
  await tellAt('2026-03-04T14:00:00Z')
  expect(await told()).toEqual([
    '02T17:00 50 internal in time',
    '04T11:00 75 internal late',
    '04T13:24 90 internal late',
  ])
})
