import { readFileSync } from 'node:fs'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname

/** Texts of the browser: its own, and the server's reasons why somebody may not. */
const CATALOGUE = /\/(?:web\/locales\/[a-z]{2}\/[\w-]+|src\/locales\/[a-z]{2}\/may)\.json$/

/** The parts that every page needs, in one file for each language. */
const BASE = /\/locales\/([a-z]{2})\/(?:app|ui|may)\.json$/

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
            { name: (id) => `texts-${BASE.exec(id)?.[1]}`, test: BASE },
            // In a file of its own it runs when it is imported, which is first; within another one it would run last.
            { name: 'before', test: /web\/app\/before\.ts/ },
          ],
        },
      },
    },
  },
})

/** Compiles the catalogues as they are read, so that the parser of messages does not reach the browser. */
function texts(): Plugin {
  return {
    name: 'plumbline-texts',
    enforce: 'pre',
    load(id) {
      const file = id.split('?')[0] ?? id
      return CATALOGUE.test(file) ? JSON.stringify(compiled(file)) : undefined
    },
  }
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
