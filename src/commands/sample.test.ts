import { expect, test, vi } from 'vitest'
import type { Language } from '#core/text.ts'
import { type TestDatabase, testDatabase } from '#platform/testing.ts'
import { sampleCommand } from './sample.ts'

// A whole company each time, also on a machine that has other things to do.
vi.setConfig({ testTimeout: 90_000 })

async function run(
  database: TestDatabase,
  args: readonly string[],
  { json = false, language = 'en' }: { readonly json?: boolean; readonly language?: Language } = {},
) {
  const out: string[] = []
  const err: string[] = []
  const world = {
    database,
    url: database.url,
    json,
    language,
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  }
  return { code: await sampleCommand(args, world), out, err }
}

test('what it is told has to make sense', async () => {
  const database = await testDatabase()
  for (const args of [
    ['--tickets', '0'],
    ['--tickets', '1e3'],
    ['--tickets', 'many'],
    ['--months', '-1'],
    ['--months', '1000'],
    ['--until', '2026-02-30'],
    ['--until', '2026-13'],
    ['--until', '2999-01-01'],
    ['--until', 'yesterday'],
  ]) {
    const { code, out, err } = await run(database, [args.join('=')])
    expect(code, args.join(' ')).toBe(2)
    expect(out).toEqual([])
    expect(err.join()).toContain(args[1])
  }
  expect(await database.db.selectFrom('customer').select('id').execute()).toEqual([])
})

test('it writes a month that is over, and says in one JSON object what was written', async () => {
  const database = await testDatabase()
  const { code, out, err } = await run(
    database,
    ['--tickets', '50', '--months', '1', '--until', '2026-02', '--seed', 'x'],
    { json: true },
  )

  expect(code).toBe(0)
  expect(err).toEqual([])
  expect(out).toHaveLength(1)
  expect(JSON.parse(out[0]!)).toMatchObject({
    customers: 5,
    tickets: 50,
    events: expect.any(Number),
    seconds: expect.any(Number),
  })
  const opened = await database.db.selectFrom('incident').select('openedAt').orderBy('openedAt').execute()
  expect(opened[0]!.openedAt >= new Date('2026-01-31T23:00:00Z')).toBe(true)
  expect(opened.at(-1)!.openedAt < new Date('2026-02-28T23:00:00Z')).toBe(true)
})

test('where there are customers it refuses, unless told to add; and takes itself away again', async () => {
  const database = await testDatabase()
  await database.pool.query("insert into customer (id, key, name) values (gen_random_uuid(), 'REAL', 'Real')")

  const { code, out, err } = await run(database, ['--tickets', '20'], { language: 'de' })
  expect(code).toBe(1)
  expect(out).toEqual([])
  expect(err.join()).toContain('gibt es schon einen Kunden')

  expect((await run(database, ['--tickets', '20', '--add'])).code).toBe(0)
  expect((await run(database, ['--remove'])).code).toBe(0)
  expect(await database.db.selectFrom('customer').select('key').execute()).toEqual([{ key: 'REAL' }])
})
