import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'

/** A PostgreSQL for tests to make databases on. */
export interface TestPostgres {
  /** Address of one of its databases. */
  readonly url: (database: string) => string
  readonly stop: () => Promise<void>
}

/** The server that `DATABASE_URL` names, else one of our own in a temporary folder. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL']
  if (given !== undefined) return { url: (database) => withDatabase(given, database), stop: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-test-'))
  const postgres = await startEmbeddedPostgres({
    folder,
    database: 'postgres',
    // What a test wrote need not outlive the machine's power.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    log: () => undefined,
  })
  return {
    url: (database) => withDatabase(postgres.url, database),
    stop: async () => {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The same address with another database. Not by `URL`, which knows no address without a host, as a socket's is. */
function withDatabase(address: string, database: string): string {
  return address.replace(/^([a-z]+:\/\/[^/]*)(?:\/[^?]*)?/, `$1/${database}`)
}
