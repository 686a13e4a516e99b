import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { actorWith, manager } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

async function world() {
  const here = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, database } = here
  await database.pool.query(`insert into person (id, name) values ($1, 'Boss')`, [manager.personId])
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const about = { customer: customer.id, name: 'Eva Brandt', level: 'cfo', influence: 5, support: -1, cadenceDays: 30 }
  const eva = await made('/stakeholders', { ...about, audience: 'finance', language: 'de' })
  return { ...here, made, customer, eva }
}

test('a stakeholder is in cadence while somebody spoke with them in time; pulse and agenda stand beside', async () => {
  const { call, made, eva, customer, at } = await world()
  expect(eva).toMatchObject({ dueOn: '2026-04-01', overdue: false, owner: { name: 'Boss' }, pulse: null })
  const met = { kind: 'visit', faceToFace: true, onDay: '2026-03-02', notes: 'Wants fewer invoices' }
  await made(`/stakeholders/${eva.id}/interactions`, met)
  await made(`/stakeholders/${eva.id}/pulses`, { score: 4, sentence: 'Prices' })
  await made(`/stakeholders/${eva.id}/pulses`, { score: 6, sentence: 'Better since the visit' })
  const { agenda } = await made(`/stakeholders/${eva.id}/agenda`, { kind: 'ask', text: 'One invoice a quarter' })
  at('2026-04-02T09:00Z')
  const list = async () => (await call('GET', `/stakeholders?customer=${customer.id}`)).body
  expect(await list()).toMatchObject({
    items: [{ lastFaceToFaceOn: '2026-03-02', dueOn: '2026-04-01', overdue: true, pulse: 6, openItems: 1 }],
    coverage: { numerator: 0, denominator: 1 },
    pulseMean: 6,
  })
  await made(`/stakeholders/${eva.id}/interactions`, { kind: 'call', faceToFace: false, onDay: '2026-04-02' })
  expect(await list()).toMatchObject({ coverage: { numerator: 1, denominator: 1 } })
  const settled = await call('POST', `/agenda-items/${agenda[0].id}/transitions`, { to: 'done', outcome: 'Agreed' })
  expect(settled.body).toMatchObject({ openItems: 0, agenda: [{ state: 'done', outcome: 'Agreed' }] })
  const again = await call('POST', `/agenda-items/${agenda[0].id}/transitions`, { to: 'dropped' })
  expect(again.body.code).toBe('agenda-item.over')
  const early = { kind: 'call', faceToFace: false, onDay: '2026-04-09' }
  expect((await call('POST', `/stakeholders/${eva.id}/interactions`, early)).body.code).toBe('stakeholder.not-yet')
  const origin = { kind: 'stakeholder', id: eva.id }
  const action = { text: 'Ask finance', due: '2026-04-09', owner: manager.personId, origin }
  expect(await made('/actions', action)).toMatchObject({ origin: { label: 'Eva Brandt' } })
})

test('what is written about people is read by who manages; private notes by their writer; by no customer and no auditor', async () => {
  const { call, made, database, customer, eva } = await world()
  const note = { kind: 'meeting', faceToFace: true, onDay: '2026-03-02', notes: 'Looks for another job', private: true }
  await made(`/stakeholders/${eva.id}/interactions`, note)
  const other = actorWith('staff', ['service-manager'])
  const seen = await call('GET', `/stakeholders/${eva.id}`, undefined, { as: other })
  expect(seen.body.interactions).toEqual([])
  expect((await call('GET', `/stakeholders/${eva.id}`)).body.interactions).toMatchObject([{ private: true }])
  const others = [
    [actorWith('staff', ['agent']), 403],
    [actorWith('auditor', ['auditor']), 403],
    [actorWith('limited', ['service-manager'], [randomUUID()]), 404],
    [actorWith('customer', ['customer-stakeholder'], [customer.id]), 404],
  ] as const
  for (const [as, status] of others) {
    const reply = await call('GET', `/stakeholders/${eva.id}`, undefined, { as })
    expect([reply.status, reply.text.includes('Eva')], as.access).toEqual([status, false])
  }
  // In the database itself: not by a code path that somebody forgot.
  for (const role of ['plumbline_customer', 'plumbline_auditor']) {
    for (const table of ['stakeholder', 'stakeholder_interaction', 'relationship_pulse', 'agenda_item']) {
      const { rows } = await database.pool.query(`select has_any_column_privilege($1, $2::regclass, 'select') as may`, [
        role,
        table,
      ])
      expect(rows, `${role} ${table}`).toEqual([{ may: false }])
    }
  }
})
