import { setTimeout as pause } from 'node:timers/promises'
import { Failure } from '#core/failure.ts'
import { type JobWorld, longHandler } from '#platform/worker.ts'
import { importFile } from './import-file.ts'
import { runImport, undoImport } from './jobs.ts'
import { beginAgain, getImport } from './queries.ts'
import { takeBack } from './take-back.ts'

export const importJobs = [
  longHandler(runImport, (world, { importId }) =>
    ifWanted(world, importId, 'import', () => importFile(world, importId)),
  ),
  longHandler(undoImport, (world, { importId }) => ifWanted(world, importId, 'undo', () => takeBack(world, importId))),
]

/** So often it is begun again by itself after the database went away in its midst, each time a second later than before. */
const AGAIN_AT_MOST = 30
const LATER_MS = 1000

/**
 * Does what is still wanted. How it ended is written with the import, so that it is not tried again by itself; but a database
 * that went away and came back is nobody's concern: the rest follows.
 */
async function ifWanted(
  { db, signal }: JobWorld,
  importId: string,
  act: 'import' | 'undo',
  work: () => Promise<unknown>,
): Promise<void> {
  const { state, phase } = await getImport(db, importId)
  if (state !== 'running' || (phase === 'undoing') !== (act === 'undo')) return
  for (let again = 0; ; again++) {
    try {
      await work()
      return
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (error.code !== 'import.database-away' || again === AGAIN_AT_MOST || signal.aborted) return
      if (!(await beginAgain(db, importId, phase))) return
      // A database that takes no more connections says so at once: thirty times would be over in a second. It runs meanwhile,
      // so that whoever comes after a crash goes on with it.
      await pause(again * LATER_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
