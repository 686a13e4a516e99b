import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname
const locales = join(root, 'web/locales')

export default defineConfig({
  root,
  publicDir: 'web/public',
  plugins: [react(), texts()],
  server: { host: '127.0.0.1', port: 4610, proxy: { '/api': { target: 'http://127.0.0.1:4600', changeOrigin: true } } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // Fonts and pictures are files of their own: the content security policy allows nothing inlined but images.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // All of it is less than a picture; in one file no page waits for its own.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page uses and seldom changes, in one file that browsers keep from version to version.
            { name: 'libraries', test: /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|zod)\// },
            // In a file of its own it runs when it is imported, which is first; within another one it would run last.
            { name: 'before', test: /web\/app\/before\.ts/ },
          ],
        },
      },
    },
  },
})

/**
 * The catalogues as modules, compiled, so that neither the parser nor the other language reaches the browser. `virtual:texts`
 * maps each language and part to its loader; `base` is what every page needs, the rest comes with the pages of its module.
 */
function texts(): Plugin {
  const prefix = '\0texts/'
  const partsOf = (language: string) =>
    readdirSync(join(locales, language), 'utf8').flatMap((file) => (file.endsWith('.json') ? [basename(file, '.json')] : []))
  return {
    name: 'plumbline-texts',
    resolveId: (id) => (id.startsWith('virtual:texts') ? prefix + id.slice('virtual:texts/'.length) : undefined),
    load(id) {
      if (!id.startsWith(prefix)) return undefined
      const [language, part] = id.slice(prefix.length).split('/')
      if (language && part) {
        const files = filesOf(language, part)
        for (const file of files) this.addWatchFile(file)
        return `export default ${JSON.stringify(Object.assign({}, ...files.map(compiled)))}`
      }
      const loaders = ['en', 'de'].map((each) => {
        const parts = ['base', ...partsOf(each).filter((name) => !baseParts.includes(name))]
        const entries = parts.map((name) => `${JSON.stringify(name)}: () => import('virtual:texts/${each}/${name}')`)
        return `${each}: { ${entries.join(', ')} }`
      })
      return `export const loaders = { ${loaders.join(', ')} }`
    },
  }
}

/** What every page speaks: the shell, the kit, and why somebody may not. */
const baseParts = ['app', 'ui']

function filesOf(language: string, part: string): string[] {
  if (part !== 'base') return [join(locales, language, `${part}.json`)]
  return [...baseParts.map((name) => join(locales, language, `${name}.json`)), join(root, 'src/locales', language, 'may.json')]
}

function compiled(file: string): Record<string, unknown> {
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => {
      try {
        return [key, compileMessageOrThrow(message)]
      } catch (error) {
        throw new Error(`${file}: “${key}” is not a valid message: ${(error as Error).message}`, { cause: error })
      }
    }),
  )
}
