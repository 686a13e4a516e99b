import { invalid } from '#core/failure.ts'

export interface Logo {
  readonly type: 'image/png' | 'image/svg+xml'
  readonly bytes: Buffer
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** In pixels: more is no logo. */
const LARGEST_SIDE = 4000

/** A logo, known by what is in the file and not by its name. Fails with the reason for what is none. */
export function logoOf(bytes: Buffer): Logo {
  if (bytes.subarray(0, 8).equals(PNG)) return { type: 'image/png', bytes: pngOf(bytes) }
  const text = bytes.toString('utf8')
  if (/<svg[\s>]/.test(text.slice(0, 4000))) return { type: 'image/svg+xml', bytes: Buffer.from(drawingOf(text)) }
  throw invalid('logo.unknown')
}

/** The chunks that make the picture: what hangs behind them, and what cameras and programs wrote beside, is left out. */
function pngOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [PNG]
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) break
    const kind = bytes.toString('latin1', at + 4, at + 8)
    if (kind === 'IHDR' && Math.max(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)) > LARGEST_SIDE) {
      throw invalid('logo.too-wide', { most: LARGEST_SIDE })
    }
    if (['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'sRGB', 'pHYs'].includes(kind))
      parts.push(bytes.subarray(at, end))
    if (kind === 'IEND') return Buffer.concat(parts)
    at = end
  }
  throw invalid('logo.broken')
}

const ELEMENTS = new Set(
  `svg g path rect circle ellipse line polyline polygon text tspan defs linearGradient radialGradient stop clipPath mask
   title desc use symbol pattern style`.split(/\s+/),
)

const ATTRIBUTES = new Set(
  `id class d x y x1 x2 y1 y2 cx cy r rx ry fx fy width height points viewBox preserveAspectRatio transform fill
   fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
   stroke-dashoffset stroke-opacity opacity color display visibility offset stop-color stop-opacity gradientUnits
   gradientTransform spreadMethod clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits patternUnits
   patternContentUnits patternTransform font-family font-size font-weight font-style text-anchor letter-spacing dx dy
   version href xlink:href style`.split(/\s+/),
)

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^[\]<>]*>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y

/**
 * Of an SVG what is drawing, written anew: no script, no handler, nothing from elsewhere, no element or attribute that is
 * not on the list. Fails when it cannot be read as plainly as that.
 */
export function drawingOf(text: string): string {
  const open: string[] = []
  let drawing = ''
  // Inside of an element that is left out, with how many of its own name within.
  let hidden = 0
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)
    if (token === null) throw invalid('logo.broken')
    const [, cdata, closes, name, attributes = '', empty, characters = cdata] = token
    if (name !== undefined && closes) {
      if (hidden > 0) hidden -= 1
      else if (open.pop() !== name) throw invalid('logo.broken')
      else drawing += `</${name}>`
    } else if (name !== undefined) {
      if (hidden > 0 || !ELEMENTS.has(name)) hidden += empty ? 0 : 1
      else {
        drawing += `<${name}${open.length === 0 ? ' xmlns="http://www.w3.org/2000/svg"' : ''}${kept(attributes)}${empty ? '/' : ''}>`
        if (!empty) open.push(name)
      }
    } else if (characters !== undefined && hidden === 0 && open.length > 0) {
      drawing += open.at(-1) === 'style' ? styleOf(characters) : characters.replaceAll('<', '&lt;')
    }
  }
  if (open.length > 0 || hidden > 0 || !drawing.startsWith('<svg')) throw invalid('logo.broken')
  return drawing
}

function kept(attributes: string): string {
  let written = ''
  for (const [, name, double, single] of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const value = double ?? single ?? ''
    const points = name === 'href' || name === 'xlink:href'
    const safe = points ? /^#[\w.-]+$/.test(value) : isPlain(value)
    if (ATTRIBUTES.has(name!) && safe) written += ` ${points ? 'href' : name}="${value.replaceAll('"', '&quot;')}"`
  }
  return written
}

/** Rules that only draw; of others nothing is kept. */
function styleOf(rules: string): string {
  return isPlain(rules) && !rules.includes('@') ? rules.replaceAll('<', '') : ''
}

/** Names nothing outside of the drawing, and hides nothing in escapes. */
function isPlain(value: string): boolean {
  const outside = value.replaceAll(/url\(\s*(['"]?)#[\w.-]+\1\s*\)/g, '')
  return !/url\(|javascript:|data:|expression|import|\\|&#/i.test(outside)
}
