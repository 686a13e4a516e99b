import { expect, test } from 'vitest'
import { ordered } from '../modules/corrections/orders-testing.ts'
import { lateHoliday, approve, computed, lock } from '../modules/corrections/testing.ts'
import type { CommandWorld } from './command.ts'
import { recomputeCommand } from './recompute.ts'

type World = Awaited<ReturnType<typeof ordered>>

async function recompute({ database }: World, ...args: readonly string[]) {
  const out: string[] = []
  const world = { database, out: (line: string) => out.push(line), err: () => undefined, json: true, language: 'en' }
  expect(await recomputeCommand(args, world as unknown as CommandWorld)).toBe(0)
  return JSON.parse(out[0]!) as Record<string, unknown>
}

test('orders are counted anew with incidents: a dry run says what differs and changes nothing, then it is put right', async () => {
  const world = await ordered()
  expect(await recompute(world, '--dry-run')).toMatchObject({ incidents: 3, orders: 1, changed: 0, differences: [] })
  await world.database.pool.query(
    `update request set fulfilment = fulfilment || '{"state": "met", "elapsedMs": 1000}', fulfilment_met = true`,
  )
  const differences = [
    {
      number: world.order.number,
      metric: 'fulfilment',
      before: 'met 1 s',
      after: 'breached-stopped 46800 s',
      locked: false,
    },
  ]
  expect(await recompute(world, '--dry-run')).toMatchObject({ changed: 1, differences })
  expect(await world.fulfilled()).toBe('1 met, 0 failed')
  expect(await recompute(world)).toMatchObject({ changed: 1, differences })
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  expect(await recompute(world)).toMatchObject({ changed: 0 })
})

test('what was told of an order in a locked month is said to differ, stays, and is not adjusted', async () => {
  const world = await ordered()
  await approve(world, await computed(world, lateHoliday(world.calendar)))
  await world.database.pool.query(
    `update request set fulfilment = fulfilment || '{"state": "breached-stopped"}', fulfilment_met = false`,
  )
  await lock(world, '2026-05')
  expect(await recompute(world)).toMatchObject({ changed: 0, locked: 1, differences: [{ locked: true }] })
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  const path = `/reports/attainment/adjustments?request=${world.order.id}`
  expect((await world.call('GET', path)).body.items).toEqual([])
})
