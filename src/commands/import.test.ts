import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '#platform/testing.ts'
import type { CommandWorld } from './command.ts'
import { importCommand } from './import.ts'

async function world({ json = true, language = 'en' as const } = {}) {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-import-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const out: string[] = []
  const err: string[] = []
  const commandWorld: CommandWorld = {
    database,
    url: database.url,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    json,
    language,
  }
  const file = async (name: string, content: string) => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  return { database, folder, file, out, err, run: (...args: string[]) => importCommand(args, commandWorld) }
}

const list =
  'number,opened,state,priority\nA,13/4/2026 10:00,New,high\nB,14/4/2026 11:00,Parked,low\nC,15/4/2026 12:00,New,low\n'

test('several files are taken in one after the other and added up, for a customer who is added', async () => {
  const { database, file, out, run } = await world()
  const more = list.replace('A,', 'D,')
  expect(
    await run(
      'csv',
      await file('one.csv', list),
      await file('two.csv', more),
      '--customer',
      'Südwerk',
      '--timezone',
      'UTC',
    ),
  ).toBe(0)
  expect(out).toHaveLength(1)
  expect(JSON.parse(out[0]!)).toMatchObject({
    rows: 6,
    tickets: 3,
    updated: 0,
    events: 3,
    rejected: 2,
    files: [{ tickets: 2 }, { tickets: 1 }],
  })
  const { rows } = await database.pool.query('select name, time_zone from customer')
  expect(rows).toEqual([{ name: 'Südwerk', time_zone: 'UTC' }])
})

test('rows that were not taken are written into a table', async () => {
  const { folder, file, run } = await world()
  const rejects = join(folder, 'rejects.csv')
  expect(await run('csv', await file('one.csv', list), '--customer', 'Südwerk', '--rejects', rejects)).toBe(0)
  const lines = (await readFile(rejects, 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/^3,state,no,row\.state,.*,Parked$/)
})

test('without --json people read what was done', async () => {
  const { file, out, run } = await world({ json: false })
  await run('csv', await file('one.csv', list), '--customer', 'Südwerk')
  expect(out[0]).toMatch(/^3 rows read: 2 new tickets, 0 tickets brought up to date, 2 events added, in [\d.]+ s\.$/)
  expect(out[1]).toContain('1 row was not taken')
})

test('a dry run adds neither tickets nor the customer', async () => {
  const { database, file, out, run } = await world()
  expect(await run('csv', await file('one.csv', list), '--customer', 'Südwerk', '--dry-run')).toBe(0)
  expect(JSON.parse(out[0]!)).toMatchObject({ rows: 3, tickets: 2 })
  const { rows } = await database.pool.query(
    'select (select count(*) from customer) as customers, (select count(*) from incident) as incidents',
  )
  expect(rows).toEqual([{ customers: 0, incidents: 0 }])
})

test('dates in doubt are asked about before anything is written', async () => {
  const { database, file, err, run } = await world()
  const path = await file('doubt.csv', 'number,opened\nA,3/4/2026 10:00\n')
  await expect(run('csv', path, '--customer', 'Südwerk')).rejects.toMatchObject({ code: 'import.dates-in-doubt' })
  expect(err.at(-1)).toBe('Give --dates dmy or --dates mdy.')
  expect((await database.pool.query('select count(*) from customer')).rows[0].count).toBe(0)
  expect(await run('csv', path, '--customer', 'Südwerk', '--dates', 'dmy', '--timezone', 'UTC')).toBe(0)
  expect((await database.pool.query('select opened_at from incident')).rows[0].opened_at.toISOString()).toBe(
    '2026-04-03T10:00:00.000Z',
  )
})

test('a mapping says what columns and words mean', async () => {
  const { database, file, run } = await world()
  const mapping = await file(
    'mapping.json',
    JSON.stringify({ states: { Parked: 'on-hold:awaiting-change' }, system: 'zendesk' }),
  )
  expect(await run('csv', await file('one.csv', list), '--customer', 'Südwerk', '--mapping', mapping)).toBe(0)
  const { rows } = await database.pool.query("select source, state, pause_reason from incident where source_key = 'B'")
  expect(rows).toEqual([{ source: 'zendesk', state: 'on-hold', pause_reason: 'awaiting-change' }])
})

test.each([
  ['a key that nobody knows', '{"colums": {}}', 'import.mapping-invalid'],
  ['no JSON', '{', 'import.mapping-invalid'],
])('a mapping with %s is refused', async (_, content, code) => {
  const { file, run } = await world()
  const mapping = await file('mapping.json', content)
  await expect(
    run('csv', await file('one.csv', list), '--customer', 'Südwerk', '--mapping', mapping),
  ).rejects.toMatchObject({ code })
})

test.each([
  ['without a source', ['--customer', 'X'], 'import servicenow FILE'],
  ['without a file', ['csv', '--customer', 'X'], 'Name the file'],
  ['without a customer', ['csv', 'a.csv'], '--customer NAME'],
  ['with a source that nobody knows', ['fax', 'a.csv', '--customer', 'X'], 'Files of fax'],
  ['with an option that nobody knows', ['csv', 'a.csv', '--customer', 'X', '--datez', 'dmy'], 'an option'],
  ['with an order of dates that is none', ['csv', 'a.csv', '--customer', 'X', '--dates', 'ymd'], '--dates is'],
])('%s it says what is wrong, and how it is used', async (_, args, wrong) => {
  const { err, run } = await world()
  expect(await run(...args)).toBe(2)
  expect(err[0]).toContain(wrong)
  expect(err[1]).toContain('SOURCE FILE… --customer NAME')
})
