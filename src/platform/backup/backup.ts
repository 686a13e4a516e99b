import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import { Failure, refused } from '#core/failure.ts'
import { openKept } from '#platform/files/store.ts'
import { workspaceOf } from '#platform/workspace.ts'
import { fileOf, JOBS, MANIFEST, type Manifest, rowsOf, type WaitingJob } from './manifest.ts'

export interface BackupOptions {
  readonly pool: Pool
  readonly dataFolder: string
  /** Whether files lie in a store elsewhere, and not in the data folder. */
  readonly filesElsewhere: boolean
  /** Whether the key of the installation comes into the file, where it is kept in the data folder. */
  readonly withKey: boolean
  readonly now: Date
  /** Told of each entry that is in. */
  readonly onEntry?: (name: string) => void
}

/** What came into a backup. */
export interface BackedUp {
  readonly bytes: number
  readonly tables: number
  readonly rows: number
  readonly files: number
}

const KEY = 'secret.key'

/** In the data folder, and of no use elsewhere, or others': the database itself is copied row by row. */
const LEFT_OUT = /^(?:postgres(?:\/|$)|workspaces\/|serving\.pid$)|\.part$/

/**
 * Writes everything into one file, as it is at one moment, while others work on. The database is read in one snapshot;
 * files are listed after it began, for a content is there before a row refers to it. The file is there whole or not at all.
 *
 * With the key of the installation in it, who has the file has everything.
 *
 * @param path Nothing may be there yet.
 */
export async function backUp(path: string, options: BackupOptions): Promise<BackedUp> {
  if ((await stat(path).catch(() => null)) !== null) throw refused('backup.exists', { file: path })
  const part = `${path}.part`
  const client = await options.pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only; set local row_security = off')
    const zip = new ZipFile()
    const written = writeEntries(zip, client, options).catch((error: unknown) => {
      zip.emit('error', error)
      throw error
    })
    const output = pipeline(
      zip.outputStream as Readable,
      createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }),
    )
    zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error))
    const [of] = await Promise.all([written, output])
    await rename(part, path)
    return {
      bytes: (await stat(path)).size,
      tables: of.tables.length,
      rows: of.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: of.files.length,
    }
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Failure('unavailable', 'file.disk-full')
    throw error
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

async function writeEntries(
  zip: ZipFile,
  client: PoolClient,
  { pool, dataFolder, filesElsewhere, withKey, now, onEntry }: BackupOptions,
): Promise<Manifest> {
  const tables: Manifest['tables'] = []
  const files: Manifest['files'] = []
  for (const { name, columns, partitions } of await tablesOf(client)) {
    const quoted = columns.map((column) => `"${column}"`).join(', ')
    const rows = client.query(copyTo(`copy (select ${quoted} from "${name}") to stdout`))
    const { sha256, lines } = await addEntry(zip, rowsOf(name), rows)
    tables.push({ name, columns, rows: lines, sha256, partitions })
    onEntry?.(name)
  }
  const kept = filesElsewhere ? await keptFiles(client) : []
  const local = (await listed(dataFolder)).filter(
    (path) => (withKey || path !== KEY) && !(filesElsewhere && path.startsWith('files/')),
  )
  for (const path of [...local, ...kept]) {
    const bytes = await opened(dataFolder, path, filesElsewhere)
    // Taken away since: nothing in the snapshot that is still of use refers to it.
    if (bytes === null) continue
    const { size, sha256 } = await addEntry(zip, fileOf(path), bytes)
    files.push({ path, size, sha256 })
    onEntry?.(path)
  }
  zip.addBuffer(Buffer.from(JSON.stringify(await waitingJobs(client, workspaceOf(pool).queue))), JOBS)
  const migrations = await client.query<{ name: string }>('select name from migration order by name')
  const whole: Manifest = {
    format: 1,
    madeAt: now.toISOString(),
    migrations: migrations.rows.map(({ name }) => name),
    tables,
    sequences: await sequencesOf(client),
    files,
  }
  zip.addBuffer(Buffer.from(JSON.stringify(whole)), MANIFEST)
  zip.end()
  return whole
}

/**
 * Streams one entry; resolves when it is in, with what it was. Each row of a `COPY` is a line: the stream ends before the
 * server has said how many there were.
 */
export async function addEntry(zip: ZipFile, name: string, bytes: Readable): Promise<Entry> {
  const { counter, told } = counted()
  const ended = pipeline(bytes, counter)
  zip.addReadStream(counter, name)
  await ended
  return told()
}

interface Entry {
  /** In bytes. */
  readonly size: number
  readonly sha256: string
  readonly lines: number
}

const NEWLINE = 0x0a

/** Lets bytes pass, and tells how many there were and what they were. */
function counted(): { readonly counter: Transform; readonly told: () => Entry } {
  const hash: Hash = createHash('sha256')
  let size = 0
  let lines = 0
  const counter = new Transform({
    transform(chunk: Buffer, _, next) {
      size += chunk.length
      hash.update(chunk)
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1
      next(null, chunk)
    },
  })
  return { counter, told: () => ({ size, sha256: hash.digest('hex'), lines }) }
}

interface Table {
  readonly name: string
  readonly columns: string[]
  readonly partitions: { name: string; bound: string }[]
}

/** Tables of the program in their order by name, without what PostgreSQL makes up itself. */
async function tablesOf(client: PoolClient): Promise<readonly Table[]> {
  const { rows } = await client.query<Table>(`
    select t.relname as name,
      (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      coalesce((select json_agg(json_build_object('name', p.relname, 'bound', pg_get_expr(p.relpartbound, p.oid)) order by p.relname)
        from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = t.oid), '[]') as partitions
    from pg_class t
    where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
      and t.relname not in ('migration', 'migration_lock')
    order by t.relname`)
  return rows
}

async function sequencesOf(client: PoolClient): Promise<Manifest['sequences']> {
  const { rows: names } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'S' order by 1`,
  )
  const sequences: Manifest['sequences'] = []
  for (const { name } of names) {
    const { rows } = await client.query<{ last: number; called: boolean }>(
      `select last_value as last, is_called as called from "${name}"`,
    )
    sequences.push({ name, ...rows[0]! })
  }
  return sequences
}

/** What waits in the queue or was being done: after a restore it is done again, as after a crash. */
async function waitingJobs(client: PoolClient, queue: string): Promise<readonly WaitingJob[]> {
  const { rows: queues } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    `${queue}.job`,
  ])
  if (!queues[0]!.there) return []
  const { rows } = await client.query<WaitingJob>(`
    select name, data, to_char(start_after at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startAfter",
      retry_limit as "retryLimit"
    from ${queue}.job where state in ('created', 'retry', 'active') and name not like '\\_\\_pgboss\\_\\_%' order by created_on`)
  return rows
}

async function listed(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length)
        .replace(/^[/\\]+/, '')
        .replaceAll('\\', '/'),
    )
    .filter((path) => !LEFT_OUT.test(path))
    .toSorted()
}

/** Where the contents of a store elsewhere come to lie in the data folder, and in the archive. */
async function keptFiles(client: PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ sha256: string }>('select sha256 from kept_file order by sha256')
  return rows.map(({ sha256 }) => `files/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`)
}

async function opened(dataFolder: string, path: string, filesElsewhere: boolean): Promise<Readable | null> {
  if (filesElsewhere && path.startsWith('files/'))
    return openKept(path.slice(path.lastIndexOf('/') + 1), { checked: false })
  const file = join(dataFolder, path)
  return (await stat(file).catch(() => null)) === null ? null : createReadStream(file)
}
