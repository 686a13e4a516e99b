import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { PgBoss } from 'pg-boss'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { z } from 'zod'
import { Failure, invalid, refused } from '#core/failure.ts'
import { type Database } from '#platform/database.ts'
import { knownMigrations, migrate } from '#platform/migrations.ts'
import { keepFile } from '#platform/files/store.ts'
import { QUEUE, queueIn } from '#platform/worker.ts'
import { workspaceAt } from '#platform/workspace.ts'
import { fileOf, JOBS, MANIFEST, manifest, type Manifest, rowsOf, type WaitingJob, waitingJob } from './manifest.ts'

export interface RestoreOptions {
  readonly database: Database
  /** Of the database, for the queue. */
  readonly url: string
  readonly dataFolder: string
  /** Whether files go to a store elsewhere, and not into the data folder. */
  readonly filesElsewhere: boolean
  /** Told of each entry that is back. */
  readonly onEntry?: (name: string) => void
}

/** What came back. */
export interface Restored {
  readonly madeAt: Date
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly jobs: number
}

/** Larger than any that we write. */
const LARGEST_JSON = 512 * 1024 ** 2

/**
 * Brings everything of a backup back, into a database in which nobody has an account yet, and brings it to this version.
 * Files come first, then all rows in one transaction: a restore that was cut off can be begun again.
 *
 * Refuses a file that is no backup or not whole, one of a later version of the program, and a database that is in use.
 */
export async function restore(path: string, options: RestoreOptions): Promise<Restored> {
  const archive = await openArchive(path)
  try {
    const whole = manifest.parse(await archive.json(MANIFEST))
    await requireReadable(options.database, whole)
    await migrate(options.database.db, whole.migrations.at(-1))
    await requireEmpty(options.database)
    for (const file of whole.files) {
      await restoreFile(archive, file, options)
      options.onEntry?.(file.path)
    }
    const jobs = z.array(waitingJob).parse(await archive.json(JOBS))
    await restoreRows(archive, whole, jobs, options)
    await migrate(options.database.db)
    return {
      madeAt: new Date(whole.madeAt),
      tables: whole.tables.length,
      rows: whole.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: whole.files.length,
      jobs: jobs.length,
    }
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      throw invalid('backup.damaged', { entry: MANIFEST })
    throw error
  } finally {
    archive.close()
  }
}

export interface Archive {
  readonly open: (name: string) => Promise<Readable>
  readonly json: (name: string) => Promise<unknown>
  readonly close: () => void
}

export async function openArchive(path: string): Promise<Archive> {
  let zip: ZipFile
  const entries = new Map<string, Entry>()
  try {
    zip = await openPromise(path, { autoClose: false })
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw invalid('backup.no-file', { file: path })
    if (code !== undefined && /^E[A-Z]+$/.test(code)) throw error
    throw invalid('backup.none', { file: path })
  }
  if (!entries.has(MANIFEST)) {
    zip.close()
    throw invalid('backup.none', { file: path })
  }
  async function open(name: string): Promise<Readable> {
    const entry = entries.get(name)
    if (entry === undefined) throw invalid('backup.damaged', { entry: name })
    return zip.openReadStreamPromise(entry)
  }
  return {
    open,
    json: async (name) => {
      const stream = await open(name)
      if (entries.get(name)!.uncompressedSize > LARGEST_JSON) throw invalid('backup.damaged', { entry: name })
      return JSON.parse(Buffer.concat(await stream.toArray()).toString()) as unknown
    },
    close: () => zip.close(),
  }
}

/** Whether this version of the program knows the shape of what is in it, and the database is not past it. */
async function requireReadable({ pool }: Database, { migrations, madeAt }: Manifest): Promise<void> {
  const known = new Set(await knownMigrations())
  if (migrations.some((name) => !known.has(name))) throw refused('backup.later', { madeAt })
  const { rows } = await pool.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`)
  if (!rows[0]!.there) return
  const done = await pool.query<{ name: string }>('select name from migration')
  if (done.rows.some(({ name }) => !migrations.includes(name))) throw refused('backup.database-later')
}

/** Without an account nobody has worked with it. */
async function requireEmpty({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ used: boolean }>(
    'select exists (select from account) or exists (select from customer) or exists (select from incident) as used',
  )
  if (rows[0]!.used) throw refused('backup.database-used')
}

/** Also one that is there already, as after a restore that was cut off. */
async function restoreFile(
  archive: Archive,
  { path, sha256 }: Manifest['files'][number],
  { dataFolder, filesElsewhere }: RestoreOptions,
): Promise<void> {
  // What leads out of the folder was not written by us.
  if (path.split('/').some((part) => part === '..' || part === '') || /[\\:]/.test(path))
    throw invalid('backup.damaged', { entry: path })
  const bytes = await archive.open(fileOf(path))
  if (filesElsewhere && path.startsWith('files/')) {
    const kept = await keepFile(bytes, Number.MAX_SAFE_INTEGER)
    if (kept.sha256 !== sha256) throw invalid('backup.damaged', { entry: path })
    return
  }
  const target = join(dataFolder, path)
  const part = `${target}.part`
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(hashed, createWriteStream(part, { mode: 0o600, flush: true }))
    if (hash.digest('hex') !== sha256) throw invalid('backup.damaged', { entry: path })
    await rename(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw asDamage(error, path)
  }
}

async function restoreRows(
  archive: Archive,
  { tables, sequences }: Manifest,
  jobs: readonly WaitingJob[],
  { database: { pool }, url, onEntry }: RestoreOptions,
): Promise<void> {
  const boss = await queueFor(url, jobs)
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`set local session_replication_role = replica`).catch((error: { code?: string }) => {
      throw error.code === '42501' ? refused('backup.not-owner') : error
    })
    for (const { name, columns, rows, sha256, partitions } of tables) {
      for (const part of partitions)
        await client.query(`create table if not exists "${part.name}" partition of "${name}" ${part.bound}`)
      await client.query(`delete from "${name}"`)
      const taken = await copyBack(client, name, { columns, bytes: await archive.open(rowsOf(name)) })
      if (taken.rows !== rows || taken.sha256 !== sha256) throw invalid('backup.damaged', { entry: name })
      onEntry?.(name)
    }
    await client.query(`select make_numbering(id) from customer`)
    // Of a customer who was removed there is none any more, and nothing that would be numbered.
    for (const { name, last, called } of sequences)
      await client.query('select setval(seq, $2, $3) from to_regclass($1) seq where seq is not null', [
        `"${name}"`,
        last,
        called,
      ])
    const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) }
    for (const { name, data, startAfter, retryLimit } of jobs)
      await boss.send(name, data ?? {}, { startAfter: new Date(startAfter), retryLimit, retryBackoff: true, db })
    await client.query('commit')
    await client.query('analyze')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
    await boss.stop({ graceful: false })
  }
}

/** The queue's own tables, and a queue for each kind of work that waits. */
async function queueFor(url: string, jobs: readonly WaitingJob[]): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    ...queueIn(workspaceAt(url)),
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => undefined)
  await boss.start()
  for (const name of new Set(jobs.map((job) => job.name))) await boss.createQueue(name, QUEUE)
  return boss
}

async function copyBack(
  client: PoolClient,
  table: string,
  { columns, bytes }: { readonly columns: readonly string[]; readonly bytes: Readable },
): Promise<{ readonly rows: number; readonly sha256: string }> {
  const into = client.query(copyFrom(`copy "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) from stdin`))
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(hashed, into).catch((error: unknown) => {
    throw asDamage(error, table)
  })
  return { rows: into.rowCount, sha256: hash.digest('hex') }
}

/** What cannot be unpacked, or the database cannot read, is damage; a full disk is not. */
function asDamage(error: unknown, entry: string): unknown {
  const { code } = error as { readonly code?: unknown }
  if (code === 'ENOSPC' || code === '53100') return new Failure('unavailable', 'file.disk-full')
  const isUnreadable =
    code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR' || (typeof code === 'string' && code.startsWith('22'))
  return isUnreadable || code === undefined ? invalid('backup.damaged', { entry }) : error
}
