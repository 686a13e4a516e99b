import { mkdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Configuration } from '#platform/configuration.ts'
import type { Db } from '#platform/context.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { isAway } from '#platform/problem.ts'
import { inWorkspace } from '#platform/workspace.ts'

/** Where the database is that the environment names: the embedded one, started, where it names none. */
export async function openAddress(
  { databaseUrl, dataFolder, clusterFolder, workspace }: Configuration,
  log: (line: string) => void,
): Promise<{ readonly url: string; readonly leave: () => Promise<void> }> {
  await mkdir(dataFolder, { recursive: true })
  if (databaseUrl !== undefined) return { url: databaseUrl, leave: async () => undefined }
  const embedded = await startEmbeddedPostgres({ folder: clusterFolder, log })
  const { url } = embedded
  return { url: workspace === undefined ? url : inWorkspace(url, workspace), leave: () => embedded.stop() }
}

const AGAIN_MS = 500

/**
 * Waits for a database that is on its way, as after a crash of its own, or beside us when a machine begins: for so many seconds,
 * or until it is stopped. What is wrong with the address or the rights is thrown at once, as whatever else lasts longer.
 *
 * @param onWaiting Once, when it does not answer at first.
 */
export async function whenItAnswers(
  db: Db,
  {
    seconds,
    stop,
    onWaiting,
  }: { readonly seconds: number; readonly stop: AbortSignal; readonly onWaiting: () => void },
): Promise<void> {
  const until = Date.now() + seconds * 1000
  for (let again = false; !stop.aborted; again = true) {
    try {
      await sql`select`.execute(db)
      return
    } catch (error) {
      if (!isAway(error) || Date.now() > until) throw error
      if (!again) onWaiting()
      await pause(AGAIN_MS, undefined, { signal: stop }).catch(() => undefined)
    }
  }
}
