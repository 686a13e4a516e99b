import { expect } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { counted, hour } from './testing.ts'

/**
 * With an order of twelve hours, placed on 13 May at 16:00 in Berlin, delivered on 15 May at 09:00: 13 hours with the holiday,
 * 3 without. One that the customer has to approve was on 14 May at 09:00, and took 10 hours.
 */
export async function ordered({ approved = false } = {}) {
  const world = await counted()
  const { call, at } = world
  const made = async (path: string, body: object, more: Parameters<typeof call>[3] = {}) => {
    const reply = await call('POST', path, body, more)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  at('2026-05-13T12:00:00Z')
  const desk = await made('/teams', { name: 'Service desk' })
  const { id: eva } = await made('/people', {
    name: 'Eva',
    email: 'eva@nordlicht.example',
    customer: world.customer.id,
  })
  const { id: personId } = await made('/people', { name: 'Ada', email: 'ada@provider.example' })
  const item = await made('/catalogue-items', {
    name: { en: 'Badge', de: 'Ausweis' },
    description: { en: 'Opens doors', de: 'Öffnet Türen' },
    customer: world.customer.id,
    fields: [],
    approval: approved ? [{ by: 'customer-stakeholder' }] : [],
    plan: [{ kind: 'people', title: { en: 'Print', de: 'Drucken' }, team: desk.id, stage: 1, seconds: 40 * hour }],
  })
  await call('POST', `/catalogue-items/${item.id}/transitions`, { to: 'published' })
  at('2026-05-13T14:00:00Z')
  const as = { ...actorWith('staff', ['agent']), personId }
  const body = { item: item.id, customer: world.customer.id, for: 'eva@nordlicht.example' }
  const order = await made('/requests', body, { as })
  if (approved) {
    at('2026-05-14T07:00:00Z')
    const { id: decider } = await made('/people', {
      name: 'Lena',
      email: 'lena@nordlicht.example',
      customer: world.customer.id,
    })
    const lena = { ...actorWith('customer', ['customer-stakeholder'], [world.customer.id]), personId: decider }
    const [waiting] = (await call('GET', `/requests/${order.id}/approvals`)).body.items
    const path = `/requests/${order.id}/approvals/${waiting.id}/decision`
    expect((await call('POST', path, { decision: 'approved' }, { as: lena })).status).toBe(200)
  }
  const deliver = async (moment: string) => {
    at(moment)
    const [task] = (await call('GET', `/requests/${order.id}/tasks`)).body.items
    const reply = await call('POST', `/requests/${order.id}/tasks/${task.id}/transitions`, { to: 'done' })
    expect(reply.status, reply.text).toBe(200)
  }
  await deliver('2026-05-15T07:00:00Z')
  at('2026-06-03T08:00:00Z')
  const fulfilled = async (month = '2026-05') => {
    const next = month === '2026-05' ? '2026-06' : '2026-07'
    const path = `/reports/attainment?customer=${world.customer.id}&from=${month}-01&to=${next}-01`
    const { met, failed } = (await call('GET', path)).body.total.byMetric.fulfilment ?? { met: 0, failed: 0 }
    return `${met} met, ${failed} failed`
  }
  const facts = async (kind: string): Promise<{ readonly id: string }[]> =>
    (await call('GET', `/requests/${order.id}/timeline`)).body.items.filter(
      (fact: { kind: string }) => fact.kind === kind,
    )
  const fact = async (kind: string, to?: string): Promise<string> =>
    (await call('GET', `/requests/${order.id}/timeline`)).body.items.find(
      (each: { kind: string; facts: { to?: string } }) =>
        each.kind === kind && (to === undefined || each.facts.to === to),
    ).id
  return {
    ...world,
    order,
    facts,
    fact,
    deliver,
    fulfilled,
    eva: { ...actorWith('customer', ['requester'], [world.customer.id]), personId: eva },
  }
}
