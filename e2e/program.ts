import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '#platform/configuration.ts'

/** The whole program as a process of its own, on a data folder of its own. */
export interface Program {
  readonly url: string
  readonly token: string
  readonly pid: number
  readonly folder: string
  /** The set-up link, while nobody administers it. */
  readonly setUp: string | null
  /** Seconds of processor time that the server and the database have used so far, apart. */
  readonly processorSeconds: () => Promise<{ readonly server: number; readonly database: number }>
  /** Resident memory of the server, in bytes. */
  readonly residentBytes: () => Promise<number>
  readonly stop: () => Promise<void>
}

const EMAIL = 'ada@plumbline.example'
const PASSWORD = 'measured and written down'

export const ADMIN = { email: EMAIL, password: PASSWORD } as const

/**
 * Starts it as a user would, and makes a token for the API.
 *
 * @param administered Without an administrator there is a set-up link, and no token.
 * @param env What its environment says beside; with a database in it, the processor time of that is not known.
 * @param args Of `start`.
 * @param root Where the program lies, when it is another version of it.
 */
export async function startProgram({
  folder,
  administered = true,
  env: more = {},
  args = [],
  root = ROOT,
}: {
  readonly folder?: string
  readonly administered?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly root?: string
} = {}): Promise<Program> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'plumbline-bench-')))
  const port = more['PORT'] ?? (await freePort())
  const env = {
    ...process.env,
    PORT: String(port),
    PLUMBLINE_DATA: data,
    ...(administered && { PLUMBLINE_ADMIN_EMAIL: EMAIL, PLUMBLINE_ADMIN_PASSWORD: PASSWORD }),
    LOG_LEVEL: 'warn',
    // Whoever measures asks as often as that takes.
    PLUMBLINE_REQUESTS_PER_MINUTE: '0',
    ...more,
  }
  const child = spawn(join(root, 'plumbline'), ['start', '--json', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url, setUp } = await firstLine(child)
  const made = administered
    ? await runVerb(['token', 'create', '--email', EMAIL, '--name', 'test', '--json'], env)
    : '{"token":""}'
  return {
    url,
    token: (JSON.parse(made) as { token: string }).token,
    setUp,
    pid: child.pid!,
    folder: data,
    processorSeconds: async () => ({
      server: await processorSecondsOf(child.pid!),
      database: await databaseSeconds(data),
    }),
    residentBytes: () => residentBytesOf(child.pid!),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      if (folder === undefined) await rm(data, { recursive: true, force: true })
    },
  }
}

/** Runs a verb to its end; what it printed on standard output. */
export async function runVerb(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  child.stdout.on('data', (piece: Buffer) => (text += piece.toString()))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}`)
  return text
}

async function firstLine(child: ChildProcess): Promise<{ readonly url: string; readonly setUp: string | null }> {
  for await (const line of createInterface({ input: child.stdout! }))
    return JSON.parse(line) as { url: string; setUp: string | null }
  throw new Error('The program ended before it was ready.')
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** User and system time of a process, and of its ended children; clock ticks are hundredths of a second on Linux. */
async function processorSecondsOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0) / 100
}

/** The number of the embedded database's first process. */
export function databaseProcess(data: string): Promise<number> {
  return databaseProcessIn(join(data, 'postgres'))
}

async function databaseProcessIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true })
  const pidFile = files.find((path) => path.endsWith('postmaster.pid'))
  if (pidFile === undefined) throw new Error(`No database runs in ${folder}.`)
  return Number((await readFile(join(folder, pidFile), 'utf8')).split('\n')[0])
}

/** The postmaster and all processes that it started. */
async function databaseSeconds(data: string): Promise<number> {
  return treeSeconds(await databaseProcess(data))
}

/** Of the embedded database in this folder. */
export async function databaseSecondsOf(folder: string): Promise<number> {
  return treeSeconds(await databaseProcessIn(folder))
}

/** A process and all that it started, as far as they run or it waited for them. */
export async function treeSeconds(parent: number): Promise<number> {
  let seconds = await processorSecondsOf(parent)
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    if (Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === parent)
      seconds += await processorSecondsOf(Number(name))
  }
  return seconds
}

/** Memory of a process and all that it started, in bytes: what is their own, without what they share to keep data at hand. */
export async function treeMemory(parent: number): Promise<number> {
  const pids = [parent]
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    if (Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === parent) pids.push(Number(name))
  }
  let bytes = 0
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    bytes += Number(/^Pss_Anon:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024
  }
  return bytes
}

async function residentBytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) * 1024
}
