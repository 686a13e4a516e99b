import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin, type Rolldown } from 'vite'
import { readMarkdown } from './web/ui/markdown.ts'

const root = import.meta.dirname

/** Texts of the browser: its own, and the server's reasons why somebody may not. */
const CATALOGUE = /\/(?:web\/locales\/[a-z]{2}\/[\w-]+|src\/locales\/[a-z]{2}\/may)\.json$/

/** The texts that every page needs, in one file for each language. */
const BASE = /\/web\/locales\/([a-z]{2})\/base\.ts$/

export default defineConfig({
  root,
  publicDir: 'web/public',
  plugins: [react(), texts(), textsEarly(), compiledEarly(), slimStart(), guide(), serviceWorker()],
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
      // The shapes of what is sent do nothing by being made: whoever takes one word of a module takes no more of it along.
      treeshake: { moduleSideEffects: [{ test: /\/src\/(?:core|modules)\//, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            // What every page uses and seldom changes, in one file that browsers keep from version to version.
            { name: 'libraries', test: /node_modules\/(react|react-dom|scheduler|@tanstack|@lingui|zod)\// },
            // In a file of its own it runs when it is imported, which is first; within another one it would run last.
            { name: 'before', test: /web\/app\/before\.ts/ },
            // All else that the first page needs: one file arrives and is kept sooner than fifty.
            {
              name: 'first',
              tags: ['$initial'],
              test: (id) => !OF_MODULES.test(id) || AT_FIRST.test(id),
              // With it comes what its modules use, not what they could have used by the doors that they came through.
              includeDependenciesRecursively: false,
            },
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

/** Tells `theme.js`, which knows the language first, where its texts are: they are fetched while the program is read. */
function textsEarly(): Plugin {
  return {
    name: 'plumbline-texts-early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const files = Object.values(bundle).flatMap((made) => {
          const language = made.type === 'chunk' ? BASE.exec(made.facadeModuleId ?? '')?.[1] : undefined
          return language === undefined ? [] : `data-${language}="/${made.fileName}"`
        })
        return html.replace('src="/theme.js"', `src="/theme.js" ${files.join(' ')}`)
      },
    },
  }
}

/** What the server's modules share with the browser: the shapes of what is sent, and words. */
const OF_MODULES = /\/src\/modules\//

/**
 * What of it the shell and Today need. Each shape takes its time to be made, on a phone before anything is seen, so all
 * else comes with the pages that send it.
 */
const AT_FIRST = new RegExp(
  `/src/modules/(?:${[
    'customers/api',
    'imports/(?:may|source)',
    'incidents/(?:incident|handover-grouping)',
    'notifications/api-bell',
    'organisation/appearance-api',
    'people/(?:api-session|role)',
    'portal/may',
    'sample/api',
    'service-levels/(?:agreement|verdict)',
    'sites/api',
    'today/(?:api|consequence)',
  ].join('|')})\\.ts$`,
)

/** Fails where more of the modules than that would arrive before the first page. */
function slimStart(): Plugin {
  return {
    name: 'plumbline-slim-start',
    apply: 'build',
    generateBundle(_, bundle) {
      const early = new Set(Object.keys(bundle).filter((name) => isEntry(bundle[name])))
      for (const name of early) {
        const made = bundle[name]
        if (made?.type !== 'chunk') continue
        for (const imported of made.imports) early.add(imported)
        const tooEarly = made.moduleIds.filter((id) => OF_MODULES.test(id) && !AT_FIRST.test(id))
        if (tooEarly.length > 0)
          this.error(
            `The first load would have ${tooEarly.join(', ')}. Import it in a page or in a function that is called later, ` +
              'take the little that is needed into a file of its own, or, if every first page needs it, add it to AT_FIRST.',
          )
      }
    },
  }
}

/**
 * Chunks whose functions nearly all run before the first page is there. Told so by the very first line, a browser compiles
 * them beside the page while they arrive, not one by one in its way (https://v8.dev/blog/explicit-compile-hints); to others
 * it is a comment.
 */
const AT_ONCE = new Set(['libraries', 'first'])

function isEntry(made: Rolldown.OutputChunk | Rolldown.OutputAsset | undefined): boolean {
  return made?.type === 'chunk' && made.isEntry
}

function compiledEarly(): Plugin {
  return {
    name: 'plumbline-compiled-early',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler: (_, bundle) => {
        for (const made of Object.values(bundle))
          if (made.type === 'chunk' && AT_ONCE.has(made.name)) made.code = `//# allFunctionsCalledOnLoad\n${made.code}`
      },
    },
  }
}

/** Of what stands in `web/public`, what the program needs to open. */
const PUBLIC = ['theme.js', 'mark.svg', 'icon-192.png']

/**
 * Makes the service worker after everything else, in a file of its own at the root, with the list of what was made: each
 * file of the program by its name, which changes with its content, and the others with a hash.
 */
function serviceWorker(): Plugin {
  return {
    name: 'plumbline-service-worker',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const folder = dir ?? 'dist/web'
      const made = Object.keys(bundle).filter((name) => /\.(?:js|css)$|latin-wght-normal.*\.woff2$/.test(name))
      const hash = (name: string) =>
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')
          .slice(0, 16)
      const precached = [
        ...made.map((name) => ({ url: `/${name}`, revision: null })),
        ...['index.html', ...PUBLIC].map((name) => ({ url: `/${name}`, revision: hash(name) })),
      ]
      await build({
        root,
        configFile: false,
        publicDir: false,
        logLevel: 'error',
        define: { PRECACHED: JSON.stringify(precached), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2023',
          rolldownOptions: {
            input: join(root, 'web/worker/service-worker.ts'),
            output: { format: 'iife', entryFileNames: 'service-worker.js' },
          },
        },
      })
    },
  }
}

/** Reads the chapters of the guide into blocks, so that no reader of Markdown reaches the browser; pictures become files. */
function guide(): Plugin {
  return {
    name: 'plumbline-guide',
    enforce: 'pre',
    load(id) {
      if (!/\/docs\/guide\/[a-z]{2}\/[\w-]+\.md$/.test(id)) return undefined
      const pictures: string[] = []
      const blocks = readMarkdown(readFileSync(id, 'utf8')).map((block) => {
        if (block.kind !== 'picture') return JSON.stringify(block)
        const from = JSON.stringify(join(dirname(id), block.file))
        pictures.push(`import picture${pictures.length} from ${from}`)
        return `{ ...${JSON.stringify(block)}, file: picture${pictures.length - 1} }`
      })
      return `${pictures.join('\n')}\nexport default [${blocks.join(',')}]`
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
