import { mkdir } from 'node:fs/promises'
import type { Configuration } from '#platform/configuration.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
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
