import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type Language, speaker } from '#core/text.ts'
import de from '../locales/de/chromium.json' with { type: 'json' }
import en from '../locales/en/chromium.json' with { type: 'json' }
import { ROOT } from './configuration.ts'
import { terminalLanguage } from './terminal-language.ts'

/** A browser that was seen to run on this machine. */
export interface Chromium {
  readonly executablePath: string
  /** For a browser that nobody looks at and that talks to nobody but us. Its profile's folder is the caller's affair. */
  readonly args: readonly string[]
  /** What its environment needs beyond ours. */
  readonly env: Readonly<Record<string, string>>
}

export interface ChromiumSearch {
  readonly language?: Language
  /** Takes a sentence when something takes long. */
  readonly log?: (line: string) => void
}

const run = promisify(execFile)
const say = speaker<keyof typeof en>({ en, de })

/** Of the npm package that ships a Chromium for Linux on x64. It is fetched only where nothing else helps. */
const PACKAGED = { name: '@sparticuz/chromium', version: '153.0.0' }
const CACHE = join(ROOT, 'node_modules/.cache/plumbline')

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * A Chromium or Chrome for tests: the one in `CHROMIUM_PATH`, else an installed one, else one from the system's
 * packages (as root, where there is apt-get), else the one of an npm package. Throws a sentence that says what was tried.
 */
export async function findChromium({
  language = terminalLanguage(process.env),
  log = () => undefined,
}: ChromiumSearch = {}): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH']
  if (named) {
    const reason = await whyNotRunning(named)
    if (reason !== null) throw new Error(say(language, 'named-unusable', { path: named, reason }))
    return asChromium(named)
  }
  const installed = await findInstalled()
  if (installed !== undefined) return asChromium(installed)

  const attempts: string[] = []
  const attempt = (what: 'by-system' | 'by-registry', reason: string) =>
    attempts.push(say(language, 'attempt', { what: say(language, what), reason }))

  if (process.getuid?.() !== 0) attempt('by-system', say(language, 'not-root'))
  else if (!existsSync('/usr/bin/apt-get')) attempt('by-system', say(language, 'no-apt'))
  else {
    log(say(language, 'installing'))
    const problem = await installFromSystem()
    const found = await findInstalled()
    if (found !== undefined) return asChromium(found)
    attempt('by-system', problem ?? '')
  }

  if (process.platform !== 'linux' || process.arch !== 'x64') attempt('by-registry', say(language, 'other-platform'))
  else {
    try {
      const folder = await unpackPackaged(() => log(say(language, 'fetching')))
      const problem = await whyNotRunning(join(folder, 'chromium'))
      if (problem === null) return asPackaged(folder)
      attempt('by-registry', problem)
    } catch (error) {
      attempt('by-registry', lastLine(error))
    }
  }
  throw new Error(say(language, 'none', { attempts: attempts.join(' ') }))
}

function asChromium(executablePath: string, env: Chromium['env'] = {}): Chromium {
  const args = [
    '--headless',
    // Chromium refuses to sandbox for root, and the only pages here are our own.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    // Containers have little shared memory; a page that needs more of it crashes.
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return { executablePath, args, env }
}

/** The packaged one brings a font too, for machines without any. */
function asPackaged(folder: string): Chromium {
  const env = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
  return asChromium(join(folder, 'chromium'), env)
}

async function findInstalled(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const candidates = [...COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPLICATIONS]
  for (const candidate of candidates) {
    // Some systems have a mere signpost to another way of installing it.
    if (existsSync(candidate) && (await whyNotRunning(candidate)) === null) return candidate
  }
  return undefined
}

/** What the program says that it cannot run for, such as a library that is missing; null when it runs. */
async function whyNotRunning(program: string): Promise<string | null> {
  try {
    await run(program, ['--version'], { timeout: 20_000 })
    return null
  } catch (error) {
    return lastLine(error)
  }
}

/** What went wrong, or null. */
async function installFromSystem(): Promise<string | null> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const patience = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3']
  try {
    await run('apt-get', [...patience, 'update'], { env, maxBuffer: 2 ** 26 })
    // Without a font every letter is a box.
    const packages = ['chromium', 'fonts-liberation']
    await run('apt-get', [...patience, 'install', '-y', '--no-install-recommends', ...packages], {
      env,
      maxBuffer: 2 ** 26,
    })
    return null
  } catch (error) {
    return lastLine(error)
  }
}

/** The folder with the packaged Chromium, unpacked aside first so that what has the final name is whole. */
async function unpackPackaged(onFetch: () => void): Promise<string> {
  const target = join(CACHE, `chromium-${PACKAGED.version}`)
  if (existsSync(target)) return target
  await mkdir(CACHE, { recursive: true })
  const side = await mkdtemp(join(CACHE, 'unpacking-'))
  try {
    const door = findPackaged(ROOT) ?? (await fetchPackaged(join(side, 'package'), onFetch))
    const { default: packaged } = (await import(pathToFileURL(door).href)) as {
      readonly default: { executablePath(): Promise<string> }
    }
    const unpacked = join(side, 'unpacked')
    await mkdir(unpacked)
    await inTemporaryFolder(unpacked, () => packaged.executablePath())
    await rename(unpacked, target).catch((error: unknown) => {
      // Another process was quicker.
      if (!existsSync(target)) throw error
    })
    return target
  } finally {
    await rm(side, { recursive: true, force: true })
  }
}

function findPackaged(folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(PACKAGED.name)
  } catch {
    return undefined
  }
}

async function fetchPackaged(folder: string, onFetch: () => void): Promise<string> {
  onFetch()
  await mkdir(folder)
  const wanted = `${PACKAGED.name}@${PACKAGED.version}`
  await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', wanted], {
    cwd: folder,
  })
  const door = findPackaged(folder)
  if (door === undefined) throw new Error(wanted)
  return door
}

/** The package unpacks into the temporary folder, where anybody could have put something of the same name. */
async function inTemporaryFolder<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    // It asks for the folder before it first waits for anything.
    return work()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

function lastLine(error: unknown): string {
  const said =
    error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : ''
  return (said || String(error)).split('\n').at(-1) ?? ''
}
