import { describe, expect, test, vi } from 'vitest'
import { newId } from '#core/id.ts'
import { type Context, system } from '#platform/context.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { makeOrdered } from './make.ts'
import { reviewWorld } from './testing.ts'

// Two of these draw documents, which takes a while on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 })

const CUSTOMER = 'Nordhafen Logistik'
const FILES = ['review.de.pdf', 'review.de.pptx', 'review.de.xlsx', 'review.en.pdf', 'review.en.pptx', 'review.en.xlsx']

async function october() {
  const world = await reviewWorld()
  const north = await world.addCustomer(CUSTOMER, 'NHL')
  await north.resolved('NHL-1', 'p2', '2026-10-05T10:00Z', 1000)
  const stakeholder = { ...actorWith('customer', ['customer-stakeholder'], [north.id]), language: 'de' as const }
  return { ...world, north, stakeholder }
}

test('a review is ordered at once, made in the background and kept with every document', async () => {
  const { call, north } = await october()

  const ordered = await call('POST', '/reviews', { customer: 'nordhafen logistik', month: '2026-10' })
  expect(ordered.status).toBe(202)
  expect(ordered.body).toMatchObject({
    customerId: north.id,
    customerName: CUSTOMER,
    month: '2026-10',
    version: 1,
    edition: 'customer',
    state: 'queued',
    progress: 0,
    checksum: null,
    documents: [],
  })
  await call.work()

  const { body } = await call('GET', `/reviews/${ordered.body.id}`)
  expect(body).toMatchObject({
    state: 'done',
    progress: 100,
    issuedAt: null,
    failure: null,
    facts: { month: '2026-10', version: 1, provider: 'Weserblick IT' },
  })
  expect(body.documents.map(({ file }: { file: string }) => file)).toEqual(FILES)
  for (const { file, bytes } of body.documents) {
    const document = await call('GET', `/reviews/${body.id}/documents/${file}`)
    expect(document.status).toBe(200)
    expect(document.bytes).toHaveLength(bytes)
    expect(document.bytes.subarray(0, 2).toString()).toBe(file.endsWith('.pdf') ? '%P' : 'PK')
  }
  // Its pages can be seen without taking the document along.
  const { body: pages } = await call('GET', `/reviews/${body.id}/pages/de`)
  expect(pages.count).toBeGreaterThan(1)
  const last = await call('GET', `/reviews/${body.id}/pages/de/${pages.count}`)
  expect([last.status, last.headers['content-type'], last.text.slice(0, 4)]).toEqual([200, 'image/svg+xml', '<svg'])
  const beyond = await call('GET', `/reviews/${body.id}/pages/de/${pages.count + 1}`)
  expect([beyond.status, beyond.body.code]).toEqual([404, 'review.page.not-found'])
  const { headers } = await call('GET', `/reviews/${body.id}/documents/review.de.pptx`)
  expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.presentationml.presentation')
  expect(decodeURIComponent(String(headers['content-disposition']))).toContain(
    'Servicebericht 2026-10 Nordhafen Logistik.pptx',
  )
})

test('the story is told as the documents tell it, in the language that is asked for', async () => {
  const { call, review, stakeholder } = await october()
  const { id } = await review(CUSTOMER, '2026-10')
  const path = `/reviews/${id}/story`

  const english = await call('GET', `${path}?language=en`)
  const german = await call('GET', `${path}?language=de`)
  expect(english.body).toMatchObject({ language: 'en', headline: expect.stringContaining('October') })
  expect(german.body).toMatchObject({ language: 'de', headline: expect.stringContaining('Oktober') })
  expect(english.body.claims.length).toBeGreaterThan(0)
  for (const { text, evidence } of english.body.claims) expect([text, ...evidence].join('')).toMatch(/\d|one/)

  expect((await call('GET', path, undefined, { as: stakeholder })).status).toBe(404)
  await call('POST', `/reviews/${id}/issue`, {})
  expect((await call('GET', path, undefined, { as: stakeholder })).body.language).toBe('de')
})

test('what is not made yet has no story', async () => {
  const { call } = await october()
  const { body } = await call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' })
  expect(await call('GET', `/reviews/${body.id}/story`)).toMatchObject({
    status: 422,
    body: { code: 'review.not-done' },
  })
})

test('each making is a version of its own, and the list shows the newest first', async () => {
  const { call } = await october()
  for (const month of ['2026-09', '2026-10', '2026-10']) await call('POST', '/reviews', { customer: CUSTOMER, month })

  const { body } = await call('GET', `/reviews?customer=${encodeURIComponent(CUSTOMER)}&limit=2`)
  const shown = (items: { month: string; version: number }[]) =>
    items.map(({ month, version }) => `${month} v${version}`)
  expect(shown(body.items)).toEqual(['2026-10 v2', '2026-10 v1'])
  const rest = await call('GET', `/reviews?limit=2&cursor=${body.nextCursor}`)
  expect(shown(rest.body.items)).toEqual(['2026-09 v1'])
  expect(rest.body.nextCursor).toBeNull()
  expect(shown((await call('GET', '/reviews?month=2026-09')).body.items)).toEqual(['2026-09 v1'])
})

test('two who order the same month at the same time get two versions', async () => {
  const { call } = await october()
  const both = await Promise.all([1, 2].map(() => call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' })))
  expect(both.map(({ status }) => status)).toEqual([202, 202])
  expect(both.map(({ body }) => body.version).toSorted((one, other) => one - other)).toEqual([1, 2])
})

test.each([
  ['a month that has not begun', { customer: CUSTOMER, month: '2026-12' }, 422, 'review.month-not-begun'],
  ['a month that is none', { customer: CUSTOMER, month: '2026-13' }, 400, 'request.invalid'],
  ['nobody’s', { customer: 'Nobody', month: '2026-10' }, 404, 'customer.not-found'],
  ['an edition that there is not', { customer: CUSTOMER, month: '2026-10', edition: 'golden' }, 400, 'request.invalid'],
])('%s is not reviewed', async (_, order, status, code) => {
  const { call } = await october()
  const reply = await call('POST', '/reviews', order)
  expect(reply.status).toBe(status)
  expect(reply.body.code).toBe(code)
  expect((await call('GET', '/reviews')).body.items).toEqual([])
})

test.each([
  ['an agent', actorWith('staff', ['agent'])],
  ['an auditor', actorWith('auditor', ['auditor'])],
])('%s makes and issues none', async (_, as) => {
  const { call, review } = await october()
  const { id } = await review(CUSTOMER, '2026-10')

  expect(await call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' }, { as })).toMatchObject({
    status: 403,
  })
  expect(await call('POST', `/reviews/${id}/issue`, {}, { as })).toMatchObject({ status: 403 })
  expect(await call('GET', `/reviews/${id}`, undefined, { as })).toMatchObject({ status: 200 })
})

test('a review is issued once, when it is made, and never the internal one', async () => {
  const { call, review, at, audited } = await october()
  const queued = (await call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' })).body
  expect(await call('POST', `/reviews/${queued.id}/issue`, {})).toMatchObject({
    status: 422,
    body: { code: 'review.not-done' },
  })

  const { id } = await review(CUSTOMER, '2026-10')
  at('2026-11-06T08:00:00Z')
  expect((await call('POST', `/reviews/${id}/issue`, {})).body.issuedAt).toBe('2026-11-06T08:00:00.000Z')
  at('2026-11-07T08:00:00Z')
  expect((await call('POST', `/reviews/${id}/issue`, {})).body.issuedAt).toBe('2026-11-06T08:00:00.000Z')

  const internal = await review(CUSTOMER, '2026-10', 'internal')
  expect(await call('POST', `/reviews/${internal.id}/issue`, {})).toMatchObject({
    status: 422,
    body: { code: 'review.internal' },
  })
  expect((await audited()).filter((action) => action === 'review.issued')).toHaveLength(1)
})

test('who ordered, issued and took a review is in the audit', async () => {
  const { call, review, audited } = await october()
  const { id } = await review(CUSTOMER, '2026-10')
  await call('POST', `/reviews/${id}/issue`, {})
  await call('GET', `/reviews/${id}/documents/review.en.pdf`)

  expect((await audited()).toSorted()).toEqual(['review.issued', 'review.ordered', 'review.taken'])
})

test('a document that there is not is refused with those that there are', async () => {
  const { call, review } = await october()
  const { id } = await review(CUSTOMER, '2026-10')
  for (const file of [
    'review.fr.pdf',
    'review.de.docx',
    '..%2F..%2Fpackage.json',
    'review.de.pdf%00',
    "review.de.pdf'--",
  ]) {
    const { status, body } = await call('GET', `/reviews/${id}/documents/${file}`)
    expect(status).toBe(404)
    expect(body.code).toBe('review.document.not-found')
    expect(body.detail).toContain('review.de.pdf, review.de.pptx')
  }
})

describe('a customer’s stakeholder', () => {
  test('reads a review from when it was issued, and learns nothing of it before', async () => {
    const { call, review, stakeholder: as } = await october()
    const { id } = await review(CUSTOMER, '2026-10')

    for (const path of [`/reviews/${id}`, `/reviews/${id}/documents/review.de.pdf`]) {
      const hidden = await call('GET', path, undefined, { as })
      const unknown = await call('GET', path.replace(id, newId()), undefined, { as })
      expect(hidden.status).toBe(404)
      expect(hidden.body.code).toBe(unknown.body.code)
    }
    expect((await call('GET', '/reviews', undefined, { as })).body.items).toEqual([])

    await call('POST', `/reviews/${id}/issue`, {})
    expect((await call('GET', `/reviews/${id}`, undefined, { as })).body).toMatchObject({
      id,
      failure: null,
      facts: { month: '2026-10' },
    })
    expect((await call('GET', '/reviews', undefined, { as })).body.items).toHaveLength(1)
    expect((await call('GET', `/reviews/${id}/documents/review.de.pdf`, undefined, { as })).text).toBe('de pdf')
  })

  test('never sees the internal edition, nor another customer’s reviews, whatever is asked', async () => {
    const { call, review, addCustomer, stakeholder: as } = await october()
    const south = await addCustomer('Südwerk', 'SUD')
    await south.resolved('SUD-1', 'p2', '2026-10-05T10:00Z', 1000)
    const theirs = await review('Südwerk', '2026-10')
    await call('POST', `/reviews/${theirs.id}/issue`, {})
    const internal = await review(CUSTOMER, '2026-10', 'internal')

    for (const id of [theirs.id, internal.id]) {
      expect((await call('GET', `/reviews/${id}`, undefined, { as })).status).toBe(404)
      for (const file of FILES)
        expect((await call('GET', `/reviews/${id}/documents/${file}`, undefined, { as })).status).toBe(404)
      expect((await call('POST', `/reviews/${id}/issue`, {}, { as })).status).toBe(404)
    }
    expect((await call('GET', '/reviews', undefined, { as })).body.items).toEqual([])
    expect((await call('GET', `/reviews?customer=${south.id}`, undefined, { as })).status).toBe(404)
    expect((await call('GET', '/reviews?customer=S%C3%BCdwerk', undefined, { as })).body.code).toBe(
      'customer.not-found',
    )
  })

  test('finds no way to order one', async () => {
    const { call, stakeholder: as } = await october()
    const { status, body } = await call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' }, { as })
    expect(status).toBe(404)
    expect(body.code).toBe('request.no-such-page')
  })
})

test('who manages some customers neither sees nor orders the reviews of others', async () => {
  const { call, review, addCustomer, north } = await october()
  const south = await addCustomer('Südwerk', 'SUD')
  const theirs = await review('Südwerk', '2026-10')
  const as = actorWith('limited', ['service-manager'], [north.id])

  expect((await call('GET', `/reviews/${theirs.id}`, undefined, { as })).status).toBe(404)
  expect((await call('POST', `/reviews/${theirs.id}/issue`, {}, { as })).status).toBe(404)
  expect((await call('POST', '/reviews', { customer: south.id, month: '2026-10' }, { as })).status).toBe(404)
  expect((await call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' }, { as })).status).toBe(202)
})

test('made again after a crash it begins from the start, ends whole, and is not made a second time', async () => {
  const { call, db, database, audited } = await october()
  const { body } = await call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' })
  // What a crash leaves behind: a review under way, and a document that nobody finished.
  await db.updateTable('review').set({ state: 'running', progress: 60 }).execute()
  await db
    .insertInto('reviewDocument')
    .values({
      reviewId: body.id,
      customerId: body.customerId,
      language: 'de',
      format: 'pdf',
      content: Buffer.from('half'),
      sha256: '',
    })
    .execute()

  await call.work()

  const made = (await call('GET', `/reviews/${body.id}`)).body
  expect(made).toMatchObject({ state: 'done', version: 1 })
  expect(made.documents).toHaveLength(6)
  expect((await call('GET', `/reviews/${body.id}/documents/review.de.pdf`)).bytes.subarray(0, 4).toString()).toBe(
    '%PDF',
  )

  // The queue may bring a job twice.
  const world = {
    ...database,
    now: () => new Date('2027-01-01T00:00Z'),
    inTransaction: <Result>(work: (context: Context) => Promise<Result>) =>
      inContext(database, work, { actor: system }),
  }
  expect(await makeOrdered(world, body.id, [])).toEqual({ version: 1, checksum: made.checksum })
  expect((await call('GET', `/reviews/${body.id}`)).body).toEqual(made)
  expect((await audited()).filter((action) => action === 'review.made')).toHaveLength(1)
})

test('what cannot be made says so in words, and keeps nothing', async () => {
  const { db, call } = await october()
  const { body } = await call('POST', '/reviews', { customer: CUSTOMER, month: '2026-10' })
  // A zone that nobody knows: the month has no beginning.
  await db.updateTable('customer').set({ timeZone: 'Mars/Olympus' }).execute()
  await expect(call.work()).rejects.toThrow('Mars/Olympus')

  const failed = (await call('GET', `/reviews/${body.id}`)).body
  expect(failed).toMatchObject({ state: 'failed', progress: 0, documents: [], facts: null })
  expect(failed.failure).toMatch(/could not be made/)
})
