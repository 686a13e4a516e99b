import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'

/** Smaller files gain less by it than a second file costs. */
const WORTH_COMPRESSING = 1024

// Bundles the pages of the sources in one folder into another, and ends.
const [root, made] = process.argv.slice(2) as [string, string]
// Whoever asked is gone: nobody waits for this any more.
process.on('disconnect', () => process.exit(1))

try {
  await build({ root, logLevel: 'error', build: { outDir: made, emptyOutDir: true } })
  await compress(join(made, 'assets'))
  process.exit(0)
} catch (error) {
  process.send!(String(error), () => process.exit(1))
}

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
