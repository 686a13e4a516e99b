import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app'
import { connect, type Database } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { httpServer } from '#platform/http.ts'
import { silent } from '#platform/log.ts'
import { followReplica, type Replica } from '#platform/replica.ts'
import { actorWith } from '#platform/testing.ts'
import { survived } from './tally.ts'

const run = promisify(execFile)

/** Where Debian's package of PostgreSQL puts its programs. */
const BIN = [18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`).find(existsSync)
const able = BIN !== undefined && process.getuid?.() === 0
if (!able)
  process.stderr.write('PostgreSQL of the operating system and root are needed: reports from a copy are not tried\n')

const PRIMARY = 54_391
const COPY = 54_392
/** Reports are at most so old. */
const BOUND_MS = 3000

let folder: string
let primary: Database
let replica: Replica

async function asPostgres(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('setpriv', [
    '--reuid=postgres',
    '--regid=postgres',
    '--clear-groups',
    join(BIN!, program),
    ...args,
  ])
  return stdout
}

const start = (data: string, port: number) =>
  asPostgres(
    'pg_ctl',
    '-D',
    join(folder, data),
    '-w',
    '-l',
    join(folder, `${data}.log`),
    '-o',
    `-p ${port} -k ${folder}`,
    'start',
  )
const stop = (data: string) => asPostgres('pg_ctl', '-D', join(folder, data), '-m', 'immediate', 'stop')
const urlOf = (port: number) => `postgres://postgres@127.0.0.1:${port}/postgres`

beforeAll(async () => {
  if (!able) return
  folder = await mkdtemp(join(tmpdir(), 'plumbline-replica-'))
  await chmod(folder, 0o777)
  await asPostgres('initdb', '-D', join(folder, 'primary'), '-A', 'trust', '-U', 'postgres', '--locale=C.UTF-8')
  await appendFile(join(folder, 'primary/postgresql.conf'), 'wal_level = replica\nmax_wal_senders = 5\nfsync = off\n')
  await start('primary', PRIMARY)
  await asPostgres(
    'pg_basebackup',
    '-h',
    '127.0.0.1',
    '-p',
    String(PRIMARY),
    '-U',
    'postgres',
    '-D',
    join(folder, 'copy'),
    '-R',
  )
  await start('copy', COPY)
  primary = connect(urlOf(PRIMARY))
  await migrate(primary.db)
  replica = followReplica({ primary: primary.pool, url: urlOf(COPY), boundMs: BOUND_MS, log: silent })
})

afterAll(async () => {
  if (!able) return
  await replica?.close()
  await primary?.close()
  await stop('copy').catch(() => undefined)
  await stop('primary').catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
})

test.skipIf(!able)(
  'reports are read from a copy that follows, are never older than was said, and from the database when it is cut off',
  async () => {
    const server = httpServer({
      db: primary.db,
      routes,
      listeners: {},
      authenticate: async () => actorWith('staff', ['administrator']),
      enqueue: async () => undefined,
      now: () => new Date(),
      log: silent,
      reports: replica.reader,
    })
    const report = async () => {
      const { statusCode, headers } = await server.inject('/api/v1/reports/handovers?from=2026-01-01&to=2026-02-01')
      return { status: statusCode, from: headers['plumbline-read-from'] ?? 'database' }
    }
    const marker = async (name: string) => {
      await primary.pool.query('insert into team (id, name) values (gen_random_uuid(), $1)', [name])
      return Date.now()
    }
    const inCopy = async (name: string) =>
      (await replica.reader()?.selectFrom('team').select('id').where('name', '=', name).executeTakeFirst()) !==
      undefined

    await expect.poll(report, { timeout: 20_000 }).toEqual({ status: 200, from: 'copy' })
    // Whoever may read from the copy sees what was written longer ago than the bound, each time.
    let oldest = 0
    for (let round = 0; round < 10; round++) {
      const name = `team ${round}`
      const written = await marker(name)
      while (!(await inCopy(name))) {
        oldest = Math.max(oldest, Date.now() - written)
        expect(Date.now() - written).toBeLessThan(BOUND_MS)
        await sleep(20)
      }
    }

    // It answers and follows no more: it says of itself that it has replayed all that it was given.
    const copy = connect(urlOf(COPY), { connections: 1 })
    await copy.pool.query('select pg_wal_replay_pause()')
    await marker('after the cut')
    const cut = Date.now()
    await expect.poll(report, { timeout: 3 * BOUND_MS, interval: 50 }).toEqual({ status: 200, from: 'database' })
    const fellBack = Date.now() - cut
    expect(fellBack).toBeLessThan(BOUND_MS + 2000)
    await copy.pool.query('select pg_wal_replay_resume()')
    await expect.poll(report, { timeout: 20_000 }).toEqual({ status: 200, from: 'copy' })
    await copy.close()

    await stop('copy')
    // Whoever asks before anybody knows is answered, too.
    expect(await report()).toEqual({ status: 200, from: 'database' })
    await expect.poll(() => replica.staleness(), { timeout: 3 * BOUND_MS }).toBe(Infinity)
    await expect.poll(report, { timeout: 3 * BOUND_MS }).toEqual({ status: 200, from: 'database' })
    await start('copy', COPY)
    await expect.poll(report, { timeout: 30_000 }).toEqual({ status: 200, from: 'copy' })
    await server.close()
    await survived('copy of the database', {
      'bound ms': BOUND_MS,
      'oldest seen ms': oldest,
      'fell back after ms': fellBack,
    })
  },
  120_000,
)
