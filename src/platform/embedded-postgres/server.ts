import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnProblem } from './cluster.ts'
import { disownRecord, isAlive, readServerRecord } from './process.ts'
import { asServer, clearSocket, socketFolder, standingIn, type Site } from './site.ts'

/** Settings of PostgreSQL by name. */
export type Settings = Readonly<Record<string, string>>

const MEGABYTE = 2 ** 20
const LONGEST_LOG = 16 * MEGABYTE
/** Recovery after a crash takes as long as it takes; a person is told when it is more than a moment. */
const SAY_SO_AFTER_MS = 3000
/** How long the processes of a server that was killed may take to notice. */
const REMNANTS_MS = 60_000

/**
 * For a machine of two cores that does other things too. Durability is PostgreSQL's own default and stays it: what was
 * answered is on the disk.
 */
function settingsFor({ memory, cores }: { readonly memory: number; readonly cores: number }): Settings {
  const megabytes = (share: number, most: number) =>
    `${Math.max(16, Math.min(most, Math.floor((memory * share) / MEGABYTE)))}MB`
  return {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    cluster_name: 'plumbline',
    max_connections: '100',
    shared_buffers: megabytes(1 / 8, 256),
    effective_cache_size: megabytes(1 / 2, 4096),
    work_mem: '8MB',
    maintenance_work_mem: megabytes(1 / 32, 128),
    // Parallel queries need shared memory, of which containers often have a mere 64 MB.
    dynamic_shared_memory_type: roomySharedMemory() ? 'posix' : 'mmap',
    max_parallel_workers: String(cores),
    max_parallel_workers_per_gather: String(Math.max(1, Math.min(2, Math.floor(cores / 2)))),
    // An import writes a lot at once: fewer checkpoints, spread out, save writing whole pages again and again.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    wal_buffers: '16MB',
    // Nobody follows it: what is made anew as a whole, an index, is written once and not to the log as well.
    wal_level: 'minimal',
    max_wal_senders: '0',
    random_page_cost: '1.1',
    // Compiling a query costs more than our queries take.
    jit: 'off',
    autovacuum_max_workers: '2',
    autovacuum_naptime: '20s',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_vacuum_insert_scale_factor: '0.1',
    autovacuum_analyze_scale_factor: '0.02',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Failed statements hold what people wrote; the program says itself what failed.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
  }
}

function roomySharedMemory(): boolean {
  if (process.platform !== 'linux') return true
  if (!existsSync('/dev/shm')) return false
  const { bsize, blocks } = statfsSync('/dev/shm')
  return bsize * blocks >= 512 * MEGABYTE
}

/** Bytes that this process may use: the machine's, or fewer in a container. */
function usableMemory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity)
}

interface Starting {
  readonly settings: Settings
  readonly log: (line: string) => void
}

/**
 * Starts a server on a whole cluster on which none runs, waits until it takes connections, and returns its process. It
 * is nobody's child for its own part: neither the end of this process nor a Ctrl-C in its terminal reaches it. Only
 * while holding the lock.
 */
export async function startServer(site: Site, { settings, log }: Starting): Promise<number> {
  const record = await readServerRecord(site.data)
  if (record !== undefined && isAlive(record.pid)) await disownRecord(site.data)
  const remnantsEnd = Date.now() + REMNANTS_MS
  let elsewhere = false
  for (;;) {
    const socket = await socketFolder(site, { elsewhere })
    await clearSocket(socket)
    const outcome = await launch(site, { settings: { ...settings, unix_socket_directories: socket }, log })
    if (typeof outcome === 'number') return outcome
    if (/pre-existing shared memory block/.test(outcome) && Date.now() < remnantsEnd) {
      await sleep(50)
    } else if (/could not (create|bind) Unix|Unix-domain socket/.test(outcome) && !elsewhere) {
      elsewhere = true
    } else {
      throw startProblem(site, outcome)
    }
  }
}

/** The process of the server when it runs, or what it said when it gave up. */
async function launch(site: Site, { settings, log }: Starting): Promise<number | string> {
  const all = { ...settingsFor({ memory: usableMemory(), cores: availableParallelism() }), ...settings }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  await turnLog(site.log)
  const output = await open(site.log, 'a', 0o600)
  try {
    const { size } = await output.stat()
    const child = spawn(site.programs.postgres, ['-D', standingIn(site.data, site), ...options], {
      ...asServer(site, site.data),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    })
    const ended = endOf(child)
    child.unref()
    const outcome = await Promise.race([ended, untilReady(site, child, log)])
    if (typeof outcome === 'number') return outcome
    if (outcome !== 'ended') throw spawnProblem(outcome, site)
    return (await readFile(site.log)).subarray(size).toString()
  } finally {
    await output.close()
  }
}

async function endOf(child: ChildProcess): Promise<'ended' | Error> {
  return new Promise((resolve) => {
    child.once('error', resolve)
    child.once('exit', () => resolve('ended'))
  })
}

async function untilReady(
  { data, voice }: Site,
  child: ChildProcess,
  log: (line: string) => void,
): Promise<number | 'ended'> {
  const began = Date.now()
  let said = false
  while (child.exitCode === null && child.signalCode === null) {
    const record = await readServerRecord(data)
    if (record?.ready && record.pid === child.pid) return record.pid
    if (!said && Date.now() - began > SAY_SO_AFTER_MS) {
      log(voice.say('recovering'))
      said = true
    }
    await sleep(5)
  }
  return 'ended'
}

function startProblem({ folder, log, voice }: Site, failure: string): Error {
  if (/No space left on device|Disk quota exceeded/.test(failure)) return voice.problem('disk-full', { folder })
  const lines = failure
    .split('\n')
    .filter((line) =>
      /(FATAL|PANIC|ERROR|HINT|DETAIL|error while loading|configuration parameter|invalid value)/.test(line),
    )
  const reason = (lines.length === 0 ? failure.trim().split('\n').slice(-1) : lines)
    .map((line) => line.replace(/^.*?(FATAL|PANIC|ERROR|HINT|DETAIL|LOG): +/, ''))
    .join(' ')
  if (/shared memory|Cannot allocate memory/.test(failure)) return voice.problem('memory-short', { reason })
  return voice.problem('start-failed', { folder, log, reason })
}

/** Keeps one old log beside the one that grows. */
async function turnLog(file: string): Promise<void> {
  const { size } = await stat(file).catch(() => ({ size: 0 }))
  if (size > LONGEST_LOG) await rename(file, `${file}.1`)
}
