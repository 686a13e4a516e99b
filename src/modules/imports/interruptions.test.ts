import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '#core/id.ts'
import { addCustomer } from '#modules/customers'
import { incidentRoutes } from '#modules/incidents'
import { addAgreement, addCalendar } from '#modules/service-levels'
import { testCaller, testDatabase } from '#platform/testing.ts'
import { importFile } from './import-file.ts'
import { importJobs, importRoutes } from './index.ts'
import { getImport, insertImport, updateImport } from './queries.ts'
import { takeBack } from './take-back.ts'
import { jobWorldOn } from './testing.ts'

const HEADER = 'number,state,opened_at,sys_updated_at,sys_mod_count,priority,assignment_group,caller_id,resolved_at'
const day = (index: number) => `2026-02-${String(1 + (index % 28)).padStart(2, '0')}`

/** A log of tickets, each opened and begun; the first `done` of them resolved too. */
function log(tickets: number, { done = 0 } = {}): string {
  const rows = Array.from({ length: tickets }, (_, index) => {
    const ticket = (state: string, time: string, mod: number, resolved = '') =>
      `INC${index},${state},${day(index)} 08:00,${day(index)} ${time},${mod},3,Group ${index % 5},Caller ${index % 50},${resolved}\n`
    const end = index < done ? ticket('Resolved', '18:00', 2, `${day(index)} 18:00`) : ''
    return ticket('New', '08:01', 0) + ticket('Active', '09:00', 1) + end
  })
  return `${HEADER}\n${rows.join('')}`
}

async function world({ agreed = false } = {}) {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-imports-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { db, pool } = database
  const jobWorld = (signal?: AbortSignal) => jobWorldOn(database, signal)
  const { inTransaction } = jobWorld()
  const customer = await inTransaction((context) =>
    addCustomer(context, { name: 'Nordhafen', kind: 'external', timeZone: 'UTC', language: 'en' }),
  )
  if (agreed) {
    await inTransaction(async (context) => {
      const hours = [{ opens: 8 * 60, closes: 20 * 60 }]
      await addCalendar(context, {
        name: 'Hours',
        customer: customer.id,
        rules: { timeZone: 'UTC', week: [hours, hours, hours, hours, hours, hours, hours], exceptions: [] },
      })
      const targets = (['response', 'resolution'] as const).map((metric) => ({
        metric,
        priority: 'p3' as const,
        targetSeconds: 8 * 3600,
        attainmentBp: 9000,
      }))
      await addAgreement(context, {
        name: 'Agreement',
        customer: customer.id,
        activate: true,
        calendar: 'Hours',
        validFrom: new Date('2020-01-01'),
        services: [],
        terms: {},
        targets,
      })
    })
  }

  /** Writes a file and an import for it, as if it had been started. */
  async function announce(content: string): Promise<{ importId: string; path: string }> {
    const path = join(folder, randomUUID())
    await writeFile(path, content)
    const importId = newId()
    await insertImport(db, {
      id: importId,
      source: 'servicenow',
      customerId: customer.id,
      fileName: 'log.csv',
      fileSize: content.length,
      state: 'running',
    })
    return { importId, path }
  }
  async function take(content: string) {
    const { importId, path } = await announce(content)
    return { importId, counts: await importFile(jobWorld(), importId, { path }) }
  }
  /** Everything that imports write, without what is random or of the moment. */
  async function state() {
    const incidents = await pool.query(
      'select source_key, state, priority, resolved_at, closed_at, updated_at, team_id, reopen_count, due_at from incident order by source_key',
    )
    const facts = await pool.query(
      "select i.source_key, h.kind, h.facts, h.occurred_at, h.sequence from history h join incident i on i.id = h.subject_id where h.kind <> 'incident.imported' order by 1, 4, 5, 2",
    )
    const clocks = await pool.query(
      'select i.source_key, c.metric, c.state, c.elapsed_ms, c.stopped_at from clock c join incident i on i.id = c.incident_id where c.stopped_at is not null order by 1, 2',
    )
    const figures = await pool.query(
      'select month, metric, priority, sum(met)::int as met, sum(failed)::int as failed from attainment_month group by 1, 2, 3 having sum(met + failed) > 0 order by 1, 2, 3',
    )
    return { incidents: incidents.rows, facts: facts.rows, clocks: clocks.rows, figures: figures.rows }
  }
  return { ...database, database, jobWorld, announce, take, state }
}

const TICKETS = 2000

describe('an import that ends early', () => {
  test('because somebody cancels it keeps whole tickets, and started again takes the rest', async () => {
    const { db, pool, jobWorld, announce, state } = await world({ agreed: true })
    const { importId, path } = await announce(log(TICKETS, { done: TICKETS }))
    let cancelled: Promise<unknown> | undefined
    const counts = await importFile(jobWorld(), importId, {
      path,
      onProgress: ({ phase, share }) => {
        if (phase === 'writing' && share > 0.6) cancelled ??= updateImport(db, importId, { cancelAsked: true })
      },
      tickMs: 0,
    })
    await cancelled
    expect(counts).toBeNull()
    expect((await getImport(db, importId)).state).toBe('cancelled')
    expect((await getImport(db, importId)).counts).toMatchObject({
      rows: 3 * TICKETS,
      tickets: (await pool.query('select count(*) from incident')).rows[0].count,
    })
    const { rows } = await pool.query<{ tickets: number; unfinished: number }>(
      "select count(*) as tickets, count(*) filter (where state <> 'resolved') as unfinished from incident",
    )
    expect(rows[0]!.tickets).toBeGreaterThan(0)
    expect(rows[0]!.tickets).toBeLessThan(TICKETS)
    expect(rows[0]!.unfinished).toBe(0)

    const rest = await importFile(jobWorld(), importId, { path })
    expect(rest).toMatchObject({ rows: 3 * TICKETS, tickets: TICKETS - rows[0]!.tickets, updated: 0 })
    const whole = await world({ agreed: true })
    await whole.take(log(TICKETS, { done: TICKETS }))
    const [mine, theirs] = [await state(), await whole.state()]
    expect(mine.incidents.length).toBe(TICKETS)
    expect(mine.figures).toEqual(theirs.figures)
    expect(mine.clocks).toEqual(theirs.clocks)
  })

  test('because the program stops is taken up again by its job', async () => {
    const { db, pool, jobWorld, announce } = await world()
    const { importId, path } = await announce(log(TICKETS))
    const stopping = new AbortController()
    const running = importFile(jobWorld(stopping.signal), importId, {
      path,
      tickMs: 0,
      onProgress: ({ phase, share }) => phase === 'writing' && share > 0.6 && stopping.abort(),
    })
    await expect(running).rejects.toThrow('stopped')
    expect((await getImport(db, importId)).state).toBe('running')

    await importFile(jobWorld(), importId, { path })
    expect((await getImport(db, importId)).state).toBe('done')
    expect((await pool.query('select count(*) from incident')).rows[0].count).toBe(TICKETS)
  })

  test('because the database goes away says so, and started again takes the rest', async () => {
    const { db, pool, jobWorld, announce } = await world()
    const { importId, path } = await announce(log(TICKETS))
    let killed: Promise<unknown> | undefined
    const running = importFile(jobWorld(), importId, {
      path,
      tickMs: 0,
      onProgress: ({ phase }) => {
        if (phase !== 'writing') return
        killed ??= pool.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query ilike 'copy%'",
        )
      },
    })
    await expect(running).rejects.toMatchObject({ code: 'import.database-away' })
    await killed
    expect(await getImport(db, importId)).toMatchObject({ state: 'failed', failure: { code: 'import.database-away' } })

    await importFile(jobWorld(), importId, { path })
    expect((await pool.query('select count(*) from incident')).rows[0].count).toBe(TICKETS)
    expect((await pool.query("select count(*) from history where kind = 'incident.opened'")).rows[0].count).toBe(
      TICKETS,
    )
  })

  test('because a column cannot be the number says which', async () => {
    const { db, jobWorld, announce } = await world()
    const { importId, path } = await announce(
      `${HEADER}\n${'INC1,New,2026-02-01 08:00,2026-02-01 08:01,0,3,G,C,\n'.repeat(20_001)}`,
    )
    await expect(importFile(jobWorld(), importId, { path })).rejects.toMatchObject({
      code: 'import.not-a-number',
      values: { column: 'number', value: 'INC1' },
    })
    expect((await getImport(db, importId)).state).toBe('failed')
  })
})

test('somebody who changes a ticket meanwhile is not overwritten, and the import goes on', async () => {
  const { pool, take, jobWorld, announce } = await world()
  await take(log(800))
  const { importId, path } = await announce(log(800, { done: 800 }))
  let changed: Promise<unknown> | undefined
  const counts = await importFile(jobWorld(), importId, {
    path,
    tickMs: 0,
    onProgress: ({ phase }) => {
      if (phase !== 'writing') return
      changed ??= pool.query(
        "update incident set category = 'Ours', version = version + 1 where source_key in ('INC1', 'INC2')",
      )
    },
  })
  await changed
  expect(counts).toMatchObject({ tickets: 0, updated: 800, events: 800 })
  const { rows } = await pool.query("select category, state, version from incident where source_key = 'INC1'")
  expect(rows).toEqual([{ category: 'Ours', state: 'resolved', version: 3 }])
})

test('two imports for one customer take turns', async () => {
  const { pool, jobWorld, announce } = await world()
  const [one, other] = [await announce(log(500)), await announce(log(500, { done: 100 }))]
  const counts = await Promise.all([one, other].map(({ importId, path }) => importFile(jobWorld(), importId, { path })))
  expect(counts.map((each) => each!.tickets).toSorted((less, more) => less - more)).toEqual([0, 500])
  expect((await pool.query('select count(*) from incident')).rows[0].count).toBe(500)
})

test('clocks, figures and the next due moment follow a longer export', async () => {
  const { take, state } = await world({ agreed: true })
  await take(log(20))
  const before = await state()
  expect(before.incidents.every(({ due_at: due }) => due !== null)).toBe(true)
  expect(before.figures.map(({ metric, met }) => [metric, met])).toEqual([['response', 20]])
  await take(log(20, { done: 20 }))
  const after = await state()
  expect(after.incidents.every(({ due_at: due, state: standing }) => due === null && standing === 'resolved')).toBe(
    true,
  )
  // Ten hours within opening hours, where eight were promised.
  expect(after.figures.map(({ metric, met, failed }) => [metric, met, failed])).toEqual([
    ['resolution', 0, 20],
    ['response', 20, 0],
  ])
})

describe('undoing an import', () => {
  test('takes away what it brought', async () => {
    const { db, take, state, jobWorld } = await world({ agreed: true })
    const empty = await state()
    const { importId } = await take(log(1200, { done: 600 }))
    await updateImport(db, importId, { state: 'running', phase: 'undoing' })
    await takeBack(jobWorld(), importId)
    expect(await state()).toEqual(empty)
    expect((await getImport(db, importId)).state).toBe('undone')
  })

  test('makes tickets that were there what they were', async () => {
    const { db, take, state, jobWorld } = await world({ agreed: true })
    await take(log(600))
    const before = await state()
    const { importId, counts } = await take(log(700, { done: 550 }))
    expect(counts).toMatchObject({ tickets: 100, updated: 550 })
    await updateImport(db, importId, { state: 'running', phase: 'undoing' })
    await takeBack(jobWorld(), importId)
    expect(await state()).toEqual(before)
    expect((await take(log(700, { done: 550 }))).counts).toMatchObject({ tickets: 100, updated: 550 })
  })

  test('is refused when results of it were told in a month that is locked', async () => {
    const { database, take } = await world({ agreed: true })
    const call = testCaller(database, importRoutes)
    const { importId } = await take(log(3, { done: 3 }))
    await database.pool.query(
      "insert into period (customer_id, month, state, changed_at) select id, '2026-02-01', 'locked', now() from customer",
    )
    expect((await call('GET', `/imports/${importId}/undo`)).body.lockedMonth).toBe('2026-02')
    const refused = await call('POST', `/imports/${importId}/undo`, { alsoWorkedOn: true })
    expect([refused.status, refused.body.code]).toEqual([422, 'import.locked-results'])
  })

  test('waits for a later one that built on it, and asks before it takes away what people did here', async () => {
    const { db, database, take } = await world()
    const call = testCaller(database, [...importRoutes, ...incidentRoutes], { jobs: importJobs })
    const first = await take(log(3))
    const second = await take(log(3, { done: 1 }))
    // Before it is done it says what would become of it.
    const foreseen = async (id: string) => (await call('GET', `/imports/${id}/undo`)).body
    expect(await foreseen(first.importId)).toMatchObject({ tickets: 3, laterFile: expect.stringMatching(/./) })
    expect(await foreseen(second.importId)).toEqual({
      possible: true,
      tickets: 0,
      restored: 1,
      workedOn: 0,
      lockedMonth: null,
      laterFile: null,
    })
    const refused = await call('POST', `/imports/${first.importId}/undo`, {})
    expect([refused.status, refused.body.code]).toEqual([422, 'import.later-import'])

    expect((await call('POST', `/imports/${second.importId}/undo`, {})).status).toBe(202)
    await call.work()
    expect((await getImport(db, second.importId)).state).toBe('undone')

    const { body } = await call('GET', '/incidents')
    await call('POST', `/incidents/${body.items[0].id}/notes`, { text: 'Looked at it' })
    expect(await foreseen(first.importId)).toMatchObject({ tickets: 3, workedOn: 1, laterFile: null })
    const asked = await call('POST', `/imports/${first.importId}/undo`, {})
    expect([asked.status, asked.body.code]).toEqual([422, 'import.worked-on'])
    expect((await call('POST', `/imports/${first.importId}/undo`, { alsoWorkedOn: true })).status).toBe(202)
    await call.work()
    expect((await call('GET', '/incidents')).body.items).toEqual([])
    expect(await foreseen(first.importId)).toMatchObject({ possible: false, tickets: 0 })
    expect((await call('POST', `/imports/${first.importId}/undo`, {})).body.code).toBe('import.cannot-undo')
  })
})

test('what people did here since is kept when a longer export comes', async () => {
  const { database, take } = await world()
  const call = testCaller(database, [...incidentRoutes])
  await take(log(1))
  const { body } = await call('GET', '/incidents')
  await call('POST', `/incidents/${body.items[0].id}/notes`, { text: 'Called them' })
  await take(log(1, { done: 1 }))
  const { body: timeline } = await call('GET', `/incidents/${body.items[0].id}/timeline`)
  expect(timeline.items.map(({ kind }: { kind: string }) => kind)).toContain('incident.note')
  expect((await call('GET', '/incidents')).body.items[0]).toMatchObject({
    state: 'resolved',
    team: { name: 'Group 0' },
  })
})
