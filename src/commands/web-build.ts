import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { glob, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Whatever of it changes, the pages are made anew. */
const SOURCES = [
  'web/**/*',
  'src/core/*.ts',
  'src/modules/*/*.ts',
  'src/locales/*/may.json',
  'docs/guide/*/*.md',
  'docs/pictures/*/*.webp',
  'index.html',
  'vite.config.ts',
  'src/commands/web-build.ts',
  'src/commands/web-build-process.ts',
  'package-lock.json',
]

/**
 * Makes the web pages in `dist/web` unless they are there, made from what the sources are now. Into a folder beside
 * first, so that an interruption leaves the old ones whole.
 */
export async function ensureWebBuilt(root: string, onBuild: () => void): Promise<void> {
  const stamp = await sourceStamp(root)
  const target = join(root, 'dist/web')
  const isMade = async () => (await readFile(join(target, 'stamp'), 'utf8').catch(() => '')) === stamp
  if (await isMade()) return
  onBuild()
  const made = join(root, `dist/web-${process.pid}`)
  try {
    await buildApart(root, made)
    await writeFile(join(made, 'stamp'), stamp)
    await mkdir(join(root, 'dist'), { recursive: true })
    await rm(target, { recursive: true, force: true })
    await rename(made, target).catch(async (error: unknown) => {
      // Another program that began at the same moment was first, with the same.
      if (!(await isMade())) throw error
    })
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

/**
 * In a process of its own: what bundles takes half a gigabyte, which would stay with a server until its end. Rejects with what
 * the bundler says.
 */
function buildApart(root: string, made: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('web-build-process.ts', import.meta.url)), [root, made], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
      // Whoever starts it, tests too, gets what people get: without checks for developers, with what works offline.
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let failure: unknown = 'The pages were not finished.'
    child.once('error', reject)
    child.once('message', (message) => (failure = message))
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(failure as string))))
  })
}

/** Names, sizes and times of the sources: reading them all at each start would take longer than it needs to. */
async function sourceStamp(root: string): Promise<string> {
  const hash = createHash('sha256')
  const paths: string[] = []
  for (const pattern of SOURCES) for await (const path of glob(pattern, { cwd: root })) paths.push(path)
  for (const path of paths.toSorted()) {
    const { size, mtimeMs, isFile } = await stat(join(root, path)).then((stats) => ({
      size: stats.size,
      mtimeMs: stats.mtimeMs,
      isFile: stats.isFile(),
    }))
    if (isFile) hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}
