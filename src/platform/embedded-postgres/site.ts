import { existsSync } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, readFile, realpath, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { giveTo, reaches, serverAccount, type Account } from './account.ts'
import { codeOf, folderProblem, type Voice } from './problem.ts'
import { findPrograms, type Programs } from './programs.ts'

/**
 * Where an embedded database lives, and who runs it:
 *
 *     postgres/
 *       cluster/data        PostgreSQL's own; nothing of ours is in it
 *       cluster/password    of the database's owner, readable by the server's account alone
 *       socket/             where the server listens, when its path is short enough
 *       socket-folder       else the name of a temporary folder
 *       start.lock          held while a process makes or starts the server
 *       server.log
 */
export interface Site {
  readonly folder: string
  readonly cluster: string
  readonly data: string
  readonly password: string
  readonly log: string
  /** Runs the server in our place when we are root. */
  readonly account: Account | undefined
  readonly programs: Programs
  readonly voice: Voice
}

/** Finds out everything that a start needs to know; makes no more than the folder. */
export async function surveySite(given: string, voice: Voice): Promise<Site> {
  try {
    await mkdir(resolve(given), { recursive: true })
    const folder = await realpath(given)
    const cluster = join(folder, 'cluster')
    const account = serverAccount(cluster, voice)
    // The server's account has to pass through here to what is its own.
    if (account !== undefined) await chmod(folder, 0o711)
    const programs = await findPrograms(folder, { account, voice })
    return {
      folder,
      cluster,
      data: join(cluster, 'data'),
      password: join(cluster, 'password'),
      log: join(folder, 'server.log'),
      account,
      programs,
      voice,
    }
  } catch (error) {
    throw folderProblem(error, { folder: resolve(given), voice })
  }
}

/** How the server's programs are to be run: by whom, where they stand, and with nothing of our own environment that would steer them. */
export function asServer({ account }: Pick<Site, 'account'>, cwd: string) {
  return {
    cwd,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  }
}

/**
 * How a program that stands in `data` names it. Below a folder closed to the server's account (a root's home, or what
 * mktemp makes) no path leads there, but the folder that the program already stands in has a name of its own on Linux.
 */
export function standingIn(data: string, { account, voice }: Pick<Site, 'account' | 'voice'>): string {
  if (reaches(account, data)) return data
  if (existsSync('/proc/self/cwd')) return '/proc/self/cwd'
  throw voice.problem('folder-unreachable', { folder: data, user: account?.name })
}

export const SOCKET_PORT = 5432
export const SOCKET = `.s.PGSQL.${SOCKET_PORT}`

/** The longest path of a socket, in bytes, that the operating system takes, without the closing zero. */
const LONGEST_SOCKET = process.platform === 'linux' ? 107 : 103

/**
 * The folder of the server's socket, open to its account alone. It is the same at every start, because those who are
 * connected come back by the path that they know.
 *
 * @param elsewhere Because the file system of the data folder cannot hold a socket.
 */
export async function socketFolder(site: Site, { elsewhere }: { readonly elsewhere: boolean }): Promise<string> {
  const beside = join(site.folder, 'socket')
  if (!elsewhere && fits(beside) && reaches(site.account, site.folder)) {
    await claimFolder(beside, site.account)
    return beside
  }
  const remembered = join(site.folder, 'socket-folder')
  const known = await readFile(remembered, 'utf8').catch(() => '')
  if (known !== '' && (await claimFolder(known, site.account))) return known
  const made = await mkdtemp(fits(tmpdir() + '/plumbline-XXXXXX') ? join(tmpdir(), 'plumbline-') : '/tmp/plumbline-')
  giveTo(site.account, made)
  await writeFile(remembered, made)
  return made
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET)) <= LONGEST_SOCKET
}

/** Makes the folder ours, or says that it is somebody else's. */
async function claimFolder(path: string, account: Account | undefined): Promise<boolean> {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
  const { uid } = await lstat(path)
  if (!(await lstat(path)).isDirectory() || ![process.getuid?.(), account?.uid].includes(uid)) return false
  await chmod(path, 0o700)
  giveTo(account, path)
  return true
}

/** Leaves no empty folder among the temporary ones when the server has ended; the next start makes it again. */
export async function dropSocketFolder({ folder }: Pick<Site, 'folder'>): Promise<void> {
  const known = await readFile(join(folder, 'socket-folder'), 'utf8').catch(() => '')
  // Only when it is empty: somebody may have begun anew.
  if (known !== '') await rmdir(known).catch(() => undefined)
}

/** Removes what an earlier server left where the next one will listen. Only while none runs. */
export async function clearSocket(folder: string): Promise<void> {
  await rm(join(folder, SOCKET), { force: true })
  await rm(join(folder, `${SOCKET}.lock`), { force: true })
}
