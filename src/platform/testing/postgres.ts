import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { isAlive } from '#platform/embedded-postgres/process.ts'

/** A PostgreSQL for tests to make databases on. */
export interface TestPostgres {
  /** Address of one of its databases. */
  readonly url: (database: string) => string
  readonly stop: () => Promise<void>
}

const PREFIX = 'plumbline-test-'

/** The server that `DATABASE_URL` names, else one of our own in a temporary folder. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL']
  if (given) return { url: (database) => withDatabase(given, database), stop: async () => undefined }
  await sweepAbandoned()
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // What is in it is closed by itself; so the server's user reaches it without detours.
  await chmod(folder, 0o755)
  const postgres = await startIn(folder)
  return {
    url: (database) => withDatabase(postgres.url, database),
    stop: async () => {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startIn(folder: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    folder,
    database: 'postgres',
    // What a test wrote need not outlive the machine's power.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
    log: () => undefined,
  })
}

/** Ends and removes what test runs that were killed left behind. */
async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const maker = /^plumbline-test-(\d+)-/.exec(name)?.[1]
    const folder = join(tmpdir(), name)
    if (maker === undefined || isAlive(Number(maker))) continue
    try {
      if ((await stat(folder)).uid !== process.getuid?.()) continue
      if (existsSync(join(folder, 'cluster/data/postmaster.pid'))) await (await startIn(folder)).stop()
      await rm(folder, { recursive: true, force: true })
    } catch {
      // Another run is sweeping it too, or it is past help: no reason not to test.
    }
  }
}

/** The same address with another database. Not by `URL`, which knows no address without a host, as a socket's is. */
function withDatabase(address: string, database: string): string {
  return address.replace(/^([a-z]+:\/\/[^/]*)(?:\/[^?]*)?/, `$1/${database}`)
}
