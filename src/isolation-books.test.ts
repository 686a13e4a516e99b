import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { customerWithEverything } from './everything-testing.ts'
import { MARK } from './forgeries-testing.ts'
import { nothing, triedAs } from './isolation-testing.ts'
import { testWorld } from './testing.ts'

/** Tables of the work: tickets and what is done about them, of a customer whose books somebody keeps. */
const WORK = [
  'incident',
  'request',
  'contact',
  'escalation',
  'major_incident',
  'action',
  'improvement',
  'renewal',
  'opportunity',
]

test('whoever keeps the books of one customer learns nothing of another, and of theirs nothing of the work', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const own = await customerWithEverything(world, 'own')
  const foreign = await customerWithEverything(world, MARK)
  const as = { ...actorWith('limited', ['finance'], [own.customerId]), books: 'named' as const, whole: [] }
  expect(await triedAs(as, world, { whole: own, foreign })).toEqual(nothing)
  const found = WORK.map((table) => `select id from ${table} where customer_id = $1`).join(' union all ')
  const { rows } = await world.database.pool.query<{ id: string }>(found, [own.customerId])
  expect(rows.length).toBeGreaterThanOrEqual(WORK.length)
  const work = { ...own, ids: rows.map(({ id }) => id), names: ['own is on fire', 'own trouble'] }
  expect(await triedAs(as, world, { whole: own, foreign: work })).toEqual(nothing)
}, 300_000)
