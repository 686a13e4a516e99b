import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from '#platform/configuration.ts'
import { ensureWebBuilt } from '../src/commands/web-build.ts'
import { print } from './measure.ts'

/** Compressed JavaScript of the first page: what `index.html` asks for, and what that imports at once. */
await ensureWebBuilt(ROOT, () => undefined)
const folder = join(ROOT, 'dist/web')
const page = await readFile(join(folder, 'index.html'), 'utf8')
const first = new Set([...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path!))
for (const path of first) {
  const text = await readFile(join(folder, path), 'utf8')
  for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    first.add(join(path, '..', imported!))
}
const sizeOf = async (path: string) => gzipSync(await readFile(join(folder, path))).length
let bytes = 0
for (const path of first) bytes += await sizeOf(path)
print({
  name: 'web.first-load',
  value: Math.round(bytes / 100) / 10,
  unit: 'kB',
  samples: 1,
  detail: { files: first.size },
})

const rest: Record<string, number> = {}
for (const file of await readdir(join(folder, 'assets'))) {
  const path = `assets/${file}`
  if (file.endsWith('.js') && !first.has(path)) rest[file] = Math.round((await sizeOf(path)) / 100) / 10
}
const largest = Math.max(0, ...Object.values(rest))
print({ name: 'web.largest-later-chunk', value: largest, unit: 'kB', samples: Object.keys(rest).length, detail: rest })
