import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { connect } from '#platform/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { type Program, startProgram } from '../program.ts'
import { startProxy, type Proxy } from './proxy.ts'

/** What processes of the program are there for; two of them work in the background. */
export type Part = 'web' | 'work' | 'other work'

/** A database, the network to it, and programs on it, each of which can be hurt and brought back. */
export interface World {
  readonly database: {
    readonly get: () => EmbeddedPostgres
    readonly stop: () => Promise<void>
    readonly start: () => Promise<void>
  }
  readonly proxy: Proxy
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly program: (part: Part) => Program
  /** Without a word, as when the machine fails; then another in its place. */
  readonly killAndReplace: (part: Part) => Promise<void>
  /** The database's processes that serve the program just now. */
  readonly backends: () => Promise<readonly number[]>
  /** When all of it answers. */
  readonly ready: () => Promise<void>
  readonly token: string
  readonly end: () => Promise<void>
}

/** The database may have so many connections; the programs use fewer. */
const CONNECTIONS = 200

const RECOVERY_MS = 120_000

interface Ground {
  /** The database's files are on a disk of that size; without it on that of the temporary folder. */
  readonly diskMegabytes?: number
  /** For the programs, beside what they need. */
  readonly env?: Readonly<Record<string, string>>
  /** Of the database, beside ours. */
  readonly settings?: Readonly<Record<string, string>>
  /** Puts into the folder what it is to begin with: `postgres` and `data`. */
  readonly furnish?: (folder: string) => Promise<void>
}

export async function faultyWorld({ diskMegabytes, env: more = {}, settings, furnish }: Ground = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-faults-'))
  await chmod(folder, 0o755)
  const disk = diskMegabytes === undefined ? null : folder
  if (disk !== null) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m,mode=755`, 'tmpfs', disk])
  }
  await furnish?.(folder)
  const begin = () =>
    startEmbeddedPostgres({
      folder: join(folder, 'postgres'),
      settings: {
        max_connections: String(CONNECTIONS),
        ...(disk !== null && { max_wal_size: '64MB' }),
        ...settings,
      },
      log: () => undefined,
    })
  let postgres = await begin()
  const proxy = await startProxy(postgres.url)
  const env = { DATABASE_URL: proxy.url, PLUMBLINE_SECRET: Buffer.alloc(32, 7).toString('base64url'), ...more }
  const start = (part: Part, administered: boolean) =>
    startProgram({ folder: join(folder, 'data'), administered, env, args: ['--only', part === 'web' ? 'web' : 'work'] })
  const web = await start('web', true)
  const programs = new Map<Part, Program>([
    ['web', web],
    ['work', await start('work', false)],
    ['other work', await start('other work', false)],
  ])
  const program = (part: Part) => programs.get(part)!

  async function ready(): Promise<void> {
    const end = Date.now() + RECOVERY_MS
    for (const each of programs.values()) {
      for (;;) {
        const reply = await fetch(`${each.url}/readyz`).catch(() => null)
        if (reply?.status === 200) break
        if (Date.now() > end) throw new Error(`Not ready again within ${RECOVERY_MS / 1000} s: ${each.url}`)
        await sleep(100)
      }
    }
  }

  return {
    database: {
      get: () => postgres,
      stop: () => postgres.stop(),
      start: async () => void (postgres = await begin()),
    },
    proxy,
    folder,
    env,
    token: web.token,
    program,
    killAndReplace: async (part) => {
      process.kill(program(part).pid, 'SIGKILL')
      programs.set(part, await start(part, false))
    },
    ready,
    backends: async () => {
      const { db, close } = connect(postgres.url, { connections: 1 })
      try {
        const { rows } = await sql<{ pid: number }>`
          select pid from pg_stat_activity where application_name like 'plumbline%' and pid <> pg_backend_pid()`.execute(
          db,
        )
        return rows.map(({ pid }) => pid)
      } finally {
        await close()
      }
    },
    end: async () => {
      await Promise.all([...programs.values()].map((each) => each.stop()))
      await proxy.stop()
      await postgres.stop()
      if (disk !== null) execFileSync('umount', [disk])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
