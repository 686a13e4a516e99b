import { configurationOf } from '#platform/configuration.ts'
import { connect } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import type { CommandWorld } from './command.ts'
import { withDatabase } from './run.ts'
import { sayCommand } from './text.ts'

/** `migrate`: brings the database to this version and says in how many steps. */
export async function migrateCommand(
  _: readonly string[],
  { out, err, json, language }: CommandWorld,
): Promise<number> {
  const { databaseUrl } = configurationOf(process.env)
  // The embedded database is at its newest version as soon as it is open.
  const steps = databaseUrl === undefined ? await withDatabase({ err }, async () => []) : await migrateAt(databaseUrl)
  if (json) out(JSON.stringify({ steps }))
  else out(sayCommand(language, 'migrated', { count: steps.length }))
  return 0
}

async function migrateAt(url: string): Promise<readonly string[]> {
  const { db, close } = connect(url)
  try {
    return await migrate(db)
  } finally {
    await close()
  }
}
