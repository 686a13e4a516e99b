import JSZip from 'jszip'
import { type Chart, chartXml } from './chart.ts'
import { colours } from './house.ts'
import { withMaster } from './slide-master-apply.ts'
import type { SlideMaster } from './slide-master.ts'
import { workbook } from './workbook.ts'

export interface PresentationInfo {
  readonly title: string
  readonly subject: string
  /** An organisation, never a person. */
  readonly author: string
  /** Of its texts, as `de-DE`. */
  readonly locale: string
  readonly created: Date
}

/** One pixel that shows nothing. */
const TRANSPARENT_PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII='

interface Completing {
  readonly charts: readonly Chart[]
  /** The only drawing there is, the logo, as a PNG in Base64. */
  readonly picture?: string | undefined
  /** Taken over instead of ours. */
  readonly master: SlideMaster | null
}

/** Puts our charts into the places taken for them, and mends what the library leaves to be mended. */
export async function completed(
  made: Buffer,
  { charts, picture = TRANSPARENT_PNG, master }: Completing,
  info: PresentationInfo,
): Promise<Buffer> {
  const zip = await JSZip.loadAsync(made)
  const numberOf = (path: string) => Number(/(\d+)\.xml$/.exec(path)?.[1])
  const places = Object.keys(zip.files)
    .filter((path) => /^ppt\/charts\/chart\d+\.xml$/.test(path))
    .toSorted((one, other) => numberOf(one) - numberOf(other))
  for (const [index, path] of places.entries()) {
    const chart = charts[index]!
    zip.file(path, chartXml(chart))
    zip.file(`ppt/embeddings/Microsoft_Excel_Worksheet${numberOf(path)}.xlsx`, await workbookOf(chart, info))
  }
  for (const path of Object.keys(zip.files).filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name))) {
    const slide = await zip.file(path)!.async('string')
    zip.file(path, mended(slide))
  }
  // Beside a drawing the library lays the sign of a broken picture, for who cannot show drawings: what is there of it
  // as a picture, else better nothing.
  for (const path of Object.keys(zip.files).filter((name) => /^ppt\/media\/.*\.svg$/.test(name))) {
    const preview = path.replace(/-(\d+)\.svg$/, (_, number: string) => `-${Number(number) - 1}.png`)
    zip.file(preview, Buffer.from(picture, 'base64'))
  }
  const presentationPath = 'ppt/presentation.xml'
  zip.file(presentationPath, inOrder(await zip.file(presentationPath)!.async('string')))
  const themePath = 'ppt/theme/theme1.xml'
  zip.file(themePath, withHouseColours(await zip.file(themePath)!.async('string')))
  if (master !== null) await withMaster(zip, master)
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}

/** The workbook in which a chart is edited: its categories and values, and nothing else. */
async function workbookOf(
  { categories, series }: Chart,
  { title, author, created }: PresentationInfo,
): Promise<Buffer> {
  const book = workbook({ title, author, created, timeZone: 'UTC', dayFormat: 'yyyy-mm-dd' })
  const columns = series.map(({ name }) => ({ head: name, kind: 'number' as const, width: 14 }))
  const sheet = await book.sheet('Sheet1', [{ head: '', kind: 'text', width: 30 }, ...columns])
  await sheet.add(categories.map((category, index) => [category, ...series.map(({ values }) => values[index] ?? null)]))
  await sheet.close()
  return book.finish()
}

/**
 * What the library writes beside the standard: ids of shapes that are there twice, properties of a paragraph in the midst
 * of it. And a table's first row is its head, for who has it read aloud.
 */
function mended(slide: string): string {
  let next = 1
  return slide
    .replace(/(<p:cNvPr id=")\d+"/g, (_, start: string) => `${start}${next++}"`)
    .replace(/<\/a:r><a:pPr[^>]*>.*?<\/a:pPr>/g, '</a:r>')
    .replaceAll('<a:tblPr/>', '<a:tblPr firstRow="1"/>')
}

/** The standard wants the master of notes before the list of slides. */
function inOrder(xml: string): string {
  const master = /<p:notesMasterIdLst>.*?<\/p:notesMasterIdLst>/s.exec(xml)?.[0] ?? ''
  return xml.replace(master, '').replace('<p:sldIdLst>', `${master}<p:sldIdLst>`)
}

/** What somebody adds to a slide has our colours too. */
function withHouseColours(theme: string): string {
  const accents = [colours.ink2, colours.met, colours.soon, colours.miss, colours.felt, colours.edge]
  return accents.reduce(
    (xml, colour, index) =>
      xml.replace(new RegExp(`(<a:accent${index + 1}><a:srgbClr val=")[0-9A-F]{6}`), `$1${colour}`),
    theme,
  )
}
