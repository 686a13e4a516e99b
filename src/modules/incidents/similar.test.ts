import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

async function world() {
  const made = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call } = made
  const add = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await add('/customers', { name: 'Nordhafen', key: 'NHL' })
  const other = await add('/customers', { name: 'Rheinwerk', key: 'RHW' })
  const declare = (title: string, of = customer) =>
    add('/incidents', { customer: of.id, title, impact: 'low', urgency: 'low' })
  const similar = async (title: string, more = '', options = {}) => {
    const query = `customer=${customer.id}&title=${encodeURIComponent(title)}${more}`
    const reply = await call('GET', `/incidents/similar?${query}`, undefined, options)
    expect(reply.status, reply.text).toBe(200)
    return reply.body.items.map((item: { title: string }) => item.title)
  }
  return { ...made, customer, other, declare, similar }
}

test('what was reported alike is found by stems in both languages, by umlauts and in spite of slips', async () => {
  const { declare, similar } = await world()
  await declare('Drucker im Lager druckt nicht')
  await declare('Geräte im Büro starten langsam')
  await declare('Scanners at gate 4 keep freezing')
  await declare('VPN bricht ab')

  expect(await similar('Die Drucker am Lager drucken nicht mehr')).toEqual(['Drucker im Lager druckt nicht'])
  expect(await similar('Gerät startet langsam')).toEqual(['Geräte im Büro starten langsam'])
  expect(await similar('scanner freezes at gate 4')).toEqual(['Scanners at gate 4 keep freezing'])
  expect(await similar('Druker im Lager drukt nicht')).toEqual(['Drucker im Lager druckt nicht'])
  expect(await similar('Rechnung fehlt')).toEqual([])
  expect(await similar('die und the')).toEqual([])
})

test('it is open, or was resolved within 90 days; its resolution comes along', async () => {
  const { call, at, customer, declare, similar } = await world()
  const old = await declare('Printer jammed at dock 1')
  const done = await declare('Printer jammed at dock 2')
  const resolve = ({ id }: { id: string }) =>
    call('POST', `/incidents/${id}/transitions`, { to: 'resolved', note: 'Roller changed.' })
  await resolve(old)
  at('2026-04-20T08:00:00Z')
  await resolve(done)
  at('2026-06-15T08:00:00Z')
  await declare('Printer jammed at dock 3')

  expect(await similar('printer jammed')).toEqual(['Printer jammed at dock 3', 'Printer jammed at dock 2'])
  expect(await similar('printer jammed', '&open=true')).toEqual(['Printer jammed at dock 3'])
  const { body } = await call('GET', `/incidents/similar?customer=${customer.id}&title=printer+jammed+dock+2`)
  expect(body.items[0]).toMatchObject({ state: 'resolved', resolution: 'Roller changed.' })
})

test('nobody finds what they may not see: another customer’s, a colleague’s', async () => {
  const { customer, other, declare, similar, call } = await world()
  await declare('Conveyor stands still')
  await declare('Conveyor stands still in hall 2', other)
  expect(await similar('conveyor stands still')).toEqual(['Conveyor stands still'])
  const theirs = { as: actorWith('customer', ['customer-stakeholder'], [other.id]) }
  const reply = await call('GET', '/incidents/similar?title=conveyor+stands+still', undefined, theirs)
  expect(reply.body.items.map(({ title }: { title: string }) => title)).toEqual(['Conveyor stands still in hall 2'])
  const part = { customerId: customer.id, siteId: null, serviceId: null, requesterId: other.id }
  const eva = { ...actorWith('customer', ['requester'], [customer.id]), parts: [part], whole: [] }
  expect(await similar('conveyor stands still', '', { as: eva })).toEqual([])
  const supplier = { as: actorWith('customer', ['supplier']) }
  const toSupplier = await call('GET', '/incidents/similar?title=conveyor+stands+still', undefined, supplier)
  expect(toSupplier.body.items).toEqual([])
})
