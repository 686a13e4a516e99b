import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.ts'

const run = promisify(execFile)

let base: string
/** A database that was ended in good order, for tests to copy. */
let ended: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'plumbline-embedded-'))
  await chmod(base, 0o755)
  ended = join(base, 'ended')
  const postgres = await start({ folder: ended })
  await query(postgres.url, 'create table kept (id int primary key)')
  await postgres.stop()
}, 20_000)

afterAll(async () => rm(base, { recursive: true, force: true }))

let folders = 0

async function copyOf(folder: string): Promise<string> {
  const copy = join(base, `copy-${folders++}`)
  // With its owners, which Node would not keep.
  await run('cp', ['-a', folder, copy])
  return copy
}

async function start({ folder, ...rest }: Partial<EmbeddedPostgresOptions> & { readonly folder: string }) {
  return startEmbeddedPostgres({ folder, language: 'en', log: () => undefined, settings: { fsync: 'off' }, ...rest })
}

/** Starts, and ends with the test. */
async function startHere(folder: string, rest: Partial<EmbeddedPostgresOptions> = {}) {
  const postgres = await start({ folder, ...rest })
  onTestFinished(() => postgres.stop())
  return postgres
}

async function query(url: string, statement: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Another process that starts the same database, says so, and then does as it is told. */
async function otherProcess(folder: string, then: 'stays' | 'leaves when told') {
  const module = new URL('embedded-postgres.ts', import.meta.url).href
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)})
    const log = (line) => console.log(JSON.stringify({ line }))
    const postgres = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, settings: { fsync: 'off' }, log })
    console.log(JSON.stringify({ pid: postgres.pid, adopted: postgres.adopted }))
    ${then === 'stays' ? 'setInterval(() => {}, 1000)' : `process.stdin.once('data', async () => { await postgres.stop(); process.exit() })`}
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: { readonly line?: string; readonly pid?: number; readonly adopted?: boolean }[] = []
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (text + chunk.toString()).split('\n')
    text = lines.pop() ?? ''
    said.push(...lines.map((line) => JSON.parse(line) as (typeof said)[number]))
  })
  const says = async (what: 'line' | 'pid') => {
    await expect
      .poll(() => said.some((entry) => entry[what] !== undefined), { timeout: 10_000, interval: 5 })
      .toBe(true)
    return said.findLast((entry) => entry[what] !== undefined)
  }
  return { child, says, leave: async () => (child.stdin.write('now\n'), once(child, 'exit')) }
}

async function isRunning(folder: string): Promise<boolean> {
  return existsSync(join(folder, 'cluster/data/postmaster.pid'))
}

test('what is written is there at the next start, and the secrets are for nobody else', async () => {
  const folder = await copyOf(ended)
  const first = await start({ folder })
  await query(first.url, 'insert into kept values (1)')
  await first.stop()
  expect(await isRunning(folder)).toBe(false)

  const second = await startHere(folder)

  expect(second.adopted).toBe(false)
  expect(await query(second.url, 'select id from kept')).toEqual([{ id: 1 }])
  expect((await stat(join(folder, 'cluster/password'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'cluster/data'))).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder, 'socket'))).mode & 0o777).toBe(0o700)
  expect(await query(second.url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  await expect(query(second.url.replace(/:[0-9a-f]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/)
})

test('words sort the same on every machine', async () => {
  const { url } = await startHere(await copyOf(ended))

  expect(
    await query(
      url,
      `select datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'plumbline'`,
    ),
  ).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8' }])
})

test('a server whose process was killed goes on and is adopted with all it holds', async () => {
  const folder = await copyOf(ended)
  const other = await otherProcess(folder, 'stays')
  const { pid } = (await other.says('pid')) ?? {}
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  expect(await isRunning(folder)).toBe(true)

  const postgres = await start({ folder })

  expect(postgres).toMatchObject({ adopted: true, pid })
  // The server may take a moment to see that the killed one is gone.
  const claims = async () =>
    (await query(postgres.url, `select from pg_locks where locktype = 'advisory' and mode = 'ShareLock'`)).length
  await expect.poll(claims).toBe(1)
  // Nobody else uses it any more, so it ends with us though we did not start it.
  await postgres.stop()
  expect(await isRunning(folder)).toBe(false)
})

test('two processes that start at once share one server, which ends with the last of them', async () => {
  const folder = await copyOf(ended)
  const [one, two] = await Promise.all([
    otherProcess(folder, 'leaves when told'),
    otherProcess(folder, 'leaves when told'),
  ])
  const [first, second] = await Promise.all([one.says('pid'), two.says('pid')])
  expect(first?.pid).toBe(second?.pid)
  expect([first?.adopted, second?.adopted]).toContain(false)
  expect([first?.adopted, second?.adopted]).toContain(true)
  const [starter, guest] = second?.adopted ? [one, two] : [two, one]

  await starter.leave()
  expect(await isRunning(folder)).toBe(true)
  await guest.leave()
  expect(await isRunning(folder)).toBe(false)
})

test('two processes that leave at once end it together, and neither of them fails', async () => {
  const folder = await copyOf(ended)
  for (let round = 0; round < 3; round++) {
    const both = await Promise.all([otherProcess(folder, 'leaves when told'), otherProcess(folder, 'leaves when told')])
    await Promise.all(both.map(({ says }) => says('pid')))
    const ends = await Promise.all(both.map(({ leave }) => leave()))
    expect(ends.map(([code]) => code as unknown)).toEqual([0, 0])
    expect(await isRunning(folder)).toBe(false)
  }
}, 60_000)

test('a making that was cut off leaves nothing that the next start would stumble over', async () => {
  const folder = join(base, 'cut-off')
  const other = await otherProcess(folder, 'stays')
  await other.says('line')
  const halfMade = async () => (await readdir(folder)).filter((name) => name.startsWith('cluster.new-'))
  await expect
    .poll(async () => existsSync(join(folder, (await halfMade())[0] ?? '', 'data/base')), {
      timeout: 10_000,
      interval: 5,
    })
    .toBe(true)
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  expect(existsSync(join(folder, 'cluster'))).toBe(false)

  const postgres = await startHere(folder)

  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
  await start({ folder }).then((next) => next.stop())
  expect(await halfMade()).toEqual([])
})

test('a server that is killed comes back by itself, and every row that was acknowledged is there', async () => {
  const postgres = await startHere(await copyOf(ended), { settings: {} })
  const pool = new Pool({ connectionString: postgres.url, max: 4 })
  pool.on('error', () => undefined)
  const acknowledged: number[] = []
  const writing = new AbortController()
  let next = 0
  const write = async () => {
    while (!writing.signal.aborted) {
      const id = next++
      const stored = await pool.query('insert into kept values ($1)', [id]).then(
        () => true,
        () => false,
      )
      if (stored) acknowledged.push(id)
    }
  }
  const writers = [write(), write(), write(), write()]

  for (const atLeast of [50, 100]) {
    await expect.poll(() => acknowledged.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(atLeast)
    const { pid } = postgres
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => postgres.pid, { timeout: 10_000, interval: 5 }).not.toBe(pid)
  }
  writing.abort()
  await Promise.all(writers)

  const { rows } = await pool.query<{ readonly id: number }>('select id from kept')
  await pool.end()
  const there = new Set(rows.map(({ id }) => id))
  expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
})

test('the number of a dead server in the hands of another process does not keep the database closed', async () => {
  const folder = await copyOf(ended)
  const data = join(folder, 'cluster/data')
  await writeFile(
    join(data, 'postmaster.pid'),
    `${process.pid}\n${data}\n1790000000\n5432\n${folder}/socket\n\n 1 1\nready   \n`,
  )

  const postgres = await startHere(folder)

  expect(postgres.adopted).toBe(false)
})

test('a copy of a folder in use is a database of its own', async () => {
  const folder = await copyOf(ended)
  const original = await startHere(folder)
  await new Promise((resolve) => setTimeout(resolve, 1200))
  const copy = await startHere(await copyOf(folder))

  await query(copy.url, 'insert into kept values (7)')

  expect(copy.adopted).toBe(false)
  expect(copy.pid).not.toBe(original.pid)
  expect(await query(original.url, 'select id from kept')).toEqual([])
})

test('a folder whose path is too long for a socket is served by a temporary one, the same at each start', async () => {
  const folder = join(base, 'x'.repeat(100))
  await run('cp', ['-a', ended, folder])
  const first = await start({ folder })
  const host = new URL(first.url.replace('@/', '@x/')).searchParams.get('host') ?? ''
  expect((await stat(host)).mode & 0o777).toBe(0o700)
  await first.stop()
  expect(existsSync(host)).toBe(false)

  const second = await startHere(folder)

  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test.skipIf(process.getuid?.() !== 0)(
  'root keeps a database in a folder that is closed to everybody else',
  async () => {
    const closed = join(base, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const postgres = await startHere(join(closed, 'postgres'))

    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await stat(closed)).mode & 0o777).toBe(0o700)
    expect((await stat(postgres.dataFolder)).uid).not.toBe(0)
  },
)

test.each([
  [
    'of another version',
    'cluster-version',
    /made by PostgreSQL 12; this Plumbline brings PostgreSQL 18/,
    { 'cluster/data/PG_VERSION': '12\n' },
  ],
  ['without its heart', 'cluster-incomplete', /pg_control is missing/, { 'cluster/data/global/pg_control': null }],
  ['without its password', 'password-lost', /password is not there/, { 'cluster/password': null }],
  ['with another password', 'password-wrong', /does not accept the password/, { 'cluster/password': 'guess' }],
  [
    'with a setting that cannot be',
    'start-failed',
    /shared_bufers/,
    { 'cluster/data/postgresql.auto.conf': 'shared_bufers = 1\n' },
  ],
])('a database %s is left alone, with a sentence that says what to do', async (_, code, sentence, changes) => {
  const folder = await copyOf(ended)
  for (const [file, text] of Object.entries(changes)) {
    if (text === null) await rm(join(folder, file))
    else await writeFile(join(folder, file), text)
  }

  const refusal = await start({ folder }).catch((error: unknown) => error)

  expect(refusal).toMatchObject({ name: 'EmbeddedPostgresProblem', code })
  expect(refusal).toHaveProperty('message', expect.stringMatching(sentence))
  expect(refusal).toHaveProperty('message', expect.stringContaining(folder))
  await expect.poll(() => isRunning(folder), { timeout: 5000 }).toBe(false)
})

test('a folder that cannot be is said in the language of the person', async () => {
  await writeFile(join(base, 'file'), '')

  await expect(start({ folder: join(base, 'file/postgres'), language: 'de' })).rejects.toThrow(
    /ist für die Datenbank nicht benutzbar: .*PLUMBLINE_DATA/,
  )
})

test('the log of the server holds no statement', async () => {
  const folder = await copyOf(ended)
  const { url } = await startHere(folder)

  await query(url, `select 'very private' from nowhere`).catch(() => undefined)

  expect(await readFile(join(folder, 'server.log'), 'utf8')).not.toContain('very private')
})
