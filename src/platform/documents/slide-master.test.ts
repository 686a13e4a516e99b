import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { presentation } from './presentation.ts'
import { readSlideMaster } from './slide-master.ts'
import { PICTURE, sent } from './slide-master-testing.ts'

const info = { title: 'October', subject: '', author: 'Weserblick IT', locale: 'de-DE', created: new Date(0) }
const OWN_TITLE = { x: 0.95, y: 0.42, w: 11.75, h: 0.84, size: 24 }

test('slides have the layout, theme and pictures of the master, and nothing else of its file', async () => {
  const master = await readSlideMaster(await sent(), 'Vorlage.pptx')
  expect(master).toMatchObject({ name: 'Vorlage.pptx', title: { x: 1.2, y: 0.5, w: 9, size: 24 } })
  const slides = presentation(info, OWN_TITLE, master)
  slides.add({ title: 'Why it was late', notes: '' }).text('Below', { x: 1, y: 2, w: 5, h: 1 }, { size: 12 })
  const zip = await JSZip.loadAsync(await slides.finish(() => {}))
  const text = (path: string) => zip.file(path)!.async('string')
  const related = async (path: string, kind: string) =>
    new RegExp(`/${kind}" Target="/([^"]+)"`).exec(await text(path))![1]!

  // The way from a slide over its layout and master to the theme ends in their font.
  const layout = await related('ppt/slides/_rels/slide1.xml.rels', 'slideLayout')
  expect(await text(layout)).toContain('name="Only a title"')
  const besides = (path: string) => path.replace(/([^/]+)$/, '_rels/$1.rels')
  const ofLayout = await related(besides(layout), 'slideMaster')
  expect(ofLayout).toBe(await related('ppt/_rels/presentation.xml.rels', 'slideMaster'))
  const theme = await related(besides(ofLayout), 'theme')
  expect(await text(theme)).toContain('Georgia')
  expect(Buffer.from(await zip.file(await related(besides(layout), 'image'))!.async('base64')).toString()).toBe(PICTURE)
  // Its one layout is the master's only one; each part says what it is, and no part is named that is not there.
  expect((await text(ofLayout)).match(/<p:sldLayoutId /g)).toHaveLength(1)
  const types = await text('[Content_Types].xml')
  const named = [...types.matchAll(/PartName="\/([^"]+)"/g)].map(([, path]) => path!)
  expect(named.filter((path) => zip.file(path) === null)).toEqual([])
  for (const path of [layout, ofLayout, theme]) expect(named).toContain(path)
  // The title is where the layout has it, in its font and colour.
  const slide = await text('ppt/slides/slide1.xml')
  const title = /<p:sp>(?:(?!<\/p:sp>).)*type="title".*?<\/p:sp>/s.exec(slide)![0]
  expect(title).toContain(`<a:off x="${1.2 * 914_400}"`)
  expect(title).not.toMatch(/solidFill|Arial/)
  expect(slide.replace(title, '')).toContain('Arial')

  const everything = await Promise.all(
    Object.keys(zip.files).map(async (path) => zip.file(path)?.async('string') ?? ''),
  )
  expect(everything.join('\n')).not.toMatch(/Somebody Private|A secret of the last quarter/)
})

test('a title that is wider in another font is cut before it leaves its place', async () => {
  const words = 'Ein Satz, der so lang ist, dass er in keinem Titel ganz zu stehen kommen kann. '.repeat(8)
  const master = await readSlideMaster(await sent({ title: { x: 1, y: 0.4, w: 6, h: 1 } }), '')
  const slides = presentation(info, OWN_TITLE, master)
  slides.add({ title: words, notes: '' })
  const zip = await JSZip.loadAsync(await slides.finish(() => {}))
  const shown = /<a:t>([^<]+)<\/a:t>/.exec(await zip.file('ppt/slides/slide1.xml')!.async('string'))![1]!
  expect(shown).toMatch(/…$/)
  // Two lines of 24 points on six inches, each letter as wide as a wide letter.
  expect(shown.length).toBeLessThan(90)
})

test.each([
  ['no file of Office', async () => Buffer.from('GIF89a'), 'slide-master.unknown'],
  [
    'a zip of something else',
    async () => new JSZip().file('a', 'b').generateAsync({ type: 'nodebuffer' }),
    'slide-master.unknown',
  ],
  ['narrow slides', () => sent({ layout: 'LAYOUT_4x3' }), 'slide-master.size'],
  ['no layout with a title', () => sent({ title: null }), 'slide-master.no-layout'],
  ['a title in the middle', () => sent({ title: { x: 1, y: 3, w: 9, h: 1 } }), 'slide-master.title-low'],
  ['a picture where words stand', () => sent({ picture: { x: 3, y: 2, w: 5, h: 3 } }), 'slide-master.art'],
  ['pictures all over the foot', () => sent({ picture: { x: 2, y: 6.9, w: 9, h: 0.4 } }), 'slide-master.foot'],
  ['a dark ground', () => sent({ ground: '102030' }), 'slide-master.dark'],
  ['a picture behind everything', () => sent({ picture: { x: 0, y: 0, w: 13.33, h: 7.5 } }), 'slide-master.ground'],
  ['a gradient', async () => withGradient(await sent()), 'slide-master.ground'],
  ['a picture from elsewhere', async () => withOutside(await sent()), 'slide-master.outside'],
  ['a document type', async () => withDocumentType(await sent()), 'slide-master.unknown'],
])('%s is refused with its reason', async (_, file, code) => {
  await expect(readSlideMaster(await file(), 'x.pptx')).rejects.toMatchObject({ code })
})

test('a smaller master of the same shape is taken larger', async () => {
  const { title } = await readSlideMaster(
    await sent({ layout: 'LAYOUT_16x9', title: { x: 0.9, y: 0.3, w: 6, h: 0.7 } }),
    '',
  )
  expect(title).toMatchObject({ x: expect.closeTo(1.2), y: expect.closeTo(0.4), w: expect.closeTo(8) })
})

test('the line at the foot goes beside a picture that is there', async () => {
  const { foot } = await readSlideMaster(await sent({ picture: { x: 0.9, y: 6.8, w: 2, h: 0.5 } }), '')
  expect(foot.x).toBeCloseTo(3.05)
  expect(foot.x + foot.w).toBeCloseTo(12.7)
})

async function changed(file: Buffer, path: RegExp, change: (text: string) => string): Promise<Buffer> {
  const zip = await JSZip.loadAsync(file)
  for (const name of Object.keys(zip.files).filter((each) => path.test(each) && !each.endsWith('/')))
    zip.file(name, change(await zip.file(name)!.async('string')))
  return zip.generateAsync({ type: 'nodebuffer' })
}

const withOutside = (file: Buffer) =>
  changed(file, /slideLayouts\/_rels/, (text) =>
    text.replace(
      /(relationships\/image") Target="[^"]*"/,
      '$1 Target="https://example.org/x.png" TargetMode="External"',
    ),
  )

const withDocumentType = (file: Buffer) =>
  changed(file, /^ppt\/presentation\.xml$/, (text) =>
    text.replace('<p:presentation', '<!DOCTYPE x [<!ENTITY y "z">]><p:presentation'),
  )

const withGradient = (file: Buffer) =>
  changed(file, /slideLayouts\/slideLayout/, (text) => text.replaceAll(/a:solidFill/g, 'a:gradFill'))
