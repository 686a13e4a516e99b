import { createHash } from 'node:crypto'
import JSZip from 'jszip'
import { Failure, invalid } from '#core/failure.ts'
import type { TextValues } from '#core/text.ts'
import { type Drawn, groundOf, isDark, staticShapes, titleOf } from './slide-master-shapes.ts'
import { mainPart, type OfficePackage, officePackage, relatedTo, relationsOf } from './office-package.ts'
import { childOf, firstOf, type XmlElement, xmlTree } from './xml-tree.ts'

/** A presentation's master as it is kept: what slides take from it and where their words may stand. */
export interface SlideMaster {
  /** Of the file that it came from. */
  readonly name: string
  /** Of that file. */
  readonly sha256: string
  /** A zip in Base64: the master, the layout that slides have, the theme and their pictures, and nothing else. */
  readonly content: string
  /** Paths within. */
  readonly master: string
  readonly layout: string
  readonly theme: string
  /** As its presentation numbers it: numbers of layouts follow from it. */
  readonly masterId: string
  /** Where titles stand, in inches. */
  readonly title: { readonly x: number; readonly y: number; readonly w: number; readonly size: number }
  /** Where the line at the foot of slides is free. */
  readonly foot: { readonly x: number; readonly w: number }
}

/** Of a file that is taken, in bytes. */
export const LARGEST_MASTER = 10_000_000
/** Of the same, unpacked. */
const LARGEST_UNPACKED = 80_000_000
/** Of what is kept of it. */
const LARGEST_KEPT = 4_000_000

const WIDE = { cx: 12_192_000, cy: 6_858_000 }
const PRESENTATION = /presentationml\.(presentation|template|slideshow)\.main/
const CENTIMETRES = 360_000

/** Inches: where the program writes. What a master draws there would lie under words. */
const WRITTEN = { x: 0.6, y: 1.5, w: 12.1, h: 5.2 }
const FOOT = { x: 0.95, y: 6.9, w: 11.75, h: 0.35 }
/** Titles begin above; below a title of two lines slides have their words. */
const TITLE_AT_MOST = 0.75
const TITLE_SIZE = { least: 18, most: 24 }

/**
 * The master of a presentation that somebody sent. Fails with what is wrong and what to do: no presentation, another size
 * than widescreen, no layout with a title alone, a title too low, pictures where words stand, a ground that is dark or not plain.
 */
export async function readSlideMaster(file: Buffer, name: string): Promise<SlideMaster> {
  try {
    return await read(file, name)
  } catch (error) {
    if (error instanceof Failure) throw error
    // Whatever it is, it is no presentation that can be read.
    throw invalid('slide-master.unknown')
  }
}

async function read(file: Buffer, name: string): Promise<SlideMaster> {
  const sent = await opened(file)
  const presentation = xmlTree(await sent.file.text(sent.main))
  const scale = scaleOf(firstOf(presentation, 'p:sldSz'))
  const first = firstOf(firstOf(presentation, 'p:sldMasterIdLst'), 'p:sldMasterId')
  const master = (await sent.file.relations(sent.main)).find(({ id }) => id === first?.attributes['r:id'])?.target
  const theme = master === undefined ? undefined : await relatedTo(sent.file, master, 'theme')
  if (first === undefined || master === undefined || theme === undefined) throw invalid('slide-master.unknown')
  const layout = await titleOnly(sent.file, master)
  const written = {
    [master]: scaled(withOneLayout(await sent.file.text(master), await sent.file.relations(master), layout), scale),
    [layout]: scaled(await sent.file.text(layout), scale),
  }
  const [ofMaster, ofLayout] = [xmlTree(written[master]!), xmlTree(written[layout]!)]
  const about = { layout: layoutName(ofLayout) }
  const title = titleOf(ofLayout, ofMaster)
  if (title === null) throw invalid('slide-master.no-title', about)
  if (title.y > TITLE_AT_MOST || title.w < 5)
    throw invalid('slide-master.title-low', { ...about, most: centimetres(TITLE_AT_MOST), at: centimetres(title.y) })
  const ground = groundOf(ofLayout, ofMaster, xmlTree(await sent.file.text(theme)))
  const shapes = staticShapes(ofLayout, ofMaster)
  if (ground === null || shapes.some(isGround)) throw invalid('slide-master.ground', about)
  if (isDark(ground)) throw invalid('slide-master.dark', about)
  const { content, size } = await kept(sent.file, { master, layout, written })
  if (size > LARGEST_KEPT) throw tooLarge(LARGEST_KEPT)
  return {
    name: name.slice(0, 200),
    sha256: createHash('sha256').update(file).digest('hex'),
    content,
    master,
    layout,
    theme,
    masterId: first.attributes['id'] ?? '2147483648',
    title: { ...title, size: Math.min(TITLE_SIZE.most, Math.max(TITLE_SIZE.least, title.size)) },
    foot: freeFoot(shapes, about),
  }
}

async function opened(file: Buffer): Promise<{ readonly file: OfficePackage; readonly main: string }> {
  const sent = await officePackage(file, LARGEST_UNPACKED)
  const main = await mainPart(sent)
  if (main === undefined || !PRESENTATION.test(sent.typeOf(main))) throw invalid('slide-master.unknown')
  return { file: sent, main }
}

/** How many times larger slides of ours are; theirs have to be as wide for their height. */
function scaleOf(size: XmlElement | undefined): number {
  const { cx, cy } = { cx: Number(size?.attributes['cx']), cy: Number(size?.attributes['cy']) }
  if (Math.abs(cx / cy - WIDE.cx / WIDE.cy) < 0.02) return WIDE.cx / cx
  const inCentimetres = (emu: number) => Math.round((emu / CENTIMETRES) * 10) / 10
  throw invalid('slide-master.size', { width: inCentimetres(cx), height: inCentimetres(cy) })
}

/** With every place as many times larger. */
function scaled(xml: string, scale: number): string {
  if (Math.abs(scale - 1) < 0.001) return xml
  return xml.replace(/<a:(off|ext|chOff|chExt) [^>]*>/g, (place) =>
    place.replaceAll(/="(-?\d+)"/g, (_, emu: string) => `="${Math.round(Number(emu) * scale)}"`),
  )
}

/** The layout for slides that have a title and are filled by the program. */
async function titleOnly(file: OfficePackage, master: string): Promise<string> {
  const names: string[] = []
  let second: string | undefined
  for (const { kind, target } of await file.relations(master)) {
    if (kind !== 'slideLayout') continue
    const layout = xmlTree(await file.text(target))
    if (layout.attributes['type'] === 'titleOnly') return target
    names.push(layoutName(layout))
    const places = [...placesIn(layout)].filter((type) => !['dt', 'ftr', 'sldNum'].includes(type))
    if (places.join() === 'title') second ??= target
  }
  if (second !== undefined) return second
  const listed = names.slice(0, 8).join(', ')
  throw invalid('slide-master.no-layout', { layouts: listed, n: names.length })
}

function* placesIn(element: XmlElement): Generator<string> {
  for (const child of element.children) {
    if (child.name === 'p:ph') yield child.attributes['type'] ?? 'obj'
    yield* placesIn(child)
  }
}

function layoutName(layout: XmlElement): string {
  return (childOf(layout, 'p:cSld')?.attributes['name'] ?? '–').slice(0, 80)
}

/** The widest stretch at the foot in which nothing is drawn. Fails over what is drawn where words stand. */
function freeFoot(shapes: readonly Drawn[], about: TextValues): SlideMaster['foot'] {
  const inTheWay = shapes.find((shape) => overlap(shape, WRITTEN) > 0.02)
  if (inTheWay !== undefined) throw invalid('slide-master.art', { ...about, name: inTheWay.name })
  const taken = shapes
    .filter((shape) => overlap(shape, FOOT) > 0)
    .toSorted((one, other) => one.x - other.x)
    .map(({ x, w }) => [x - 0.15, x + w + 0.15] as const)
  let widest = { x: FOOT.x, w: 0 }
  let from = FOOT.x
  for (const [begin, end] of [...taken, [FOOT.x + FOOT.w, Infinity] as const]) {
    if (Math.min(begin, FOOT.x + FOOT.w) - from > widest.w)
      widest = { x: from, w: Math.min(begin, FOOT.x + FOOT.w) - from }
    from = Math.max(from, end)
  }
  if (widest.w < 5) throw invalid('slide-master.foot', about)
  return widest
}

/** Whether it lies behind the whole slide. */
function isGround({ w, h }: Drawn): boolean {
  return w > 12 && h > 6.8
}

/** Which share of a place a shape lies on; a line is not in the way. */
function overlap({ x, y, w, h }: Drawn, place: { x: number; y: number; w: number; h: number }): number {
  if (Math.min(w, h) < 0.06) return 0
  const across = Math.min(x + w, place.x + place.w) - Math.max(x, place.x)
  const down = Math.min(y + h, place.y + place.h) - Math.max(y, place.y)
  return across <= 0 || down <= 0 ? 0 : (across * down) / (place.w * place.h)
}

function centimetres(inches: number): number {
  return Math.round(inches * 25.4) / 10
}

/** Of a file that is larger than it may be. */
export function tooLarge(most: number): Failure {
  return new Failure('too-large', 'slide-master.too-large', { megabytes: most / 1_000_000 })
}

/** The parts that are drawn with a slide of that layout; other layouts are taken out of the master's list. */
async function kept(
  file: OfficePackage,
  {
    master,
    layout,
    written,
  }: { readonly master: string; readonly layout: string; readonly written: Readonly<Record<string, string>> },
): Promise<{ readonly content: string; readonly size: number }> {
  const zip = new JSZip()
  const types: string[] = []
  const waiting = [master]
  const seen = new Set(waiting)
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const relations = (await file.relations(path)).filter(
      ({ kind, target }) => kind !== 'slideLayout' || target === layout,
    )
    if (relations.some(({ outside, kind }) => outside && kind !== 'hyperlink')) throw invalid('slide-master.outside')
    zip.file(path, written[path] ?? (await file.bytes(path)))
    types.push(`<Override PartName="/${path}" ContentType="${file.typeOf(path)}"/>`)
    if (relations.length > 0) zip.file(relationsOf(path), writtenRelations(relations))
    for (const { target, outside } of relations) {
      if (outside || seen.has(target)) continue
      if (!file.has(target)) throw invalid('slide-master.unknown')
      seen.add(target)
      waiting.push(target)
    }
  }
  zip.file('[Content_Types].xml', `<Types>${types.join('')}</Types>`)
  const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
  return { content: bytes.toString('base64'), size: bytes.length }
}

function withOneLayout(
  masterXml: string,
  relations: Awaited<ReturnType<OfficePackage['relations']>>,
  layout: string,
): string {
  const { id } = relations.find(({ target }) => target === layout)!
  return masterXml.replace(/<p:sldLayoutId\b[^>]*?(?:\/>|>.*?<\/p:sldLayoutId>)/gs, (entry) =>
    entry.includes(`r:id="${id}"`) ? entry : '',
  )
}

/** With absolute paths, which are moved when a presentation takes the parts in. */
function writtenRelations(relations: Awaited<ReturnType<OfficePackage['relations']>>): string {
  const each = relations.map(({ id, type, target, outside }) => {
    const where = escaped(outside ? target : `/${target}`)
    return `<Relationship Id="${escaped(id)}" Type="${escaped(type)}" Target="${where}"${outside ? ' TargetMode="External"' : ''}/>`
  })
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
