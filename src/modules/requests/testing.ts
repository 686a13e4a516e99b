import { expect } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { actorWith, type TestReply } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const office = { opens: 480, closes: 1080 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = [{ metric: 'response', priority: 'p3', targetSeconds: 7200, attainmentBp: 9500 }]
export const words = (en: string, de = en) => ({ de, en })
export const HOUR = 3600

type World = Awaited<ReturnType<typeof testWorld>>

export async function made(world: World, path: string, body: object, as?: Actor) {
  const reply = await world.call('POST', path, body, as === undefined ? {} : { as })
  expect(reply.status, reply.text).toBe(201)
  return reply.body
}

/** A customer with an agreement, somebody who decides, two who order, and a catalogue. */
export async function company() {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const customer = await made(world, '/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const calendar = await made(world, '/calendars', { customer: customer.id, name: 'Hours', rules })
  const terms = { customer: customer.id, calendar: calendar.id, name: 'SLA', validFrom: '2026-01-01T00:00:00Z' }
  await made(world, '/agreements', { ...terms, targets, activate: true })
  await world.work()
  const desk = await made(world, '/teams', { name: 'Service desk' })
  const logistics = await made(world, '/teams', { name: 'Logistics' })
  const somebody = async (name: string, role: 'requester' | 'customer-stakeholder'): Promise<Actor> => {
    const email = `${name.toLowerCase()}@nordhafen.example`
    const { id } = await made(world, '/people', { name, email, customer: customer.id })
    const actor = { ...actorWith('customer', [role], [customer.id]), personId: id }
    const part = { customerId: customer.id, siteId: null, serviceId: null, requesterId: id }
    return role === 'requester' ? { ...actor, parts: [part], whole: [] } : actor
  }
  const people = {
    eva: await somebody('Eva', 'requester'),
    nils: await somebody('Nils', 'requester'),
    lena: await somebody('Lena', 'customer-stakeholder'),
  }
  const { id: agentId } = await made(world, '/people', { name: 'Ada', email: 'ada@provider.example' })
  const agent = { ...actorWith('staff', ['agent']), personId: agentId }
  const model = {
    key: 'model',
    kind: 'choice',
    label: words('Model', 'Modell'),
    purpose: words('What we buy'),
    required: true,
    options: [
      { value: 'light', label: words('Light', 'Leicht') },
      { value: 'strong', label: words('Strong', 'Stark') },
    ],
  }
  const reason = { key: 'reason', kind: 'text', label: words('Why'), purpose: words('Nobody knows'), required: false }
  const notebook = await made(world, '/catalogue-items', {
    name: words('Notebook', 'Notebook'),
    synonyms: { en: ['laptop'], de: ['Laptop', 'Klapprechner'] },
    description: words('A computer to carry around', 'Ein Rechner zum Mitnehmen'),
    fields: [model, reason],
    price: { amountMinor: 120_000, currency: 'EUR' },
    approval: [{ by: 'customer-stakeholder' }],
    plan: [
      { kind: 'people', title: words('Prepare it'), team: desk.id, stage: 1, seconds: 4 * HOUR, uses: ['model'] },
      { kind: 'people', title: words('Make the account'), team: desk.id, stage: 1, seconds: HOUR },
      { kind: 'people', title: words('Hand it over'), team: logistics.id, stage: 2, seconds: 4 * HOUR },
    ],
  })
  await world.call('POST', `/catalogue-items/${notebook.id}/transitions`, { to: 'published' })

  const order = (as: Actor, body: object = {}): Promise<TestReply> =>
    world.call('POST', '/requests', { item: notebook.id, answers: { model: 'light' }, ...body }, { as })

  async function decided(id: string, decision: 'approved' | 'rejected', as: Actor = people.lena, note?: string) {
    const { items } = (await world.call('GET', `/requests/${id}/approvals`, undefined, { as })).body
    const waiting = items.find(({ state }: { state: string }) => state === 'waiting')
    return world.call('POST', `/requests/${id}/approvals/${waiting?.id}/decision`, { decision, note }, { as })
  }

  const tasks = async (id: string) => (await world.call('GET', `/requests/${id}/tasks`)).body.items

  async function done(id: string, position: number, result?: string) {
    const task = (await tasks(id))[position]
    return world.call('POST', `/requests/${id}/tasks/${task.id}/transitions`, { to: 'done', result })
  }

  return { world, customer, desk, logistics, notebook, agent, ...people, order, decided, tasks, done }
}

export type Company = Awaited<ReturnType<typeof company>>
