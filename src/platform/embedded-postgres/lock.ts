import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { folderProblem } from './problem.ts'
import type { Site } from './site.ts'

const GIVE_UP_AFTER_SECONDS = 120
const SQLITE_BUSY = 5
const SQLITE_FULL = 13

/**
 * Does `work` while no other process does any for the same folder. Node has no file locks of its own, but the SQLite
 * inside it takes the operating system's, which end with the process, however it ends.
 */
export async function whileLocked<Result>({ folder, voice }: Site, work: () => Promise<Result>): Promise<Result> {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, 'start.lock'), { timeout: 0 })
    const deadline = Date.now() + GIVE_UP_AFTER_SECONDS * 1000
    while (!tryLock(lock)) {
      if (Date.now() > deadline) throw voice.problem('start-locked', { folder, seconds: GIVE_UP_AFTER_SECONDS })
      await sleep(10)
    }
    return await work()
  } catch (error) {
    throw isSqlite(error, SQLITE_FULL)
      ? voice.problem('disk-full', { folder }, error)
      : folderProblem(error, { folder, voice })
  } finally {
    lock?.close()
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive')
    return true
  } catch (error) {
    if (isSqlite(error, SQLITE_BUSY)) return false
    throw error
  }
}

function isSqlite(error: unknown, code: number): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === code
}
