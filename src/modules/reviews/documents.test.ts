import JSZip from 'jszip'
import { describe, expect, test, vi } from 'vitest'
import { plainLetterhead } from '#platform/documents/letterhead.ts'
import { heightOf } from '#platform/documents/presentation.ts'
import { linesOf } from '#platform/documents/text-width.ts'
import type { Told } from './chapters.ts'
import { documentOf, hasPdftotext, partsOf, pdfInside, pdfText, rendered, slidesOf } from './documents-testing.ts'
import type { ReviewFacts } from './facts.ts'
import { factsWith, missWith, nastyFacts, targetWith } from './testing-facts.ts'

// Documents take a second or two each to draw, and many more on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 })

const EMU_PER_INCH = 914_400

/** A section of blocks of every kind, as long as they come. */
function toldAtLength(): Told {
  const names = Array.from({ length: 300 }, (_, index) =>
    `Υπηρεσία ${index} 🖨️ ${'אבג العربية '.repeat(30)}`.slice(0, 400),
  )
  // Enough long ones to fill a slide of each kind; the others are there for their number.
  const short = names.map((name, index) => (index < 9 ? name : `Υπηρεσία ${index}`))
  const months = Array.from({ length: 13 }, (_, index) => `2026-${String((index % 12) + 1).padStart(2, '0')}`)
  const columns = [
    { head: 'Ονομασία '.repeat(9), weight: 3 },
    ...Array.from({ length: 7 }, () => ({ head: 'Wiedereröffnungen', weight: 1, align: 'right' as const })),
  ]
  const section = {
    key: 'watermelon',
    number: 5,
    title: names[0]!,
    notes: short,
    blocks: [
      { kind: 'text' as const, text: names.slice(0, 5).join(' '), tone: 'plain' as const },
      { kind: 'quotes' as const, quotes: names.slice(0, 9).map((text) => ({ text: `\u202e${text}`, about: text })) },
      {
        kind: 'bars' as const,
        caption: names[1]!,
        bars: short.map((name, value) => ({ name, value, said: name })),
        alt: names[2]!,
      },
      {
        kind: 'table' as const,
        caption: names[3]!,
        columns,
        rows: short.map((text) => columns.map((_, index) => ({ text: index === 0 ? text : '32 Std. 33 Min.' }))),
        more: names[4]!,
      },
      {
        kind: 'trend' as const,
        name: names[5]!,
        latest: names[6]!,
        months,
        values: months.map((_, index) => (index === 4 ? null : index)),
        limits: { lower: 1, upper: 9 },
        tone: 'miss' as const,
        change: names[7]!,
        unit: '',
        format: '0',
        alt: names[8]!,
      },
    ],
  }
  return { de: [section], en: [section] }
}

/** Width and height of the place of a title, its size and its words. */
const TITLE = /type="title".*?<a:ext cx="(\d+)" cy="(\d+)"\/>.*?<a:rPr[^>]* sz="(\d+)".*?<a:t>(.*?)<\/a:t>/gs
const EMU_PER_POINT = 12_700
const longTitle = factsWith({
  report: 'R15-gm',
  misses: { items: [missWith('NHL-1', 63_000), missWith('NHL-2', 319)], more: 5 },
  volumes: {
    ...factsWith().volumes,
    bySite: [{ name: 'Hamburg Altenwerder', opened: 137, resolved: 120, backlog: 14 }],
  },
})

function unescaped(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

describe('slides never overflow', () => {
  test.each<[string, ReviewFacts, Told?]>([
    ['an empty month', factsWith()],
    ['what other modules tell of 300 services with endless names, in every script', factsWith(), toldAtLength()],
    ['one ticket', factsWith({ targets: [targetWith({ met: 1, failed: 0 })], incidents: { count: 1, sha256: '' } })],
    ['endless words, all scripts and hundreds of everything', nastyFacts()],
    ['a title of three lines', longTitle],
  ])('with %s', async (_, facts, told) => {
    const made = await rendered(facts, [], undefined, undefined, told)
    for (const language of ['de', 'en']) {
      for (const slide of await slidesOf(documentOf(made, language, 'pptx'))) {
        for (const [, x, y, w, h] of slide.matchAll(
          /<a:off x="(-?\d+)" y="(-?\d+)"\/><a:ext cx="(\d+)" cy="(\d+)"\/>/g,
        )) {
          expect(Number(x)).toBeGreaterThanOrEqual(0)
          expect(Number(y)).toBeGreaterThanOrEqual(0)
          expect(Number(x) + Number(w)).toBeLessThanOrEqual(13.334 * EMU_PER_INCH)
          expect(Number(y) + Number(h)).toBeLessThanOrEqual(7.5 * EMU_PER_INCH)
        }
        for (const [, width, height, points, text] of slide.matchAll(TITLE)) {
          const size = Number(points) / 100
          const lines = linesOf(unescaped(text!), { width: Number(width) / EMU_PER_POINT, size, bold: true }).length
          expect(heightOf(lines, size) * EMU_PER_INCH, text).toBeLessThanOrEqual(Number(height) + EMU_PER_POINT)
        }
        // A table is as high as its rows: they end above the footer.
        for (const [, y, table] of slide.matchAll(/<p:xfrm><a:off x="\d+" y="(\d+)"\/>.*?<a:tbl>(.*?)<\/a:tbl>/gs)) {
          const heights = [...table!.matchAll(/<a:tr h="(\d+)"/g)].map(([, height]) => Number(height))
          expect(heights.length).toBeGreaterThan(0)
          expect(Number(y) + heights.reduce((sum, height) => sum + height, 0)).toBeLessThanOrEqual(6.9 * EMU_PER_INCH)
        }
      }
    }
  })

  test('and rather make a title smaller than cut it', async () => {
    const [slide] = await slidesOf(documentOf(await rendered(longTitle, [], ['de']), 'de', 'pptx'))
    const [[, , , points, title] = []] = slide!.matchAll(TITLE)
    expect([points, title]).toEqual(['2000', expect.stringMatching(/Hamburg Altenwerder$/)])
  })

  test('and say what they leave out', async () => {
    const slides = (await slidesOf(documentOf(await rendered(nastyFacts(), [], ['en']), 'en', 'pptx'))).join('\n')
    expect(slides).toContain('293 others')
    expect(slides).toMatch(/and 123,\d{3} more, in the workbook/)
    expect(slides).not.toContain('\u202e')
    expect(slides).not.toContain('\u0007')
  })
})

test('both languages have as many slides, each with a title, and no word of a key', async () => {
  const facts = factsWith({
    targets: [targetWith({ met: 41, failed: 5 }, { before: { met: 45, failed: 1 } })],
    misses: { items: [missWith('NHL-1', 90), missWith('NHL-2', 30)], more: 3 },
    volumes: {
      ...factsWith().volumes,
      opened: 60,
      resolved: 46,
      backlog: 20,
      backlogBefore: 6,
      bySite: [{ name: 'Hamburg', opened: 60, resolved: 46, backlog: 20 }],
    },
    backlogAge: { bands: [20, 0, 0, 0, 0], oldestDays: 0 },
  })
  const made = await rendered(facts)
  const [de, en] = await Promise.all(['de', 'en'].map(async (language) => slidesOf(documentOf(made, language, 'pptx'))))
  expect(de!.length).toBe(en!.length)
  for (const slide of [...de!, ...en!]) {
    expect(slide).toContain('type="title"')
    expect(slide).not.toMatch(/<a:t>[a-z-]+\.[a-z.-]+<\/a:t>/)
  }
  expect(de!.join('')).toContain('5 von 46 P2-Störungen wurden später gelöst als in den zugesagten 16')
  expect(en!.join('')).toContain('5 of 46 P2 incidents were resolved later than the promised 16')
})

test('charts are edited in workbooks that hold what they show: zero is zero, nothing measured is empty', async () => {
  const facts = factsWith({
    targets: [targetWith({ met: 0, failed: 4 })],
    volumes: { ...factsWith().volumes, byService: [{ name: '=1+1', opened: 7, resolved: 0, backlog: 0 }], opened: 7 },
  })
  const parts = await partsOf(documentOf(await rendered(facts, [], ['en']), 'en', 'pptx'))
  const sheets = [...parts].filter(([path]) => path.includes('.xlsx!xl/worksheets/'))
  expect(sheets.length).toBeGreaterThan(2)
  const trend = sheets.find(([, sheet]) => sheet.includes('In time'))![1]
  // Twelve months without a case, then none of four in time.
  expect(trend.match(/<c r="[A-Z]+14" s="\d+"><v>0<\/v><\/c>/g)?.length).toBe(2)
  expect(trend).not.toMatch(/<v><\/v>/)
  const all = sheets.map(([, sheet]) => sheet).join('')
  expect(all).toContain("<t>'=1+1</t>")
  expect(all).not.toContain('<f>')
})

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><rect width="80" height="20" fill="#0a5c8a"/></svg>'
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgiukCAAFkAPGfwlHAAAAAAElFTkSuQmCC'

test.each([
  { type: 'image/svg+xml', content: Buffer.from(drawing).toString('base64'), aspect: 4, picture: pixel },
  { type: 'image/png', content: pixel, aspect: 1 },
] as const)('pages and slides carry the logo and the colour of whoever sends them: $type', async (logo) => {
  const letterhead = { ...plainLetterhead, provider: 'Brückner IT', accent: '#c2410c', logo }
  const made = await rendered(factsWith(), [], ['en'], letterhead)
  const pages = JSON.parse(documentOf(made, 'en', 'pages').toString()) as string[]
  expect(pages[0]).toContain('<image')
  expect(pages[1]).not.toContain('<image')
  for (const page of pages) expect(page).toContain('#c2410c')
  const zip = await JSZip.loadAsync(documentOf(made, 'en', 'pptx'))
  const pictures = Object.keys(zip.files).filter((path) => path.startsWith('ppt/media/image'))
  const [ending] = logo.type.match(/svg|png$/)!
  const kept = await zip.file(pictures.find((path) => path.endsWith(ending))!)!.async('base64')
  expect(kept).toBe(logo.content)
  // What shows no drawings shows the picture beside it.
  const shown = await zip.file(pictures.find((path) => path.endsWith('png'))!)!.async('base64')
  expect(shown).toBe(pixel)
  expect(await zip.file('ppt/slides/slide2.xml')!.async('string')).toContain('C2410C')
})

const scannersDown = {
  service: 'Scanner-WLAN',
  calendar: 'Lager',
  from: '2026-09-30T22:00:00.000Z',
  to: '2026-10-31T23:00:00.000Z',
  targetPpm: 999_500,
  basis: 'users' as const,
  agreedMs: 396 * 3_600_000,
  downMs: 2.75 * 3_600_000,
  maintenanceMs: 4 * 3_600_000,
  excludedMs: 0,
  unwatchedMs: 0,
  verdict: 'missed' as const,
}

test('availability stands in slides and workbook where something was promised, and nowhere else', async () => {
  const made = await rendered(factsWith({ availability: [scannersDown] }), [], ['de'])
  const slides = (await slidesOf(documentOf(made, 'de', 'pptx'))).join('\n')
  for (const words of [
    'Der eine Service hat seine Verfügbarkeit verfehlt',
    '99,95\u00a0%, nach Betroffenen, Lager',
    '99,305\u00a0%',
  ])
    expect(slides).toContain(words)
  const workbook = await partsOf(documentOf(made, 'de', 'xlsx'))
  expect(workbook.get('xl/workbook.xml')).toContain('name="Verfügbarkeit"')
  expect([...workbook.values()].join('')).toContain('Scanner-WLAN')
  const others = await rendered(factsWith(), [], ['de'])
  expect((await slidesOf(documentOf(others, 'de', 'pptx'))).join('\n')).not.toContain('Verfügbarkeit')
  expect((await partsOf(documentOf(others, 'de', 'xlsx'))).get('xl/workbook.xml')).not.toContain('Verfügbarkeit')
})

test.skipIf(!hasPdftotext)('availability stands in the pages too (needs pdftotext of poppler-utils)', async () => {
  const made = await rendered(factsWith({ availability: [scannersDown] }), [], ['de'])
  expect(pdfText(documentOf(made, 'de', 'pdf'))).toMatch(/Scanner-WLAN\s+396 Std\.\s+4 Std\.\s+2 Std\. 45 Min\./)
})

test('the pages are tagged, titled and in their language', async () => {
  const made = await rendered(factsWith({ targets: [targetWith({ met: 41, failed: 5 })] }))
  for (const language of ['de', 'en']) {
    const pdf = pdfInside(documentOf(made, language, 'pdf'))
    expect(pdf).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/)
    expect(pdf).toContain(`/Lang (${language}`)
    expect(pdf).toContain('<dc:title>')
    expect(pdf).toContain('/StructTreeRoot')
  }
})

test.skipIf(!hasPdftotext)('a ticket’s title is never read as Typst (needs pdftotext of poppler-utils)', async () => {
  const title = '#panic("x") $a_b$ *bold* @ref <label> \\'
  const facts = factsWith({
    targets: [targetWith({ met: 30, failed: 2 })],
    misses: { items: [missWith('NHL-1', 60, { title })], more: 1 },
  })
  const made = await rendered(facts)
  expect(pdfText(documentOf(made, 'en', 'pdf')).replace(/\s+/g, ' ')).toContain('#panic("x")')
})
