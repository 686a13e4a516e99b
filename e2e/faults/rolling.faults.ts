import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '#platform/configuration.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { ensureWebBuilt } from '../../src/commands/web-build.ts'
import { freePort, type Program, startProgram } from '../program.ts'
import releases from '../../db/releases/releases.json' with { type: 'json' }
import { type Balancer, noBalancer, startBalancer } from './balancer.ts'
import { survived } from './tally.ts'

const missing = noBalancer()
if (missing !== null) process.stderr.write(`${missing}\n`)

/** A tree of the last release, made of the history of this repository unless one is named. */
let last: string
const ASKERS = 6
/** Longer than HAProxy takes to hear that a program leaves. */
const DRAIN_SECONDS = 2

/** What the next version adds to the tables that every request touches, and what the one after it takes away. */
const EXPAND = `alter table incident add column mood text; alter table customer add column mood text not null default 'calm';
create index incident_mood on incident (mood);`
const CONTRACT = 'alter table incident drop column mood;'

let folder: string
let postgres: EmbeddedPostgres
let balancer: Balancer
let env: Readonly<Record<string, string>>
const ports: number[] = []
const programs = new Map<number, Program>()

/** The last release as it was; in a copy without its history this version is its own predecessor. */
async function lastRelease(): Promise<string> {
  const named = process.env['PLUMBLINE_LAST_RELEASE']
  if (named !== undefined) return named
  const { version, commit } = releases.at(-1)!
  const root = join(folder, version)
  const archive = join(folder, `${version}.tar`)
  try {
    execFileSync('git', ['archive', '--output', archive, commit], { cwd: ROOT, stdio: 'ignore' })
  } catch {
    process.stderr.write(
      `Version ${version} is not in the history of this copy: this version is its own predecessor.\n`,
    )
    return ROOT
  }
  await mkdir(root)
  execFileSync('tar', ['-xf', archive, '-C', root])
  return root
}

/** A version with further migrations: a copy, as a release is. */
async function releaseWith(migrations: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(folder, 'release-'))
  const parts = [
    'src',
    'db',
    'web',
    'docs',
    'dist',
    'index.html',
    'vite.config.ts',
    'tsconfig.json',
    'tsconfig.base.json',
    'package.json',
    'package-lock.json',
    '.npmrc',
    'plumbline',
  ]
  // With times to the last digit, by which the pages know that they are made of these sources.
  execFileSync('cp', ['-a', ...parts.map((part) => join(ROOT, part)), root])
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  for (const [name, text] of Object.entries(migrations)) await writeFile(join(root, 'db/migrations', name), text)
  return root
}

async function start(port: number, root: string, administered = false): Promise<Program> {
  const program = await startProgram({
    folder: join(folder, 'data'),
    administered,
    root,
    env: { ...env, PORT: String(port), PLUMBLINE_DRAIN_SECONDS: String(DRAIN_SECONDS) },
  })
  programs.set(port, program)
  return program
}

beforeAll(async () => {
  if (missing !== null) return
  // Copies of this version have its pages.
  await ensureWebBuilt(ROOT, () => undefined)
  folder = await mkdtemp(join(tmpdir(), 'plumbline-rolling-'))
  last = await lastRelease()
  postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined })
  env = { DATABASE_URL: postgres.url, PLUMBLINE_SECRET: Buffer.alloc(32, 7).toString('base64url') }
  ports.push(await freePort())
  await start(ports[0]!, last, true)
  ports.push(await freePort())
  await start(ports[1]!, last)
  balancer = await startBalancer(ports)
})
afterAll(async () => {
  if (missing !== null) return
  await Promise.all([...programs.values()].map((program) => program.stop()))
  await balancer.stop()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Tally {
  asked: number
  written: number
  /** What was not answered, or answered as a failure of ours. */
  readonly lost: string[]
}

/** Reads and writes through the balancer, never asking twice, until it is told to stop. */
async function askOn(token: string, customer: string, signal: AbortSignal, tally: Tally): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  for (let index = 0; !signal.aborted; index++) {
    const isWrite = index % 3 === 0
    const body = JSON.stringify({ customer, title: `Rolled ${index}`, impact: 'low', urgency: 'low' })
    const asked = isWrite ? { method: 'POST', headers, body } : { headers }
    tally.asked += 1
    try {
      const reply = await fetch(`${balancer.url}/api/v1/incidents`, asked)
      const text = await reply.text()
      if (reply.status >= 400) tally.lost.push(`${reply.status} ${text.slice(0, 200)}`)
      else if (isWrite) tally.written += 1
    } catch (error) {
      tally.lost.push(String((error as Error).cause ?? error))
    }
    await sleep(20)
  }
}

/** One program after the other ends, and is another version when it comes back. */
async function roll(root: string): Promise<void> {
  for (const port of ports) {
    await programs.get(port)!.stop()
    await start(port, root)
    await balancer.allUp()
  }
}

test.skipIf(missing !== null)(
  'two versions side by side, one after the other, both ways, and not one request is lost',
  async () => {
    const token = programs.get(ports[0]!)!.token
    const made = await fetch(`${balancer.url}/api/v1/customers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Rolling Ltd' }),
    })
    const { id } = (await made.json()) as { readonly id: string }
    const next = await releaseWith({ '9998_expand_mood.sql': EXPAND })
    const contracted = await releaseWith({ '9998_expand_mood.sql': EXPAND, '9999_contract_mood.sql': CONTRACT })
    const tally: Tally = { asked: 0, written: 0, lost: [] }
    const stop = new AbortController()
    const asking = Array.from({ length: ASKERS }, () => askOn(token, id, stop.signal, tally))
    try {
      await roll(next)
      // Back again: the version before still runs on what the next one has prepared.
      await roll(last)
      await roll(next)
      await roll(contracted)
    } finally {
      stop.abort()
      await Promise.all(asking)
    }
    const { lost, ...counts } = tally
    await survived('rolling restart', { restarts: 4 * ports.length, ...counts, lost: lost.length })
    expect(lost).toEqual([])
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    const { rows } = await client.query(`select count(*)::int as many from incident where title like 'Rolled %'`)
    await client.end()
    expect(rows).toEqual([{ many: counts.written }])
    // What needs the column that is gone must not begin.
    await expect(start(await freePort(), last)).rejects.toThrow('ended before it was ready')
  },
)
