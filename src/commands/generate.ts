import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '#platform/configuration.ts'
import { connect } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { startTestPostgres } from '#platform/testing/postgres.ts'
import type { CommandWorld } from './command.ts'

/** Files made from others, and how. They are kept in the repository so that a change of them can be read. */
const SCHEMA = 'db/schema.ts'

/** `generate`: writes the generated files. */
export async function generateCommand(_: readonly string[], { err }: CommandWorld): Promise<number> {
  for (const [path, content] of await generated()) {
    await writeFile(join(ROOT, path), content)
    err(path)
  }
  return 0
}

/** Generated files that are not what their sources say. */
export async function staleGeneratedFiles(): Promise<readonly string[]> {
  const stale: string[] = []
  for (const [path, content] of await generated()) {
    if ((await readFile(join(ROOT, path), 'utf8').catch(() => '')) !== content) stale.push(path)
  }
  return stale
}

async function generated(): Promise<ReadonlyMap<string, string>> {
  return new Map([[SCHEMA, await databaseTypes()]])
}

/** Types of the tables, read from a database that was just migrated. */
async function databaseTypes(): Promise<string> {
  const postgres = await startTestPostgres()
  const name = `plumbline_generate_${process.pid}`
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-generate-'))
  const server = connect(postgres.url('postgres'), { connections: 1 })
  try {
    await server.pool.query(`create database ${name}`)
    const { db, close } = connect(postgres.url(name), { connections: 1 })
    await migrate(db)
    await close()
    const file = join(folder, 'schema.ts')
    await promisify(execFile)(
      process.execPath,
      [
        join(ROOT, 'node_modules/kysely-codegen/dist/cli/bin.js'),
        '--dialect',
        'postgres',
        '--camel-case',
        '--date-parser',
        'string',
        '--type-mapping',
        '{"int8":"number"}',
        '--exclude-pattern',
        '{migration,migration_lock}',
        '--out-file',
        file,
      ],
      { env: { ...process.env, DATABASE_URL: postgres.url(name) } },
    )
    return await readFile(file, 'utf8')
  } finally {
    await server.pool.query(`drop database if exists ${name}`)
    await server.close()
    await rm(folder, { recursive: true, force: true })
    await postgres.stop()
  }
}
