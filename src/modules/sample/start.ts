import type { Database } from '#platform/database.ts'
import { countCustomers, readState } from './state.ts'
import { writeSample } from './write.ts'

/** Writes the sample company when there is nothing yet, or goes on with one that was interrupted; else nothing. */
export async function startSample(database: Pick<Database, 'db' | 'pool'>): Promise<void> {
  const { all, sample } = await countCustomers(database.db)
  const { state } = await readState(database.db)
  if (all === 0 || (all === sample && state !== 'done')) await writeSample(database)
}
