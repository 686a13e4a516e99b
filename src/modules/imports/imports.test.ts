import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { uploadPath } from '#platform/files/uploads.ts'
import { actorWith } from '#platform/testing.ts'
import { count, uploadWorld as world } from './upload-testing.ts'

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
  test('that is started again under the same key, since the answer was lost, is started once', async () => {
    const { call, send } = await world()
    const { id } = await send(log(opened, begun, resolved))
    const start = () => call('POST', `/imports/${id}/start`, {}, { headers: { 'idempotency-key': 'once' } })
    const [first, again] = [await start(), await start()]
    expect([first.status, again.status]).toEqual([202, 202])
    expect(again.body).toEqual(first.body)
    await call.work()
    expect((await call('GET', `/imports/${id}`)).body).toMatchObject({ state: 'done', counts: { tickets: 1 } })
  })

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

test('how a ticket ended keeps the word of its source, and is found by it', async () => {
  const { call, take } = await world()
  const table = [
    'number,incident_state,short_description,priority,opened_at,resolved_at,close_code,close_notes',
    'INC1,Resolved,Mail is down,3,2026-02-28 09:00,2026-02-28 12:00,Solved (Permanently),Restarted',
    'INC2,Active,Mail is slow,3,2026-02-28 09:00,,Not decided,',
  ]
  expect((await take(`${table.join('\n')}\n`)).body).toMatchObject({ state: 'done', counts: { tickets: 2 } })
  const { body } = await call('GET', '/incidents?resolutionCode=Solved%20(Permanently)')
  expect(body.items).toMatchObject([{ sourceNumber: 'INC1', resolutionCode: 'Solved (Permanently)' }])
  // What is open has not ended, whatever its source says.
  expect((await call('GET', '/incidents/INC2')).body).toMatchObject({ state: 'in-progress', resolutionCode: null })
})
