import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { refused } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import { isInTheWay } from '#platform/database.ts'
import { saidIn, workspaceOf } from '#platform/workspace.ts'

const MIGRATIONS = new URL('../../db/migrations/', import.meta.url)

/**
 * Whoever is at work while it migrates goes first: all migrations are one transaction, and where it would wait for a lock
 * longer than this it gives up those that it has and begins again. Two who wait for each other are looked for after a second;
 * so it is never somebody's request that is undone for it.
 */
const LOCK_WAIT_MS = 100
const AGAIN_AFTER_MS = 500
/** So often it gives way; then it waits like everybody else. */
const YIELDS = 100

/**
 * Applies the SQL files in `db/migrations` that have not run yet, in name order, and says which. Refuses a PostgreSQL
 * before 15 as it is.
 *
 * @param last The last of them that runs; without it all do.
 */
export async function migrate(db: Db, last?: string): Promise<readonly string[]> {
  const { rows } = await sql<{ number: number; version: string; schema: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
      current_schema() as schema`.execute(db)
  const { number, version, schema } = rows[0]!
  if (number < 150_000) throw refused('database.too-old', { version })
  const files = await knownMigrations()
  const workspace = workspaceOf(db)
  let patience = YIELDS
  const run = (file: string) => async (tx: Kysely<unknown>) => {
    if (patience > 0) await sql.raw(`set local lock_timeout = ${LOCK_WAIT_MS}`).execute(tx)
    await sql.raw(saidIn(workspace, await readFile(new URL(file, MIGRATIONS), 'utf8'))).execute(tx)
  }
  const migrations = Object.fromEntries(files.map((file) => [file, { up: run(file) }]))
  if (last === undefined && (await isExpanded(db, files))) return []
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // Another schema of the same database may have tables of the same names.
    migrationTableSchema: schema,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
  for (; ; patience--) {
    const { error, results } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last))
    if (error === undefined) return (results ?? []).map(({ migrationName }) => migrationName)
    if (patience === 0 || !(isInTheWay(error) || isTired(error))) throw error
    await pause(AGAIN_AFTER_MS)
  }
}

/** Whether it waited for a lock for as long as it was to. */
function isTired(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === '55P03'
}

/**
 * Whether a newer version than this has prepared the database and taken nothing away yet, as in the midst of an upgrade: all
 * our migrations ran, and none of those after them contracts (`NNNN_contract_….sql`, decision 0080).
 */
async function isExpanded(db: Db, files: readonly string[]): Promise<boolean> {
  const { rows: there } = await sql<{ known: boolean }>`select to_regclass('migration') is not null as known`.execute(
    db,
  )
  if (!there[0]!.known) return false
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(db)
  const done = new Set(rows.map(({ name }) => name))
  const newer = [...done].filter((name) => !files.includes(name))
  const isOurs = files.every((file) => done.has(file))
  return newer.length > 0 && isOurs && newer.every((name) => name > files.at(-1)! && !/^\d+_contract_/.test(name))
}

/** The files in `db/migrations`, in the order in which they run. */
export async function knownMigrations(): Promise<readonly string[]> {
  return (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql')).toSorted()
}

/** The files in `db/migrations` that have not run on this database. */
export async function pendingMigrations(db: Db): Promise<readonly string[]> {
  const files = await knownMigrations()
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(db)
  const done = new Set(rows.map(({ name }) => name))
  return files.filter((file) => !done.has(file))
}
