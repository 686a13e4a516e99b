import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { initSync, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler'
import { fontsFor } from './fonts.ts'
import type { Letterhead } from './letterhead.ts'
import { picturesOf } from './page-pictures.ts'

/** Diagnostics as lines of text. */
const DIAGNOSTICS = 2

/** What the templates share; they import it as `/house.typ`. */
const HOUSE = readFileSync(new URL('house.typ', import.meta.url), 'utf8')

let begun = false

/** Pages for paper, and the same as pictures. */
export interface Pages {
  readonly pdf: Buffer
  /** SVG, a text for each page. */
  readonly pictures: readonly string[]
}

/**
 * A tagged PDF and its pages as pictures from a Typst template and data. The template is ours; whatever users wrote comes as data (`/data.json`)
 * and is never read as Typst. The compiler is WebAssembly, the same on every machine; it takes some hundred megabytes
 * while it lives, so call this in a process that ends.
 *
 * @param template Source of the main file.
 */
export async function pagesFrom(template: string, data: unknown, letterhead: Letterhead): Promise<Pages> {
  return compiled({ template, data, letterhead }, async (made) => ({
    pdf: Buffer.from(made('pdf')),
    pictures: await picturesOf(made('vector')),
  }))
}

/** What a PDF is made of. */
export interface PageSource {
  readonly template: string
  readonly data: unknown
  readonly letterhead: Letterhead
}

/** The PDF alone. */
export async function pdfFrom(source: PageSource): Promise<Buffer> {
  return compiled(source, async (made) => Buffer.from(made('pdf')))
}

async function compiled<Made>(
  { template, data, letterhead }: PageSource,
  take: (made: (form: 'pdf' | 'vector') => Uint8Array) => Promise<Made>,
): Promise<Made> {
  if (!begun) {
    initSync({ module: readFileSync(fileURLToPath(import.meta.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'))) })
    begun = true
  }
  const json = JSON.stringify(data)
  const builder = new TypstCompilerBuilder()
  builder.set_dummy_access_model()
  for (const font of await fontsFor(json)) await builder.add_raw_font(font)
  const compiler = await builder.build()
  try {
    compiler.add_source('/main.typ', template)
    compiler.add_source('/house.typ', HOUSE)
    compiler.map_shadow('/data.json', Buffer.from(json))
    addLetterhead(compiler, letterhead)
    return await take((form) => {
      const { result, diagnostics } = compiler.compile('/main.typ', null, form, DIAGNOSTICS) as {
        readonly result?: Uint8Array
        readonly diagnostics?: readonly unknown[]
      }
      if (result === undefined) throw new Error(`The template does not compile: ${JSON.stringify(diagnostics)}`)
      return result
    })
  } finally {
    compiler.free()
  }
}

function addLetterhead(
  compiler: Awaited<ReturnType<TypstCompilerBuilder['build']>>,
  { provider, accent, logo }: Letterhead,
): void {
  const path = logo?.type === 'image/png' ? '/logo.png' : '/logo.svg'
  if (logo !== null) compiler.map_shadow(path, Buffer.from(logo.content, 'base64'))
  const said = { provider, accent, logo: logo === null ? null : { path, aspect: logo.aspect } }
  compiler.map_shadow('/letterhead.json', Buffer.from(JSON.stringify(said)))
}
