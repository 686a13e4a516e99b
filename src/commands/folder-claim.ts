import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface FolderClaim {
  /** The process that serves from the folder already; then nothing was claimed. */
  readonly takenBy?: number
  readonly release: () => Promise<void>
}

/**
 * Claims a data folder for one serving process: two would both answer people from it. A claim left by a process that is
 * gone is taken over. Other verbs work beside it and claim nothing.
 */
export async function claimFolder(folder: string): Promise<FolderClaim> {
  const path = join(folder, 'serving.pid')
  for (let attempt = 0; ; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(String(process.pid))
      await file.close()
      return { release: () => rm(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error
      const pid = Number(await readFile(path, 'utf8').catch(() => ''))
      if (await isServing(pid)) return { takenBy: pid, release: async () => undefined }
      await rm(path, { force: true })
    }
  }
}

/** Whether a process of that number is alive and, where that can be told, is one of ours: numbers are given out again. */
async function isServing(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return command === undefined || command.includes('main.ts')
}
