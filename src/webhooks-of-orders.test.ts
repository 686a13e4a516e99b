import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { company, HOUR, made } from './modules/requests/testing.ts'
import { webhookKinds } from './modules/webhooks/kind.ts'
import { allowing, employ, receiver } from './modules/webhooks/testing.ts'

const kinds = webhookKinds.filter((kind) => kind.startsWith('request.'))

/** A company that orders, and three who are told: of all, of all that is internal, and of another customer. */
async function told() {
  const ordering = await company()
  const { world, customer } = ordering
  const { call, database } = world
  const other = await made(world, '/customers', { name: 'Südwind', key: 'SW', timeZone: 'Europe/Berlin' })
  const manager = actorWith('staff', ['administrator', 'service-manager'])
  const elsewhere = actorWith('limited', ['service-manager'], [other.id])
  await employ(database, manager)
  await employ(database, elsewhere, other.id)
  await allowing(call)(['127.0.0.0/8'])
  const [whole, inside, others] = [await receiver(), await receiver(), await receiver()]
  const hook = await made(world, '/webhooks', { name: 'All', url: whole.url, kinds }, manager)
  await made(world, '/webhooks', { name: 'In', url: inside.url, kinds, internal: true, customer: customer.id }, manager)
  const wanted = { name: 'Other', url: others.url, kinds, customer: other.id }
  const { id: otherId } = await made(world, '/webhooks', wanted, elsewhere)
  // Whatever is due goes out with it.
  const tryOther = () => world.call('POST', `/webhooks/${otherId}/trial`, {}, { as: elsewhere })
  return { ...ordering, manager, hook, tryOther, whole, inside, others }
}

const typesOf = ({ got }: { readonly got: readonly { readonly body: string }[] }) =>
  got.map(({ body }) => JSON.parse(body).type as string)

test('of an order it is told what happens to it, to whom it concerns, and to nobody of another customer', async () => {
  const { world, nils, agent, order, decided, done, customer, whole, inside, others } = await told()
  const { body: request } = await order(nils)
  await world.call('POST', `/requests/${request.id}/comments`, { text: 'ours', visibility: 'internal' }, { as: agent })
  await world.work()
  expect((await decided(request.id, 'approved')).status).toBe(200)
  for (const position of [0, 1, 2]) await done(request.id, position)
  await world.work()
  const delivered = ['request.state_changed', 'request.state_changed', 'request.state_changed', 'request.state_changed']
  const open = ['request.ordered', 'request.approval_asked', 'request.approval_decided', ...delivered]
  expect(typesOf(whole).toSorted()).toEqual(open.toSorted())
  expect(typesOf(inside).toSorted()).toEqual([...open, 'request.comment_added'].toSorted())
  expect(others.got).toEqual([])
  const last = whole.got.map(({ body }) => JSON.parse(body)).find(({ data }) => data.change.to === 'delivered')
  expect(last.data).toMatchObject({
    request: {
      number: request.number,
      item: { name: { en: 'Notebook' } },
      state: 'delivered',
      customer: { id: customer.id },
      promise: { state: 'met', targetSeconds: 8 * HOUR },
    },
    change: { from: 'fulfilling', to: 'delivered' },
    visibility: 'public',
  })
  expect(last.data.request.url).toContain(`/requests/${request.number}`)
})

test('what was written down for somebody who no longer sees the order is not sent', async () => {
  const { world, nils, order, whole, others, manager, hook, tryOther } = await told()
  whole.answer.status = 500
  const { body: request } = await order(nils)
  await world.work()
  const before = whole.got.length
  await world.database.pool.query(`update role_assignment set valid_to = '2026-03-02T09:00:01Z' where person_id = $1`, [
    manager.personId,
  ])
  world.at('2026-03-02T10:00:00Z')
  await tryOther()
  await world.work()
  expect(typesOf(others)).toEqual(['webhook.trial'])
  expect(whole.got).toHaveLength(before)
  const { items } = (await world.call('GET', `/webhooks/${hook.id}/deliveries?state=failed`)).body
  expect(items.length).toBeGreaterThan(0)
  expect(items[0]).toMatchObject({
    incident: null,
    request: { number: request.number },
    last: { problem: 'out-of-sight' },
  })
})
