import { type Colour, contrast, isColour } from '#core/colour.ts'
import { colours } from './house.ts'
import { childOf, firstOf, type XmlElement } from './xml-tree.ts'

/** Something that a master or a layout draws on every slide; inches. */
export interface Drawn {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const EMU_PER_INCH = 914_400
const SHAPES = new Set(['p:sp', 'p:pic', 'p:grpSp', 'p:graphicFrame'])

/** What is drawn by layout and master beside their places for text. */
export function staticShapes(layout: XmlElement, master: XmlElement): Drawn[] {
  const drawing = layout.attributes['showMasterSp'] === '0' ? [layout] : [layout, master]
  return drawing.flatMap((part) =>
    (firstOf(part, 'p:spTree')?.children ?? []).flatMap((shape) => {
      if (!SHAPES.has(shape.name) || isPlace(shape) || isEmptyText(shape)) return []
      const place = placeOf(shape)
      return place === null
        ? []
        : [{ ...place, name: (firstOf(shape, 'p:cNvPr')?.attributes['name'] ?? '').slice(0, 80) }]
    }),
  )
}

/** Where the title of a layout stands, in inches, and how large it is, in points; what it leaves open its master says. */
export function titleOf(
  layout: XmlElement,
  master: XmlElement,
): { readonly x: number; readonly y: number; readonly w: number; readonly size: number } | null {
  const [own, theirs] = [titleShape(layout), titleShape(master)]
  if (own === undefined) return null
  const place = placeOf(own) ?? (theirs === undefined ? null : placeOf(theirs))
  if (place === null) return null
  const sizes = [own, theirs, firstOf(master, 'p:titleStyle')].map(
    (shape) => firstOf(firstOf(shape, 'a:lvl1pPr'), 'a:defRPr')?.attributes['sz'],
  )
  const size = Number(sizes.find((each) => each !== undefined) ?? 4400) / 100
  return { x: place.x, y: place.y, w: place.w, size: Number.isFinite(size) ? size : 44 }
}

/** The plain colour behind slides; null where it is a picture, a gradient or something else that is not one colour. */
export function groundOf(layout: XmlElement, master: XmlElement, theme: XmlElement): Colour | null {
  const ground = [layout, master]
    .map((part) => childOf(childOf(part, 'p:cSld'), 'p:bg'))
    .find((each) => each !== undefined)
  const reference = childOf(ground, 'p:bgRef')
  // Of the theme's grounds the first is plain.
  if (reference !== undefined && reference.attributes['idx'] !== '1001') return null
  const fill = childOf(childOf(ground, 'p:bgPr'), 'a:solidFill') ?? reference
  if (ground !== undefined && fill === undefined) return null
  const colour = fill?.children[0] ?? { name: 'a:schemeClr', attributes: { val: 'bg1' }, children: [] }
  const plain = plainColour(colour, master, theme)
  return plain === null ? null : shaded(plain, colour.children)
}

function plainColour({ name, attributes }: XmlElement, master: XmlElement, theme: XmlElement): Colour | null {
  if (name === 'a:srgbClr') return hex(attributes['val'])
  if (name !== 'a:schemeClr') return null
  const said = attributes['val'] ?? ''
  const mapped = firstOf(master, 'p:clrMap')?.attributes[said] ?? said
  const inTheme = childOf(firstOf(theme, 'a:clrScheme'), `a:${mapped}`)?.children[0]
  return hex(inTheme?.attributes['lastClr'] ?? inTheme?.attributes['val'])
}

/** Lighter or darker by what is said; null where something else is done to it. Shares are in thousandths of a percent. */
function shaded(colour: Colour, changes: readonly XmlElement[]): Colour | null {
  const share = (name: string, otherwise: number) => {
    const change = changes.find((each) => each.name === name)
    return change === undefined ? otherwise : Number(change.attributes['val']) / 100_000
  }
  if (changes.some(({ name }) => name !== 'a:lumMod' && name !== 'a:lumOff')) return null
  const [times, plus] = [share('a:lumMod', 1), share('a:lumOff', 0)]
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) * times + 255 * plus)
  return hex(channels.map((each) => Math.min(255, Math.round(each)).toString(16).padStart(2, '0')).join(''))
}

/** Whether the faintest words of documents could not be read on it (WCAG 2.2, 1.4.3). */
export function isDark(ground: Colour): boolean {
  return contrast(`#${colours.ink3}`, ground) < 4.5
}

function hex(value: string | undefined): Colour | null {
  const colour = `#${(value ?? '').toLowerCase()}`
  return isColour(colour) ? colour : null
}

function titleShape(part: XmlElement): XmlElement | undefined {
  return firstOf(part, 'p:spTree')?.children.find((shape) =>
    ['title', 'ctrTitle'].includes(firstOf(shape, 'p:ph')?.attributes['type'] ?? ''),
  )
}

function isPlace(shape: XmlElement): boolean {
  return shape.name === 'p:sp' && firstOf(childOf(shape, 'p:nvSpPr'), 'p:ph') !== undefined
}

/** A box without words, line and fill draws nothing. */
function isEmptyText(shape: XmlElement): boolean {
  if (shape.name !== 'p:sp') return false
  const properties = childOf(shape, 'p:spPr')
  const filled = properties?.children.some(({ name }) => /^a:(solid|grad|blip|patt)Fill$/.test(name)) === true
  const styled = childOf(shape, 'p:style') !== undefined && childOf(properties, 'a:noFill') === undefined
  const lined = firstOf(childOf(properties, 'a:ln'), 'a:solidFill') !== undefined
  const worded = firstOf(childOf(shape, 'p:txBody'), 'a:t') !== undefined
  return !filled && !styled && !lined && !worded
}

function placeOf(shape: XmlElement): Omit<Drawn, 'name'> | null {
  const form = firstOf(childOf(shape, 'p:spPr') ?? childOf(shape, 'p:grpSpPr'), 'a:xfrm') ?? childOf(shape, 'p:xfrm')
  const [off, ext] = [childOf(form, 'a:off')?.attributes, childOf(form, 'a:ext')?.attributes]
  if (off === undefined || ext === undefined) return null
  const inches = (emu: string | undefined) => Number(emu) / EMU_PER_INCH
  const place = { x: inches(off['x']), y: inches(off['y']), w: inches(ext['cx']), h: inches(ext['cy']) }
  return Object.values(place).every(Number.isFinite) ? place : null
}
