import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { inWorld, testWorld } from '../../testing.ts'
import { ruleJobs } from './index.ts'
import { considerTime } from './jobs.ts'

async function world() {
  const { call, work, at, database } = await testWorld()
  const as = actorWith('staff', ['administrator', 'service-manager'])
  await database.pool.query(
    `with p as (insert into person (id, name) values ($1, 'Mia') returning id)
     insert into role_assignment (id, person_id, role, valid_from) select gen_random_uuid(), id, 'service-manager', '2026-01-01' from p`,
    [as.personId],
  )
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body, { as })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen' })
  const people = await Promise.all(['Ada', 'Ben'].map((name) => made('/people', { name })))
  const working = (ids: readonly string[]) =>
    database.pool.query(
      `insert into role_assignment (id, person_id, role, valid_from) select gen_random_uuid(), id, 'agent', '2026-01-01'
       from unnest($1::uuid[]) as id`,
      [ids],
    )
  await working(people.map(({ id }) => id))
  const team = await made('/teams', { name: 'Network', members: people.map(({ id }) => ({ id })) })
  const declare = (title: string, more: object = {}) =>
    made('/incidents', { customer: customer.id, title, impact: 'medium', urgency: 'medium', ...more })
  const note = (id: string, text: string) => call('POST', `/incidents/${id}/notes`, { text }, { as })
  const seen = async (id: string) => (await call('GET', `/incidents/${id}`)).body
  const told = async (id: string) =>
    (await call('GET', `/incidents/${id}/timeline`)).body.items as readonly {
      kind: string
      facts: Record<string, unknown>
      rule?: { name: string; number: number }
    }[]
  const patch = async (id: string, body: object) => {
    const { version } = (await call('GET', `/rules/${id}`)).body
    return call('PATCH', `/rules/${id}`, body, { as, headers: { 'if-match': `"${version}"` } })
  }
  return { call, work, at, database, as, made, working, customer, people, team, declare, note, seen, told, patch }
}

test('a rule acts on what it waits for, in turn, and each thing it did stands in the history with its version', async () => {
  const { call, work, made, people, team, declare, seen, told, patch } = await world()
  const rule = await made('/rules', {
    name: 'Network goes to the network team',
    when: { on: 'opened' },
    if: [[{ field: 'title', values: ['wlan'] }], [{ field: 'category', values: ['network'] }]],
    actions: [
      { do: 'choose', team: team.id, by: 'turn' },
      { do: 'rate', urgency: 'high' },
      { do: 'note', text: '{number} went to {assignee} by {rule}' },
      { do: 'watch', person: people[0]!.id },
    ],
  })
  expect(rule).toMatchObject({ number: 1, owner: { name: 'Mia' }, names: { [team.id]: 'Network' } })
  const [one, other, none] = [await declare('WLAN is slow'), await declare('WLAN is gone'), await declare('Printer')]
  await work()
  const chosen = new Set([(await seen(one.id)).assignee.id, (await seen(other.id)).assignee.id])
  expect(chosen).toEqual(new Set(people.map(({ id }) => id)))
  expect(await seen(one.id)).toMatchObject({
    team: { name: 'Network' },
    state: 'assigned',
    urgency: 'high',
    priority: 'p2',
  })
  expect((await call('GET', `/incidents/${one.id}/watchers`)).body.items).toMatchObject([{ id: people[0]!.id }])
  expect(await seen(none.id)).toMatchObject({ team: null, urgency: 'medium' })
  const byRule = (await told(one.id)).filter((entry) => entry.rule !== undefined)
  expect(byRule.map(({ kind }) => kind).toSorted()).toEqual([
    'incident.assigned',
    'incident.changed',
    'incident.note',
    'incident.priority',
    'incident.rule-acted',
  ])
  expect(byRule.every((entry) => entry.rule!.name === rule.name && entry.rule!.number === 1)).toBe(true)
  expect(byRule.find(({ kind }) => kind === 'incident.note')!.facts['text']).toContain(`${one.number} went to `)

  await call('POST', '/incidents', { customer: 'Nordhafen', title: 'x', impact: 'low', urgency: 'low' })
  const changed = await patch(rule.id, { actions: [{ do: 'categorise', category: 'Network' }] })
  expect(changed.body).toMatchObject({ number: 2, acted: 2 })
  const later = await declare('WLAN again')
  await work()
  expect(await seen(later.id)).toMatchObject({ category: 'Network', assignee: null })
  expect((await call('GET', `/rules/${rule.id}/versions`)).body.items).toMatchObject([
    { number: 2, changed: ['actions'], madeBy: 'Mia' },
    { number: 1, actions: [{ do: 'choose' }, { do: 'rate' }, { do: 'note' }, { do: 'watch' }] },
  ])
  expect((await call('GET', `/rules/${rule.id}/runs`)).body.items).toMatchObject([
    { number: 2, incident: { number: later.number }, done: [{ do: 'categorise', what: 'Network' }] },
    { number: 1 },
    { number: 1 },
  ])
  expect((await patch(rule.id, { enabled: false })).body).toMatchObject({ enabledSince: null, number: 2 })
  const off = await declare('WLAN once more')
  await work()
  expect((await seen(off.id)).category).toBeNull()
})

test('who is absent, lacks the skill or has most is passed over, and a team that is closed is given nothing', async () => {
  const { call, work, at, made, as, people, declare, seen, patch } = await world()
  const [ada, ben] = people
  const say = (person: { id: string }, body: object) =>
    call(
      'PUT',
      `/assignment-profiles/${person.id}`,
      { skills: [], absentFrom: null, absentTo: null, ...body },
      {
        as,
        headers: { 'if-match': '"0"' },
      },
    )
  expect((await say(ada, { skills: ['SAP'] })).status).toBe(200)
  expect((await say(ben, { absentFrom: '2026-03-02', absentTo: '2026-03-06' })).body).toMatchObject({ version: 1 })
  expect((await say(ben, {})).status).toBe(412)
  const known = async (who: typeof as) =>
    (await call('GET', '/assignment-profiles', undefined, { as: who })).body.items.map(
      ({ person }: { person: { name: string } }) => person.name,
    )
  expect(await known({ ...actorWith('staff', ['agent']), personId: ben.id })).toEqual(['Ben'])
  expect(await known(as)).toEqual(['Ada', 'Ben'])
  const office = { opens: 480, closes: 1080 }
  const rules = { timeZone: 'UTC', week: [[office], [office], [office], [office], [office], [], []] }
  const calendar = await made('/calendars', { name: 'Office', rules })
  // Without a role she would not see what she got.
  const members = [...people, await made('/people', { name: 'Eve' })].map(({ id }) => ({ id }))
  const team = await made('/teams', { name: 'SAP', calendar: calendar.id, members })
  const choose = { do: 'choose', team: team.id, by: 'load', openOnly: true }
  const rule = await made('/rules', { name: 'SAP', when: { on: 'opened' }, actions: [choose] })
  const holder = async () => {
    const { id } = await declare('A ticket')
    await work()
    return (await seen(id)).assignee?.name ?? null
  }
  expect(await holder()).toBe('Ada')
  expect(await holder()).toBe('Ada')
  at('2026-03-09T09:00:00Z')
  expect(await holder()).toBe('Ben')
  expect((await patch(rule.id, { actions: [{ ...choose, skill: 'sap' }] })).status).toBe(200)
  expect(await holder()).toBe('Ada')
  at('2026-03-09T20:00:00Z')
  expect(await holder()).toBeNull()
  expect((await call('GET', `/rules/${rule.id}/runs`)).body.items[0].done).toMatchObject([{ skipped: 'closed' }])
})

test('a rule that triggers itself acts once and says so; two that trigger each other end as well', async () => {
  const { call, work, made, declare, note, told } = await world()
  const rule = await made('/rules', {
    name: 'Echo',
    when: { on: 'note' },
    if: [[{ field: 'text', not: true, values: ['stop'] }]],
    actions: [{ do: 'note', text: 'Noted: {title}' }],
  })
  expect(rule).toMatchObject({ mayTriggerItself: true, stopped: null })
  const { id } = await declare('Round and round')
  await note(id, 'stop here')
  await work()
  expect((await told(id)).map(({ kind }) => kind)).not.toContain('incident.rule-acted')
  await note(id, 'go')
  await work()
  const kinds = (await told(id)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'incident.note')).toHaveLength(3)
  expect(kinds.filter((kind) => kind === 'incident.rule-stopped')).toHaveLength(1)
  const stopped = (await call('GET', `/rules/${rule.id}`)).body
  expect(stopped.stopped).toMatchObject({ why: 'itself', incident: { id } })
  expect(stopped.stopped.sentence).toContain('stopped before the second time')
  expect(stopped.enabledSince).not.toBeNull()
  expect((await call('GET', `/rules/${rule.id}/runs?outcome=stopped`)).body.items).toHaveLength(1)

  for (let again = 0; again < 10; again++) {
    await note(id, 'go')
    await work()
  }
  expect((await call('GET', `/rules/${rule.id}`)).body).toMatchObject({ enabledSince: null, stopped: { why: 'rate' } })

  const answered = { name: 'Ping', when: { on: 'changed' }, actions: [{ do: 'note', text: 'changed' }] }
  const ping = await made('/rules', answered)
  const pong = await made('/rules', {
    name: 'Pong',
    when: { on: 'note' },
    if: [[{ field: 'category', values: ['none'] }]],
    actions: [{ do: 'categorise', category: 'Ping' }],
  })
  const other = await declare('To and fro')
  await note(other.id, 'go')
  await work()
  const { items } = (await call('GET', `/rules/${ping.id}/runs`)).body
  expect(items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['acted'])
  expect((await call('GET', `/rules/${pong.id}/runs`)).body.items).toHaveLength(1)
})

test('a trial says what would have been done, by what was so actions, and writes nothing', async () => {
  const { call, work, at, as, team, declare, note, database } = await world()
  const p1 = await declare('Was a P1', { impact: 'high', urgency: 'high' })
  await declare('Never was')
  at('2026-03-03T09:00:00Z')
  const headers = { 'if-match': '"1"' }
  await call('PATCH', `/incidents/${p1.id}`, { impact: 'low', urgency: 'low', team: team.id }, { as, headers })
  await note(p1.id, 'Please hurry')
  await work()
  const state = async () =>
    (
      await database.pool.query(`select (select count(*) from history) as h, (select count(*) from rule_run) as r,
      (select count(*) from audit) as a, (select count(*) from rule) as n, (select sum(version) from incident) as v`)
    ).rows
  const before = await state()
  const trial = async (body: object) => {
    const reply = await call('POST', '/rules/trials', { actions: [{ do: 'team', team: team.id }], ...body }, { as })
    expect(reply.status, reply.text).toBe(200)
    return reply.body
  }
  const opened = await trial({ when: { on: 'opened' }, if: [[{ field: 'priority', values: ['p1'] }]] })
  expect(opened).toMatchObject({
    looked: 2,
    whole: true,
    acted: 1,
    incidents: 1,
    acts: [{ do: 'team', count: 1 }],
    items: [{ incident: { number: p1.number }, customer: 'Nordhafen', at: '2026-03-02T09:00:00.000Z' }],
  })
  const words = {
    when: { on: 'note' },
    if: [
      [
        { field: 'text', values: ['hurry'] },
        { field: 'team', not: true, values: ['none'] },
      ],
    ],
  }
  expect(await trial(words)).toMatchObject({ acted: 1 })
  const time = { on: 'time', hours: 20, since: 'opened', repeat: false }
  expect(await trial({ when: time, if: [[{ field: 'team', values: ['none'] }]] })).toMatchObject({
    looked: 2,
    acted: 2,
  })
  expect(await trial({ when: time, if: [[{ field: 'priority', values: ['p1'] }]] })).toMatchObject({ acted: 1 })
  expect(await trial({ when: { ...time, hours: 200 } })).toMatchObject({ looked: 0, acted: 0 })
  expect(await state()).toEqual(before)
  const stranger = actorWith('limited', ['service-manager', 'agent'], [])
  const nothing = await call(
    'POST',
    '/rules/trials',
    { when: { on: 'opened' }, actions: [{ do: 'note', text: 'x' }] },
    { as: stranger },
  )
  expect(nothing.body).toMatchObject({ looked: 0, items: [] })
})

test('a rule that waits for hours speaks of each moment once', async () => {
  const { work, at, made, declare, told, database, call } = await world()
  await made('/rules', {
    name: 'Nobody has cared for two hours',
    when: { on: 'time', hours: 2, since: 'opened', repeat: true },
    if: [[{ field: 'state', values: ['new'] }]],
    // What the run keeps of it ends within a character.
    actions: [{ do: 'note', text: `${'x'.repeat(199)}😀` }],
  })
  const { id } = await declare('Forgotten')
  const look = async (moment: string) => {
    at(moment)
    const handler = ruleJobs.find(({ job }) => job.name === considerTime.name)!
    await inWorld(database, new Date(moment), (given) => handler.run(given, {}))
    await work()
    return (await told(id)).filter(({ kind }) => kind === 'incident.note').length
  }
  expect(await look('2026-03-02T10:59:00Z')).toBe(0)
  expect(await look('2026-03-02T11:00:00Z')).toBe(1)
  expect(await look('2026-03-02T11:00:00Z')).toBe(1)
  expect(await look('2026-03-02T13:30:00Z')).toBe(2)
  await call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
  expect(await look('2026-03-02T15:30:00Z')).toBe(2)
})

test('a rule writes a mail, raises an escalation and calls a webhook, and says what it could not do', async () => {
  const { call, work, made, working, as, customer, declare, database } = await world()
  const owner = await made('/people', { name: 'Nils', email: 'nils@own.example' })
  await working([owner.id])
  const sightless = await made('/people', { name: 'Una', email: 'una@own.example' })
  const url = 'https://pager.invalid/in'
  const webhook = await made('/webhooks', { name: 'Pager', url, kinds: ['clock.breached'] })
  const actions = [
    { do: 'mail', to: 'person', person: owner.id, subject: '{number} for you', text: 'See {link}' },
    { do: 'escalate', level: 2, kind: 'hierarchic', owner: owner.id, reason: '{title} again' },
    { do: 'webhook', webhook: webhook.id },
    { do: 'mail', to: 'assignee', subject: 'x', text: 'x' },
    { do: 'categorise', category: 'Network' },
    { do: 'mail', to: 'person', person: sightless.id, subject: 'x', text: 'x' },
  ]
  const rule = await made('/rules', { name: 'All at once', customer: customer.id, when: { on: 'opened' }, actions })
  const done = async () => {
    const incident = await declare('Scanner')
    await work()
    const { items } = (await call('GET', `/rules/${rule.id}/runs`)).body
    return { incident, acts: items[0].done }
  }
  expect((await done()).acts).toMatchObject([
    { do: 'mail', skipped: 'no-mailbox' },
    { do: 'escalate', what: 'Scanner again' },
    { do: 'webhook', what: 'Pager' },
    { do: 'mail', skipped: 'nobody' },
    { do: 'categorise', what: 'Network' },
    { do: 'mail', skipped: 'nobody' },
  ])
  const server = { host: 'mail.invalid', port: 465, security: 'tls' }
  const account = {
    address: 'desk@own.example',
    imap: { ...server, port: 993 },
    smtp: server,
    userName: 'desk',
    secret: 'x',
  }
  expect((await call('POST', '/mail-accounts', account, { as })).status).toBe(201)
  const { incident, acts } = await done()
  expect(acts[0]).toEqual({ do: 'mail', what: `${incident.number} for you` })
  const { rows: mails } = await database.pool.query(
    `select recipient, subject, automatic, person_id as "personId", message_id like '%.letter@%' as "isLetter" from outgoing_mail`,
  )
  const subject = `${incident.number} for you`
  // Who has no role sees no incident; and an answer would be read by the customer.
  expect(mails).toEqual([
    { recipient: 'nils@own.example', subject, automatic: true, personId: owner.id, isLetter: true },
  ])
  const escalations = (await call('GET', `/escalations?incident=${incident.number}`)).body.items
  expect(escalations).toMatchObject([{ source: 'auto', level: 2, owner: { name: 'Nils' } }])
  const { items } = (await call('GET', `/webhooks/${webhook.id}/deliveries`)).body
  expect(items).toMatchObject([{ kind: 'rule.acted', incident: { number: incident.number } }, { kind: 'rule.acted' }])
})

test('what cannot be known is refused with a sentence, and a rule acts only where its owner may manage', async () => {
  const { call, work, made, as, customer, declare, told, database } = await world()
  const rule = { name: 'Hello', when: { on: 'opened' }, actions: [{ do: 'note', text: 'x' }] }
  const refused = async (body: object) => (await call('POST', '/rules', { ...rule, ...body }, { as })).body
  const field = await refused({ actions: [{ do: 'note', text: 'Dear {requestor}' }] })
  expect(field).toMatchObject({ code: 'rule.unknown-field', errors: [{ path: 'actions.0.text' }] })
  expect(field.detail).toContain('{requestor}')
  expect(await refused({ if: [[{ field: 'priority', values: ['p9'] }]] })).toMatchObject({ code: 'rule.unknown-value' })
  expect(await refused({ if: [[{ field: 'team', values: [customer.id] }]] })).toMatchObject({
    code: 'rule.unknown-value',
  })

  const theirs = await made('/people', { name: 'Tom', customer: customer.id })
  const escalate = { do: 'escalate', level: 1, kind: 'functional', owner: theirs.id, reason: 'x' }
  expect(await refused({ actions: [escalate] })).toMatchObject({ code: 'escalation.owner-inside' })
  expect(await refused({ actions: [{ do: 'person', person: theirs.id }] })).toMatchObject({
    code: 'incident.holder-inside',
  })

  const { id } = await made('/rules', rule)
  const limited = { ...actorWith('limited', ['service-manager', 'agent'], [customer.id]), personId: as.personId }
  const forAll = await call('POST', '/rules', rule, { as: limited })
  expect([forAll.status, forAll.body.code]).toEqual([403, 'may.own-customers'])
  expect((await call('GET', `/rules/${id}`, undefined, { as: limited })).status).toBe(404)
  expect((await call('GET', '/rules', undefined, { as: actorWith('staff', ['agent']) })).status).toBe(403)

  await database.pool.query('update role_assignment set valid_to = valid_from where person_id = $1', [as.personId])
  const incident = await declare('Not theirs any more')
  await work()
  expect((await told(incident.id)).map(({ kind }) => kind)).toEqual(['incident.opened'])
})
