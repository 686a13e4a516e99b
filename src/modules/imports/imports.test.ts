import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { incidentRoutes } from '#modules/incidents'
import { keepUploadsIn, uploadPath } from '#platform/files/uploads.ts'
import { actorWith, testCaller, type TestDatabase, testDatabase } from '#platform/testing.ts'
import { importJobs, importRoutes, type Source } from './index.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-imports-'))
  keepUploadsIn(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const NOW = new Date('2026-06-01T12:00Z')

interface SentFile {
  readonly source?: Source
  readonly fileName?: string
}

async function world() {
  const database = await testDatabase()
  const call = testCaller(database, [...importRoutes, ...customerRoutes, ...incidentRoutes], {
    now: () => NOW,
    jobs: importJobs,
  })
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen', timeZone: 'Europe/Berlin' })

  /** Announces a file and sends it. */
  async function send(content: string | Buffer, { source = 'servicenow', fileName = 'incident.csv' }: SentFile = {}) {
    const bytes = Buffer.from(content as string)
    const { body } = await call('POST', '/imports', { source, fileName, size: bytes.length, customer: 'Nordhafen' })
    const sent = await call('PUT', `/imports/${body.id}/file`, bytes)
    return { id: body.id as string, sent }
  }

  /** Sends a file and takes it in; the import as it is then. */
  async function take(content: string | Buffer, { start = {}, ...file }: SentFile & { readonly start?: object } = {}) {
    const { id } = await send(content, file)
    const started = await call('POST', `/imports/${id}/start`, start)
    if (started.status !== 202) return started
    await call.work()
    return call('GET', `/imports/${id}`)
  }
  return { database, call, customer, send, take }
}

async function count(
  database: TestDatabase,
  table: 'incident' | 'history' | 'clock' | 'team' | 'person' | 'customer' | 'site',
): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*) from ${table}`)
  return rows[0]!.count
}

const HEADER =
  'number,incident_state,sys_mod_count,made_sla,caller_id,opened_at,sys_updated_at,location,category,u_symptom,impact,urgency,priority,assignment_group,assigned_to,resolved_at,closed_at'

interface Change {
  readonly number?: string
  readonly state: string
  readonly mod: number
  readonly at: string
  readonly group?: string
  readonly resolved?: string
  readonly symptom?: string
}

/** A row as ServiceNow's audit log has it. */
function change({
  number = 'INC1',
  state,
  mod,
  at,
  group = 'Group 1',
  resolved = '?',
  symptom = 'Symptom 72',
}: Change): string {
  return [
    number,
    state,
    mod,
    'true',
    'Caller 1',
    '28/2/2026 09:00',
    at,
    'Location 1',
    'Category 55',
    symptom,
    '2 - Medium',
    '2 - Medium',
    '3 - Moderate',
    group,
    '?',
    resolved,
    '?',
  ].join(',')
}

const log = (...rows: readonly (Change | string)[]) =>
  `${[HEADER, ...rows.map((row) => (typeof row === 'string' ? row : change(row)))].join('\n')}\n`

const opened: Change = { state: 'New', mod: 0, at: '28/2/2026 09:05' }
const begun: Change = { state: 'Active', mod: 1, at: '28/2/2026 10:00' }
const resolved: Change = {
  state: 'Resolved',
  mod: 2,
  at: '1/3/2026 09:00',
  group: 'Group 2',
  resolved: '1/3/2026 09:00',
}

describe('a log of ServiceNow', () => {
  test('is shown as it would be read, taken in, and found again as incidents with their history', async () => {
    const { call, send } = await world()
    const { id, sent } = await send(gzipSync(log(opened, begun, resolved)), { fileName: 'incident.csv.gz' })
    expect(sent.body).toMatchObject({ state: 'uploaded', customer: { name: 'Nordhafen' } })

    const { body: preview } = await call('GET', `/imports/${id}/preview`)
    expect(preview).toMatchObject({
      packing: 'gzip',
      encoding: 'utf-8',
      delimiter: ',',
      timeZone: 'Europe/Berlin',
      lacks: [],
      mapping: { form: 'changes', dateOrder: 'dmy' },
      sampled: { rows: 3, taken: 3, tickets: 1 },
    })
    expect(preview.rows[0]).toMatchObject({
      line: 2,
      taken: true,
      values: { number: 'INC1', openedAt: '2026-02-28T08:00:00.000Z', state: 'new', team: 'Group 1' },
    })
    expect(preview.columns[0]).toEqual({ name: 'number', field: 'number', samples: ['INC1'] })

    expect((await call('POST', `/imports/${id}/start`, {})).status).toBe(202)
    await call.work()
    const { body: done } = await call('GET', `/imports/${id}`)
    expect(done).toMatchObject({
      state: 'done',
      progress: 1,
      counts: { rows: 3, tickets: 1, updated: 0, events: 5, rejected: 0 },
    })

    const { body: list } = await call('GET', '/incidents')
    expect(list.items).toMatchObject([
      {
        sourceNumber: 'INC1',
        title: 'Symptom 72, Category 55',
        state: 'resolved',
        priority: 'p3',
        openedAt: '2026-02-28T08:00:00.000Z',
        resolvedAt: '2026-03-01T08:00:00.000Z',
        reportedMet: true,
        site: { name: 'Location 1' },
        team: { name: 'Group 2' },
        requester: { name: 'Caller 1' },
      },
    ])
    const { body: timeline } = await call('GET', `/incidents/${list.items[0].number}/timeline`)
    expect(timeline.items.map(({ kind }: { kind: string }) => kind)).toEqual([
      'incident.opened',
      'incident.assigned',
      'incident.state',
      'incident.state',
      'incident.assigned',
      'incident.imported',
    ])
    expect(JSON.stringify(timeline)).not.toContain('Caller 1')
    expect(existsSync(uploadPath(id))).toBe(false)
  })

  test('taken in again changes nothing, and a longer one adds only what is new', async () => {
    const { database, take } = await world()
    await take(log(opened, begun))
    const before = await count(database, 'history')
    expect((await take(log(opened, begun))).body.counts).toMatchObject({ rows: 2, tickets: 0, updated: 0, events: 0 })
    expect(await count(database, 'history')).toBe(before)

    const longer = await take(log(opened, begun, resolved, { ...opened, number: 'INC2' }))
    expect(longer.body.counts).toMatchObject({ tickets: 1, updated: 1, events: 4 })
    const { rows } = await database.pool.query(
      'select source_key, state, reopen_count from incident order by source_key',
    )
    expect(rows).toEqual([
      { source_key: 'INC1', state: 'resolved', reopen_count: 0 },
      { source_key: 'INC2', state: 'new', reopen_count: 0 },
    ])
  })

  test('may have its rows in any order, and those of a ticket anywhere', async () => {
    const { database, take } = await world()
    const other = { ...opened, number: 'INC2' }
    const { body } = await take(log(resolved, other, opened, { ...begun, number: 'INC2' }, begun))
    expect(body.counts).toMatchObject({ rows: 5, tickets: 2, events: 8 })
    const { rows } = await database.pool.query(
      "select facts->>'to' as state from history where kind = 'incident.state' and subject_id = (select id from incident where source_key = 'INC1') order by occurred_at, sequence",
    )
    expect(rows.map(({ state }) => state)).toEqual(['in-progress', 'resolved'])
  })

  test('loses a row that cannot be taken, with line, column and reason, and no other', async () => {
    const { call, take } = await world()
    const { body } = await take(`${log(opened, { ...begun, state: '-100' }, resolved)}INC1,Closed,3`)
    expect(body).toMatchObject({ state: 'done', counts: { rows: 4, tickets: 1, rejected: 2 } })
    const { body: rejects } = await call('GET', `/imports/${body.id}/rejects`)
    expect(rejects.items).toMatchObject([
      { line: 3, column: 'incident_state', code: 'row.state', value: '-100', taken: false },
      { line: 5, column: null, code: 'row.cut', taken: false },
    ])
  })

  test('reads a cell that a spreadsheet would run, and hands it out harmless', async () => {
    const { call, take } = await world()
    const formula = '=HYPERLINK("http://evil")'
    const { body } = await take(
      log(opened, `"${formula.replaceAll('"', '""')}",New,0,true,c,not a date,28/2/2026 09:05,l,c,s,2,2,3,g,?,?,?`, {
        ...opened,
        number: 'INC2',
        symptom: '=1+1',
      }),
    )
    expect(body.counts).toMatchObject({ tickets: 2, rejected: 1 })
    const { text, headers } = await call('GET', `/imports/${body.id}/rejects.csv`)
    expect(headers['content-type']).toContain('text/csv')
    expect(text).toContain('not a date')
    expect(text.split('\r\n').every((line) => !/(^|,)"?[=+@]/.test(line))).toBe(true)
    const { body: list } = await call('GET', '/incidents?sort=-openedAt')
    expect(list.items.map(({ title }: { title: string }) => title)).toContain('=1+1, Category 55')
  })

  test('in UTF-16 is the same log', async () => {
    const { call, send } = await world()
    const { id } = await send(Buffer.from(`\uFEFF${log({ ...opened, group: 'Störungsstelle' })}`, 'utf16le'))
    const { body } = await call('GET', `/imports/${id}/preview`)
    expect(body).toMatchObject({ encoding: 'utf-16le', rows: [{ values: { team: 'Störungsstelle' } }] })
  })
})

describe('what is no export', () => {
  test.each([
    ['a PDF', Buffer.from('%PDF-1.7 …'), 400, 'file.wrong-kind'],
    ['an empty file', Buffer.alloc(0), 400, 'file.empty'],
  ])('%s is refused when it is sent, and not kept', async (_, bytes, status, code) => {
    const { send } = await world()
    const { id, sent } = await send(bytes)
    expect([sent.status, sent.body.code]).toEqual([status, code])
    expect(existsSync(uploadPath(id))).toBe(false)
  })

  test('a first line without rows below it is told', async () => {
    const { take } = await world()
    expect((await take(`${HEADER}\n`)).body).toMatchObject({ status: 400, code: 'import.no-rows' })
  })

  test('a table of something else is told what it lacks', async () => {
    const { take } = await world()
    expect((await take('name,age\nBeth,42\n', { source: 'csv' })).body).toMatchObject({ code: 'import.column-needed' })
  })
})

describe('what has to be said first', () => {
  const list = 'number;opened;state\nA;3/4/2026 10:00;New\nB;5/4/2026 11:00;New\n'

  test('dates that can be read in two ways are asked about; as said, they are read', async () => {
    const { call, send, database } = await world()
    const { id } = await send(list, { source: 'csv' })
    const { body: preview } = await call('GET', `/imports/${id}/preview`)
    expect(preview.lacks).toMatchObject([
      {
        lack: 'date-order',
        column: 'opened',
        readings: { example: '3/4/2026 10:00', dmy: '2026-04-03', mdy: '2026-03-04' },
      },
    ])
    expect(preview.rows).toEqual([])

    const refused = await call('POST', `/imports/${id}/start`, {})
    expect([refused.status, refused.body.code]).toEqual([400, 'import.dates-in-doubt'])
    expect(await count(database, 'incident')).toBe(0)

    await call('PUT', `/imports/${id}/mapping`, { dateOrder: 'mdy' })
    expect((await call('GET', `/imports/${id}/preview`)).body.rows[0].values.openedAt).toBe('2026-03-04T09:00:00.000Z')
    await call('POST', `/imports/${id}/start`, {})
    await call.work()
    expect((await call('GET', '/incidents?sort=-openedAt')).body.items[1].openedAt).toBe('2026-03-04T09:00:00.000Z')
  })

  test('a word for a state that nobody knows is asked about, and then means what was said', async () => {
    const { call, send } = await world()
    const { id } = await send('number,opened,state\nA,2026-04-03 10:00,Parked\n', { source: 'csv' })
    expect((await call('GET', `/imports/${id}/preview`)).body.unknownWords).toEqual([
      { field: 'state', word: 'Parked', rows: 1 },
    ])
    await call('POST', `/imports/${id}/start`, { mapping: { states: { parked: 'on-hold:awaiting-supplier' } } })
    await call.work()
    expect((await call('GET', '/incidents')).body.items).toMatchObject([
      { state: 'on-hold', pauseReason: 'awaiting-supplier' },
    ])
  })

  test('a mapping that says something nobody understands is refused', async () => {
    const { call, send } = await world()
    const { id } = await send(list, { source: 'csv' })
    expect((await call('PUT', `/imports/${id}/mapping`, { colums: {} })).status).toBe(400)
    expect((await call('PUT', `/imports/${id}/mapping`, { timeZone: 'Mars/Olympus' })).body.code).toBe('zone.unknown')
  })

  test('the same file read in another zone would be there twice, and is refused', async () => {
    const { take } = await world()
    const bytes = log(opened)
    await take(bytes)
    expect((await take(bytes, { start: { mapping: { timeZone: 'Asia/Tokyo' } } })).body).toMatchObject({
      state: 'failed',
      failure: { code: 'import.read-otherwise' },
    })
  })
})

describe('a dry run', () => {
  test('counts what would be taken and writes nothing, not even a customer', async () => {
    const { database, call, take } = await world()
    const { body } = await take(log(opened, begun), { start: { dryRun: true, newCustomer: 'Somebody new' } })
    expect(body).toMatchObject({ state: 'done', dryRun: true, counts: { rows: 2, tickets: 1, events: 3 } })
    const counts = await Promise.all(
      (['incident', 'history', 'team', 'person', 'site'] as const).map((table) => count(database, table)),
    )
    expect(counts).toEqual([0, 0, 0, 0, 0])
    expect(await count(database, 'customer')).toBe(1)

    await call('POST', `/imports/${body.id}/start`, { newCustomer: 'Somebody new' })
    await call.work()
    expect((await call('GET', `/imports/${body.id}`)).body).toMatchObject({
      state: 'done',
      dryRun: false,
      customer: { name: 'Somebody new' },
    })
    expect(await count(database, 'incident')).toBe(1)
  })
})

describe('who may', () => {
  test('bring tickets in: service managers, for the customers that they work for', async () => {
    const { call, customer, send } = await world()
    const { id } = await send(log(opened))
    const { body: other } = await call('POST', '/customers', { name: 'Südwerk' })
    const theirs = actorWith('limited', ['service-manager'], [other.id])
    const mine = actorWith('limited', ['service-manager'], [customer.id])
    expect((await call('GET', `/imports/${id}`, undefined, { as: theirs })).status).toBe(404)
    expect((await call('GET', '/imports', undefined, { as: theirs })).body.items).toEqual([])
    expect(
      (await call('POST', '/imports', { source: 'csv', fileName: 'a', size: 1, customer: 'Nordhafen' }, { as: theirs }))
        .status,
    ).toBe(404)
    expect((await call('POST', `/imports/${id}/start`, { newCustomer: 'Mine' }, { as: mine })).status).toBe(403)
    expect((await call('POST', `/imports/${id}/start`, { customer: 'Südwerk' }, { as: mine })).status).toBe(404)
    expect((await call('POST', `/imports/${id}/start`, {}, { as: mine })).status).toBe(202)
  })

  test('nobody else, and an auditor looks at it', async () => {
    const { call, send } = await world()
    const { id } = await send(log(opened))
    const agent = actorWith('staff', ['agent'])
    const auditor = actorWith('auditor', ['auditor'])
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/preview'],
      ['POST', '/start'],
      ['POST', '/cancel'],
      ['GET', '/undo'],
      ['POST', '/undo'],
      ['GET', '/rejects'],
    ] as const) {
      expect([
        path,
        (await call(method, `/imports/${id}${path}`, method === 'POST' ? {} : undefined, { as: agent })).status,
      ]).toEqual([path, 403])
    }
    expect((await call('GET', `/imports/${id}`, undefined, { as: auditor })).status).toBe(200)
    expect((await call('POST', `/imports/${id}/start`, {}, { as: auditor })).status).toBe(403)
    expect(
      (await call('GET', '/imports', undefined, { as: actorWith('customer', ['customer-stakeholder'], []) })).status,
    ).toBe(404)
  })
})

describe('logs of activities', () => {
  const incidents = `Incident ID;Status;Impact;Urgency;Priority;Category;Open Time;Reopen Time;Resolved Time;Close Time;Closure Code;CI Name (aff)
IM1;Closed;3;4;4;incident;05-01-2026 09:00:00;06-01-2026 10:00:00;07-01-2026 11:59:00;07-01-2026 12:00:00;Software;APP1`
  const activities = `Incident ID;DateStamp;IncidentActivity_Number;IncidentActivity_Type;Assignment Group;KM number
IM1;05-01-2026 09:00:02;001A11;Open;TEAM1;KM7
IM1;05-01-2026 10:00:00;001A12;Reassignment;TEAM2;KM7
IM1;05-01-2026 11:00:00;001A13;Pending vendor;TEAM2;KM7
IM1;05-01-2026 15:00:00;001A14;Operator Update;TEAM2;KM7
IM1;05-01-2026 16:00:00;001A15;Closed;TEAM2;KM7
IM1;05-01-2026 17:00:00;001A16;Quality Indicator;TEAM2;KM7
IM1;05-01-2026 18:00:00;001A17;Update;TEAM2;KM7
IM1;06-01-2026 10:00:03;001A18;Reopen;TEAM1;KM7
IM1;07-01-2026 12:00:01;001A19;Closed;TEAM1;KM7`
  const dates = { mapping: { dateOrder: 'dmy' } }

  test('both exports of HP Service Manager come in one zip and become one history', async () => {
    const { call, database, take } = await world()
    const zip = new JSZip()
    zip.file('activities.csv', activities).file('incidents.csv', incidents)
    const file = await zip.generateAsync({ type: 'nodebuffer' })
    const sent = { source: 'hp-service-manager' as const, fileName: 'exports.zip', start: dates }
    const { body } = await take(file, sent)
    expect(body).toMatchObject({ state: 'done', counts: { rows: 12, tickets: 1, rejected: 0 } })
    const { rows } = await database.pool.query(
      "select to_char(occurred_at at time zone 'Europe/Berlin', 'DD HH24:MI:SS') as at, facts->>'to' as to, facts->>'reason' as reason from history where kind = 'incident.state' order by occurred_at, sequence",
    )
    expect(rows.map(({ at, to, reason }) => [at, to, reason].filter(Boolean).join(' '))).toEqual([
      '05 10:00:00 assigned',
      '05 11:00:00 on-hold awaiting-supplier',
      '05 15:00:00 in-progress',
      '05 16:00:00 closed',
      '06 10:00:00 in-progress',
      '07 12:00:00 closed',
    ])
    const [{ kept }] = (
      await database.pool.query("select count(*)::int as kept from history where kind = 'incident.activity'")
    ).rows
    expect(kept).toBe(12)
    expect(await count(database, 'team')).toBe(2)
    const { body: list } = await call('GET', '/incidents?customer=Nordhafen')
    expect(list.items).toMatchObject([{ title: 'APP1, incident', priority: 'p4', state: 'closed', reopenCount: 1 }])
    expect((await take(file, sent)).body).toMatchObject({ counts: { tickets: 0, updated: 0, events: 0 } })
  })

  test('one export alone is refused, and says that two are needed', async () => {
    const { send, call } = await world()
    const { id, sent } = await send(incidents, { source: 'hp-service-manager' })
    expect([sent.status, sent.body.code]).toEqual([400, 'import.two-exports'])
    expect(sent.body.detail).toContain('one .zip')
    expect((await call('GET', `/imports/${id}`)).body.state).toBe('uploading')
  })

  test('an event log shows how it would be read, and keeps what nobody knows', async () => {
    const { call, database, send } = await world()
    const event = (name: string, at: string, group: string) =>
      `<event><string key="concept:name" value="${name}"/><string key="org:group" value="${group}"/><date key="time:timestamp" value="2026-01-05T${at}+01:00"/></event>`
    const eventLog = `<?xml version="1.0"?><log><trace><string key="concept:name" value="T1"/>${event('Accepted', '09:00:00', 'A')}${event('Tea break', '10:00:00', 'B')}${event('Closed', '11:00:00', 'B')}</trace></log>`
    const { id } = await send(gzipSync(eventLog), { source: 'xes', fileName: 'log.xes.gz' })
    const { body: preview } = await call('GET', `/imports/${id}/preview`)
    expect(preview).toMatchObject({
      lacks: [],
      sampled: { rows: 3, taken: 3, tickets: 1 },
      unknownWords: [{ field: 'state', word: 'Tea break', rows: 1 }],
      mapping: { columns: { number: 'case', team: 'org:group', updatedAt: 'time:timestamp' } },
    })
    await call('POST', `/imports/${id}/start`, {})
    await call.work()
    const { rows } = await database.pool.query(
      "select string_agg(facts->>'activity', ', ' order by occurred_at) as told from history where kind = 'incident.activity'",
    )
    expect(rows[0]!.told).toBe('Accepted, Tea break, Closed')
  })
})
