import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { incidentRoutes } from '#modules/incidents'
import { keepUploadsIn } from '#platform/files/uploads.ts'
import { testCaller, type TestDatabase, testDatabase } from '#platform/testing.ts'
import { importJobs, importRoutes, type Source } from './index.ts'

const NOW = new Date('2026-06-01T12:00Z')

interface SentFile {
  readonly source?: Source
  readonly fileName?: string
}

/** Imports of files that are sent, for a customer in Berlin. */
export async function uploadWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-imports-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  keepUploadsIn(folder)
  const database = await testDatabase()
  const call = testCaller(database, [...importRoutes, ...customerRoutes, ...incidentRoutes], {
    now: () => NOW,
    jobs: importJobs,
  })
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen', timeZone: 'Europe/Berlin' })

  /** Announces a file and sends it. */
  async function send(content: string | Buffer, { source = 'servicenow', fileName = 'incident.csv' }: SentFile = {}) {
    const bytes = Buffer.from(content as string)
    const { body } = await call('POST', '/imports', { source, fileName, size: bytes.length, customer: 'Nordhafen' })
    const sent = await call('PUT', `/imports/${body.id}/file`, bytes)
    return { id: body.id as string, sent }
  }

  /** Sends a file and takes it in; the import as it is then. */
  async function take(content: string | Buffer, { start = {}, ...file }: SentFile & { readonly start?: object } = {}) {
    const { id } = await send(content, file)
    const started = await call('POST', `/imports/${id}/start`, start)
    if (started.status !== 202) return started
    await call.work()
    return call('GET', `/imports/${id}`)
  }
  return { database, call, customer, send, take }
}

export async function count(
  database: TestDatabase,
  table: 'incident' | 'history' | 'clock' | 'team' | 'person' | 'customer' | 'site',
): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*) from ${table}`)
  return rows[0]!.count
}
