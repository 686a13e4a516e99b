import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Language } from '#core/text.ts'
import { ensureCluster, OWNER } from './embedded-postgres/cluster.ts'
import { whileLocked } from './embedded-postgres/lock.ts'
import { codeOf, voiceIn } from './embedded-postgres/problem.ts'
import { isPostgresOf, readServerRecord, recordChangedSeconds, type ServerRecord } from './embedded-postgres/process.ts'
import { startServer, type Settings } from './embedded-postgres/server.ts'
import { dropSocketFolder, SOCKET, SOCKET_PORT, surveySite, type Site } from './embedded-postgres/site.ts'
import { terminalLanguage } from './terminal-language.ts'

/** A PostgreSQL of our own, used by this process and perhaps by others on the same data folder. */
export interface EmbeddedPostgres {
  /** For a client: it names the socket, the owner and their password. It stays the same when the server comes back. */
  readonly url: string
  /** Of the server now; another one after it was killed and came back. */
  readonly pid: number
  /** Whether it ran already when we came. */
  readonly adopted: boolean
  /** PostgreSQL's own folder, for copying it while it runs. */
  readonly dataFolder: string
  /** Leaves the server. Whoever leaves last ends it. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** Everything of the database is in it; it need not exist yet. */
  readonly folder: string
  /** Made when it is not there. */
  readonly database?: string
  /** Settings of PostgreSQL that differ from ours. They have no effect on a server that runs already. */
  readonly settings?: Settings
  readonly language?: Language
  /** Takes a sentence about progress. */
  readonly log: (line: string) => void
}

/**
 * Makes, starts or adopts the PostgreSQL in `folder`, and brings it back when it dies. Throws an
 * `EmbeddedPostgresProblem` that says what to do when it cannot.
 *
 * The server outlives the process that started it. Each process that uses it holds a claim, a shared advisory lock on
 * a connection of its own, which ends with the process however that ends. Whoever leaves and then gets the same lock
 * exclusively was the last, and ends the server. So a verb beside a running `start` never takes the database from it,
 * and a server that a killed process left behind ends with the next one that leaves.
 */
export async function startEmbeddedPostgres({
  folder,
  database = 'plumbline',
  settings = {},
  language = terminalLanguage(process.env),
  log,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const site = await surveySite(folder, voiceIn(language))
  let claim = await hold(site, { settings, log })
  const leaving = new AbortController()
  let returning = Promise.resolve()
  const { adopted, url } = claim

  const bringBack = async () => {
    log(site.voice.say('lost'))
    for (let waitMs = 50; !leaving.signal.aborted; waitMs = Math.min(waitMs * 2, 5000)) {
      try {
        claim = await hold(site, { settings, log })
        void watch()
        log(site.voice.say('back'))
        return
      } catch (error) {
        log(error instanceof Error ? error.message : String(error))
        await sleep(waitMs, undefined, { signal: leaving.signal }).catch(() => undefined)
      }
    }
  }
  const watch = async () => {
    // The claim alone is no reason for the process to go on.
    claim.connection.unref()
    await claim.ended
    if (!leaving.signal.aborted) returning = bringBack()
  }

  await ensureDatabase(claim.client, database)
  void watch()

  return {
    url: url(database),
    adopted,
    dataFolder: site.data,
    get pid() {
      return claim.pid
    },
    stop: async () => {
      if (leaving.signal.aborted) return
      leaving.abort()
      await returning
      await leave(site, { claim, log })
    },
  }
}

interface Claim {
  readonly client: Client
  /** When the connection, and the claim with it, is no more. */
  readonly ended: Promise<void>
  readonly connection: Connection
  readonly pid: number
  readonly adopted: boolean
  readonly url: (database: string) => string
}

/** What a client can do beyond its declared type: say whether it is a reason for the process to go on. */
interface Connection {
  ref(): void
  unref(): void
}

/** The key of the advisory lock that is the claim: "plumb" in ASCII. It is taken in the database `postgres`. */
const CLAIM_KEY = 0x70_6c_75_6d_62
/** How long a server that calls itself ready may leave us without an answer. */
const SILENCE_MS = 30_000
const CONNECT_MS = 10_000
const END_MS = 60_000

interface Holding {
  readonly settings: Settings
  readonly log: (line: string) => void
}

async function hold(site: Site, { settings, log }: Holding): Promise<Claim> {
  const running = await adopt(site)
  if (running !== undefined) return { ...running, adopted: true }
  return whileLocked(site, async () => {
    const other = await adopt(site)
    if (other !== undefined) return { ...other, adopted: true }
    await ensureCluster(site, { sync: settings['fsync'] !== 'off', log })
    const pid = await startServer(site, { settings, log })
    const own = await adopt(site).catch((error: unknown) => {
      // A server that even we cannot use must not be left to itself.
      process.kill(pid, 'SIGINT')
      throw error
    })
    if (own === undefined) throw site.voice.problem('start-failed', { folder: site.folder, log: site.log, reason: '' })
    return { ...own, adopted: false }
  })
}

/** A claim on the server that runs, waiting while it starts or ends; undefined when none does. */
async function adopt(site: Site): Promise<Omit<Claim, 'adopted'> | undefined> {
  let silentSince = Date.now()
  for (;;) {
    const record = await readServerRecord(site.data)
    if (record === undefined) return undefined
    const answer = record.socketFolder === '' ? 'silent' : await claimServer(site, record)
    if (answer === 'stranger') return undefined
    if (answer !== 'silent') return answer
    if (!(await isPostgresOf(site.data, record.pid))) return undefined
    if (!record.ready) silentSince = Date.now()
    if (Date.now() - silentSince > SILENCE_MS) {
      const socket = `${record.socketFolder}/${SOCKET}`
      throw site.voice.problem('server-silent', { pid: String(record.pid), folder: site.folder, socket })
    }
    await sleep(10)
  }
}

/** What a server that starts, ends, is gone or has no room answers. */
const SILENT = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '53300', '57P01', '57P02', '57P03'])

function isSilence(error: unknown): boolean {
  return SILENT.has(codeOf(error) ?? '') || /terminated|closed|timeout|not queryable/i.test(String(error))
}

async function claimServer(site: Site, record: ServerRecord): Promise<Omit<Claim, 'adopted'> | 'silent' | 'stranger'> {
  const password = await readFile(site.password, 'utf8').catch((error: unknown) => {
    throw site.voice.problem('password-lost', { file: site.password }, error)
  })
  const url = (database: string) =>
    `postgres://${OWNER}:${password}@/${encodeURIComponent(database)}?host=${encodeURIComponent(record.socketFolder)}&port=${SOCKET_PORT}&sslmode=disable`
  const client = new Client({
    connectionString: url('postgres'),
    application_name: 'plumbline claim',
    connectionTimeoutMillis: CONNECT_MS,
  })
  // Said by the end of the connection too, which is what we listen to.
  client.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => client.once('end', resolve))
  try {
    await client.connect()
    // Waits for one who is leaving, and fails with the server if that was the last.
    await client.query('select pg_advisory_lock_shared($1)', [CLAIM_KEY])
    if (await isServerOf(client, site.data)) {
      return { client, ended, connection: client as unknown as Connection, pid: record.pid, url }
    }
    await client.end()
    return 'stranger'
  } catch (error) {
    await client.end().catch(() => undefined)
    if (codeOf(error) === '28P01')
      throw site.voice.problem('password-wrong', { folder: site.data, file: site.password }, error)
    if (isSilence(error)) return 'silent'
    throw error
  }
}

/** Whether the server works on this very folder, and not on one that it is a copy of. */
async function isServerOf(client: Client, data: string): Promise<boolean> {
  // Twice, because a server that has just become ready may be changing its record.
  for (const waitMs of [50, 0]) {
    const { rows } = await client.query<{ readonly changed: number }>(
      `select extract(epoch from change)::float8 as changed from pg_stat_file('postmaster.pid', true)`,
    )
    const changed = rows[0]?.changed
    if (changed !== undefined && Math.abs(changed - (await recordChangedSeconds(data))) < 1.1) return true
    await sleep(waitMs)
  }
  return false
}

async function ensureDatabase(client: Client, database: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
  if (rowCount !== 0) return
  try {
    await client.query(`create database ${client.escapeIdentifier(database)} template template0`)
  } catch (error) {
    // Another process was quicker.
    if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error
  }
}

async function leave(
  site: Site,
  { claim, log }: { readonly claim: Claim; readonly log: (line: string) => void },
): Promise<void> {
  const { client, connection, pid } = claim
  try {
    connection.ref()
    await client.query('select pg_advisory_unlock_shared($1)', [CLAIM_KEY])
    const { rows } = await client.query<{ readonly last: boolean }>('select pg_try_advisory_lock($1) as last', [
      CLAIM_KEY,
    ])
    if (rows[0]?.last !== true) return
    if (!(await isPostgresOf(site.data, pid))) return
    // The lock is ours until the server ends, so that whoever comes now waits and then starts it anew.
    process.kill(pid, 'SIGINT')
    await untilGone(site, { pid, log })
    await dropSocketFolder(site)
  } catch (error) {
    // Whoever left at the same moment got the lock, and ends the server while we ask for it.
    if (isSilence(error)) await untilGone(site, { pid, log })
    // Gone already, which is what we wanted.
    else if (await isPostgresOf(site.data, pid)) throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function untilGone(
  site: Site,
  { pid, log }: { readonly pid: number; readonly log: (line: string) => void },
): Promise<void> {
  const deadline = Date.now() + END_MS
  while ((await readServerRecord(site.data))?.pid === pid && (await isPostgresOf(site.data, pid))) {
    if (Date.now() > deadline) return log(site.voice.say('stopping-slowly'))
    await sleep(5)
  }
}
