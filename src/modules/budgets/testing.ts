import { expect } from 'vitest'
import { newId } from '#core/id.ts'
import type { Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

/** A budget of 2026 with a line for the network that is planned at 55,000 € a month. */
export async function budgetWorld() {
  const here = await testWorld({ now: new Date('2026-05-04T09:00Z') })
  const { call, database } = here
  interface How {
    readonly method?: string
    /** The version that was read. */
    readonly version?: number
    readonly as?: Actor
  }
  const made = async (path: string, body: object, { method = 'POST', version = 0, as }: How = {}) => {
    const headers = version === 0 ? {} : { 'if-match': `"${version}"` }
    const reply = await call(method, path, body, { headers, ...(as !== undefined && { as }) })
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  const plan = Array.from({ length: 12 }, (_, index) => ({
    month: `2026-${String(index + 1).padStart(2, '0')}`,
    amountMinor: 5_500_000,
  }))
  const given = { year: 2026, fund: 'run', name: 'Network', costCentre: '4711', currency: 'EUR', plan }
  const line = await made('/budget-lines', given)
  /** Somebody who answers for contracts, with a name that limits can be given to. */
  const somebody = async (name: string) => {
    const personId = newId(Date.now())
    await database.pool.query(`insert into person (id, name, created_at) values ($1, $2, now())`, [personId, name])
    return { ...actorWith('staff', ['service-principal']), personId }
  }
  const take = (rows: string, decimal: string | null = 'point') =>
    call('POST', '/budget-imports', { text: `month;cost centre;line;amount;reference;currency\n${rows}`, decimal })
  return { ...here, made, given, line, somebody, take }
}
