import { beforeAll, expect, test, vi } from 'vitest'
import { newId } from '#core/id.ts'
import { writeDueLetter } from './letters.ts'
import { pushOut } from './push.ts'
import { notificationWorld } from './testing.ts'

beforeAll(() => {
  vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64url'))
  return () => vi.unstubAllEnvs()
})

test('each person is told of a fact once, nobody of their own, and of a record alone that they still see', async () => {
  const world = await notificationWorld()
  const { call, as, of, work, customer } = world
  const [ada, ben] = [await world.join('Ada', 'agent'), await world.join('Ben', 'agent', customer.id)]
  const [sten, rosa] = [
    await world.join('Sten', 'customer-stakeholder', customer.id),
    await world.join('Rosa', 'customer-stakeholder', world.foreign.id),
  ]
  const incident = await world.declare()
  const path = `/incidents/${incident.number}`
  for (const watcher of [ada, ben, sten]) {
    expect((await call('PUT', `${path}/watchers/me`, undefined, { as: await as(watcher) })).status).toBe(204)
  }
  expect((await call('PUT', `${path}/watchers/me`, undefined, { as: await as(rosa) })).status).toBe(404)
  await call('PATCH', path, { assignee: ben }, { headers: { 'if-match': `"${incident.version}"` } })
  await work()
  for (const [moment, text, visibility] of [
    ['2026-03-02T09:01Z', 'the fan hums', 'internal'],
    ['2026-03-02T09:02Z', 'a fan comes', 'public'],
  ] as const) {
    world.at(moment)
    await call('POST', `${path}/notes`, { text, visibility }, { as: await as(ada) })
    await work()
  }

  // The holder follows it, too, and is told once all the same.
  expect((await of(ben)).map(({ kind, title, text }) => [kind, title, text])).toEqual([
    ['watched', 'Ada wrote in NHL-1001', 'a fan comes'],
    ['watched', 'Ada wrote in NHL-1001', 'the fan hums'],
    ['assigned', 'NHL-1001 is yours now', ''],
  ])
  expect(await of(ada)).toEqual([])
  // Neither who wrote nor what was said inside.
  expect((await of(sten)).map(({ title, text, path: to }) => [title, text, to])).toEqual([
    ['News about NHL-1001', 'a fan comes', '/incidents/NHL-1001'],
  ])
  expect(await of(rosa)).toEqual([])
  const count = async (id: string) =>
    (await call('GET', '/notifications/count', undefined, { as: await as(id) })).body.unread
  expect([await count(ben), await count(sten), await count(rosa)]).toEqual([3, 1, 0])

  // Nobody reads or marks another's.
  const [first] = await of(ben)
  expect((await call('POST', `/notifications/${first!.id}/read`, {}, { as: await as(sten) })).status).toBe(404)
  expect((await call('POST', `/notifications/${first!.id}/read`, {}, { as: await as(ben) })).status).toBe(204)
  expect(await of(ben, '?state=unread')).toHaveLength(2)
  const page = await call('GET', '/notifications?limit=2', undefined, { as: await as(ben) })
  const rest = await call('GET', `/notifications?cursor=${page.body.nextCursor}`, undefined, { as: await as(ben) })
  expect(page.body.items).toHaveLength(2)
  expect(rest.body.items).toHaveLength(1)

  // To a customer's people, nobody else follows it.
  const watchers = async (id: string) => (await call('GET', `${path}/watchers`, undefined, { as: await as(id) })).body
  expect((await watchers(ada)).items.map((each: { name: string }) => each.name)).toEqual(['Ada', 'Ben', 'Sten'])
  expect((await watchers(sten)).items.map((each: { name: string }) => each.name)).toEqual(['Sten'])

  // Of two steps at once the last is told, and why it waits in words.
  world.at('2026-03-02T09:03Z')
  for (const step of [{ to: 'in-progress' }, { to: 'on-hold', reason: 'awaiting-evidence' }])
    await call('POST', `${path}/transitions`, step, { as: await as(ada) })
  await work()
  expect((await of(sten))[0]).toMatchObject({ title: 'NHL-1001: waits', text: 'Waiting for evidence' })

  await world.database.pool.query(`update role_assignment set customer_id = $2 where person_id = $1`, [
    ben,
    world.foreign.id,
  ])
  expect(await of(ben)).toEqual([])
  expect(await count(ben)).toBe(0)
})

test('a mail goes out when it is due, as the rights are then, once, and no more after a link or a bounce', async () => {
  const world = await notificationWorld()
  const { call, as, work, mail, customer, jobWorld } = world
  const [ada, ben, cem] = [
    await world.join('Ada', 'agent'),
    await world.join('Ben', 'agent', customer.id),
    await world.join('Cem', 'agent'),
  ]
  const want = async (id: string, rhythm: string, more: object = {}) => {
    const kinds = [{ kind: 'watched', shown: true, mail: rhythm, push: false }]
    const reply = await call('PATCH', '/notification-settings', { kinds, ...more }, { as: await as(id) })
    expect(reply.status, reply.text).toBe(200)
    return reply.body
  }
  expect((await want(ada, 'now')).mail).toMatchObject({ address: 'ada@x.example', sends: true, failedAt: null })
  await want(ben, 'now')
  await want(cem, 'daily', { digestAt: 600, quiet: { from: 1200, to: 420 } })
  const incident = await world.declare()
  const path = `/incidents/${incident.number}`
  for (const watcher of [ada, ben, cem]) await call('PUT', `${path}/watchers/me`, undefined, { as: await as(watcher) })
  const note = async (text: string) => {
    await call('POST', `${path}/notes`, { text, visibility: 'internal' })
    await work()
  }
  const deliver = async () => {
    while (await writeDueLetter(jobWorld()));
    await world.send()
    return mail.got.splice(0).map((raw) => raw.replaceAll('=\r\n', ''))
  }
  await note('first word <b>&')
  expect(await deliver()).toEqual([])

  world.at('2026-03-02T09:02Z')
  // Ben lost sight of it after it was written down that he should hear of it.
  await world.database.pool.query(`update role_assignment set customer_id = $2 where person_id = $1`, [
    ben,
    world.foreign.id,
  ])
  const [letter, ...others] = await deliver()
  expect(others).toEqual([])
  expect(letter).toContain('To: Ada <ada@x.example>')
  expect(letter).toContain('Subject: =?UTF-8?Q?News_about_NHL-1001_')
  expect(letter).toContain('first word')
  expect(letter).toContain('Auto-Submitted: auto-generated')
  expect(await deliver()).toEqual([])

  // Between the writing and the sending, too.
  await note('second word')
  world.at('2026-03-02T09:05Z')
  while (await writeDueLetter(jobWorld()));
  await world.database.pool.query(`update account set disabled_at = now() where person_id = $1`, [ada])
  await world.send()
  expect(mail.got).toEqual([])
  await world.database.pool.query(`update account set disabled_at = null where person_id = $1`, [ada])

  // 10:00 in Berlin has passed: tomorrow, both in one.
  world.at('2026-03-03T09:00Z')
  const [digest, ...more] = await deliver()
  expect(more).toEqual([])
  expect(digest).toContain('To: Cem <cem@x.example>')
  expect(digest).toContain('Subject: Your day: 2 notifications')
  expect(digest).toMatch(/second word[^]*first word/)
  // As a page, too: each is the way to its record, and what was written stays what it is.
  const page = digest!.slice(digest!.indexOf('text/html'))
  expect(page).toMatch(/<a href=3D"[^"]*\/incidents\/NHL-1001"[^>]*>[^<]*NHL-1001/)
  expect(page).toContain('first word &#60;b&#62;&#38;')

  // A link that was made up changes nothing; that of a mail ends them without signing in.
  const token = /\/unsubscribe#([\w.-]+)/.exec(letter!)![1]!
  for (const forged of ['x', `${cem}.${token.split('.')[1]}`, `${token.slice(0, -2)}xx`]) {
    const reply = await call('POST', '/notification-mails/stop', { token: forged }, { as: null })
    expect([reply.status, reply.body.code]).toEqual([422, 'notification.no-such-link'])
  }
  const stopped = await call('POST', '/notification-mails/stop', { token }, { as: null })
  expect(stopped.body).toEqual({ email: 'a…@x.example' })
  const { kinds } = (await call('GET', '/notification-settings', undefined, { as: await as(ada) })).body
  expect(new Set(kinds.map((each: { mail: string }) => each.mail))).toEqual(new Set(['never']))

  // An address without a box: nothing more goes there, and its owner is told why.
  await want(ada, 'now')
  mail.state.refuse = () => 550
  await note('third word')
  world.at('2026-03-03T09:05Z')
  await deliver()
  await work()
  const failed = async () =>
    (await call('GET', '/notification-settings', undefined, { as: await as(ada) })).body.mail.failedAt
  const undelivered = await world.database.pool.query(`select 1 from outgoing_mail where failed_at is not null`)
  expect(undelivered.rowCount).toBeGreaterThan(0)
  expect(await failed()).not.toBeNull()
  mail.state.refuse = () => null
  await note('fourth word')
  world.at('2026-03-03T09:10Z')
  expect(await deliver()).toEqual([])
  await want(ada, 'now', { mailWorks: true })
  expect(await failed()).toBeNull()

  // What a digest tells in part is told anew when the other part went out of sight; without a mailbox it waits for one.
  const elsewhere = await world.declare({ customer: world.foreign.id })
  await call('PUT', `/incidents/${elsewhere.number}/watchers/me`, undefined, { as: await as(cem) })
  await note('of ours')
  await call('POST', `/incidents/${elsewhere.number}/notes`, { text: 'of others', visibility: 'internal' })
  await work()
  const pause = (paused: boolean) => world.database.pool.query('update mail_account set paused = $1', [paused])
  await pause(true)
  world.at('2026-03-04T09:10Z')
  expect(await deliver()).toEqual([])
  await pause(false)
  world.at('2026-03-04T10:10Z')
  while (await writeDueLetter(jobWorld()));
  const reach = 'update role_assignment set customer_id = $2 where person_id = $1'
  await world.database.pool.query(reach, [cem, customer.id])
  await world.send()
  expect(mail.got.filter((raw) => raw.includes('To: Cem'))).toEqual([])
  await work()
  const [anew] = (await deliver()).filter((raw) => raw.includes('To: Cem'))
  expect(anew).toContain('of ours')
  expect(anew).not.toContain('of others')
})

test('a browser is reached outside of quiet hours while its person sees the record, and forgotten when it is gone', async () => {
  const world = await notificationWorld()
  const { call, as, push, database, jobWorld, customer } = world
  const [ada, sten] = [
    await world.join('Ada', 'agent', customer.id),
    await world.join('Sten', 'customer-stakeholder', customer.id),
  ]
  const subscribe = async (id: string, endpoint: string) =>
    call('POST', '/push-subscriptions', { endpoint, keys: push.keys }, { as: await as(id) })
  expect((await subscribe(ada, 'http://127.0.0.1/x')).status).toBe(400)
  const { body: added } = await subscribe(ada, 'https://push.example/one')
  const devices = async (id: string) =>
    (await call('GET', '/notification-settings', undefined, { as: await as(id) })).body.push.devices
  expect(await devices(ada)).toHaveLength(1)
  expect(await devices(sten)).toEqual([])
  const remove = async (id: string) =>
    call('DELETE', `/push-subscriptions/${added.id}`, undefined, { as: await as(id) })
  expect((await remove(sten)).status).toBe(404)
  await database.pool.query(`update push_subscription set endpoint = $1`, [push.url])

  const incident = await world.declare()
  await call(
    'PATCH',
    `/incidents/${incident.id}`,
    { assignee: ada },
    { headers: { 'if-match': `"${incident.version}"` } },
  )
  await world.work()
  const [told] = await world.of(ada)
  expect(push.state.got).toBe(1)
  // What the browser shows is what the list shows to the same person, and nothing besides.
  const [listed] = (await call('GET', '/notifications', undefined, { as: await as(ada) })).body.items
  const { title, text, about, path } = listed
  expect(push.shown).toEqual([{ title, body: text || about, path, tag: listed.id }])

  const elsewhere = (id: string) =>
    database.pool.query(`update role_assignment set customer_id = $2 where person_id = $1`, [ada, id])
  await elsewhere(world.foreign.id)
  await pushOut(jobWorld(), told!.id)
  await elsewhere(customer.id)
  await call('PATCH', '/notification-settings', { quiet: { from: 540, to: 720 } }, { as: await as(ada) })
  await pushOut(jobWorld(), told!.id)
  expect(push.state.got).toBe(1)

  await call('PATCH', '/notification-settings', { quiet: null }, { as: await as(ada) })
  push.state.status = 503
  await expect(pushOut(jobWorld(), told!.id)).rejects.toThrow('503')
  expect(await devices(ada)).toHaveLength(1)
  push.state.status = 410
  await pushOut(jobWorld(), told!.id)
  expect(await devices(ada)).toEqual([])
  await pushOut(jobWorld(), newId())
  expect(push.state.got).toBe(3)
})

test('a name in a note calls up whoever may read it, is offered and taken for nobody else, and is no news to a customer', async () => {
  const world = await notificationWorld()
  const { call, as, of, work, customer, foreign } = world
  const [ada, adam, adele] = [
    await world.join('Ada', 'agent'),
    await world.join('Adam', 'agent', customer.id),
    await world.join('Adele', 'agent', foreign.id),
  ]
  const [adina, adrian] = [
    await world.join('Adina', 'customer-stakeholder', customer.id),
    await world.join('Adrian', 'requester', customer.id),
  ]
  const incident = await world.declare()
  const path = `/incidents/${incident.id}`
  const offered = async (visibility: string) => {
    const reply = await call('GET', `${path}/mentionable?q=ad&visibility=${visibility}`, undefined, {
      as: await as(ada),
    })
    return reply.body.items.map(({ name }: { name: string }) => name)
  }
  expect(await offered('internal')).toEqual(['Adam'])
  // Who only reports sees their own alone.
  expect(await offered('public')).toEqual(['Adam', 'Adina'])
  const elsewhere = await call('GET', `${path}/mentionable?q=ad`, undefined, { as: await as(adele) })
  expect(elsewhere.status).toBe(404)

  const note = async (visibility: string, ...mentions: string[]) =>
    call('POST', `${path}/notes`, { text: '@Adam look', visibility, mentions }, { as: await as(ada) })
  for (const [visibility, whom] of [
    ['internal', adele],
    ['internal', adina],
    ['public', adrian],
  ] as const) {
    const refused = await note(visibility, adam, whom)
    expect([refused.status, refused.body.code]).toEqual([422, 'incident.not-mentionable'])
  }
  expect((await note('internal', newId())).status).toBe(404)
  // As long as one is refused nothing is written.
  const timeline = async (who: string) =>
    (await call('GET', `${path}/timeline`, undefined, { as: await as(who) })).body.items as {
      kind: string
      facts: object
    }[]
  const notes = async (who: string) => (await timeline(who)).filter(({ kind }) => kind === 'incident.note')
  expect(await notes(ada)).toEqual([])

  await call('PUT', `${path}/watchers/me`, undefined, { as: await as(adam) })
  expect((await note('public', adam, adina)).status).toBe(201)
  await work()
  // By two ways, and told once.
  expect((await of(adam)).map(({ kind, title }) => [kind, title])).toEqual([
    ['mentioned', `Ada mentioned you in ${incident.number}`],
  ])
  expect((await of(adina)).map(({ kind, title }) => [kind, title])).toEqual([
    ['mentioned', `You were mentioned in ${incident.number}`],
  ])
  for (const nobody of [adele, adrian]) expect(await of(nobody)).toEqual([])
  expect((await notes(ada))[0]!.facts).toMatchObject({ mentions: [{ id: adam }, { id: adina }] })
  expect((await notes(adina))[0]!.facts).toEqual({ text: '@Adam look' })
})

test('whoever is let into what few may know of hears of it, and nobody else does', async () => {
  const world = await notificationWorld()
  const { call, as, of, work } = world
  const [ada, adam, eve] = [
    await world.join('Ada', 'agent'),
    await world.join('Adam', 'agent'),
    await world.join('Eve', 'agent'),
  ]
  const incident = await world.declare()
  const path = `/incidents/${incident.id}`
  const { body } = await call('GET', path, undefined, { as: await as(ada) })
  const change = { assignee: ada, confidential: ['security'] }
  const changed = await call('PATCH', path, change, { as: await as(ada), headers: { 'if-match': `"${body.version}"` } })
  expect(changed.status).toBe(200)
  await call('PUT', `${path}/watchers/me`, undefined, { as: await as(eve) })
  expect((await call('POST', `${path}/readers`, { person: adam }, { as: await as(ada) })).status).toBe(201)
  await work()
  expect((await of(adam)).map(({ kind, title }) => [kind, title])).toEqual([
    ['mentioned', `Ada lets you know of ${incident.number}: few may`],
  ])
  expect(await of(eve)).toEqual([])
})
