import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { newId } from '#core/id.ts'
import { testWorld } from '../../testing.ts'
import type { TimelineEntry } from './api.ts'
import { fullReport } from './full-report.ts'
import { noteOf } from './notes.ts'
import type { ReportFacts } from './report-facts.ts'

const at = (time: string) => new Date(`2026-03-02T${time}:00Z`)

const entry = (kind: string, time: string, facts: Record<string, unknown>, more: Partial<TimelineEntry> = {}) => ({
  id: `${kind} ${time}`,
  of: 'major-incident' as const,
  kind,
  at: at(time),
  until: null,
  recordedAt: null,
  actor: 'Ada Lead',
  visibility: 'internal' as const,
  facts,
  ...more,
})

const facts: ReportFacts = {
  now: at('10:00'),
  timeZone: 'Europe/Berlin',
  number: 'MN-1',
  title: 'Scanners do not connect',
  priority: 'p1',
  customer: 'Mühle Nord',
  services: ['Shop floor'],
  sites: ['Werk 1'],
  affectedUsers: null,
  businessImpact: 'Two lines stand still.',
  reckoning: null,
  commander: 'Ada Lead',
  bridge: '',
  criteria: ['standstill'],
  criteriaWords: '',
  state: 'investigating',
  occurredAt: at('08:40'),
  openedAt: at('09:00'),
  detectedAt: at('08:50'),
  detection: 'monitoring',
  respondedAt: at('09:05'),
  declaredAt: at('09:10'),
  commanderAt: null,
  mitigatedAt: null,
  restoredAt: null,
  monitoringUntil: null,
  stoodDownAt: null,
  nextUpdateDue: at('10:30'),
  hops: 2,
  children: { all: 50, open: 48 },
  clocks: [{ metric: 'response', state: 'met', targetSeconds: 900, elapsedSeconds: 300 }],
  updates: [
    { id: 'x', at: at('09:30'), nextDue: at('10:30'), audience: 'users', language: 'de', text: 'Wir sind dran' },
  ],
  rhythm: { onTime: 1, due: 2, gaps: [{ from: at('09:40'), to: null }] },
  timeline: [
    entry('major-incident.state', '09:10', { to: 'declared' }, { visibility: 'public' }),
    entry('major-incident.hypothesis', '09:20', { hypothesis: 'a', text: 'Certificate' }),
    entry('major-incident.decision', '09:45', { text: 'Roll back', decidedBy: 'Bo Boss' }),
    entry('gap.update', '09:40', {}, { of: 'gap', actor: null }),
  ],
  actions: [
    {
      id: 'a',
      kind: 'detective',
      what: 'Ada Lead watches certificates',
      owner: { id: 'p', name: 'Ada Lead' },
      due: '2026-04-01',
      verification: 'alert 30 days before',
      doneAt: null,
      version: 1,
    },
  ],
  texts: { cause: { text: 'Bo Boss forgot the certificate', version: 2 } },
  names: ['Ada Lead', 'Bo Boss', 'Bo'],
}

test('the flash has five lines, and what is not known is written as not known', () => {
  expect(noteOf('flash', facts, 'en').lines).toEqual([
    'Shop floor at Werk 1, Mühle Nord: Scanners do not connect (MN-1, P1).',
    expect.stringMatching(/^Since .*09:40.*, 1 h 20 min so far\.$/),
    'Users: not known. Business: Two lines stand still. Reports of the same: 50.',
    'Leads: Ada Lead. Bridge: not known.',
    expect.stringMatching(/^Next update by .*11:30\.$/),
  ])
})

test('an update tells what changed since the last one and nothing that was told before', () => {
  const { lines } = noteOf('update', facts, 'en')
  expect(lines.slice(0, 2)).toEqual(['Decided by Bo Boss: Roll back', 'No estimate when it will be over.'])
  const quiet = noteOf('update', { ...facts, timeline: [] }, 'de').lines
  expect(quiet[0]).toMatch(/^Nichts Neues seit .*10:30\.$/)
})

test('the note after 24 hours says what is suspected until the cause is written down', () => {
  const without = noteOf('summary', { ...facts, texts: {} }, 'en').lines
  expect(without).toContain('Cause, first view: suspected: Certificate.')
  expect(noteOf('summary', facts, 'en').lines).toContain('Cause, first view: Bo Boss forgot the certificate.')
  expect(noteOf('restored', { ...facts, restoredAt: at('09:50') }, 'en').lines[0]).toMatch(/, after 1 h 10 min\.$/)
})

test('the full report has fourteen sections, and says what was not recorded and where to record it', () => {
  const { parts } = fullReport(facts, 'en', 'internal')
  expect(parts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  const of = (section: string) => parts.find((part) => part.section === section)!
  const response = Object.fromEntries(of('response').facts.map(({ name, value }) => [name, value]))
  expect(response).toMatchObject({
    'From beginning until it was noticed (MTTD)': '10 min',
    'Noticed by': 'monitoring',
    'From report to first response (MTTA)': '5 min',
    'From report to declaration': '10 min',
    'From report to a commander': 'not recorded',
    'Handovers between teams': '2',
    'Updates in time': '1 of 2',
  })
  expect(of('luck').missing).toContain('write it here')
  expect(of('cause')).toMatchObject({ text: 'Bo Boss forgot the certificate', version: 2, missing: '' })
  expect(of('timeline').lines.filter(({ gap }) => gap)).toHaveLength(1)
})

test('a customer’s edition names nobody and tells nothing that stays inside', () => {
  const told = JSON.stringify(fullReport(facts, 'en', 'customer'))
  for (const inside of ['Ada', 'Bo', 'Roll back', 'Certificate', 'Handovers', 'did not come', 'Leaders'])
    expect(told).not.toContain(inside)
  expect(told).toContain('a colleague forgot the certificate')
  expect(told).toContain('Major incident declared.')
})

test('sections are written one version after the other, actions have owners, and then the review can end', async () => {
  const { call, database, at: moveTo } = await testWorld({ now: at('09:00') })
  const made = async (method: string, path: string, body?: object, version?: number) => {
    const reply = await call(
      method,
      path,
      body,
      version === undefined ? {} : { headers: { 'if-match': `"${version}"` } },
    )
    expect([200, 201], `${path} ${reply.text}`).toContain(reply.status)
    return reply.body
  }
  const ada = newId(at('09:00').getTime())
  await database.pool.query('insert into person (id, name) values ($1, $2)', [ada, 'Ada Lead'])
  const customer = await made('POST', '/customers', { name: 'Mühle', key: 'MU' })
  const incident = await made('POST', '/incidents', {
    customer: customer.id,
    title: 'Mail is down',
    impact: 'high',
    urgency: 'high',
  })
  const { id } = await made('POST', '/major-incidents', {
    incident: incident.id,
    criteria: ['executive'],
    commander: ada,
  })
  for (const to of ['investigating', 'mitigated', 'restored'])
    await made('POST', `/major-incidents/${id}/transitions`, { to })
  await made('POST', `/major-incidents/${id}/transitions`, { to: 'monitoring', stabilityMinutes: 0 })
  for (const to of ['stood-down', 'review-open']) await made('POST', `/major-incidents/${id}/transitions`, { to })
  const text = { language: 'de', text: 'Das Zertifikat lief ab.\nNiemand sah es.' }
  expect((await made('PUT', `/major-incidents/${id}/report/cause`, text, 0)).version).toBe(1)
  const stale = await call('PUT', `/major-incidents/${id}/report/cause`, text, { headers: { 'if-match': '"0"' } })
  expect(stale.status).toBe(412)
  expect((await made('PUT', `/major-incidents/${id}/report/cause`, text, 1)).version).toBe(2)
  moveTo('2026-03-03T09:00:00Z')
  await made('POST', `/major-incidents/${id}/report/issue`)
  const finish = () => call('POST', `/major-incidents/${id}/transitions`, { to: 'review-done' })
  expect((await finish()).body.code).toBe('major-incident.actions-needed')
  const action = await made('POST', `/major-incidents/${id}/actions`, {
    kind: 'detective',
    what: 'Watch certificates',
    due: '2026-04-01',
  })
  expect((await finish()).body.code).toBe('major-incident.owners-needed')
  expect(await made('PATCH', `/major-incident-actions/${action.id}`, { owner: ada, done: true }, 1)).toMatchObject({
    owner: { name: 'Ada Lead' },
    due: '2026-04-01',
    doneAt: '2026-03-03T09:00:00.000Z',
  })
  expect((await finish()).body.state).toBe('review-done')

  // It is looked at again after thirty, sixty and ninety days, until it is verified; who has to is told when it is due.
  const followUps = async () => (await call('GET', `/major-incidents/${id}/follow-ups`)).body
  expect(await followUps()).toMatchObject({
    next: 30,
    items: [{ day: 30, dueAt: '2026-04-02T09:00:00.000Z', madeAt: null }, { day: 60 }, { day: 90 }],
    actions: { all: 1, done: 1, late: 0 },
    // The like of what has neither service nor category cannot be found.
    again: null,
  })
  const waits = async () =>
    (await call('GET', '/today')).body.items.filter(({ kind }: { kind: string }) => kind === 'major-incident')
  expect(await waits()).toEqual([])
  moveTo('2026-04-02T10:00:00Z')
  // What is like it and came since is counted, and no other's.
  await made(
    'PATCH',
    `/incidents/${incident.id}`,
    { category: 'Network' },
    (await call('GET', `/incidents/${incident.id}`)).body.version,
  )
  const { title, impact, urgency } = incident
  for (const category of ['Network', 'Network', 'Printing'])
    await made('POST', '/incidents', { customer: incident.customer.id, title, impact, urgency, category })
  expect((await followUps()).again).toMatchObject({ incidents: 2, more: false, category: 'Network', service: null })
  expect(await waits()).toMatchObject([{ id, why: 'follow-up', at: '2026-04-02T09:00:00.000Z' }])
  const lookedAt = (body: object) => call('POST', `/major-incidents/${id}/follow-ups`, body)
  const worse = await lookedAt({ text: 'Again', recurred: true, verified: true })
  expect([worse.status, worse.body.code]).toEqual([422, 'major-incident.not-verified'])
  expect((await lookedAt({ text: 'Once more', recurred: true })).body).toMatchObject({ next: 60 })
  expect(await waits()).toEqual([])
  await made('POST', `/major-incidents/${id}/report/issue`)
  const last = await lookedAt({ text: 'Gone', recurred: false, verified: true })
  expect(last.body).toMatchObject({
    next: null,
    items: [
      { day: 30, recurred: true, verified: false, actions: { all: 1, done: 1 } },
      { day: 60, dueAt: '2026-05-02T09:00:00.000Z', text: 'Gone', verified: true },
    ],
  })
  expect((await lookedAt({ text: 'Once more', recurred: false })).body.code).toBe('major-incident.no-follow-up')
  // Where something is still to be written is for who writes it.
  const outside = await call('GET', `/major-incidents/${id}/report?lang=en&edition=customer`)
  expect(outside.text).toContain('not recorded')
  expect(outside.text).not.toContain('in the room')
  const pdf = await call('GET', `/major-incidents/${id}/report/pdf?lang=de&edition=customer`)
  expect(pdf.status).toBe(200)
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(String(pdf.headers['content-disposition'])).toContain(`${incident.number}-customer-de.pdf`)
  const slides = await call('GET', `/major-incidents/${id}/report/slides?lang=de&edition=customer`)
  expect(slides.status).toBe(200)
  expect(String(slides.headers['content-disposition'])).toContain(`${incident.number}-customer-de.pptx`)
  const told = await slideTexts(slides.bytes)
  expect(told.length).toBeGreaterThan(3)
  expect(told[0]).toContain('Großstörung')
  expect(told.join(' ')).not.toContain('Raum unter')
}, 60_000)

/** What stands on each slide, in their order. */
async function slideTexts(file: Buffer): Promise<string[]> {
  const zip = await JSZip.loadAsync(file)
  const names = Object.keys(zip.files).filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
  const inOrder = names.toSorted((one, other) => Number(/\d+/.exec(one)![0]) - Number(/\d+/.exec(other)![0]))
  return await Promise.all(
    inOrder.map(async (name) =>
      [...(await zip.file(name)!.async('string')).matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => text).join(' '),
    ),
  )
}

test('IMP-01 as somebody reckoned it: from … to, with what was assumed', () => {
  const people = { users: 300, minutes: 150, lossBp: 6000, lossToBp: 8000, rateMinor: 5500 }
  const units = { units: 2, unitMinutes: 90, unitRateMinor: 800_000 }
  const reckoning = { ...people, ...units, currency: 'EUR', basis: 'Plant management' }
  const told = fullReport({ ...facts, reckoning }, 'en', 'customer').parts.find(({ section }) => section === 'impact')!
  expect(told.facts).toContainEqual({ name: 'Hours of work lost', value: '450 to 600' })
  expect(told.facts).toContainEqual({ name: 'Cost, estimated', value: '€48,750.00 to €57,000.00' })
  expect(told.facts.find(({ name }) => name === 'Assumed')?.value).toMatch(/300 people .* Plant management$/)
})
