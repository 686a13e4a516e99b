import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { incidentLifecycle, type IncidentState } from '#api/incidents'
import { reachable } from '#core/lifecycle.ts'
import { localAt } from '#core/zone.ts'
import { ticketsOf } from './generate.ts'
import { checksumOf, planFor } from './testing.ts'
import type { SampleFact, SampleTicket } from './ticket.ts'

const plan = await planFor({ tickets: 6000 })
const tickets = [...ticketsOf(plan)]

test('the same seed gives the same tickets, another seed others', async () => {
  const checksum = checksumOf(await planFor({ tickets: 500 }))

  expect(checksumOf(await planFor({ tickets: 500 }))).toBe(checksum)
  expect(checksumOf(await planFor({ tickets: 500, seed: '2' }))).not.toBe(checksum)
})

test.each(['Pacific/Apia', 'America/New_York'])('a machine in %s makes the same tickets', async (zone) => {
  const script =
    "import { checksumOf, planFor } from './db/sample/testing.ts'; console.log(checksumOf(await planFor({ tickets: 300 })))"
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TZ: zone },
  })

  expect(stdout.trim()).toBe(checksumOf(await planFor({ tickets: 300 })))
})

test('there are exactly as many as asked for, in the order of their opening, within the period', () => {
  expect(tickets).toHaveLength(6000)
  let before = plan.from
  for (const { openedAt, updatedAt } of tickets) {
    expect(openedAt).toBeGreaterThanOrEqual(before)
    expect(updatedAt).toBeLessThan(plan.to)
    before = openedAt
  }
})

test('a single ticket and a single month can be had', async () => {
  expect([...ticketsOf(await planFor({ tickets: 1 }))]).toHaveLength(1)
  const month = [...ticketsOf(await planFor({ tickets: 50, months: 1 }))]
  expect(month).toHaveLength(50)
})

test('what happened to a ticket is a way through the lifecycle, and the ticket stands where it ends', () => {
  for (const ticket of tickets) {
    const { history } = ticket
    expect(history[0]).toMatchObject({ kind: 'incident.opened', at: ticket.openedAt })
    let state = history[0]!.facts['state'] as IncidentState
    let at = 0
    for (const fact of history) {
      expect(fact.at).toBeGreaterThanOrEqual(at)
      at = fact.at
      if (fact.kind !== 'incident.state') continue
      expect(fact.facts['from']).toBe(state)
      const next = fact.facts['to'] as IncidentState
      expect(reachable(incidentLifecycle, state)).toContain(next)
      expect(typeof fact.facts['reason'] === 'string').toBe(next === 'on-hold')
      expect(next !== 'resolved' || fact.facts['note'] !== undefined).toBe(true)
      state = next
    }
    expect(ticket.state).toBe(state)
    expect(ticket.updatedAt).toBe(at)
  }
})

test('moments, team, reopenings and hops of a ticket are those of its facts', () => {
  for (const ticket of tickets) {
    const states = ticket.history.filter(({ kind }) => kind === 'incident.state')
    const to = (name: string) => states.filter(({ facts }) => facts['to'] === name)
    const done = ticket.state === 'resolved' || ticket.state === 'closed'
    expect(ticket.resolvedAt).toBe(done ? to('resolved').at(-1)!.at : null)
    expect(ticket.closedAt).toBe(ticket.state === 'closed' ? to('closed').at(-1)!.at : null)
    const worked = states.find(({ facts }) => !['new', 'assigned', 'cancelled'].includes(facts['to'] as string))
    expect(ticket.respondedAt).toBe(worked?.at ?? null)
    expect(ticket.reopenCount).toBe(
      states.filter(({ facts }) => facts['from'] === 'resolved' && facts['to'] === 'in-progress').length,
    )
    const moves = changesOf(ticket, 'team')
    expect(ticket.teamId).toBe(moves.at(-1)?.to ?? null)
    expect(ticket.hopCount).toBe(moves.filter(({ from, at }) => from !== null && at >= (worked?.at ?? Infinity)).length)
    expect(ticket.assigneeId).toBe(changesOf(ticket, 'assignee').at(-1)?.to ?? null)
  }
})

/** Each change begins where the one before ended. */
function changesOf({ history }: SampleTicket, what: 'team' | 'assignee') {
  let before: unknown = null
  return history.flatMap(({ facts, at }: SampleFact) => {
    const change = facts[what] as { from: string | null; to: string | null } | undefined
    if (change === undefined) return []
    expect(change.from).toBe(before)
    before = change.to
    return [{ ...change, at }]
  })
}

test('what the customer may read names no team, no colleague and no supplier', () => {
  const inside = [
    ...plan.company.teams.flatMap(({ name, id }) => [name, id]),
    ...plan.company.staff.map(({ id }) => id),
  ]
  for (const { history } of tickets) {
    for (const { visibility, facts } of history) {
      if (visibility === 'internal') continue
      const text = JSON.stringify(facts)
      expect(inside.filter((name) => text.includes(`"${name}"`))).toEqual([])
      expect(text).not.toMatch(/Quersee|Halvorn/)
    }
  }
})

test('people work on what the site’s language says, and who reported it works there', () => {
  const requesters = new Map(plan.company.requesters.map((person) => [person.id, person]))
  for (const { siteId, requesterId, channel } of tickets) {
    expect(requesterId === null).toBe(channel === 'monitoring')
    expect(requesterId === null || requesters.get(requesterId)!.site === siteId).toBe(true)
  }
})

test('work comes by day and on working days, most of it after the weekend', () => {
  const zones = new Map(plan.company.sites.map(({ id, timeZone }) => [id, timeZone]))
  const offices = new Set(['hafencity', 'munich', 'southwark', 'vienna'])
  const byWeekday = [0, 0, 0, 0, 0, 0, 0]
  const atOffices = { all: 0, night: 0, weekend: 0 }
  for (const { siteId, openedAt } of tickets) {
    const local = new Date(localAt(zones.get(siteId)!, openedAt))
    byWeekday[local.getUTCDay()]! += 1
    if (!offices.has(siteId)) continue
    atOffices.all += 1
    if (local.getUTCHours() < 6 || local.getUTCHours() >= 20) atOffices.night += 1
    if (local.getUTCDay() % 6 === 0) atOffices.weekend += 1
  }
  const [, monday, , wednesday, thursday, friday] = byWeekday as [number, number, number, number, number, number]
  expect(monday).toBeGreaterThan(wednesday)
  expect(monday).toBeGreaterThan(thursday)
  expect(monday / friday).toBeGreaterThan(1.1)
  expect(atOffices.weekend / atOffices.all).toBeLessThan(0.05)
  expect(atOffices.night / atOffices.all).toBeLessThan(0.08)
})

test('little comes on public holidays, and more on the day after', () => {
  const german = new Set(plan.company.sites.filter(({ place }) => place.country === 'DE').map(({ id }) => id))
  const on = (date: string) =>
    tickets.filter(
      ({ siteId, openedAt }) =>
        german.has(siteId) && new Date(localAt('Europe/Berlin', openedAt)).toISOString().startsWith(date),
    ).length
  // Good Friday and Easter Monday of 2026, the same weekdays two weeks later, and the Tuesdays after.
  expect(on('2026-04-03') + on('2026-04-06')).toBeLessThan(0.5 * (on('2026-04-17') + on('2026-04-20')))
  expect(on('2026-04-07')).toBeGreaterThan(on('2026-04-21'))
})

test('most is calm, a few are urgent, some wait, some come back, some are still open', () => {
  const share = (of: (ticket: SampleTicket) => boolean) => tickets.filter(of).length / tickets.length
  expect(share(({ priority }) => priority === 'p1')).toBeLessThan(0.02)
  expect(share(({ priority }) => priority === 'p1')).toBeGreaterThan(0.003)
  expect(share(({ priority }) => priority === 'p3' || priority === 'p4')).toBeGreaterThan(0.6)
  expect(share(({ reopenCount }) => reopenCount > 0)).toBeGreaterThan(0.025)
  expect(share(({ reopenCount }) => reopenCount > 0)).toBeLessThan(0.045)
  expect(share(({ history }) => history.some(({ facts }) => facts['to'] === 'on-hold'))).toBeGreaterThan(0.12)
  const open = tickets.filter(({ state }) => !['resolved', 'closed', 'cancelled'].includes(state))
  expect(open.length / tickets.length).toBeGreaterThan(0.004)
  expect(open.length / tickets.length).toBeLessThan(0.025)
})

test('one morning nobody could sign in, at any site, and all of it ended together', () => {
  const outage = tickets.filter(({ title, description }) =>
    /service not available|Dienst nicht verfügbar|Anmeldedienst|Sign-in service/.test(title + description),
  )
  const [first] = outage
  expect(outage.length).toBeGreaterThan(25)
  expect(first).toMatchObject({ channel: 'monitoring', priority: 'p1' })
  expect(outage.at(-1)!.openedAt - first!.openedAt).toBeLessThan(3 * 3_600_000)
  expect(new Set(outage.map(({ siteId }) => siteId)).size).toBeGreaterThan(8)
  for (const { resolvedAt } of outage) expect((resolvedAt ?? Infinity) - first!.openedAt).toBeGreaterThan(2 * 3_600_000)
})

test('in August the scanners of Hamburg lost their network, and in no other month', () => {
  const roaming = tickets.filter(
    ({ siteId, description }) =>
      siteId === 'hamburg' &&
      /Schichtwechsel verlieren|Wechsel von Gang zu Gang|alle paar Minuten offline/.test(description),
  )
  expect(roaming.length).toBeGreaterThan(20)
  expect(new Set(roaming.map(({ openedAt }) => new Date(openedAt).toISOString().slice(0, 7)))).toEqual(
    new Set(['2026-08']),
  )
})
