import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import type { NewsFact } from '#platform/news.ts'
import { actorWith, inContext, manager } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { noteDue } from './due.ts'
import { actionNews } from './news.ts'
import { originRecords } from './origin.ts'

async function world() {
  const here = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, database } = here
  await database.pool.query(`insert into person (id, name) values ($1, 'Boss')`, [manager.personId])
  const made = async (path: string, body: object, as?: ReturnType<typeof actorWith>) => {
    const reply = await call('POST', path, body, as && { as })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const mia = await made('/people', { name: 'Mia' })
  const eva = await made('/people', { name: 'Eva', email: 'eva@nordhafen.example', customer: customer.id })
  const asMia = { ...actorWith('staff', ['agent']), personId: mia.id as string }
  const act = (id: string, to: string, more: object = {}, as?: ReturnType<typeof actorWith>) =>
    call('POST', `/actions/${id}/transitions`, { to, ...more }, as && { as })
  const change = (id: string, version: number, body: object) =>
    call('PATCH', `/actions/${id}`, body, { headers: { 'if-match': `"${version}"` } })
  return { ...here, made, customer, mia, eva, asMia, act, change }
}

test('an action is begun, said to be done with evidence, and verified by another than its owner', async () => {
  const { call, made, customer, mia, asMia, act } = await world()
  const action = await made('/actions', {
    customer: customer.id,
    text: 'Swap the switch',
    owner: mia.id,
    due: '2026-03-06',
  })
  expect(action).toMatchObject({ state: 'open', owner: { name: 'Mia' }, ownerSide: 'provider', overdue: false })
  const { id } = action
  expect((await act(id, 'verified')).body.code).toBe('action.cannot')
  expect((await act(id, 'in-progress', {}, asMia)).status).toBe(200)
  expect((await act(id, 'done-claimed', {}, asMia)).body.code).toBe('action.evidence-needed')
  expect((await act(id, 'done-claimed', { evidence: 'Port lights are green' }, asMia)).status).toBe(200)
  const own = await act(id, 'verified', {}, asMia)
  expect([own.status, own.body.code]).toEqual([403, 'may.own-action'])
  expect((await act(id, 'in-progress')).body.code).toBe('action.why-needed')
  expect((await act(id, 'in-progress', { reason: 'Two lights are red' })).body).toMatchObject({ doneAt: null })
  await act(id, 'done-claimed', { evidence: 'All lights are green' }, asMia)
  expect((await call('GET', '/actions?show=to-verify')).body.items).toHaveLength(1)
  expect((await act(id, 'verified')).body).toMatchObject({ state: 'verified', closedAt: '2026-03-02T09:00:00.000Z' })
  expect((await act(id, 'cancelled', { reason: 'x' })).status).toBe(422)
  const { log } = (await call('GET', `/actions/${id}`)).body
  expect(log.map(({ kind }: { kind: string }) => kind)).toEqual([...Array.from({ length: 5 }, () => 'state'), 'made'])
})

test('another day needs a reason and is counted; on time is what was verified by the first day', async () => {
  const { call, made, customer, mia, asMia, act, change, at } = await world()
  const add = (text: string, due: string) => made('/actions', { customer: customer.id, text, owner: mia.id, due })
  const [kept, late] = [await add('Kept', '2026-03-05'), await add('Put off', '2026-03-05')]
  expect((await change(late.id, 1, { due: '2026-03-09' })).body.code).toBe('action.reason-needed')
  const put = await change(late.id, 1, { due: '2026-03-09', reason: 'No spare part' })
  expect(put.body).toMatchObject({ due: '2026-03-09', firstDue: '2026-03-05', redated: 1, version: 2 })
  // The same day again is no other day.
  expect((await change(late.id, 2, { due: '2026-03-09', text: 'Put off again' })).body).toMatchObject({ redated: 1 })
  expect((await change(late.id, 2, { text: 'x' })).status).toBe(412)
  for (const id of [kept.id]) {
    await act(id, 'in-progress', {}, asMia)
    await act(id, 'done-claimed', { evidence: 'Seen' }, asMia)
    await act(id, 'verified')
  }
  const report = async () => (await call('GET', `/reports/actions?customer=${customer.id}`)).body
  expect(await report()).toMatchObject({ open: 1, overdue: 0, redated: 1, onTime: null })
  // In Berlin the ninth ends at eleven in the evening of Greenwich.
  at('2026-03-09T22:59:00Z')
  expect(await report()).toMatchObject({ overdue: 0, onTime: { numerator: 1, denominator: 2 } })
  // What is under it adds up to it.
  const under = async (show: string) => (await call('GET', `/actions?show=${show}&customer=${customer.id}`)).body.items
  expect(await under('on-time')).toMatchObject([{ id: kept.id }])
  expect(await under('not-on-time')).toMatchObject([{ id: late.id }])
  at('2026-03-09T23:01:00Z')
  expect(await report()).toMatchObject({ overdue: 1 })
  expect((await call('GET', '/actions?show=overdue')).body.items).toMatchObject([
    { text: 'Put off again', overdue: true },
  ])
  const { log } = (await call('GET', `/actions/${late.id}`)).body
  expect(log.find(({ kind }: { kind: string }) => kind === 'redated').facts).toEqual({
    from: '2026-03-05',
    to: '2026-03-09',
    reason: 'No spare part',
  })
})

test('what is made from a record or a figure is found from there, and belongs to its customer', async () => {
  const { call, made, customer } = await world()
  const other = await made('/customers', { name: 'Other' })
  const complaint = await made('/feedback/cases', { kind: 'complaint', customer: customer.id, text: 'Slow at night' })
  const about = { customer: customer.id, title: 'Scanner', impact: 'low', urgency: 'low' }
  const incident = await made('/incidents', about)
  const day = { due: '2026-03-09' }
  const origin = { kind: 'feedback-case', id: complaint.id }
  const one = await made('/actions', { ...day, text: 'Call back', ownerName: 'Zebra Repair', origin })
  expect(one).toMatchObject({
    customer: { name: 'Nordhafen' },
    ownerName: 'Zebra Repair',
    ownerSide: 'other',
    origin: { kind: 'feedback-case', label: 'Slow at night' },
  })
  await made('/actions', { ...day, text: 'Look', origin: { kind: 'incident', id: incident.id } })
  const figure = { kind: 'kpi', key: 'K05', part: '2026-02' }
  await made('/actions', { ...day, text: 'Ask why', customer: customer.id, origin: figure })
  await made('/decisions', { question: 'Night shift?', origin })
  const from = async (path: string, ref: string) =>
    (await call('GET', `${path}?origin=${ref}`)).body.items.map(
      (each: { text?: string; question?: string }) => each.text ?? each.question,
    )
  expect(await from('/actions', `feedback-case:${complaint.id}`)).toEqual(['Call back'])
  expect(await from('/actions', `incident:${incident.id}`)).toEqual(['Look'])
  expect(await from('/actions', 'kpi:K05')).toEqual(['Ask why'])
  expect(await from('/decisions', `feedback-case:${complaint.id}`)).toEqual(['Night shift?'])
  const wrong = { ...day, text: 'x', customer: other.id, origin }
  expect((await call('POST', '/actions', wrong)).body.code).toBe('origin.not-found')
  expect((await call('POST', '/actions', { ...day, text: 'x', origin: { kind: 'incident' } })).body.code).toBe(
    'origin.incomplete',
  )
})

test('the customer reads what is shared, without our names, evidence and origin, and nothing else', async () => {
  const { call, made, customer, mia, eva } = await world()
  const day = { customer: customer.id, due: '2026-03-09' }
  await made('/actions', { ...day, text: 'Inside' })
  const ours = await made('/actions', { ...day, text: 'Ours', owner: mia.id, shared: true })
  await made('/actions', { ...day, text: 'Theirs', owner: eva.id, shared: true })
  await made('/actions', { due: '2026-03-09', text: 'Of nobody' })
  expect((await call('POST', '/actions', { due: '2026-03-09', text: 'x', shared: true })).status).toBe(400)
  const asked = { customer: customer.id, question: 'New depot?', shared: true }
  const decided = { chosen: 'Yes', decidedBy: 'Eva', decidedOn: '2026-03-01', dissent: 'Mia: too dear' }
  await made('/decisions', { ...asked, decided })
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const { body, text } = await call('GET', '/actions', undefined, { as })
  expect(body.items).toMatchObject([
    { text: 'Ours', owner: null, ownerSide: 'provider', origin: null, madeBy: null },
    { text: 'Theirs', owner: { name: 'Eva' }, ownerSide: 'customer' },
  ])
  expect(text).not.toContain('Mia')
  expect((await call('GET', `/actions/${ours.id}`, undefined, { as })).body.log).toEqual([])
  const decisions = await call('GET', '/decisions', undefined, { as })
  expect(decisions.body.items).toMatchObject([{ question: 'New depot?', chosen: 'Yes', dissent: null }])
  expect(decisions.text).not.toContain('too dear')
  expect((await call('POST', '/actions', { ...day, text: 'x' }, { as })).status).toBe(404)
})

test('a decision is asked for, made with who was against it, looked at again, and not made anew', async () => {
  const { call, made, customer } = await world()
  const asked = { customer: customer.id, question: 'Which switch?', options: ['New', 'Used'], neededBy: '2026-03-02' }
  const { id, state } = await made('/decisions', asked)
  expect(state).toBe('wanted')
  const move = (body: object) => call('POST', `/decisions/${id}/transitions`, body)
  const chosen = { to: 'decided', chosen: 'New', decidedBy: 'Eva Brandt', decidedOn: '2026-03-02' }
  expect((await move({ ...chosen, dissent: 'Mia: costs', reviewOn: '2026-06-01' })).body).toMatchObject({
    state: 'decided',
    dissent: 'Mia: costs',
  })
  expect((await move({ ...chosen, chosen: 'Used' })).body.code).toBe('decision.cannot')
  expect((await move({ to: 'reviewed', outcome: 'No outage since' })).body).toMatchObject({
    state: 'reviewed',
    chosen: 'New',
  })
})

test('one’s day has one’s late actions, what others should verify, and late ones of people outside', async () => {
  const { call, made, customer, mia, asMia, act, at } = await world()
  const day = { customer: customer.id, due: '2026-03-04' }
  const boss = { ...actorWith('staff', ['service-manager']), personId: (await made('/people', { name: 'Boss' })).id }
  await made('/actions', { ...day, text: 'Late', owner: mia.id }, boss)
  await made('/actions', { ...day, text: 'Outside', ownerName: 'Zebra' }, boss)
  const done = await made('/actions', { ...day, text: 'Done', owner: mia.id }, boss)
  await act(done.id, 'in-progress', {}, asMia)
  await act(done.id, 'done-claimed', { evidence: 'Seen' }, asMia)
  const decision = { customer: customer.id, question: 'Which?', neededBy: '2026-03-04' }
  await made('/decisions', decision, boss)
  at('2026-03-05T09:00Z')
  const lines = async (as: ReturnType<typeof actorWith>) =>
    (await call('GET', '/today', undefined, { as })).body.items
      .filter(({ kind }: { kind: string }) => kind === 'action' || kind === 'decision')
      .map(({ why, text, question }: { why: string; text?: string; question?: string }) => `${why} ${text ?? question}`)
  expect(await lines(asMia)).toEqual(['late Late'])
  expect((await lines(boss)).toSorted()).toEqual(['late-outside Outside', 'verify Done', 'wanted Which?'])
})

test('whoever an action is given to hears of it, when its day comes and goes, and who made it when it is said to be done', async () => {
  const { call, made, customer, mia, asMia, act, database, work } = await world()
  await database.pool.query(
    `insert into account (person_id, email) select id, id || '@dienst.example' from person where customer_id is null`,
  )
  const { id } = await made('/actions', { customer: customer.id, text: 'Swap', owner: mia.id, due: '2026-03-03' })
  const heard = async (as?: ReturnType<typeof actorWith>) => {
    await work()
    const { items } = (await call('GET', '/notifications', undefined, as && { as })).body
    return items.map(({ title, about, path }: Record<string, string>) => [title, about, path])
  }
  const told = (title: string) => [title, 'Swap · Nordhafen', `/actions/${id}`]
  expect(await heard(asMia)).toEqual([told('An action is yours')])
  await act(id, 'in-progress', {}, asMia)

  const boss = manager.personId
  for (const [day, kind, concerned] of [
    ['2026-03-02', null, []],
    ['2026-03-03', 'action.due', [mia.id]],
    ['2026-03-03', null, []],
    ['2026-03-04', 'action.late', [mia.id, boss]],
    ['2026-03-05', null, []],
  ] as const) {
    const facts = await inContext(
      database,
      async (context) => {
        const noted = sql<NewsFact>`select id, subject_id as "subjectId", kind, facts from history where kind in ('action.due', 'action.late')`
        const before = (await noted.execute(context.db)).rows
        await noteDue(context)
        const { rows } = await noted.execute(context.db)
        const fresh = rows.filter((fact) => !before.some((each) => each.id === fact.id))
        return Promise.all(fresh.map(async (fact) => [fact.kind, await actionNews.concerns(context, fact)] as const))
      },
      { actor: system, now: new Date(`${day}T05:05Z`) },
    )
    expect(facts.map(([each]) => each)).toEqual(kind === null ? [] : [kind])
    expect(facts.flatMap(([, whom]) => whom.map(({ personId }) => personId))).toEqual(concerned)
  }
  await act(id, 'done-claimed', { evidence: 'Green' }, asMia)
  expect(await heard()).toEqual(
    ['An action that you made is late', 'An action is said to be done: see whether it is'].map(told),
  )
  // That its day came is no act of anybody.
  expect((await call('GET', `/actions/${id}`)).body.log).toHaveLength(3)
})

test('an action is made from each kind of record that there is, as the database has them', async () => {
  const { database } = await world()
  await inContext(database, async ({ db }) => {
    for (const record of Object.values(originRecords))
      expect((await sql`select id, customer_id, label from (${record}) r limit 0`.execute(db)).rows).toEqual([])
  })
})
