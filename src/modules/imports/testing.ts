import { join } from 'node:path'
import { ROOT } from '#platform/configuration.ts'
import { type Context, system } from '#platform/context.ts'
import { type Database, transaction } from '#platform/database.ts'
import { silent } from '#platform/log.ts'
import { testDatabase } from '#platform/testing.ts'
import type { JobWorld } from '#platform/worker.ts'
import { importByCommand } from './by-command.ts'
import type { ImportCounts } from './counts.ts'
import type { GivenMapping, Source } from './mapping.ts'
import type { Remark } from './row.ts'

/** Real exports, beside the project on machines that have them. */
export const realExports = join(ROOT, '../shared/data')

/** What a job has, as the program itself. */
export function jobWorldOn({ db, pool }: Database, signal = new AbortController().signal): JobWorld {
  const contextIn = (tx: Context['db']): Context => ({
    db: tx,
    actor: system,
    now: new Date(),
    requestId: 'test',
    listeners: {},
    enqueue: async () => undefined,
  })
  return {
    db,
    pool,
    now: () => new Date(),
    log: silent,
    signal,
    inTransaction: (work) => transaction(db, system, 'read write', (tx) => work(contextIn(tx))),
  }
}

interface Taken {
  readonly source?: Source
  readonly mapping?: GivenMapping
}

/** Takes files in for a customer, as the command does; `remarks` are those of the last time. */
export async function importWorld(customer: string) {
  const database = await testDatabase()
  const jobWorld = jobWorldOn(database)
  const remarks: Remark[] = []
  async function take(paths: readonly string[], { source = 'csv', mapping = {} }: Taken = {}): Promise<ImportCounts> {
    remarks.length = 0
    const onRemark = (remark: Remark) => void remarks.push(remark)
    const { counts } = await importByCommand(jobWorld, { paths, source, customer, mapping, dryRun: false, onRemark })
    return counts!
  }
  return { database, jobWorld, take, remarks }
}
