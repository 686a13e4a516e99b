import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { attachmentJobs } from '#modules/attachments'
import { customerRoutes } from '#modules/customers'
import { EICAR, isClamdThere, startClamd } from '#platform/files/clamd-testing.ts'
import { keepFilesIn } from '#platform/files/store.ts'
import { system } from '#platform/context.ts'
import { silent } from '#platform/log.ts'
import { actorWith, inContext, testCaller, testDatabase } from '#platform/testing.ts'
import { incidentRoutes } from './routes.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function world() {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  keepFilesIn(folder)
  const database = await testDatabase()
  let now = new Date('2026-06-01T12:00Z')
  const call = testCaller(database, [...customerRoutes, ...incidentRoutes], { now: () => now })
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen', timeZone: 'Europe/Berlin' })
  const { body: incident } = await call('POST', '/incidents', {
    customer: 'Nordhafen',
    title: 'Scanner',
    impact: 'low',
    urgency: 'low',
  })
  const add = (name: string, bytes: Buffer, visibility = 'internal') =>
    call(
      'POST',
      `/incidents/${incident.number}/attachments?name=${encodeURIComponent(name)}&visibility=${visibility}`,
      bytes,
    )
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())
  const sweep = async (at: Date) => {
    now = at
    const jobWorld = { ...database, now: () => now, log: silent, signal: new AbortController().signal }
    await attachmentJobs[0]!.run(
      { ...jobWorld, inTransaction: (work) => inContext(database, work, { actor: system, now }) },
      {},
    )
  }
  const customersPerson = actorWith('customer', ['customer-stakeholder'], [customer.id])
  return { call, incident, add, files, sweep, folder, customersPerson }
}

test('a file is known by its content, kept once, told of in the history and given back byte by byte', async () => {
  const { call, incident, add, files } = await world()
  const added = await add('../../Bildschirm\u202efoto.txt', PNG)
  expect(added.status, added.text).toBe(201)
  expect(added.body).toMatchObject({ name: 'Bildschirmfoto.txt', type: 'image/png', size: PNG.length, removed: false })
  expect((await add('again.png', PNG)).status).toBe(201)
  expect((await add('again.png', PNG)).body.id).not.toBe(added.body.id)
  expect(await files()).toHaveLength(1)
  const { body: list } = await call('GET', `/incidents/${incident.id}/attachments`)
  expect(list.items.map(({ name }: { name: string }) => name)).toEqual(['Bildschirmfoto.txt', 'again.png'])
  const file = `/incidents/${incident.id}/attachments/${added.body.id}/file`
  const saved = await call('GET', file)
  expect(saved.bytes.equals(PNG)).toBe(true)
  expect(saved.headers['content-disposition']).toContain('attachment')
  expect((await call('GET', `${file}?show=true`)).headers).toMatchObject({ 'content-type': 'image/png' })
  const { body: timeline } = await call('GET', `/incidents/${incident.id}/timeline`)
  const told = timeline.items.filter(({ kind }: { kind: string }) => kind === 'incident.attached')
  expect(told.map(({ facts }: { facts: { name: string } }) => facts.name)).toEqual(['Bildschirmfoto.txt', 'again.png'])
})

test('what could run in a page is only saved, whatever its name says', async () => {
  const { call, incident, add } = await world()
  for (const bytes of ['<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', '<!doctype html><p>']) {
    const { body } = await add('picture.png', Buffer.from(bytes))
    const reply = await call('GET', `/incidents/${incident.id}/attachments/${body.id}/file?show=true`)
    expect(reply.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('attachment'),
    })
  }
})

test('the customer sees files that are for them, until they are hidden or taken away', async () => {
  const { call, incident, add, customersPerson: as } = await world()
  const inside = await add('inside.txt', Buffer.from('for us'))
  const shown = await add('answer.txt', Buffer.from('for them'), 'public')
  const path = `/incidents/${incident.id}/attachments`
  const seen = async () => (await call('GET', path, undefined, { as })).body.items
  expect(await seen()).toMatchObject([{ id: shown.body.id, addedBy: null }])
  expect((await call('GET', `${path}/${inside.body.id}/file`, undefined, { as })).status).toBe(404)
  expect((await call('GET', `${path}/${shown.body.id}/file`, undefined, { as })).text).toBe('for them')
  expect((await call('POST', `${path}?name=x`, Buffer.from('x'), { as })).status).toBe(404)

  const change = (version: number, body: object) =>
    call('PATCH', `${path}/${shown.body.id}`, body, { headers: { 'if-match': `"${version}"` } })
  expect((await change(1, { removed: true })).body).toMatchObject({ removed: true, version: 2 })
  expect(await seen()).toEqual([])
  expect((await call('GET', `${path}/${shown.body.id}/file`, undefined, { as })).status).toBe(404)
  expect((await change(1, { removed: false })).status).toBe(412)
  expect((await change(2, { removed: false })).body).toMatchObject({ removed: false })
  expect(await seen()).toHaveLength(1)
  expect((await change(3, { visibility: 'internal' })).status).toBe(200)
  expect(await seen()).toEqual([])
})

test('a file goes from the disk thirty days after it was taken away, and not while anything refers to it', async () => {
  const { call, incident, add, files, sweep, folder } = await world()
  const { body: one } = await add('one.txt', Buffer.from('same content'))
  const { body: other } = await add('other.txt', Buffer.from('same content'))
  for (const { name, parentPath } of await files())
    await utimes(join(parentPath, name), new Date('2026-06-01'), new Date('2026-06-01'))
  const remove = (id: string) =>
    call('PATCH', `/incidents/${incident.id}/attachments/${id}`, { removed: true }, { headers: { 'if-match': '"1"' } })
  await remove(one.id)
  await sweep(new Date('2026-07-15T03:15Z'))
  expect(await files()).toHaveLength(1)
  await remove(other.id)
  await sweep(new Date('2026-07-20T03:15Z'))
  expect(await files()).toHaveLength(1)
  await sweep(new Date('2026-08-20T03:15Z'))
  expect(await files()).toEqual([])
  expect(await readdir(folder)).not.toEqual([])
})

test('who works for another customer adds nothing here', async () => {
  const { call, incident, files } = await world()
  const { body: other } = await call('POST', '/customers', { name: 'Other' })
  const as = actorWith('limited', ['agent'], [other.id])
  const reply = await call('POST', `/incidents/${incident.id}/attachments?name=x`, Buffer.from('x'), { as })
  expect([reply.status, reply.body.code]).toEqual([404, 'incident.not-found'])
  expect(await files()).toEqual([])
})

test.each([
  ['an empty file', Buffer.alloc(0), 'a.txt', 400, 'attachment.empty'],
  ['no name', Buffer.from('x'), ' ', 400, 'request.invalid'],
])('%s is refused with a sentence', async (_, bytes, name, status, code) => {
  const { add, files } = await world()
  const reply = await add(name, bytes)
  expect([reply.status, reply.body.code]).toEqual([status, code])
  expect(await files()).toEqual([])
})

test('a hundred megabytes come and go with no more in memory than goes by', async () => {
  const { call, incident } = await world()
  const address = await call.server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => call.server.close())
  const url = `${address}/api/v1/incidents/${incident.id}/attachments`
  const piece = Buffer.alloc(1024 ** 2, 'a')
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = () => {
    // What the first sets free is given back beside the work, on a busy machine later than it is counted; the second waits for it.
    collect()
    collect()
    return process.memoryUsage().arrayBuffers
  }
  const before = held()
  let most = 0
  let passed = 0
  const pass = (bytes: number) => {
    const of = Math.floor(passed / 4e7)
    passed += bytes
    if (Math.floor(passed / 4e7) > of) most = Math.max(most, held())
  }
  async function* pieces() {
    for (let count = 0; count < 100; count += 1) {
      pass(piece.length)
      yield piece
    }
  }
  const added = await fetch(`${url}?name=dump.bin&visibility=internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: ReadableStream.from(pieces()),
    duplex: 'half',
  })
  expect(added.status).toBe(201)
  const { id, size } = (await added.json()) as { readonly id: string; readonly size: number }
  expect(size).toBe(100 * piece.length)
  let back = 0
  for await (const chunk of (await fetch(`${url}/${id}/file`)).body!) {
    pass(chunk.length)
    back += chunk.length
  }
  expect(back).toBe(size)
  expect(most - before).toBeLessThan(40 * 1024 ** 2)
})

test.skipIf(!isClamdThere)('a virus is refused with its name, and nothing of it stays', async () => {
  const { add, files, call, incident } = await world()
  vi.stubEnv('PLUMBLINE_CLAMD', await startClamd())
  onTestFinished(() => void vi.unstubAllEnvs())
  const refused = await add('rechnung.pdf', Buffer.from(EICAR))
  expect(refused.status).toBe(400)
  expect(refused.body).toMatchObject({ code: 'file.virus', detail: expect.stringContaining('Eicar-Test') })
  expect(await files()).toEqual([])
  expect((await call('GET', `/incidents/${incident.id}/attachments`)).body.items).toEqual([])
  expect((await add('foto.png', PNG)).status).toBe(201)
})
