import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { Failure, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import * as customersApi from '#api/customers'
import { addCustomer, requireCustomer, requireZone } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import {
  LARGEST_UPLOAD,
  receiveUpload,
  removeOldUploads,
  removeUpload,
  requireUpload,
  uploadPath,
} from '#platform/files/uploads.ts'
import { audit } from '#platform/history.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { ImportPreview, ImportStart, NewImport } from './api.ts'
import { openExport, requireComplete, requireReadable } from './export.ts'
import { runImport, undoImport as undoJob } from './jobs.ts'
import type { GivenMapping } from './mapping.ts'
import { barredFromImporting } from './may.ts'
import { previewOf } from './preview.ts'
import { getImport, type ImportRecord, insertImport, lockImport, updateImport } from './queries.ts'
import { requireUndoable } from './take-back.ts'

/** Runs work in a transaction of its own. */
type InTransaction = <Result>(
  mode: 'read only' | 'read write',
  work: (context: Context) => Promise<Result>,
) => Promise<Result>

/** Announces a file. */
export async function addImport(
  context: Context,
  { source, fileName, size, customer }: NewImport,
): Promise<ImportRecord> {
  require(barredFromImporting(context.actor))
  if (size > LARGEST_UPLOAD) throw new Failure('too-large', 'file.too-large', { gigabytes: LARGEST_UPLOAD / 1024 ** 3 })
  const { db, actor, now } = context
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const id = newId(now.getTime())
  await insertImport(db, {
    id,
    source,
    fileName,
    fileSize: size,
    customerId,
    state: 'uploading',
    createdBy: actor.personId,
    createdAt: now,
  })
  return getImport(db, id)
}

/** Takes the file itself; what is no CSV is told at once, and not kept. */
export async function sendImportFile(
  { actor, now }: Context,
  inTransaction: InTransaction,
  id: string,
  bytes: Readable,
): Promise<ImportRecord> {
  require(barredFromImporting(actor))
  const announced = await inTransaction('read only', ({ db }) => getImport(db, id))
  requireIdle(announced)
  await removeOldUploads(now)
  const { size, sha256 } = await receiveUpload(id, bytes)
  try {
    await requireReadable(uploadPath(id), announced.source)
  } catch (error) {
    await removeUpload(id)
    throw error
  }
  return inTransaction('read write', async ({ db }) => {
    requireIdle(await lockImport(db, id))
    await updateImport(db, id, {
      state: 'uploaded',
      fileSize: size,
      sha256,
      counts: null,
      failure: null,
      progressBytes: 0,
    })
    return getImport(db, id)
  })
}

/** How the file would be read. */
export async function previewImport(
  { actor, now }: Context,
  inTransaction: InTransaction,
  id: string,
): Promise<ImportPreview> {
  require(barredFromImporting(actor))
  const { record, zone } = await inTransaction('read only', async ({ db }) => {
    const found = await getImport(db, id)
    return {
      record: found,
      zone: found.customerId === null ? null : (await requireCustomer(db, found.customerId)).timeZone,
    }
  })
  if (record.state === 'uploading') throw refused('import.no-file')
  const path = await requireUpload(id)
  return previewOf({
    path,
    source: record.source,
    given: record.mapping ?? {},
    customerZone: zone,
    now,
    language: actor.language,
  })
}

/** Says how the file is to be read. */
export async function mapImport({ db, actor }: Context, id: string, mapping: GivenMapping): Promise<ImportRecord> {
  require(barredFromImporting(actor))
  if (mapping.timeZone !== undefined) requireZone(mapping.timeZone)
  requireIdle(await lockImport(db, id))
  await updateImport(db, id, { mapping })
  return getImport(db, id)
}

/** Queues the import, or its dry run; fails when something has to be said first. */
export async function startImport(context: Context, id: string, start: ImportStart): Promise<ImportRecord> {
  const { db, actor } = context
  require(barredFromImporting(actor))
  const { newCustomer, dryRun } = start
  // Who works for some customers cannot make himself another.
  if (newCustomer !== undefined && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  if (start.mapping?.timeZone !== undefined) requireZone(start.mapping.timeZone)
  const before = await getImport(db, id)
  if (before.state === 'uploading') throw refused('import.no-file')
  const given = start.mapping ?? before.mapping ?? {}
  const exported = await openExport(await requireUpload(id), before.source, given)
  await exported.close()
  requireComplete(exported.detection.lacks)

  const record = await lockImport(db, id)
  if (!(await isOrphan(context, record))) requireIdle(record)
  const customerId = await customerFor(context, record, { ...start, timeZone: given.timeZone })
  if (customerId === null && !dryRun) throw refused('import.customer-needed')
  await updateImport(db, id, {
    customerId,
    mapping: given,
    dryRun,
    state: 'running',
    phase: 'queued',
    progressBytes: 0,
    cancelAsked: false,
    failure: null,
    counts: null,
    startedAt: context.now,
    finishedAt: null,
  })
  await audit(context, {
    action: 'import.started',
    subjectType: 'import',
    subjectId: id,
    customerId,
    facts: { dryRun, source: record.source },
  })
  await context.enqueue(runImport, { importId: id })
  return getImport(db, id)
}

async function customerFor(
  context: Context,
  record: ImportRecord,
  { customer, newCustomer, dryRun, timeZone }: Omit<ImportStart, 'mapping'> & { readonly timeZone: string | undefined },
): Promise<string | null> {
  if (newCustomer !== undefined) {
    // Who only tries adds nobody.
    if (dryRun) return null
    const terms = customersApi.addCustomer.body.parse({ name: newCustomer, timeZone })
    return (await addCustomer(context, terms)).id
  }
  if (customer !== undefined) return (await requireCustomer(context.db, customer)).id
  return record.customerId
}

/** Whether nobody works on an import that is said to run: its job was lost. */
async function isOrphan({ db, now }: Context, { state, customerId, startedAt }: ImportRecord): Promise<boolean> {
  if (state !== 'running' || startedAt === null || now.getTime() - startedAt.getTime() < ORPHAN_MS) return false
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtext(${workspaceOf(db).lock('imports.customer')}), hashtext(${customerId})) as free`.execute(
    db,
  )
  return rows[0]!.free
}

const ORPHAN_MS = 2 * 60_000

/** Asks a running import to stop. */
export async function cancelImport(context: Context, id: string): Promise<ImportRecord> {
  require(barredFromImporting(context.actor))
  const { db } = context
  const record = await lockImport(db, id)
  if (record.state !== 'running' || record.phase === 'undoing') throw refused('import.not-running')
  await updateImport(db, id, { cancelAsked: true })
  await audit(context, {
    action: 'import.cancel-asked',
    subjectType: 'import',
    subjectId: id,
    customerId: record.customerId,
  })
  return getImport(db, id)
}

/** Queues taking an import back. */
export async function undoImport(
  context: Context,
  id: string,
  { alsoWorkedOn }: { readonly alsoWorkedOn: boolean },
): Promise<ImportRecord> {
  require(barredFromImporting(context.actor))
  const { db } = context
  const record = await lockImport(db, id)
  if (!(await isOrphan(context, record))) requireIdle(record)
  await requireUndoable(db, record, { alsoWorkedOn })
  await updateImport(db, id, {
    state: 'running',
    phase: 'undoing',
    progressBytes: 0,
    cancelAsked: false,
    failure: null,
    startedAt: context.now,
  })
  await audit(context, {
    action: 'import.undo-started',
    subjectType: 'import',
    subjectId: id,
    customerId: record.customerId,
    facts: { alsoWorkedOn },
  })
  await context.enqueue(undoJob, { importId: id })
  return getImport(db, id)
}

function requireIdle({ state }: ImportRecord): void {
  if (state === 'running') throw new Failure('conflict', 'import.running')
}
