import { execFile } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { codeOf } from './problem.ts'

/** What a server writes about itself into `postmaster.pid`; the file is there from its start to its orderly end. */
export interface ServerRecord {
  readonly pid: number
  /** Where it listens; empty while it has not come that far. */
  readonly socketFolder: string
  readonly ready: boolean
}

const RECORD = 'postmaster.pid'

/** The record in a data folder; undefined when no server has run there since the last orderly end. */
export async function readServerRecord(data: string): Promise<ServerRecord | undefined> {
  try {
    const lines = (await readFile(join(data, RECORD), 'utf8')).split('\n')
    const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10))
    if (!Number.isInteger(pid)) return undefined
    return { pid, socketFolder: lines[4] ?? '', ready: lines[7]?.startsWith('ready') ?? false }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** When the record was last changed, in seconds since 1970; no copy of a folder has the same. */
export async function recordChangedSeconds(data: string): Promise<number> {
  return (await stat(join(data, RECORD))).ctimeMs / 1000
}

/** Beyond the numbers that an operating system gives to processes. */
const NOBODY = '2147483646'

/**
 * Takes the number of a process that is no server of this folder out of its record, because PostgreSQL would refuse to
 * start while any process has it. The rest stays: by it PostgreSQL sees whether parts of the last server still run.
 */
export async function disownRecord(data: string): Promise<void> {
  const file = join(data, RECORD)
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^-?\d+/, NOBODY))
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * Whether the process is a PostgreSQL working in `data`, and not a stranger to whom the operating system gave the
 * number of one that died. Where we may not see the folder of a process, any PostgreSQL counts.
 */
export async function isPostgresOf(data: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  try {
    const standing = process.platform === 'linux' ? await stat(`/proc/${pid}/cwd`).catch(() => undefined) : undefined
    const { dev, ino } = await stat(data)
    if (standing !== undefined && (standing.ino !== ino || standing.dev !== dev)) return false
    const command =
      process.platform === 'linux'
        ? await readFile(`/proc/${pid}/cmdline`, 'utf8')
        : (await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command='])).stdout
    return /(^|\/)postgres(\0|\s|:|$)/.test(command)
  } catch {
    return false
  }
}
