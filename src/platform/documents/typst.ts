import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { initSync, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler'
import { fontsFor } from './fonts.ts'

/** Diagnostics as lines of text. */
const DIAGNOSTICS = 2

let begun = false

/**
 * A tagged PDF from a Typst template and data. The template is ours; whatever users wrote comes as data (`/data.json`)
 * and is never read as Typst. The compiler is WebAssembly, the same on every machine; it takes some hundred megabytes
 * while it lives, so call this in a process that ends.
 *
 * @param template Source of the main file.
 */
export async function pdfFrom(template: string, data: unknown): Promise<Buffer> {
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
    compiler.map_shadow('/data.json', Buffer.from(json))
    const { result, diagnostics } = compiler.compile('/main.typ', null, 'pdf', DIAGNOSTICS) as {
      readonly result?: Uint8Array
      readonly diagnostics?: readonly unknown[]
    }
    if (result === undefined) throw new Error(`The template does not compile: ${JSON.stringify(diagnostics)}`)
    return Buffer.from(result)
  } finally {
    compiler.free()
  }
}
