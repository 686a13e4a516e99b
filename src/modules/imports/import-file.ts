import { refused } from '#core/failure.ts'
import { recountAttainment } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { removeUpload, requireUpload } from '#platform/files/uploads.ts'
import type { JobWorld } from '#platform/worker.ts'
import { analyze, withConnections } from './connections.ts'
import type { ImportCounts } from './counts.ts'
import { openExport, requireComplete, zoneOfNobody } from './export.ts'
import { givenUp, recordFailure, stopped } from './ending.ts'
import type { GivenMapping, ImportMapping } from './mapping.ts'
import { findEarlier, getImport, type ImportChange, type ImportRecord, updateImport } from './queries.ts'
import { collectRemarks, storeRemarks } from './rejects.ts'
import type { Remark } from './row.ts'
import { type Progress, takeIn } from './take-in.ts'

export interface ImportFileOptions {
  /** Of the file, unless it is the one that was sent for this import. */
  readonly path?: string
  readonly onProgress?: (progress: Progress) => void
  /** Told of each row or value that could not be taken. */
  readonly onRemark?: (remark: Remark) => void
}

/** How often progress is written down, and somebody who wants to stop is heard. */
const TICK_MS = 300

/**
 * Takes the file of an import in, or tries what would become of it (dry run). Says in the import's row how far it is,
 * outside the transactions of the data. Whatever ends it early, what was written is whole tickets, and starting it again
 * takes the rest: nothing is taken twice.
 *
 * @returns Null when it was cancelled.
 */
export async function importFile(world: JobWorld, importId: string, { path, onProgress, onRemark }: ImportFileOptions = {}): Promise<ImportCounts | null> {
  const { db, now } = world
  const began = performance.now()
  const record = await getImport(db, importId)
  const { customerId, source, mapping: given, dryRun } = record
  if (customerId === null && !dryRun) throw refused('import.customer-needed')
  const change = (to: ImportChange) => updateImport(db, importId, to)
  const seconds = () => Math.round(performance.now() - began) / 1000
  const startedAt = now()
  const begun = { state: 'running', phase: 'reading', progressBytes: 0, startedAt, finishedAt: null, failure: null, counts: null } as const
  if (await change(begun)) return end(givenUp)
  const remarks = collectRemarks(onRemark)
  let last = 0
  /** Ends the import when somebody wants that. */
  async function heed(told: ImportChange = { phase: 'queued' }): Promise<void> {
    if (world.signal.aborted) throw stopped
    if (await change(told)) throw givenUp
  }
  async function tick(progress: Progress): Promise<void> {
    if (world.signal.aborted) throw stopped
    if (performance.now() - last < TICK_MS) return
    last = performance.now()
    onProgress?.(progress)
    const { phase, share, counts } = progress
    // Reading is about a third of the work, writing the rest.
    const done = phase === 'reading' ? share / 3 : (1 + 2 * share) / 3
    const progressBytes = Math.min(record.fileSize, Math.round(record.fileSize * done))
    await heed({ phase, progressBytes, counts: { ...counts, seconds: seconds() } })
  }

  try {
    const customer = customerId === null ? nobody(importId) : await customerOf(db, customerId)
    const exported = await openExport(path ?? (await requireUpload(importId)), source, given ?? {})
    try {
      requireComplete(exported.detection.lacks)
      const { mapping } = exported.detection
      await requireSameReading(world, record, mapping)
      const written = await withConnections(world, customer.id, () => heed(), async (connections) => {
        const counts = await takeIn(db, connections, exported, {
          importId,
          customer,
          source,
          system: mapping.system ?? source,
          now: startedAt,
          dryRun,
          remarks,
          tick,
        })
        await storeRemarks(connections.writing, importId, remarks.kept())
        if (counts.events > 0 && !dryRun) await analyze(connections.writing)
        return counts
      })
      if (!dryRun) await world.inTransaction((context) => recountAttainment(context.db, customer.id))
      const counts = { ...written, seconds: seconds() }
      await change({ state: 'done', phase: null, progressBytes: record.fileSize, counts, mapping, finishedAt: now() })
      if (path === undefined && !dryRun) await removeUpload(importId)
      await world.inTransaction((context) =>
        audit(context, {
          action: dryRun ? 'import.tried' : 'import.done',
          subjectType: 'import',
          subjectId: importId,
          customerId,
          facts: { ...counts },
        }),
      )
      return counts
    } finally {
      exported.close()
    }
  } catch (error) {
    return end(error)
  }

  async function end(error: unknown): Promise<null> {
    // The program stops: the job is taken up again where it is started next.
    if (error === stopped) throw error
    if (customerId !== null && !dryRun) await recountAsFarAsPossible(world, customerId)
    if (error === givenUp) {
      await change({ state: 'cancelled', phase: null, cancelAsked: false, finishedAt: now() })
      await world.inTransaction((context) => audit(context, { action: 'import.cancelled', subjectType: 'import', subjectId: importId, customerId }))
      return null
    }
    throw await recordFailure(world, importId, error)
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
async function requireSameReading({ db }: JobWorld, { id, customerId, sha256, dryRun }: ImportRecord, mapping: ImportMapping): Promise<void> {
  if (sha256 === null || dryRun) return
  const earlier = await findEarlier(db, { id, customerId: customerId!, sha256 })
  if (earlier === undefined) return
  const before: GivenMapping = earlier.mapping ?? {}
  const same = before.timeZone === mapping.timeZone && before.dateOrder === mapping.dateOrder && before.form === mapping.form
  if (!same) throw refused('import.read-otherwise', { at: earlier.createdAt.toISOString() })
}

