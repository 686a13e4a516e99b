import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { approve, computed, countsOf } from './testing.ts'

function week(opens: number, closes: number, days = 5) {
  return Array.from({ length: 7 }, (_, day) => (day < days ? [{ opens: opens * 60, closes: closes * 60 }] : []))
}

/** An incident of Monday at 16:00 that the network had until Wednesday at 10:00, by an agreement in hours of its own. */
async function heldByTheNetwork() {
  const world = await testWorld({ now: new Date('2025-06-02T08:00:00Z') })
  const made = async (path: string, body: object) => {
    const reply = await world.call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  await made('/calendars', { name: 'Always', rules: { timeZone: 'Europe/Berlin', week: week(0, 24, 7) } })
  const calendar = await made('/calendars', {
    name: 'Network hours',
    rules: { timeZone: 'Europe/Berlin', week: week(8, 18) },
  })
  const customer = await made('/customers', { name: 'Nordhafen' })
  await made('/teams', { name: 'Network' })
  const target = { metric: 'resolution', priority: 'p1', targetSeconds: 72 * 3600, attainmentBp: 9500 }
  const common = { customer: customer.id, validFrom: '2025-01-01T00:00:00Z', activate: true }
  await made('/agreements', { ...common, name: 'SLA', calendar: 'Always', targets: [target] })
  await made('/agreements', {
    ...common,
    name: 'Network OLA',
    calendar: 'Network hours',
    type: 'ola',
    party: { team: 'Network' },
    targets: [{ ...target, targetSeconds: 8 * 3600 }],
    behind: [{ agreement: 'SLA', step: 1 }],
  })
  await world.work()
  world.at('2025-06-02T14:00:00Z')
  const outage = { title: 'Scanners are offline', impact: 'high', urgency: 'high' }
  const incident = await made('/incidents', { ...outage, customer: customer.id, team: 'Network' })
  world.at('2025-06-04T08:00:00Z')
  await world.call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: 'Done' })
  world.at('2025-06-05T08:00:00Z')
  const behind = async () => (await world.call('GET', `/incidents/${incident.id}/holders`)).body.behind
  return { world, calendar, customer: customer.id as string, behind }
}

test('a late holiday that only a team’s agreement knows finds what the team promised, and nobody of the customer reads of it', async () => {
  const { world, calendar, customer, behind } = await heldByTheNetwork()
  expect(await behind()).toMatchObject([{ state: 'breached-stopped', elapsedSeconds: 14 * 3600 }])

  const change = { kind: 'late-holiday', calendar: calendar.id, date: '2025-06-03', label: 'Works outing' }
  const correction = await computed(world, change)
  expect(correction.counts).toEqual(countsOf({ behind: 1 }))
  const path = `/corrections/${correction.id}`
  const { body: differences } = await world.call('GET', `${path}/differences?behind=true`)
  expect(differences.items).toMatchObject([
    {
      behind: 'Network OLA',
      metric: 'resolution',
      before: { state: 'breached-stopped', elapsedSeconds: 14 * 3600 },
      after: { state: 'met', elapsedSeconds: 4 * 3600 },
      month: null,
      flips: true,
    },
  ])
  expect((await world.call('GET', `${path}/differences?behind=false`)).body.items).toEqual([])

  expect((await approve(world, correction)).status).toBe(202)
  expect((await world.call('GET', path)).body.state).toBe('applied')
  expect(await behind()).toMatchObject([{ state: 'met', elapsedSeconds: 4 * 3600 }])
  // Both results stay readable there, and only with us.
  expect((await world.call('GET', `${path}/differences`)).body.items).toHaveLength(1)
  const as = actorWith('customer', ['customer-stakeholder'], [customer])
  const theirs = await world.call('GET', `${path}/differences`, undefined, { as })
  expect(theirs.body.items ?? []).toEqual([])
})
