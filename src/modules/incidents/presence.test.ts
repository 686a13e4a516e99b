import { expect, onTestFinished, test } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { incidentRoutes } from '#modules/incidents'
import type { Actor } from '#platform/context.ts'
import { liveListening } from '#platform/live.ts'
import { silent } from '#platform/log.ts'
import { actorWith, manager, testCaller, testDatabase } from '#platform/testing.ts'
import { testStreams } from '#platform/testing/streams.ts'
import { newId } from '#core/id.ts'

test('who else has an incident open is told to our own people who see it, and is kept nowhere', async () => {
  const database = await testDatabase()
  const { db, pool } = database
  const routes = [...customerRoutes, ...incidentRoutes]
  const call = testCaller(database, routes)
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen', key: 'NHL' })
  const { body: foreign } = await call('POST', '/customers', { name: 'Brackwater', key: 'BRA' })
  const asked = { customer: customer.id, title: 'Scanner', impact: 'low', urgency: 'low' }
  const { body: incident } = await call('POST', '/incidents', asked)
  const named = async (name: string, actor: Actor) => {
    await pool.query(`insert into person (id, name) values ($1, $2)`, [actor.personId, name])
    return actor
  }
  const ada = await named('Ada', actorWith('staff', ['agent']))
  const ben = await named('Ben', actorWith('limited', ['agent'], [customer.id]))
  const auditor = await named('Uwe', actorWith('auditor', ['auditor']))
  const cem = actorWith('limited', ['agent'], [foreign.id])
  const sten = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const supplier = actorWith('customer', ['supplier'])
  const path = `/incidents/${incident.id}/presence`
  const say = async (as: Actor, state: string) => call('PUT', path, { state }, { as })
  const look = async (as: Actor) => (await call('GET', path, undefined, { as })).body.items
  const written = async () => {
    const tables = ['history', 'audit', 'incident', 'idempotency_key', 'session', 'pgboss.job']
    const counts = tables.map(
      (table) => `(select count(*) || coalesce(max(xmin::text::bigint)::text, '') from ${table})`,
    )
    return (await pool.query(`select ${counts.join(', ')}`)).rows
  }

  // The program listens, as it does from its start; Ada's page holds a stream.
  const stopping = new AbortController()
  const world = { ...database, now: () => new Date(), log: silent, signal: stopping.signal, inTransaction: undefined }
  await liveListening.run(world as never)
  onTestFinished(() => stopping.abort())
  const { listen } = await testStreams({ db }, routes, { ada })
  const heard = await listen('ada')
  await heard('')

  const before = await written()
  expect((await say(ada, 'open')).body).toEqual({ items: [] })
  const [told] = await Promise.all([heard('event: presence'), say(ben, 'writing')])
  expect(told).toContain(incident.id)
  expect(await look(ada)).toEqual([{ id: ben.personId, name: 'Ben', writing: true }])
  expect((await say(auditor, 'open')).body.items).toHaveLength(2)
  expect(await look(ada)).toHaveLength(1)

  for (const nobody of [cem, sten, supplier]) {
    expect((await say(nobody, 'open')).status).toBe(404)
    expect((await call('GET', path, undefined, { as: nobody })).status).toBe(404)
  }
  await Promise.all([heard('event: presence'), say(ben, 'left')])
  expect(await look(ada)).toEqual([])

  // Another process tells of whoever is there.
  const payload = {
    what: 'presence',
    people: [ada.personId],
    data: { incident: incident.id, person: ben.personId, state: 'open' },
  }
  await Promise.all([
    heard('event: presence'),
    pool.query(`select pg_notify('plumbline_live', $1)`, [JSON.stringify(payload)]),
  ])
  expect(await look(ada)).toEqual([{ id: ben.personId, name: 'Ben', writing: false }])
  expect(await look({ ...manager, personId: newId() })).toHaveLength(2)
  expect(await written()).toEqual(before)

  // Where a works council has agreed on that, nobody is told who is where, and nobody says it.
  await pool.query(`insert into setting (name, value) values ('installation', '{"worksCouncil": true}')`)
  expect(await look(ada)).toEqual([])
  expect((await say(ada, 'writing')).body).toEqual({ items: [] })
  await pool.query(`delete from setting`)
  expect(await look(ben)).not.toContainEqual(expect.objectContaining({ name: 'Ada', writing: true }))
})
