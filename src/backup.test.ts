import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { expect, onTestFinished, test } from 'vitest'
import { jobs } from '#app'
import { backUp } from '#platform/backup/backup.ts'
import { restore } from '#platform/backup/restore.ts'
import { silent } from '#platform/log.ts'
import { testDatabase, type TestDatabase } from '#platform/testing.ts'
import { queue } from '#platform/worker.ts'
import { customerWithEverything } from './everything-testing.ts'
import { testWorld } from './testing.ts'

const now = new Date('2026-03-02T09:00Z')

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-backup-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** All rows of all tables, whatever their order. */
async function rowsIn({ pool }: TestDatabase): Promise<Record<string, readonly string[]>> {
  const { rows: tables } = await pool.query<{ name: string }>(`
    select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and not relispartition and relname not in ('migration', 'migration_lock')`)
  const all: Record<string, readonly string[]> = {}
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from "${name}" t order by t::text`)
    all[name] = rows.map(({ row }) => row)
  }
  return all
}

function asked({ pool, url }: TestDatabase, dataFolder: string) {
  return { pool, url, dataFolder, filesElsewhere: false, withKey: false, now }
}

test('what is backed up comes back on another machine: every row, every file, every number and what waits', async () => {
  const world = await testWorld({ now })
  const { database } = world
  const { customerId } = await customerWithEverything(world, 'own')
  const [from, to] = [await folder(), await folder()]
  await mkdir(join(from, 'mails/ab'), { recursive: true })
  await writeFile(join(from, 'mails/ab/cd'), 'A raw mail')
  await writeFile(join(from, 'serving.pid'), '1')
  await writeFile(join(from, 'secret.key'), 'kept apart')
  const [job] = jobs
  const waiting = queue({ ...database, jobs: [job!], listeners: {}, now: () => now, log: silent, sendOnly: true })
  await waiting.start()
  await database.pool.query(`insert into pgboss.job (name, data) values ($1, '{"of": "now"}')`, [job!.job.name])

  const file = join(await folder(), 'all.zip')
  await backUp(file, asked(database, from))
  await waiting.stop()
  const other = await testDatabase()
  const restored = await restore(file, { ...asked(other, to), database: other })

  expect(restored).toMatchObject({ madeAt: now, files: 1, jobs: 1 })
  expect(await rowsIn(other)).toEqual(await rowsIn(database))
  expect(await readFile(join(to, 'mails/ab/cd'), 'utf8')).toBe('A raw mail')
  const number = async ({ pool }: TestDatabase) => (await pool.query('select next_number($1) as n', [customerId])).rows
  expect(await number(other)).toEqual(await number(database))
  const { rows } = await other.pool.query(`select data from pgboss.job where name = $1`, [job!.job.name])
  expect(rows).toEqual([{ data: { of: 'now' } }])
})

test('a backup that is taken while others write holds each of their transactions whole or not at all', async () => {
  const { database, call } = await testWorld({ now })
  const { body: customer } = await call('POST', '/customers', { name: 'Own' })
  const enough = new AbortController()
  const writers = Array.from({ length: 4 }, async () => {
    while (!enough.signal.aborted)
      await call('POST', '/incidents', { customer: customer.id, title: 'No light', impact: 'low', urgency: 'low' })
  })
  const file = join(await folder(), 'all.zip')
  const { rows } = await backUp(file, asked(database, await folder()))
  enough.abort()
  await Promise.all(writers)
  expect(rows).toBeGreaterThan(0)

  const other = await testDatabase()
  await restore(file, { ...asked(other, await folder()), database: other })
  const { rows: counts } = await other.pool.query(`
    select (select count(*) from incident) - (select count(*) from history where kind = 'incident.opened') as torn`)
  expect(counts).toEqual([{ torn: 0 }])
})

test('nothing is restored of what is damaged, of a later version or no backup, nor over what somebody works with', async () => {
  const { database, call } = await testWorld({ now })
  await call('POST', '/customers', { name: 'Own' })
  const place = await folder()
  const file = join(place, 'all.zip')
  await backUp(file, asked(database, await folder()))
  await expect(backUp(file, asked(database, place))).rejects.toMatchObject({ code: 'backup.exists' })
  await expect(restore(file, { ...asked(database, place), database })).rejects.toMatchObject({
    code: 'backup.database-used',
  })

  const other = await testDatabase()
  const target = { ...asked(other, await folder()), database: other }
  const changed = async (name: string, change: (text: string) => string) => {
    const zip = await JSZip.loadAsync(await readFile(file))
    zip.file(name, change(await zip.file(name)!.async('string')))
    const path = join(place, `${Math.random()}.zip`)
    await writeFile(path, await zip.generateAsync({ type: 'nodebuffer' }))
    return path
  }
  const lostRow = await changed('tables/customer.copy', () => '')
  await expect(restore(lostRow, target)).rejects.toMatchObject({
    code: 'backup.damaged',
    values: { entry: 'customer' },
  })
  const nonsense = await changed('tables/customer.copy', (text) => `x${text}`)
  await expect(restore(nonsense, target)).rejects.toMatchObject({ code: 'backup.damaged' })
  const later = await changed('manifest.json', (text) => text.replace('0001_ground.sql', '9999_later.sql'))
  await expect(restore(later, target)).rejects.toMatchObject({ code: 'backup.later' })
  const cut = join(place, 'cut.zip')
  await writeFile(cut, (await readFile(file)).subarray(0, 5000))
  await expect(restore(cut, target)).rejects.toMatchObject({ code: 'backup.none' })
  await expect(restore(join(place, 'none.zip'), target)).rejects.toMatchObject({ code: 'backup.no-file' })
  expect((await other.pool.query('select from customer')).rows).toEqual([])
})
