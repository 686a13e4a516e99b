import { basename } from 'node:path'
import { stat } from 'node:fs/promises'
import { Failure } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import * as customersApi from '#api/customers'
import { addCustomer, requireCustomer, requireZone } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { sha256Of } from '#platform/files/uploads.ts'
import type { JobWorld } from '#platform/worker.ts'
import type { ImportCounts } from './counts.ts'
import { stopped } from './ending.ts'
import { openExport, requireComplete } from './export.ts'
import { importFile, type ImportFileOptions } from './import-file.ts'
import type { GivenMapping, Source } from './mapping.ts'
import { insertImport, updateImport } from './queries.ts'

export interface CommandImport extends Omit<ImportFileOptions, 'path'> {
  /** Two for HP Service Manager, else one. */
  readonly paths: readonly string[]
  readonly source: Source
  /** Id or name; who is not there is added. */
  readonly customer: string
  readonly mapping: GivenMapping
  readonly dryRun: boolean
}

/** Takes a file of this machine in, as the program itself. What has to be said first is asked before anything is written. */
export async function importByCommand(
  world: JobWorld,
  { paths, source, customer, mapping, dryRun, ...told }: CommandImport,
): Promise<{ importId: string; counts: ImportCounts | null }> {
  if (mapping.timeZone !== undefined) requireZone(mapping.timeZone)
  const exported = await openExport(paths, source, mapping)
  await exported.close()
  requireComplete(exported.detection.lacks)
  const sha256 = await sha256Of(paths)
  const sizes = await Promise.all(paths.map((path) => stat(path)))
  const importId = newId(world.now().getTime())
  await world.inTransaction(async (context) => {
    const customerId = await findOrAddCustomer(context, customer, { timeZone: mapping.timeZone, dryRun })
    const state = 'running'
    const createdAt = context.now
    await insertImport(context.db, {
      id: importId,
      source,
      customerId,
      fileName: paths.map((path) => basename(path)).join(' + '),
      fileSize: sizes.reduce((sum, { size }) => sum + size, 0),
      sha256,
      state,
      dryRun,
      mapping,
      createdAt,
    })
  })
  try {
    return { importId, counts: await importFile(world, importId, { ...told, path: paths }) }
  } catch (error) {
    if (error !== stopped) throw error
    // Nobody takes it up by itself: whoever stopped it starts it again.
    await updateImport(world.db, importId, { state: 'cancelled', phase: null, finishedAt: world.now() })
    return { importId, counts: null }
  }
}

async function findOrAddCustomer(
  context: Context,
  name: string,
  { timeZone, dryRun }: { readonly timeZone: string | undefined; readonly dryRun: boolean },
): Promise<string | null> {
  try {
    return (await requireCustomer(context.db, name)).id
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'customer.not-found') throw error
  }
  // Who only tries adds nobody.
  if (dryRun) return null
  const terms = customersApi.addCustomer.body.parse({ name, timeZone })
  return (await addCustomer(context, terms)).id
}
