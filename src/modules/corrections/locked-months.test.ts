import { expect, test } from 'vitest'
import { recomputeClocks } from '#modules/incidents'
import type { Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import {
  administrator,
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
  requester,
  stored,
} from './testing.ts'

test('in a locked period the result stays and the difference is adjusted in the open one, once', async () => {
  const world = await counted()
  await lock(world, '2026-05')
  const [clocks, months] = [await stored(world, 'clock'), await stored(world, 'attainment_month')]
  const correction = await computed(world, lateHoliday(world.calendar))
  expect(correction.counts).toEqual(countsOf({ clocks: 1, flips: 1, locked: 1 }))
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
  const steps = await world.call('GET', path.replace('transitions', 'steps'))
  expect(
    steps.body.items.map(({ to: state, reason }: { to: string; reason: string | null }) => [state, reason]),
  ).toEqual([
    ['locked', null],
    ['soft-closed', null],
    ['open', 'Forgot one'],
    ['soft-closed', null],
  ])
  const theirs = { as: actorWith('customer', ['customer-stakeholder'], [world.customer.id]) }
  expect((await world.call('GET', path.replace('transitions', 'steps'), undefined, theirs)).status).toBe(404)
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
