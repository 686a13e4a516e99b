import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepFilesIn } from '#platform/files/store.ts'
import { actorWith } from '#platform/testing.ts'
import { inWorld, testWorld, type TestWorld } from '../../testing.ts'
import { checksumOf } from './certificate.ts'
import { forgottenBefore, keepErasuresIn } from './list.ts'
import { forgetAgain } from './repeat.ts'
import { keepRetention } from './retention.ts'

const officer = actorWith('customer', ['data-protection-officer'])
const NAME = 'Ottilie Ängström'
const MAIL = 'ottilie@nordhafen.example'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-privacy-'))
  keepErasuresIn(folder)
  keepFilesIn(join(folder, 'files'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type World = Awaited<ReturnType<typeof testWorld>>

/** Somebody reported, was called back and is written about, with a clock and a figure of it. */
async function reported(world: World) {
  const { call, work } = world
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const { id: customer } = await made('/customers', { name: 'Nordhafen' })
  const { id: site } = await made('/sites', { customer, name: 'Kiel', country: 'DE' })
  const week = Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }])
  const calendar = await made('/calendars', { customer, name: 'Always', rules: { timeZone: 'Europe/Berlin', week } })
  const targets = [{ metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 }]
  const validFrom = '2024-01-01T00:00:00Z'
  await made('/agreements', { customer, calendar: calendar.id, name: 'Usual', validFrom, targets, activate: true })
  await work()
  const incident = await made('/incidents', {
    customer,
    site,
    title: `${NAME} cannot print`,
    description: `Call me back at 0431 1234567 or ${MAIL}. Ottilie`,
    impact: 'high',
    urgency: 'high',
    requester: MAIL,
  })
  const { rows } = await world.database.pool.query<{ id: string }>(
    'update person set name = $1 where email = $2 returning id',
    [NAME, MAIL],
  )
  const person = rows[0]!.id
  await call('POST', `/incidents/${incident.id}/notes`, {
    text: `${NAME} says the tray is empty`,
    visibility: 'internal',
  })
  await call('POST', `/incidents/${incident.id}/transitions`, {
    to: 'resolved',
    note: `Refilled. Told Ängström, Ottilie.`,
  })
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'closed' })
  const other = await made('/incidents', {
    customer,
    title: 'Scanner',
    description: `As ${NAME.toUpperCase()} had it`,
    impact: 'low',
    urgency: 'low',
  })
  await work()
  return { customer, incident: incident.id as string, other: other.id as string, person }
}

/** All rows of all tables, but what is about who may be asked; in them nothing of somebody forgotten may be found. */
async function everything({ database: { pool } }: TestWorld): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ said: string }>(`select to_jsonb(t)::text as said from "${name}" t`)
    texts.push(...rows.map(({ said }) => `${name} ${said}`))
  }
  return texts.join('\n')
}

async function figures({ database: { pool } }: TestWorld): Promise<unknown> {
  const clocks = await pool.query(
    'select id, incident_id, state, elapsed_ms, due_at, stopped_at from clock order by id',
  )
  const months = await pool.query('select * from attainment_month order by 1, 2, 3, 4')
  const facts = await pool.query(`select id, subject_id, kind, occurred_at, recorded_at, sequence,
    facts - array['text', 'note', 'title', 'description'] as facts from history order by id`)
  return [clocks.rows, months.rows, facts.rows]
}

test('whoever is forgotten is nowhere any more, in no text and no row, and every figure stays as it was', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, work, database } = world
  const { incident, other, person } = await reported(world)
  const before = await figures(world)
  expect(await everything(world)).toContain(NAME)

  const asked = await call('POST', '/privacy/erasures', { person, ground: 'asked' }, { as: officer })
  expect(asked.status, asked.text).toBe(202)
  expect((await call('POST', '/privacy/erasures', { person, ground: 'asked' }, { as: officer })).status).toBe(409)
  await work()

  const rest = (await everything(world)).toLowerCase()
  for (const word of [NAME, 'ängström', MAIL, '1234567']) expect(rest).not.toContain(word.toLowerCase())
  expect(await figures(world)).toEqual(before)
  const { body } = await call('GET', `/incidents/${incident}`)
  expect(body.title).toBe('••••••• •••••••• cannot print')
  expect(body.description).toBe('Call me back at •••• ••••••• or •••••••@•••••••••.•••••••. •••••••')
  expect((await call('GET', `/incidents/${other}`)).body.description).toBe('As ••••••• •••••••• had it')

  const told = (await call('GET', `/privacy/erasures/${asked.body.id}`, undefined, { as: officer })).body
  expect(told).toMatchObject({
    state: 'done',
    person: { id: person, name: expect.stringMatching(/^Person [0-9A-F]{6}$/) },
  })
  expect(told.checksum).toBe(checksumOf(told.certificate))
  expect(told.certificate.records).toContainEqual({ subject: 'reported', table: 'incident', fate: 'emptied', rows: 1 })
  expect(told.certificate.texts).toBeGreaterThan(0)
  const { rows } = await database.pool.query(`select facts from audit where action = 'person.erased'`)
  expect(rows).toEqual([{ facts: { erasure: told.id, checksum: told.checksum } }])
})

test('history says what happened for good: words in it are covered, and nothing else of it can be changed', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { pool } = world.database
  await reported(world)
  for (const change of [
    `kind = 'incident.closed'`,
    `occurred_at = occurred_at - interval '1 minute'`,
    'subject_id = gen_random_uuid()',
    'actor_id = null',
    `facts = facts || '{"more": 1}'`,
    `facts = '{"text": "something else entirely"}'`,
  ]) {
    const client = await pool.connect()
    try {
      await client.query(`begin; set local plumbline.privacy = 'on'`)
      await expect(client.query(`update history set ${change}`), change).rejects.toMatchObject({ code: '42501' })
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  await expect(pool.query(`update history set facts = facts`)).rejects.toMatchObject({ code: '42501' })
})

test('a backup from before brings nobody back: the list beside the database forgets them again', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, work, database } = world
  const { person } = await reported(world)
  await call('POST', '/privacy/erasures', { person, ground: 'left' }, { as: officer })
  await work()
  // As a backup from before has it.
  await database.pool.query('update person set name = $2, email = $3, erased_at = null where id = $1', [
    person,
    NAME,
    MAIL,
  ])
  await database.pool.query('delete from erasure where person_id = $1', [person])

  const list = await forgottenBefore()
  expect(list.map((each) => each.person)).toContain(person)
  expect(await readFile(join(folder, 'erasures.jsonl'), 'utf8')).not.toContain('Ottilie')
  expect(await forgetAgain(database.db, list, new Date('2026-03-05T09:00Z'))).toBe(1)
  expect(await everything(world)).not.toContain(NAME)
  expect(await forgetAgain(database.db, list, new Date('2026-03-06T09:00Z'))).toBe(0)
})

test('what is old enough is only counted until somebody switches it on, then made anonymous, and held back by a claim', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, database } = world
  const { customer, incident, person } = await reported(world)
  const before = await figures(world)
  const due = async () =>
    (await call('POST', '/privacy/retention/trials', undefined, { as: officer })).body.counts.tickets
  const night = async (now: string) => inWorld(database, new Date(now), keepRetention)
  expect(await due()).toBe(0)

  world.at('2027-04-03T09:00Z')
  expect(await due()).toBe(1)
  const held = await call(
    'POST',
    '/privacy/holds',
    { customer, reason: 'Credit of March is disputed' },
    { as: officer },
  )
  expect(await due()).toBe(0)
  await call('POST', `/privacy/holds/${held.body.id}/end`, undefined, { as: officer })
  const longer = { periods: [{ country: 'DE', months: 24 }] }
  expect((await call('PUT', '/privacy/retention/tickets', longer, { as: officer })).status).toBe(200)
  expect(await due()).toBe(0)
  await call('PUT', '/privacy/retention/tickets', { periods: [{ country: 'FR', months: 24 }] }, { as: officer })
  expect(await due()).toBe(1)

  await night('2027-04-03T02:37Z')
  expect((await call('GET', `/incidents/${incident}`)).body.title).toBe(`${NAME} cannot print`)
  const settings = await call('GET', '/settings')
  await call('PATCH', '/settings', { retention: true }, { headers: { 'if-match': `"${settings.body.version}"` } })
  await night('2027-04-04T02:37Z')
  expect((await call('GET', `/incidents/${incident}`)).body).toMatchObject({
    title: '••••••• •••••••• cannot print',
    requester: { name: expect.stringMatching(/^Person [0-9A-F]{6}$/) },
  })
  expect(await figures(world)).toEqual(before)
  expect(await due()).toBe(0)
  const { runs } = (await call('GET', '/privacy/retention', undefined, { as: officer })).body
  expect(
    runs.map(({ tried, counts }: { tried: boolean; counts: { tickets: number } }) => [tried, counts.tickets]),
  ).toEqual([
    [false, 1],
    [true, 1],
  ])

  // As long as their key is there, the old ones are still told to them; then nothing leads there any more.
  const own = async () => (await call('GET', `/people/${person}/data/export`, undefined, { as: officer })).text
  expect(await own()).toContain('cannot print')
  await call('POST', '/privacy/erasures', { person, ground: 'asked' }, { as: officer })
  await world.work()
  expect((await everything(world)).toLowerCase()).not.toContain('ottilie')
  expect(await own()).not.toContain('cannot print')
})

test('everybody is told what is known of them, in full and in an open format, and nobody of somebody else', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call } = world
  const { person, customer } = await reported(world)
  const self = { ...actorWith('customer', ['requester'], [customer]), personId: person }
  const { body } = await call('GET', '/me/data', undefined, { as: self })
  expect(body).toMatchObject({ person: { name: NAME, email: MAIL }, worksCouncil: false })
  expect(body.records).toContainEqual({ subject: 'reported', table: 'incident', rows: 1, fate: 'emptied' })
  const file = await call('GET', '/me/data/export', undefined, { as: self })
  const said = JSON.parse(file.text)
  expect(said).toMatchObject({ format: 'plumbline-person', person: { id: person, name: NAME } })
  const incidents = said.records.find(({ table }: { table: string }) => table === 'incident')
  expect(incidents.rows).toEqual([expect.objectContaining({ title: `${NAME} cannot print` })])
  // What was noted inside, and who noted it, is not theirs.
  expect(file.text).not.toContain('the tray is empty')
  expect((await call('GET', `/people/${person}/data`, undefined, { as: self })).status).toBe(403)
  expect(
    (await call('GET', '/privacy/erasures', undefined, { as: actorWith('staff', ['service-manager']) })).status,
  ).toBe(403)
  const auditor = actorWith('auditor', ['auditor'])
  expect((await call('POST', '/privacy/erasures', { person, ground: 'asked' }, { as: auditor })).status).toBe(403)
  const { body: only } = await call('POST', '/people', { name: 'Ada Last' })
  await call('POST', `/people/${only.id}/roles`, { role: 'administrator' })
  const last = await call('POST', '/privacy/erasures', { person: only.id, ground: 'left' }, { as: officer })
  expect([last.status, last.body.code]).toEqual([422, 'administrator.last'])
})

test('a works council reads what is kept, who sees it and what is new, and the page can be kept', async () => {
  const { call } = await testWorld()
  const as = actorWith('customer', ['works-council-reader'])
  const { body } = await call('GET', '/privacy/works-council', undefined, { as })
  expect(body.smallest).toEqual({ opinions: 5, work: 8 })
  expect(body.reports.length).toBeGreaterThan(200)
  expect(body.fields.map(({ table }: { table: string }) => table)).toContain('time_entry')
  const page = await call('GET', '/privacy/works-council/pack', undefined, { as })
  expect(page.text).toContain('<h2>Data of persons</h2>')
  expect((await call('GET', '/privacy/retention', undefined, { as })).status).toBe(403)
})

test('after seven years a ticket goes whole, and the months of the history that are empty then; a month in use waits', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, database } = world
  const { pool } = database
  const { incident } = await reported(world)
  await pool.query(`select ensure_months('history', '2019-01-01Z', '2019-02-01Z')`)
  const settings = await call('GET', '/settings')
  await call('PATCH', '/settings', { retention: true }, { headers: { 'if-match': `"${settings.body.version}"` } })
  const months = async () =>
    (
      await pool.query<{ name: string }>(
        `select relname as name from pg_class where relname like 'history_2019%' order by 1`,
      )
    ).rows.map(({ name }) => name)
  const client = await pool.connect()
  await client.query('begin; select from history_2019_02')
  await inWorld(database, new Date('2026-03-03T02:37Z'), keepRetention)
  expect(await months()).toContain('history_2019_02')
  await client.query('rollback')
  client.release()

  expect((await call('GET', `/incidents/${incident}`)).status).toBe(200)
  await inWorld(database, new Date('2033-04-03T02:37Z'), keepRetention)
  expect(await months()).toEqual([])
  expect((await call('GET', `/incidents/${incident}`)).status).toBe(404)
  const { rows } = await pool.query(
    `select count(*)::int as left from history where subject_type = 'incident' and subject_id = $1`,
    [incident],
  )
  expect(rows).toEqual([{ left: 0 }])
})
