import { expect } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

/** A contract of a year with a fixed line, devices around a baseline and travel that is passed on. */
export async function contractWorld() {
  const here = await testWorld({ now: new Date('2026-05-04T09:00Z') })
  const { call } = here
  const made = async (path: string, body: object, headers = {}) => {
    const reply = await call('POST', path, body, { headers })
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const terms = {
    endsOn: '2027-01-01',
    noticeDays: 90,
    options: [{ name: 'A year more', months: 12, noticeDays: 120 }],
  }
  const given = {
    customer: customer.id,
    number: 'V-17',
    title: 'Workplace',
    currency: 'EUR',
    startsOn: '2026-01-01',
    terms,
  }
  const contract = await made('/contracts', given)
  const line = (name: string, of: object) =>
    made(`/contracts/${contract.id}/charge-lines`, { name, validFrom: '2026-01', terms: of })
  const band = {
    baseline: 5000,
    deadBandBp: 500,
    additionalMinor: 1500,
    reducedMinor: 1200,
    method: 'outside-band',
    renegotiateBp: 2000,
  }
  const lines = {
    fixed: await line('Operation', { kind: 'fixed', amountMinor: 42_000_000 }),
    devices: await line('Devices', { kind: 'baseline', ...band }),
    travel: await line('Travel', { kind: 'pass-through', markUpBp: 0 }),
  }
  const read = (lineId: string, quantity: number, month = '2026-04') =>
    made(`/charge-lines/${lineId}/readings`, {
      month,
      quantity,
      countedAt: '2026-04-30T22:00:00Z',
      source: 'Inventory',
    })
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  return { ...here, made, customer, given, contract, lines, read, stakeholder }
}
