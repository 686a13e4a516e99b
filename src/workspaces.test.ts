import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest'
import { jobs, routes } from '#app'
import { newId } from '#core/id.ts'
import { backUp } from '#platform/backup/backup.ts'
import { restore } from '#platform/backup/restore.ts'
import { system } from '#platform/context.ts'
import { connect, type Database, transaction } from '#platform/database.ts'
import type { Job } from '#platform/job.ts'
import { sendSignal } from '#platform/live.ts'
import { silent } from '#platform/log.ts'
import { knownMigrations, migrate } from '#platform/migrations.ts'
import { type TestDatabase, testCaller } from '#platform/testing.ts'
import { run } from '#platform/testing/databases.ts'
import { queue, waitingJobs } from '#platform/worker.ts'
import { inWorkspace, workspaceAt } from '#platform/workspace.ts'
import { listWorkspaces, makeWorkspace, removeWorkspace } from '#platform/workspaces.ts'
import { exclusively } from './modules/sample/exclusively.ts'
import { workspaceCommand } from './commands/workspace.ts'

// Each workspace takes all migrations, also on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 })

interface Made {
  readonly name: string
  readonly database: TestDatabase
  /** With which its program comes in, and nobody else. */
  readonly password: string
}

/** Roles are the whole server's, so that no two tests may use the same name. */
function someName(): string {
  return `t${randomBytes(5).toString('hex')}`
}

const all: Made[] = []

async function made(
  fill: (database: Database, url: string) => Promise<unknown> = ({ db }) => migrate(db),
): Promise<Made> {
  const name = someName()
  const url = inWorkspace(whole.url, name)
  const password = await makeWorkspace(whole.pool, name, async () => {
    const filling = connect(url, { connections: 2 })
    try {
      await fill(filling, url)
    } finally {
      await filling.close()
    }
  })
  const database = { ...connect(url, { connections: 4 }), url }
  all.push({ name, database, password })
  return all.at(-1)!
}

/** A connection as the program of a workspace opens it, with its own password. */
async function programOf({ name, password }: Made): Promise<Client> {
  const own = whole.url.replace(/^(\w+:\/\/)[^@/]*@/, `$1plumbline_${name}:${password}@`)
  const client = new Client({ connectionString: inWorkspace(own, name) })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** What every table holds. */
async function rowsOf({ pool }: Database): Promise<Record<string, number>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
       and not relispartition and relname not in ('migration', 'migration_lock')`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from "${name}"`)
    counts[name] = rows[0]!.count
  }
  return counts
}

let whole: TestDatabase
let one: Made
let two: Made

beforeAll(async () => {
  const name = `${inject('template')}_${someName()}`
  const address = inject('postgres')
  await run(address, `create database ${name} template ${inject('template')}`)
  const url = address.replace('DATABASE', name)
  whole = { ...connect(url, { connections: 4 }), url }
  one = await made()
  two = await made()
  return async () => {
    await whole.close()
    await run(address, `drop database ${name} with (force)`)
  }
}, 240_000)

afterAll(async () => {
  for (const each of all) {
    await each.database.close()
    // Its connections are gone a moment after they were closed.
    await vi.waitFor(() => removeWorkspace(whole.pool, each.name), { timeout: 10_000 })
  }
})

test('what is written in one workspace is in no other, and nobody of one reaches another', async () => {
  const before = { whole: await rowsOf(whole), two: await rowsOf(two.database) }

  const call = testCaller(one.database, routes, { jobs })
  const customer = await call('POST', '/customers', { name: 'Alder' })
  const incident = await call('POST', '/incidents', {
    customer: customer.body.id,
    title: 'Mail is down',
    impact: 'high',
    urgency: 'high',
  })
  await call.work()

  expect([customer.status, incident.status]).toEqual([201, 201])
  expect((await call('GET', `/incidents/${incident.body.id}/timeline`)).body.items.length).toBeGreaterThan(0)
  expect(await rowsOf(two.database)).toEqual(before.two)
  expect(await rowsOf(whole)).toEqual(before.whole)
  const elsewhere = testCaller(two.database, routes)
  expect((await elsewhere('GET', '/customers')).body.items).toEqual([])
  expect((await elsewhere('GET', `/incidents/${incident.body.id}`)).status).toBe(404)

  // The program of a workspace, were it to be told what to ask: of the other one, and of who has the database.
  const program = await programOf(one)
  const theirs = `plumbline_${two.name}`
  const attempts = [
    `select * from ${theirs}.customer`,
    `insert into ${theirs}.setting (name, value) values ('stolen', '1')`,
    `select * from ${theirs}_jobs.job`,
    `set role ${theirs}`,
    `set role ${theirs}_staff`,
    `set role plumbline_staff`,
    `select * from public.customer`,
    `drop schema ${theirs} cascade`,
    `alter role ${theirs} password 'ours'`,
    `create role plumbline_another`,
    `create schema plumbline_another`,
    `grant plumbline_${one.name} to plumbline_staff`,
  ]
  const answers: string[] = []
  for (const attempt of attempts)
    answers.push(
      await program.query(attempt).then(
        () => attempt,
        (error: { code: string }) => error.code,
      ),
    )
  expect(answers.slice(0, -1)).toEqual(attempts.slice(0, -1).map(() => '42501'))
  expect((await program.query('select name from customer')).rows).toEqual([{ name: 'Alder' }])
})

test('nothing of a workspace refers to another, and no role of one has a right in another', async () => {
  const schemas = [`plumbline_${one.name}`, `plumbline_${two.name}`, 'public']
  const { rows: crossing } = await whole.pool.query(
    `with thing as (
       select 'pg_class'::regclass::oid as kind, oid, relnamespace as space from pg_class
       union all select 'pg_proc'::regclass, oid, pronamespace from pg_proc
       union all select 'pg_type'::regclass, oid, typnamespace from pg_type
       union all select 'pg_constraint'::regclass, oid, connamespace from pg_constraint
       union all select 'pg_rewrite'::regclass, r.oid, relnamespace from pg_rewrite r join pg_class c on c.oid = ev_class
       union all select 'pg_attrdef'::regclass, d.oid, relnamespace from pg_attrdef d join pg_class c on c.oid = adrelid
       union all select 'pg_trigger'::regclass, t.oid, relnamespace from pg_trigger t join pg_class c on c.oid = tgrelid
       union all select 'pg_policy'::regclass, p.oid, relnamespace from pg_policy p join pg_class c on c.oid = polrelid)
     select one.space::regnamespace as one, other.space::regnamespace as other
     from pg_depend join thing one on one.kind = classid and one.oid = objid
       join thing other on other.kind = refclassid and other.oid = refobjid
     where one.space <> other.space and (one.space::regnamespace::text = any($1) and other.space::regnamespace::text = any($1))`,
    [schemas],
  )
  expect(crossing).toEqual([])

  const { rows: rights } = await whole.pool.query(
    `select r.rolname, n.nspname from pg_roles r, pg_namespace n
     where r.rolname ~ '^plumbline_' and n.nspname ~ '^plumbline_t' and has_schema_privilege(r.oid, n.oid, 'usage')
       and not starts_with(r.rolname, substr(n.nspname, 1, 21))`,
  )
  expect(rights).toEqual([])
  const { rows: paths } = await whole.pool.query<{ path: string; own: string }>(
    `select unnest(proconfig) as path, nspname as own from pg_proc p join pg_namespace n on n.oid = pronamespace
     where nspname = any($1) and proconfig is not null`,
    [schemas.slice(0, 2)],
  )
  expect(paths.length).toBeGreaterThan(10)
  for (const { path, own } of paths) expect(path).toBe(`search_path=${own},plumbline_extensions`)
})

test('workspaces do not hear each other, wait for each other, or do each other’s work', async () => {
  const heard: string[] = []
  for (const each of [one, two]) {
    const program = await programOf(each)
    program.on('notification', ({ channel }) => heard.push(channel))
    await program.query(`listen ${workspaceAt(each.database.url).channel}`)
  }
  await sendSignal(one.database.db, { what: 'test', people: ['nobody'], data: {} })
  await one.database.pool.query(`insert into setting (name, value) values ('test', '1')`)
  await expect.poll(() => heard).toEqual([`plumbline_${one.name}_live`, `plumbline_${one.name}_live`])

  expect(await exclusively(one.database, () => exclusively(two.database, async () => 'both at once'))).toBe(
    'both at once',
  )

  const options = { jobs: [], listeners: {}, now: () => new Date(), log: silent, sendOnly: true }
  for (const { database } of [one, two]) {
    const waiting = queue({ ...options, ...database })
    await waiting.start()
    await waiting.stop()
  }
  const asked = queue({ ...options, ...one.database, jobs: jobs.slice(0, 1) })
  await asked.start()
  const work = jobs[0]!.job as unknown as Job<never>
  await transaction(one.database.db, system, 'read write', (tx) => asked.enqueue(tx, work, { subjectId: newId() }))
  await asked.stop()
  expect(await waitingJobs(one.database.pool)).toMatchObject([{ job: work.name, count: 1 }])
  expect(await waitingJobs(two.database.pool)).toEqual([])
})

test('a workspace goes into a file and comes back under another name; many are upgraded, whatever becomes of one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-workspaces-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const files = await knownMigrations()
  const old = await made(({ db }) => migrate(db, files.at(-3)))
  await old.database.pool.query(
    `insert into setting (name, value) values ('organisation', '"Alder"'); select ensure_months('history', now(), now())`,
  )
  const file = join(folder, 'one.zip')
  const disk = { dataFolder: join(folder, 'data'), filesElsewhere: false, withKey: false, now: new Date() }
  await backUp(file, { ...disk, pool: old.database.pool })
  const back = await made((database, url) => restore(file, { ...disk, database, url }))
  expect((await back.database.pool.query(`select value from setting where name = 'organisation'`)).rows).toEqual([
    { value: 'Alder' },
  ])
  const broken = await made(({ db }) => migrate(db, files.at(-2)))
  // Somebody took away what the next migration builds on.
  await broken.database.pool.query('alter table migration rename column "timestamp" to moment')

  const told = new Map((await listWorkspaces(whole.pool)).map(({ name, pending }) => [name, pending]))
  expect([old, back, broken].map(({ name }) => told.get(name))).toEqual([2, 0, 1])
  const lines: string[] = []
  const world = {
    out: (line: string) => void lines.push(line),
    err: () => undefined,
    json: true,
    language: 'en' as const,
  }
  vi.stubEnv('DATABASE_URL', whole.url)
  vi.stubEnv('PLUMBLINE_DATA', folder)
  const code = await workspaceCommand(['upgrade'], { ...world, database: whole, url: whole.url })
  vi.unstubAllEnvs()

  const { workspaces } = JSON.parse(lines[0]!) as {
    workspaces: { workspace: string; steps: number; failed: string | null }[]
  }
  expect(code).toBe(1)
  const of = ({ name }: Made) => workspaces.find(({ workspace }) => workspace === name)
  expect([of(old), of(back)]).toMatchObject([
    { steps: 2, failed: null },
    { steps: 0, failed: null },
  ])
  expect(of(broken)?.failed).toContain('timestamp')
})
