import { refused } from '#core/failure.ts'
import { recountAttainment } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { removeUpload, requireUpload } from '#platform/files/uploads.ts'
import type { JobWorld } from '#platform/worker.ts'
import { settleTables, withConnections } from './connections.ts'
import type { ImportCounts } from './counts.ts'
import { openExport, requireComplete, zoneOfNobody } from './export.ts'
import { givenUp, recordFailure, stopped } from './ending.ts'
import type { GivenMapping, ImportMapping } from './mapping.ts'
import { findEarlier, getImport, type ImportRecord } from './queries.ts'
import { collectRemarks, storeRemarks } from './rejects.ts'
import type { Remark } from './row.ts'
import { type Reporter, reporter, type ReporterOptions } from './report.ts'
import { takeIn } from './take-in.ts'

export interface ImportFileOptions extends ReporterOptions {
  /** Of the file, or of the two that belong together, unless it is the one that was sent for this import. */
  readonly path?: string | readonly string[]
  /** Told of each row or value that could not be taken. */
  readonly onRemark?: (remark: Remark) => void
}

/**
 * Takes the file of an import in, or tries what would become of it (dry run). Says in the import's row how far it is,
 * outside the transactions of the data. Whatever ends it early, what was written is whole tickets, and starting it again
 * takes the rest: nothing is taken twice.
 *
 * @returns Null when it was cancelled.
 */
export async function importFile(
  world: JobWorld,
  importId: string,
  options: ImportFileOptions = {},
): Promise<ImportCounts | null> {
  const record = await getImport(world.db, importId)
  const { customerId, dryRun } = record
  if (customerId === null && !dryRun) throw refused('import.customer-needed')
  const report = reporter(world, record, options)
  try {
    await report.begin()
    const { counts, mapping } = await readAndTakeIn(world, record, report, options)
    await report.end(
      { state: 'done', progressBytes: record.fileSize, counts, mapping },
      dryRun ? 'import.tried' : 'import.done',
    )
    if (options.path === undefined && !dryRun) await removeUpload(importId)
    return counts
  } catch (error) {
    // The program stops: the job is taken up again where it is started next.
    if (error === stopped) throw error
    if (customerId !== null && !dryRun) await recountAsFarAsPossible(world, customerId)
    if (error !== givenUp) throw await recordFailure(world, importId, error)
    await report.end({ state: 'cancelled', cancelAsked: false, counts: report.counts() }, 'import.cancelled')
    return null
  }
}

async function readAndTakeIn(
  world: JobWorld,
  record: ImportRecord,
  report: Reporter,
  { path, onRemark }: ImportFileOptions,
): Promise<{ counts: ImportCounts; mapping: ImportMapping }> {
  const { id: importId, customerId, source, dryRun } = record
  const customer = customerId === null ? nobody(importId) : await customerOf(world.db, customerId)
  const exported = await openExport(path ?? (await requireUpload(importId)), source, record.mapping ?? {})
  try {
    const { mapping, lacks } = exported.detection
    requireComplete(lacks)
    await requireSameReading(world, record, mapping)
    const remarks = collectRemarks(onRemark)
    const written = await withConnections(world, customer.id, report.heed, async (connections) => {
      const { startedAt, tick } = report
      const system = mapping.system ?? source
      const counts = await takeIn(world.db, connections, exported, {
        importId,
        customer,
        source,
        system,
        now: startedAt,
        dryRun,
        remarks,
        tick,
      })
      await storeRemarks(connections.staging, importId, remarks.kept())
      if (counts.events > 0 && !dryRun) await settleTables(connections.staging)
      return counts
    })
    if (!dryRun) await world.inTransaction(({ db }) => recountAttainment(db, customer.id))
    return { counts: { ...written, seconds: report.seconds() }, mapping }
  } finally {
    await exported.close()
  }
}

/** After an import that ended early. Without the database it is left to the next attempt. */
async function recountAsFarAsPossible({ inTransaction }: JobWorld, customerId: string): Promise<void> {
  try {
    await inTransaction((context) => recountAttainment(context.db, customerId))
  } catch {
    return
  }
}

interface ImportCustomer {
  readonly id: string
  readonly timeZone: string
}

async function customerOf(db: Db, id: string): Promise<ImportCustomer> {
  return db.selectFrom('customer').select(['id', 'timeZone']).where('id', '=', id).executeTakeFirstOrThrow()
}

/** For whom a file is tried as long as nobody has said: somebody who has nothing yet. */
function nobody(importId: string): ImportCustomer {
  return { id: importId, timeZone: zoneOfNobody }
}

/**
 * The same file read otherwise would make other facts of the same tickets, beside those that are there. Fails when an
 * import that was not undone has read it with another zone or order of dates.
 */
async function requireSameReading(
  { db }: JobWorld,
  { id, customerId, sha256, dryRun }: ImportRecord,
  mapping: ImportMapping,
): Promise<void> {
  if (sha256 === null || dryRun) return
  const earlier = await findEarlier(db, { id, customerId: customerId!, sha256 })
  if (earlier === undefined) return
  const before: GivenMapping = earlier.mapping ?? {}
  const same =
    before.timeZone === mapping.timeZone && before.dateOrder === mapping.dateOrder && before.form === mapping.form
  if (!same) throw refused('import.read-otherwise', { at: earlier.createdAt.toISOString() })
}
