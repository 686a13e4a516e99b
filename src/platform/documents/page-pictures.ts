import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CreateSessionOptions, initSync, TypstRendererBuilder } from '@myriaddreamin/typst-ts-renderer'

let begun = false

/**
 * Pages as pictures: SVG that stands by itself, a text for each page, letters as outlines. They are drawn from what the
 * compiler laid out for the PDF, so they show what it shows. As the compiler, to be called in a process that ends.
 *
 * @param laidOut What the compiler gives as `vector`.
 */
export async function picturesOf(laidOut: Uint8Array): Promise<string[]> {
  if (!begun) {
    initSync({ module: readFileSync(fileURLToPath(import.meta.resolve('@myriaddreamin/typst-ts-renderer/wasm'))) })
    begun = true
  }
  const renderer = await new TypstRendererBuilder().build()
  const pictures: string[] = []
  let top = 0
  for (let page = 0, count = 1; page < count; page++) {
    // Each in a session of its own: a second picture of one session leaves out the letters that the first had.
    const options = new CreateSessionOptions()
    options.format = 'vector'
    options.artifact_content = laidOut
    const session = renderer.create_session(options)
    const pages = session.pages_info
    count = pages.page_count
    const { width_pt: width, height_pt: height } = pages.page(page)
    pictures.push(framed(session.render_in_window(0, top + 1, width, top + height - 1), { width, height, top }))
    top += height
    session.free()
  }
  renderer.free()
  return pictures
}

/** Text laid over the outlines to be selected with the mouse, which a picture cannot be. */
const TO_SELECT = /<foreignObject[\s\S]*?<\/foreignObject>/g

/** Cuts one page out of the strip that all pages are drawn on, on white paper. */
function framed(
  svg: string,
  { width, height, top }: { readonly width: number; readonly height: number; readonly top: number },
): string {
  const inside = svg.slice(svg.indexOf('>') + 1).replace(TO_SELECT, '')
  const box = `0 ${top} ${width} ${height}`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h5="http://www.w3.org/1999/xhtml" ` +
    `viewBox="${box}" width="${width}" height="${height}"><rect x="0" y="${top}" width="${width}" height="${height}" fill="#fff"/>${inside}`
  )
}
