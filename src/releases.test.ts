import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { routes } from '#app'
import { writeSample } from '#modules/sample'
import { backUp } from '#platform/backup/backup.ts'
import { MANIFEST, manifest, type Manifest } from '#platform/backup/manifest.ts'
import { openArchive, restore } from '#platform/backup/restore.ts'
import { ROOT } from '#platform/configuration.ts'
import { connect, type Database } from '#platform/database.ts'
import { knownMigrations, migrate } from '#platform/migrations.ts'
import { type TestDatabase, testCaller } from '#platform/testing.ts'
import { run } from '#platform/testing/databases.ts'
import { auditCommand } from './commands/audit.ts'
import type { CommandWorld } from './commands/command.ts'
import { recomputeCommand } from './commands/recompute.ts'
import { customerWithEverything } from './everything-testing.ts'
import { testWorld } from './testing.ts'

// All migrations, and a company with one of everything.
vi.setConfig({ testTimeout: 120_000 })

/** Backups that released versions made, each named by its version: a small company and a customer with one of everything. */
const RELEASES = join(ROOT, 'db/releases')
const released = (await readdir(RELEASES)).filter((name) => name.endsWith('.zip')).toSorted()
/** The moment in which all of them were made. */
const now = new Date('2026-03-02T09:00Z')

/** A database without anything, as on a machine to which a backup is brought. */
async function emptyDatabase(): Promise<TestDatabase> {
  const address = inject('postgres')
  const name = `${inject('template')}_released_${Date.now()}`
  await run(address, `create database ${name}`)
  const url = address.replace('DATABASE', name)
  const database = connect(url, { connections: 4 })
  onTestFinished(async () => {
    await database.close()
    await run(address, `drop database ${name} with (force)`)
  })
  return { ...database, url }
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-released-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

async function manifestOf(name: string): Promise<Manifest> {
  const archive = await openArchive(join(RELEASES, name))
  onTestFinished(() => archive.close())
  return manifest.parse(await archive.json(MANIFEST))
}

async function countRows({ pool }: Database, tables: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from "${table}"`)
    counts[table] = rows[0]!.count
  }
  return counts
}

/** What a verb answers with `--json`. */
async function said(
  database: TestDatabase,
  command: (args: readonly string[], world: CommandWorld) => Promise<number>,
  ...args: readonly string[]
): Promise<object> {
  const out: string[] = []
  const world = { database, url: database.url, json: true, language: 'en' as const, err: () => undefined }
  await command(args, { ...world, out: (line) => void out.push(line) })
  return JSON.parse(out.join('')) as object
}

/** Tables of what is noted to be counted again: what an upgrade changes is noted, too. */
const NOTED = new Set(['kpi_change'])

interface Recomputed {
  readonly incidents: number
  readonly differences: readonly { readonly number: string; readonly before: string }[]
}

test.each(released)(
  'what %s wrote is whole in this version, counts as it did, and every page of it answers',
  async (name) => {
    const { tables } = await manifestOf(name)
    const database = await emptyDatabase()
    await restore(join(RELEASES, name), {
      database,
      url: database.url,
      dataFolder: await folder(),
      filesElsewhere: false,
    })

    const before = tables.filter(({ name: of, rows }) => rows > 0 && !NOTED.has(of))
    expect(before.length).toBeGreaterThan(150)
    expect(
      await countRows(
        database,
        before.map((table) => table.name),
      ),
    ).toEqual(Object.fromEntries(before.map((table) => [table.name, table.rows])))
    expect(await said(database, auditCommand, 'verify')).toMatchObject({ faults: [], waiting: 0 })
    const counted = (await said(database, recomputeCommand, '--dry-run')) as Recomputed
    expect(counted.incidents).toBeGreaterThan(100)
    // The one order that was made up by hand never had a clock.
    expect(counted.differences.filter(({ before: was }) => was !== 'none')).toEqual([])

    const call = testCaller(database, routes, { now: () => now })
    let answered = 0
    for (const { endpoint } of routes) {
      const { method, path, bytes } = endpoint
      if (method !== 'GET' || path.includes(':') || bytes !== undefined) continue
      const { status, text } = await call('GET', path)
      // Some want to be told of what, or by whom.
      expect(status, `${path}: ${text.slice(0, 300)}`).toBeLessThan(500)
      if (status === 200) answered += 1
    }
    expect(answered).toBeGreaterThan(100)
  },
)

test('a migration comes after all that were released', async () => {
  const known = await knownMigrations()
  for (const name of released) {
    const { migrations } = await manifestOf(name)
    expect(known.slice(0, migrations.length), name).toEqual(migrations)
  }
})

test('an upgrade holds nobody up: it gives up what it has locked while somebody is in its way, and ends after them', async () => {
  const { db, pool, url } = await emptyDatabase()
  // Its last migration writes the table of incidents anew.
  await migrate(db, '0406_lengths_of_sites.sql')
  const reader = new Client({ connectionString: url })
  await reader.connect()
  await reader.query('begin; select from incident')
  const upgrade = migrate(db)
  await pause(300)
  // Somebody who comes now is behind it for a moment at most, and not until the reader ends, which would be never.
  await pool.query('select from incident')
  await pool.query('select from history')
  const { rows: still } = await pool.query('select from pg_stat_activity where pid = $1 and state like $2', [
    (reader as Client & { processID: number }).processID,
    'idle in transaction',
  ])
  expect(still).toHaveLength(1)
  await reader.query('commit')
  await reader.end()
  expect((await upgrade).at(-1)).toBe((await knownMigrations()).at(-1))
})

/** A version that is to be released. */
const next = process.env['PLUMBLINE_RELEASE']
// Nobody but who releases a version writes one.
// oxlint-disable-next-line vitest/no-conditional-tests
if (next !== undefined) {
  test(`what ${next} writes is kept for all that come after it`, async () => {
    const world = await testWorld({ now })
    const { database } = world
    await customerWithEverything(world, 'own')
    await writeSample(database, { tickets: 120, months: 3, now, add: true })
    const file = join(RELEASES, `${next}.zip`)
    const { pool } = database
    const { rows } = await backUp(file, {
      pool,
      dataFolder: await folder(),
      filesElsewhere: false,
      withKey: false,
      now,
    })
    expect(rows).toBeGreaterThan(9000)
  })
}
