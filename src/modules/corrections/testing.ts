import { expect } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import { type TestWorld, testWorld } from '../../testing.ts'

const office = { opens: 8 * 60, closes: 18 * 60 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
export const hour = 3600

export const requester = actorWith('staff', ['agent'])
export const approver = actorWith('staff', ['service-manager'])
export const administrator = actorWith('staff', ['administrator', 'service-manager'])

type World = TestWorld & { readonly at: (now: string) => void }

export interface Named {
  readonly id: string
  readonly number: string
}

/**
 * A customer with a resolution within ten hours in office hours, and three incidents: resolved in May too late by the
 * hours of 14 May, resolved in May in time, resolved in June in time.
 */
export async function counted(): Promise<
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
    terms: { fulfilment: [{ targetSeconds: 12 * hour, attainmentBp: 9000 }] },
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

export async function request({ call }: TestWorld, change: object, as: Actor = requester) {
  const body = { reason: 'The customer told us', evidence: 'Mail of 3 June', change }
  return call('POST', '/corrections', body, { as })
}

export async function computed(world: World, change: object) {
  const { status, body, text } = await request(world, change)
  expect(status, text).toBe(201)
  expect((await world.call('POST', `/corrections/${body.id}/compute`, {}, { as: requester })).status).toBe(202)
  await world.work()
  const reply = await world.call('GET', `/corrections/${body.id}`)
  expect(reply.body.failure).toBeNull()
  return reply.body
}

/** What a correction changes, in numbers: those that are given, and of everything else nothing. */
export function countsOf(some: Readonly<Record<string, number>>) {
  return { clocks: 0, behind: 0, flips: 0, locked: 0, movedIn: 0, figures: 0, lockedFigures: 0, ...some }
}

export async function approve(world: World, { id, version }: { id: string; version: number }, as: Actor = approver) {
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
export async function explained({ call }: TestWorld, { id }: { id: string }) {
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

export async function lock({ call, customer }: Awaited<ReturnType<typeof counted>>, month: string) {
  for (const to of ['soft-closed', 'locked']) {
    const reply = await call('POST', `/periods/${customer.id}/${month}/transitions`, { to })
    expect(reply.status, reply.text).toBe(200)
  }
}

export async function figures({ call, customer }: Awaited<ReturnType<typeof counted>>) {
  const { body } = await call('GET', `/reports/attainment?customer=${customer.id}&groupBy=month`)
  return body.groups.map((group: { key: string; met: number; failed: number; excluded: number }) =>
    [group.key, group.met, group.failed, group.excluded].join(' '),
  )
}

/** Everything that is stored of results, as text. */
export async function stored({ database }: TestWorld, ...tables: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    tables.map((table) =>
      database.pool.query(
        `select coalesce(jsonb_agg(to_jsonb(t) order by t::text), '[]')::text as rows from ${table} t`,
      ),
    ),
  )
  return parts.map(({ rows }) => rows[0].rows).join('\n')
}

export const lateHoliday = (calendar: Named) => ({
  kind: 'late-holiday',
  calendar: calendar.id,
  date: '2026-05-14',
  label: 'Ascension Day',
})
