import { createHash } from 'node:crypto'
import { glob, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

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
  const { build } = await import('vite')
  const made = join(root, `dist/web-${process.pid}`)
  // Whoever starts it, tests too, gets what people get: without checks for developers, with what works offline.
  const environment = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ root, logLevel: 'error', build: { outDir: made, emptyOutDir: true } })
    await compress(join(made, 'assets'))
    await writeFile(join(made, 'stamp'), stamp)
    await mkdir(join(root, 'dist'), { recursive: true })
    await rm(target, { recursive: true, force: true })
    await rename(made, target).catch(async (error: unknown) => {
      // Another program that began at the same moment was first, with the same.
      if (!(await isMade())) throw error
    })
  } finally {
    if (environment === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = environment
    await rm(made, { recursive: true, force: true })
  }
}

/** Smaller files gain less by it than a second file costs. */
const WORTH_COMPRESSING = 1024

/** Puts beside each text what is sent instead of it: browsers ask for brotli where there is TLS, else for gzip. */
async function compress(folder: string): Promise<void> {
  const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]
  const texts = (await readdir(folder)).filter((name) => /\.(?:js|css|svg)$/.test(name))
  await Promise.all(
    texts.map(async (name) => {
      const path = join(folder, name)
      const text = await readFile(path)
      if (text.length < WORTH_COMPRESSING) return
      await writeFile(`${path}.br`, await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
      await writeFile(`${path}.gz`, await zip(text, { level: 9 }))
    }),
  )
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
