import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { giveTo } from './account.ts'
import { folderProblem } from './problem.ts'
import { asServer, standingIn, type Site } from './site.ts'

/** The owner of everything in the database, and the only one who can sign in. */
export const OWNER = 'plumbline'

/** Makes sure that a whole cluster of our version is there. Only while holding the lock. */
export async function ensureCluster(
  site: Site,
  { sync, log }: { readonly sync: boolean; readonly log: (line: string) => void },
) {
  const { cluster, data, password, programs, voice } = site
  await sweepHalfMade(site.folder)
  if (!existsSync(cluster) || (await readdir(cluster)).length === 0) {
    log(voice.say('making', { folder: site.folder }))
    await makeCluster(site, sync)
  }
  for (const missing of ['PG_VERSION', 'global/pg_control']) {
    if (!existsSync(join(data, missing))) throw voice.problem('cluster-incomplete', { folder: data, missing })
  }
  const found = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (found !== String(programs.major)) {
    throw voice.problem('cluster-version', { folder: data, found, wanted: String(programs.major) })
  }
  // Unpacked by root, or by a system whose users had other numbers.
  if (site.account !== undefined && (await stat(cluster)).uid !== site.account.uid) giveTo(site.account, cluster)
  if (!existsSync(password)) throw voice.problem('password-lost', { file: password })
}

const SIDE = 'cluster.new-'

/** Removes what killed processes left; nobody else is making one while we hold the lock. */
async function sweepHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    // What cannot go yet, because it is still being written, goes the next time.
    if (name.startsWith(SIDE)) await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

/** A cluster is made aside and renamed when it is whole, so that nothing ever starts on half of one. */
async function makeCluster(site: Site, sync: boolean): Promise<void> {
  // A name of its own each time: the helper of a process that was killed here may still be writing into another one.
  const side = join(site.folder, `${SIDE}${randomBytes(4).toString('hex')}`)
  try {
    await mkdir(join(side, 'data'), { recursive: true, mode: 0o700 })
    await writeFile(join(side, 'password'), randomBytes(24).toString('hex'), { mode: 0o600 })
    giveTo(site.account, side)
    await initialize(site, { data: join(side, 'data'), sync })
    await rm(site.cluster, { recursive: true, force: true })
    await rename(side, site.cluster)
    const folder = await open(site.folder)
    if (sync) await folder.sync()
    await folder.close()
  } catch (error) {
    await rm(side, { recursive: true, force: true })
    throw folderProblem(error, site)
  }
}

async function initialize(
  site: Site,
  { data, sync }: { readonly data: string; readonly sync: boolean },
): Promise<void> {
  const options = [
    `--pgdata=${standingIn(data, site)}`,
    `--username=${OWNER}`,
    '--pwfile=../password',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts by code point the same way on every machine and in every version: an index never goes wrong by an upgrade.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(sync ? [] : ['--no-sync']),
  ]
  const { code, output } = await run(site.programs.initdb, options, asServer(site, data)).catch((error: unknown) => {
    throw spawnProblem(error, site)
  })
  if (code === 0) return
  if (/No space left on device|Disk quota exceeded/.test(output))
    throw site.voice.problem('disk-full', { folder: site.folder })
  const reason =
    output
      .split('\n')
      .filter((line) => /error|fatal|could not/i.test(line))
      .at(-1) ?? output.trim()
  throw site.voice.problem('making-failed', { folder: site.folder, reason })
}

async function run(program: string, options: readonly string[], how: ReturnType<typeof asServer>) {
  return new Promise<{ readonly code: number | null; readonly output: string }>((resolve, reject) => {
    const child = spawn(program, options, { ...how, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** Why a program of PostgreSQL could not even begin. */
export function spawnProblem(error: unknown, { account, voice }: Pick<Site, 'account' | 'voice'>): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  // The program is there, but the loader it asks for is not: a system with another C library.
  if (error.code === 'ENOENT') {
    return voice.problem('platform-unsupported', { platform: `${process.platform}-${process.arch}` }, error)
  }
  if (account !== undefined) return voice.problem('user-barred', { user: account.name, reason: error.message }, error)
  return error
}
