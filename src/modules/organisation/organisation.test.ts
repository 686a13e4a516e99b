import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import { sent as sentPresentation } from '#platform/documents/slide-master-testing.ts'
import { keepUploadsIn } from '#platform/files/uploads.ts'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { tidyUpJob } from './jobs.ts'
import { nextNight, tidyUp } from './retention.ts'

const manager = actorWith('staff', ['service-manager'])
const auditor = actorWith('auditor', ['auditor'])
const stakeholder = actorWith('customer', ['customer-stakeholder'])

test('settings are changed by administrators, each change against what was read, and seen by everybody where they show', async () => {
  const { call } = await testWorld()
  const before = (await call('GET', '/settings')).body
  expect(before).toMatchObject({ version: 0, organisation: null, passwordLeast: 12, matrix: { high: { high: 'p1' } } })

  const change = {
    organisation: ' Nordlicht IT ',
    accent: '#1c4f8c',
    words: { en: { states: { 'on-hold': 'Parked' }, reasons: {} }, de: { states: {}, reasons: {} } },
  }
  const patch = async (match: string, body: object, as = {}) =>
    call('PATCH', '/settings', body, { headers: { 'if-match': match }, ...as })
  const changed = await patch('"0"', change)

  expect(changed.body).toMatchObject({ organisation: 'Nordlicht IT', version: 1 })
  expect((await patch('"0"', { accent: null })).status).toBe(412)
  expect((await patch('"1"', { organisation: null })).body).toMatchObject({ organisation: null, accent: '#1c4f8c' })
  for (const wrong of [{ accent: 'red' }, { passwordLeast: 8 }, { timeZone: 'Mars/Base' }, { auditMonths: 1 }]) {
    expect((await patch('"2"', wrong)).status).toBe(400)
  }
  expect((await call('GET', '/appearance', undefined, { as: null })).body).toMatchObject({
    words: { en: { states: { 'on-hold': 'Parked' } } },
    logo: null,
  })
  expect((await patch('"2"', { accent: null }, { as: manager })).body.code).toBe('may.administrators')
  expect((await patch('"2"', { accent: null }, { as: auditor })).body.code).toBe('may.administrators')
  for (const path of ['/settings', '/numbering', '/retention', '/health-report']) {
    const status = async (as: typeof manager | null) => (await call('GET', path, undefined, { as })).status
    expect([await status(manager), await status(stakeholder), await status(null)]).toEqual([403, 404, 401])
    expect(await status(auditor)).toBe(200)
  }
})

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgiukCAAFkAPGfwlHAAAAAAElFTkSuQmCC'

test('a logo is kept as what it is, sent to everybody, and taken from administrators only', async () => {
  const { call, database } = await testWorld()
  const drawing = Buffer.from('<svg viewBox="0 0 1 1"><script>alert(1)</script><rect width="1" height="1"/></svg>')
  expect((await call('GET', '/logo', undefined, { as: null })).status).toBe(404)

  const set = await call('PUT', '/logo', drawing)

  expect(set.body).toMatchObject({ type: 'image/svg+xml' })
  const sent = await call('GET', `/logo?v=${set.body.sha256}`, undefined, { as: null })
  expect(sent.headers['content-type']).toBe('image/svg+xml')
  expect(sent.headers['content-security-policy']).toContain("default-src 'self'")
  expect(sent.text).toBe('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>')
  expect((await call('GET', '/appearance')).body.logo).toEqual(set.body)
  // A drawing has a picture beside it, for programs that show no drawings; both are sent by administrators alone.
  const pixel = Buffer.from(PIXEL, 'base64')
  expect((await call('PUT', '/logo/picture', drawing)).body.code).toBe('logo.unknown')
  expect((await call('PUT', '/logo/picture', pixel, { as: manager })).body.code).toBe('may.administrators')
  expect((await call('PUT', '/logo/picture', pixel)).status).toBe(204)
  expect((await readLetterhead(database.db)).logo).toMatchObject({ type: 'image/svg+xml', picture: PIXEL })
  expect((await call('GET', '/appearance')).body.logo).toEqual(set.body)
  expect((await call('PUT', '/logo', Buffer.alloc(200_001))).body.code).toBe('logo.too-large')
  expect((await call('PUT', '/logo', Buffer.from('GIF89a'))).body.code).toBe('logo.unknown')
  // Its parts are those of a PNG, but what is drawn is damaged: no document could be made with it.
  const damaged = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgaPj/HwAEAQIAzNcgBgAAAABJRU5ErkJggg=='
  expect((await call('PUT', '/logo', Buffer.from(damaged, 'base64'))).body.code).toBe('logo.broken')
  expect((await call('PUT', '/logo', drawing, { as: manager })).body.code).toBe('may.administrators')
  expect((await call('DELETE', '/logo', undefined, { as: manager })).status).toBe(403)
  expect((await call('DELETE', '/logo')).status).toBe(204)
  expect((await call('GET', '/logo')).status).toBe(404)
})

test('slides of the provider have the master that administrators send', async () => {
  const { call } = await testWorld()
  expect((await call('GET', '/slide-master', undefined, { as: manager })).body).toBeNull()
  expect((await call('PUT', '/slide-master?name=Haus.potx', await sentPresentation(), { as: manager })).body.code).toBe(
    'may.administrators',
  )
  expect((await call('PUT', '/slide-master?name=Haus.potx', await sentPresentation())).body).toMatchObject({
    name: 'Haus.potx',
  })
  expect((await call('GET', '/slide-master', undefined, { as: manager })).body).toMatchObject({ name: 'Haus.potx' })
  expect((await call('GET', '/slide-master', undefined, { as: stakeholder })).status).toBe(404)
  expect((await call('DELETE', '/slide-master', undefined, { as: manager })).status).toBe(403)
  expect((await call('DELETE', '/slide-master')).status).toBe(204)
  expect((await call('GET', '/slide-master')).body).toBeNull()
})

test('each night what was kept long enough goes, as it was foretold, and the rest stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-uploads-'))
  keepUploadsIn(folder)
  onTestFinished(() => rm(folder, { recursive: true }))
  const now = new Date('2026-03-02T09:00Z')
  const { call, database } = await testWorld({ now })
  const old = new Date('2026-02-01T00:00Z')
  for (const [name, at] of [
    ['old', old],
    ['new', now],
  ] as const) {
    await writeFile(join(folder, name), 'x')
    await utimes(join(folder, name), at, at)
  }
  await call('POST', '/teams', { name: 'Desk' }, { headers: { 'idempotency-key': 'k' } })
  await call('POST', '/teams', { name: 'Field' }, { headers: { 'idempotency-key': 'k2' } })
  await database.pool.query(
    `update idempotency_key set created_at = case key when 'k' then $1::timestamptz else $2 end`,
    [old, now],
  )
  await database.pool.query(
    `insert into audit (id, at, action) values (gen_random_uuid(), '2024-01-01', 'x.old'), (gen_random_uuid(), now(), 'x.new')`,
  )
  await call('PATCH', '/settings', { auditMonths: 12 }, { headers: { 'if-match': '"0"' } })

  const foretold = (await call('GET', '/retention')).body

  expect(foretold).toEqual({
    next: '2026-03-03T02:17:00.000Z',
    uploads: 1,
    answers: 1,
    audit: 1,
    auditBefore: '2025-03-03T02:17:00.000Z',
  })
  const { jobs } = await import('#app')
  const { db, pool } = database
  const { silent } = await import('#platform/log.ts')
  const { transaction } = await import('#platform/database.ts')
  const { system } = await import('#platform/context.ts')
  await tidyUp({
    db,
    pool,
    now: () => now,
    log: silent,
    signal: new AbortController().signal,
    inTransaction: (work) =>
      transaction(db, system, 'read write', (tx) =>
        work({ db: tx, actor: system, now, requestId: 'test', listeners: {}, enqueue: async () => undefined }),
      ),
  })
  expect(jobs.find(({ job }) => job.name === tidyUpJob.name)).toMatchObject({ cron: '17 2 * * *' })
  expect(await readdir(folder)).toEqual(['new'])
  expect((await pool.query('select key from idempotency_key')).rows).toEqual([{ key: 'k2' }])
  const kept = (await pool.query(`select action from audit where action like 'x.%'`)).rows
  expect(kept).toEqual([{ action: 'x.new' }])
  expect((await call('GET', '/retention')).body).toMatchObject({ uploads: 0, answers: 0, audit: 0 })
  expect(nextNight(new Date('2026-03-02T02:17Z'))).toEqual(new Date('2026-03-03T02:17Z'))
})

test('the health report says what there is, and what to do where something is amiss, in the language asked for', async () => {
  const { call } = await testWorld()
  const report = async (language: string) =>
    (await call('GET', '/health-report', undefined, { headers: { 'accept-language': language } })).body.findings as {
      code: string
      standing: string
      sentence: string
      todo: string | null
    }[]

  const [english, german] = [await report('en'), await report('de')]

  const byCode = new Map(english.map((finding) => [finding.code, finding]))
  expect(byCode.get('database')).toMatchObject({ standing: 'fine', todo: null })
  expect(byCode.get('migrations')?.standing).toBe('fine')
  expect(byCode.get('clock')?.standing).toBe('fine')
  expect(byCode.get('administrator-missing')).toMatchObject({
    standing: 'wrong',
    todo: 'Start it anew and open the set-up link that it prints.',
  })
  expect(byCode.get('zones')?.sentence).toMatch(/^Time zones as of 20\d\d/)
  expect(german.find(({ code }) => code === 'backup-none')?.sentence).toBe(
    'Diesem Programm ist keine Sicherung bekannt',
  )
  expect(english.filter(({ standing, todo }) => standing === 'wrong' && todo === null)).toEqual([])
})

test('numbering tells what the next record of each customer will be called', async () => {
  const { call } = await testWorld()
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen', key: 'NHL' })
  const numbering = async () => (await call('GET', '/numbering')).body.items
  expect(await numbering()).toEqual([
    { id: customer.id, name: 'Nordhafen', key: 'NHL', number: 1001, next: 'NHL-1001', used: false },
  ])

  const incident = { customer: customer.id, title: 'Mail is down', impact: 'low', urgency: 'low' }
  expect((await call('POST', '/incidents', incident)).body.number).toBe('NHL-1001')

  expect(await numbering()).toMatchObject([{ next: 'NHL-1002', used: true }])
})

test('numbers take the form that administrators set, what is numbered keeps its number, and no key serves two customers', async () => {
  const { call, database } = await testWorld()
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen', key: 'NHL' })
  const incident = { customer: customer.id, title: 'Mail is down', impact: 'low', urgency: 'low' }
  const logged = async () => (await call('POST', '/incidents', incident)).body
  const change = async (path: string, version: number, body: object, as = {}) =>
    call('PATCH', path, body, { headers: { 'if-match': `"${version}"` }, ...as })
  const first = await logged()

  for (const wrong of [
    { prefix: 'inc', digits: 4 },
    { prefix: 'IN-C', digits: 4 },
    { prefix: '', digits: 11 },
  ])
    expect((await change('/settings', 0, { numbering: { incident: wrong } })).status).toBe(400)
  await change('/settings', 0, { numbering: { incident: { prefix: 'INC', digits: 6 } } })
  expect((await logged()).number).toBe('INC-NHL-001002')
  expect((await call('GET', '/numbering')).body.items).toMatchObject([{ next: 'INC-NHL-001003', used: true }])

  const path = `/customers/${customer.id}`
  expect((await change(path, 1, { key: 'NORD' }, { as: manager })).body.code).toBe('may.administrators')
  expect((await change(path, 1, { key: 'NORD' })).body.key).toBe('NORD')
  expect((await logged()).number).toBe('INC-NORD-001003')
  expect((await call('GET', `/incidents/${first.id}`)).body.number).toBe('NHL-1001')

  const taken = await call('POST', '/customers', { name: 'Nordlicht', key: 'NHL' })
  expect([taken.status, taken.body.code, taken.body.detail]).toEqual([
    409,
    'customer.key-taken',
    'The key NHL is taken. Choose another.',
  ])
  // One that is made from a name goes out of the way.
  expect((await call('POST', '/customers', { name: 'Neuhafen Holz Labor' })).body.key).toBe('NHL2')
  expect((await change(path, 2, { key: 'NHL' })).body.key).toBe('NHL')
  const { rows } = await database.pool.query(
    `select action, facts -> 'change' as change from audit where action in ('settings.changed', 'customer.changed') order by at, id`,
  )
  expect(rows).toEqual([
    {
      action: 'settings.changed',
      change: { numbering: { incident: { prefix: 'INC', digits: 6 }, request: { prefix: 'REQ', digits: 4 } } },
    },
    { action: 'customer.changed', change: { key: 'NORD' } },
    { action: 'customer.changed', change: { key: 'NHL' } },
  ])
})
