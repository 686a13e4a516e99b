import { Failure } from '#core/failure.ts'
import { type JobWorld, longHandler } from '#platform/worker.ts'
import { importFile } from './import-file.ts'
import { runImport, undoImport } from './jobs.ts'
import { getImport } from './queries.ts'
import { takeBack } from './take-back.ts'

export const importJobs = [
  longHandler(runImport, (world, { importId }) =>
    ifWanted(world, importId, 'import', () => importFile(world, importId)),
  ),
  longHandler(undoImport, (world, { importId }) => ifWanted(world, importId, 'undo', () => takeBack(world, importId))),
]

/** Does what is still wanted. How it ended is written with the import, so that it is not tried again by itself. */
async function ifWanted(
  { db }: JobWorld,
  importId: string,
  act: 'import' | 'undo',
  work: () => Promise<unknown>,
): Promise<void> {
  const { state, phase } = await getImport(db, importId)
  if (state !== 'running' || (phase === 'undoing') !== (act === 'undo')) return
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}
