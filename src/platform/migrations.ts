import { readdir, readFile } from 'node:fs/promises'
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { refused } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import { saidIn, workspaceOf } from '#platform/workspace.ts'

const MIGRATIONS = new URL('../../db/migrations/', import.meta.url)

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
  const run = (file: string) => async (tx: Kysely<unknown>) =>
    void (await sql.raw(saidIn(workspace, await readFile(new URL(file, MIGRATIONS), 'utf8'))).execute(tx))
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
  const { error, results } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last))
  if (error) throw error
  return (results ?? []).map(({ migrationName }) => migrationName)
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
