import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const office = { opens: 8 * 60, closes: 18 * 60 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }

/** A customer with an agreement for P1 alone, two teams, and a colleague: Monday, 09:00 in Berlin. */
async function world() {
  const made = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call, work } = made
  const add = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await add('/customers', { name: 'Nordhafen', key: 'NHL' })
  const calendar = await add('/calendars', { name: 'Office', customer: customer.id, rules })
  await add('/agreements', {
    name: 'NHL-2026',
    customer: customer.id,
    calendar: calendar.id,
    validFrom: '2026-01-01T00:00:00Z',
    targets: [{ metric: 'resolution', priority: 'p1', targetSeconds: 4 * 3600, attainmentBp: 9500 }],
    activate: true,
  })
  await work()
  const agent = await add('/people', { name: 'Ada Lovelace', email: 'ada@provider.example' })
  const team = await add('/teams', { name: 'Network EU', members: [{ id: agent.id }] })
  const other = await add('/teams', { name: 'Print EU' })
  const declare = (title: string, more: object = {}) =>
    add('/incidents', { customer: customer.id, title, impact: 'low', urgency: 'low', ...more })
  return { ...made, add, customer, agent, team, other, declare }
}

type World = Awaited<ReturnType<typeof world>>

async function titles({ call }: World, query: string, options = {}) {
  const reply = await call('GET', `/incidents?${query}`, undefined, options)
  expect(reply.status, reply.text).toBe(200)
  return reply.body.items.map(({ title }: { title: string }) => title)
}

test('what is due comes first and what has no target last, page by page without a gap or a repetition', async () => {
  const here = await world()
  const { call, at, declare } = here
  const urgent = { impact: 'high', urgency: 'high' }
  await declare('without a target, older')
  at('2026-03-02T08:10:00Z')
  await declare('due later', urgent)
  at('2026-03-02T08:05:00Z')
  await declare('due first', urgent)
  at('2026-03-02T08:20:00Z')
  await declare('without a target, newer')

  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 6; pages++) {
    const { body } = await call('GET', `/incidents?sort=dueAt&limit=1${cursor}`)
    seen.push(...body.items.map(({ title }: { title: string }) => title))
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }

  expect(seen).toEqual(['due first', 'due later', 'without a target, newer', 'without a target, older'])
})

test('a list is narrowed by team, person, due day, day of logging and category, and counted alike', async () => {
  const here = await world()
  const { call, at, declare, team, agent } = here
  await declare('Wi-Fi', { team: team.id, category: 'network' })
  await declare('Printer', { impact: 'high', urgency: 'high' })
  const { body: wifi } = await call('GET', '/incidents?q=wi-fi')
  const { number, version } = wifi.items[0]
  await call('PATCH', `/incidents/${number}`, { assignee: agent.id }, { headers: { 'if-match': `"${version}"` } })
  // Still the same day in Berlin, the next one in Auckland.
  at('2026-03-02T11:30:00Z')
  const ada = { as: { ...actorWith('staff', ['agent']), personId: agent.id } }

  expect(await titles(here, 'team=nobody')).toEqual(['Printer'])
  expect(await titles(here, 'team=Network%20EU')).toEqual(['Wi-Fi'])
  expect(await titles(here, 'assignee=me', ada)).toEqual(['Wi-Fi'])
  expect(await titles(here, 'assignee=nobody')).toEqual(['Printer'])
  expect(await titles(here, 'category=network')).toEqual(['Wi-Fi'])
  expect(await titles(here, 'due=late')).toEqual([])
  expect(await titles(here, 'due=today&zone=Europe/Berlin')).toEqual(['Printer'])
  expect(await titles(here, 'due=none')).toEqual(['Wi-Fi'])
  expect(await titles(here, 'priority=p1&priority=p2')).toEqual(['Printer'])
  expect(await titles(here, 'openedTo=2026-03-01')).toEqual([])
  expect(await titles(here, 'openedFrom=2026-03-02&openedTo=2026-03-02&sort=openedAt')).toHaveLength(2)
  at('2026-03-02T12:30:00Z')
  const { body } = await call('GET', '/incidents/count?state=open')
  expect(body).toEqual({ count: 2, more: false, late: 1, paused: 0 })
})

test('a list tells what was resolved in a time, and what was open at the end of a day', async () => {
  const here = await world()
  const { call, at, declare } = here
  for (const title of ['Done', 'Cancelled', 'Left']) await declare(title)
  const move = async (title: string, body: object) => {
    const { items } = (await call('GET', `/incidents?q=${title}`)).body
    const headers = { 'if-match': `"${items[0].version}"` }
    const reply = await call('POST', `/incidents/${items[0].number}/transitions`, body, { headers })
    expect(reply.status, reply.text).toBe(200)
  }
  // Already the next day in Auckland.
  at('2026-03-03T12:00:00Z')
  await move('Done', { to: 'resolved', note: 'Paper put in.' })
  await move('Cancelled', { to: 'cancelled', note: 'Not ours.' })
  await declare('Came later')

  const sorted = 'sort=openedAt'
  expect(await titles(here, 'resolvedFrom=2026-03-03&resolvedTo=2026-03-03')).toEqual(['Done'])
  expect(await titles(here, 'resolvedTo=2026-03-02')).toEqual([])
  expect(await titles(here, 'resolvedFrom=2026-03-04&zone=Pacific/Auckland')).toEqual(['Done'])
  expect(await titles(here, `openOn=2026-03-02&${sorted}`)).toEqual(['Done', 'Cancelled', 'Left'])
  expect(await titles(here, `openOn=2026-03-03&${sorted}`)).toEqual(['Left', 'Came later'])
  expect(await titles(here, 'openOn=2026-03-01')).toEqual([])
  expect((await call('GET', '/incidents/count?openOn=2026-03-03')).body.count).toBe(2)
})

test('a customer can neither list nor count by who works on what', async () => {
  const { call, customer, declare } = await world()
  await declare('Mail is down')
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  for (const query of ['team=nobody', 'assignee=nobody', 'assignee=me']) {
    expect((await call('GET', `/incidents?${query}`, undefined, { as })).status).toBe(403)
    expect((await call('GET', `/incidents/count?${query}`, undefined, { as })).status).toBe(403)
    expect((await call('GET', `/incidents/export?${query}`, undefined, { as })).status).toBe(403)
  }
  expect((await call('GET', '/incidents/count', undefined, { as })).body.count).toBe(1)
})

test('several are assigned at once, one that cannot be says why, and each history tells of it', async () => {
  const { call, at, declare, team } = await world()
  const first = await declare('Scanner')
  const second = await declare('Printer')
  at('2026-03-02T08:01:00Z')

  const { status, body } = await call('POST', '/incidents/bulk', {
    incidents: [second.number, 'NHL-9999', first.id],
    assign: { team: team.id },
  })

  expect(status).toBe(200)
  expect(body.changed).toBe(2)
  expect(body.items).toMatchObject([
    { incident: second.number, changed: true, before: { team: null, state: 'new' } },
    { incident: 'NHL-9999', changed: false, code: 'incident.not-found' },
    { incident: first.id, number: first.number, changed: true },
  ])
  const { body: after } = await call('GET', `/incidents/${first.number}`)
  expect(after).toMatchObject({ team: { name: 'Network EU' }, state: 'assigned' })
  const { body: told } = await call('GET', `/incidents/${first.number}/timeline`)
  expect(told.items.at(-1)).toMatchObject({ kind: 'incident.assigned', facts: { team: { from: null, to: team.id } } })

  // Of several that are resolved those that cannot be stay as they were.
  const [open, gone] = [first, second]
  at('2026-03-02T08:02:00Z')
  await call('POST', `/incidents/${gone.number}/transitions`, { to: 'cancelled' })
  const { body: resolved } = await call('POST', '/incidents/bulk', {
    incidents: [open.number, gone.number],
    transition: { to: 'resolved', note: 'Replaced.', evidence: 'https://photos.example/7' },
  })

  expect(resolved.items).toMatchObject([{ changed: true }, { changed: false, code: 'incident.cannot' }])
  expect((await call('GET', `/incidents/${gone.number}`)).body.state).toBe('cancelled')
  const { body: since } = await call('GET', `/incidents/${open.number}/timeline`)
  expect(since.items.at(-1).facts).toMatchObject({ to: 'resolved', evidence: 'https://photos.example/7' })
})

test('what somebody changed since the list was read is left alone by a change of several, and named', async () => {
  const { call, declare, team } = await world()
  const [first, second, third] = [await declare('Scanner'), await declare('Printer'), await declare('Phone')]
  await call('POST', `/incidents/${second.id}/transitions`, { to: 'in-progress' })
  const incidents = [first.id, second.id, third.number]
  const versions = { [first.id]: first.version, [second.id]: second.version, [third.number]: third.version }

  const { body } = await call('POST', '/incidents/bulk', { incidents, versions, assign: { team: team.id } })

  expect(body).toMatchObject({
    changed: 2,
    items: [
      { changed: true, version: first.version + 1 },
      { number: second.number, changed: false, code: 'request.moved-on', version: second.version + 1 },
      { changed: true, version: third.version + 1 },
    ],
  })
  expect((await call('GET', `/incidents/${second.id}`)).body.team).toBeNull()
  // With what it is now, whoever looked at it again may go on; so may the way back.
  const again = { incidents: [second.id], versions: { [second.id]: body.items[1].version }, assign: { team: null } }
  expect((await call('POST', '/incidents/bulk', again)).body.changed).toBe(1)
})

test('a list goes out as a table: formulas are harmless, moments are of the zone, words of the language', async () => {
  const { call, declare, customer } = await world()
  await declare('=1+1 is "wrong"')
  const query = 'columns=number&columns=title&columns=state&columns=team&columns=opened&zone=Europe/Berlin'

  const german = await call('GET', `/incidents/export?${query}&language=de`)
  expect(german.headers['content-type']).toContain('text/csv')
  expect(german.text).toBe(
    '\uFEFFNummer;Was;Zustand;Team;Erfasst\r\nNHL-1001;"\'=1+1 is ""wrong""";Neu;;02.03.2026 09:00\r\n',
  )
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const theirs = await call('GET', `/incidents/export?${query}&language=en`, undefined, { as })
  expect(theirs.text.split('\r\n')[0]).toBe('\uFEFFNumber,What,State,Logged')
  const sheet = await call('GET', `/incidents/export?${query}&format=xlsx`)
  expect(sheet.bytes.subarray(0, 2).toString()).toBe('PK')
})

test('linked incidents tell of each other from their own end, until the link is taken away', async () => {
  const { call, at, declare, add, customer } = await world()
  const [first, second] = [await declare('Scanner'), await declare('Scanner again')]

  const linked = await call('POST', `/incidents/${second.number}/links`, { kind: 'duplicate-of', to: first.number })
  expect(linked.status, linked.text).toBe(201)
  const { body } = await call('GET', `/incidents/${first.number}/links`)
  expect(body.items).toMatchObject([{ kind: 'has-duplicate', incident: { number: second.number } }])
  const again = await call('POST', `/incidents/${first.number}/links`, { kind: 'relates-to', to: second.number })
  expect([again.status, again.body.code]).toEqual([409, 'incident.linked'])

  const brackwater = await add('/customers', { name: 'Brackwater', key: 'BRA' })
  const theirs = await add('/incidents', { customer: brackwater.id, title: 'Till', impact: 'low', urgency: 'low' })
  const across = await call('POST', `/incidents/${first.number}/links`, { kind: 'relates-to', to: theirs.number })
  expect(across.body.code).toBe('incident.link-customer')
  const stranger = actorWith('customer', ['customer-stakeholder'], [brackwater.id])
  expect((await call('GET', `/incidents/${first.number}/links`, undefined, { as: stranger })).status).toBe(404)
  const own = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await call('GET', `/incidents/${first.number}/links`, undefined, { as: own })).body.items).toHaveLength(1)

  at('2026-03-02T08:05:00Z')
  const gone = await call('DELETE', `/incidents/${first.number}/links/${body.items[0].id}`)
  expect(gone.status).toBe(204)
  expect((await call('GET', `/incidents/${second.number}/links`)).body.items).toEqual([])
  const { body: told } = await call('GET', `/incidents/${second.number}/timeline`)
  expect(told.items.at(-1)).toMatchObject({ kind: 'incident.unlinked', facts: { link: 'duplicate-of' } })
})

test('a whole number finds its incident alone, in small letters too; what is no number is looked for as words', async () => {
  const here = await world()
  const { number } = await here.declare('Printer in hall 3')
  await here.declare(`The same as ${number}`)
  await here.declare('Model LX-9000 jams')

  expect(await titles(here, `q=${number.toLowerCase()}`)).toEqual(['Printer in hall 3'])
  expect(await titles(here, 'q=lx-9000')).toEqual(['Model LX-9000 jams'])
  expect(await titles(here, `q=${number}`, { as: actorWith('customer', ['customer-stakeholder'], []) })).toEqual([])
})

test('words are found in the order of the list, page by page, however common they are', async () => {
  const { database, call, declare } = await world()
  await declare('Scanner')
  const { rows: columns } = await database.pool.query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns where table_schema = current_schema()
       and table_name = 'incident' and is_generated = 'NEVER'`,
  )
  const names = columns.map(({ name }) => name)
  const often = [6, 12, 60, 1000]
  const title = often.map((each) => `case when n % ${each} = 0 then ' each${each}' else '' end`).join('||')
  await database.pool.query(`
    insert into incident (${names.join()}) select ${names.map((name) => `made.${name}`).join()} from incident i cross join generate_series(1, 4000) as copy(n)
      cross join lateral jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'number', 'NHL-' || 5000 + n,
        'title', 'Scanner' || ${title}, 'updated_at', i.updated_at + (n * 7919 % 4001) * interval '1 minute')) as made`)
  await database.pool.query('analyze incident')
  const areFound = async (each: number) => {
    const { rows } = await database.pool.query<{ id: string }>(
      'select id from incident where title like $1 order by updated_at desc, id desc limit 200',
      [`% each${each}%`],
    )
    const found: string[] = []
    for (let cursor = ''; found.length < rows.length;) {
      const { body } = await call('GET', `/incidents?limit=50&sort=-updatedAt&q=scanner+each${each}${cursor}`)
      found.push(...body.items.map(({ id }: { id: string }) => id))
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(found, `each ${each}`).toEqual(rows.map(({ id }) => id))
  }
  for (const each of often) await areFound(each)
  // What was found out about how common they are is remembered, and is not true any more.
  await database.pool.query(`update incident set title = case when title like '% each6%' and title not like '% each60%'
    then 'Scanner each1000' when title like '% each60%' then 'Scanner each12' else 'Scanner' end`)
  for (const each of often) await areFound(each)
})
