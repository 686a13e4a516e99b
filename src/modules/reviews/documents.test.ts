import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import JSZip from 'jszip'
import { describe, expect, test, vi } from 'vitest'
import { newId } from '#core/id.ts'
import { type Language, languages } from '#core/text.ts'
import { type Letterhead, plainLetterhead } from '#platform/documents/letterhead.ts'
import type { Edition, ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import { type KeptFormat, type Rendered, rendering } from './render.ts'
import { factsWith, missWith, nastyFacts, targetWith } from './testing-facts.ts'
import { reviewWorld } from './testing.ts'

// Documents take a second or two each to draw, and many more on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 })

async function rendered(
  facts: ReviewFacts,
  rows: readonly IncidentRow[] = [],
  spoken: readonly Language[] = languages,
  letterhead: Letterhead = plainLetterhead,
): Promise<Rendered> {
  const { incidents: _, ...partial } = facts
  const made = await rendering(partial, letterhead, { spoken })
  await made.add(rows)
  return made.finish(() => undefined)
}

const documentOf = ({ documents }: Rendered, language: string, format: KeptFormat) =>
  Buffer.from(documents.find((each) => each.language === language && each.format === format)!.content)

/** Every part of an archive by its path, those of archives in it too. */
async function partsOf(archive: Buffer): Promise<Map<string, string>> {
  const parts = new Map<string, string>()
  const zip = await JSZip.loadAsync(archive)
  for (const file of Object.values(zip.files)) {
    if (file.dir) continue
    const content = await file.async('nodebuffer')
    if (!file.name.endsWith('.xlsx')) parts.set(file.name, content.toString())
    else for (const [name, inner] of await partsOf(content)) parts.set(`${file.name}!${name}`, inner)
  }
  return parts
}

const hasPdftotext = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** What a reader of the pages sees, in one line. */
function pdfText(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-pdf-'))
  try {
    writeFileSync(join(folder, 'review.pdf'), pdf)
    return execFileSync('pdftotext', ['-layout', 'review.pdf', '-'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The bytes of a PDF with all its compressed streams opened: metadata, outline, alternative texts. */
function pdfInside(pdf: Buffer): string {
  let text = pdf.toString('latin1')
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      text += inflateSync(pdf.subarray(at + 7), { finishFlush: 2 }).toString('latin1')
    } catch {
      // Not a compressed stream.
    }
  }
  return text
}

describe('nothing private and nothing of anybody else is in any document', () => {
  const forbidden = [
    'Südwerk',
    'SUD-',
    'Geheimer Kessel',
    'Halle der Anderen',
    'Kesselüberwachung',
    'Ada Vertraulich',
    'Team Verborgen',
    'INTERNE NOTIZ',
    'vertraulich@',
  ]

  async function poisoned(edition: Edition) {
    const world = await reviewWorld()
    const { db } = world
    const [teamId, personId] = [newId(), newId()]
    await db.insertInto('team').values({ id: teamId, name: 'Team Verborgen' }).execute()
    await db
      .insertInto('person')
      .values({ id: personId, name: 'Ada Vertraulich', email: 'ada.vertraulich@example.com' })
      .execute()
    const hidden = { teamId, personId, note: 'INTERNE NOTIZ: Marge 31 %' }
    const north = await world.addCustomer('Nordhafen Logistik', 'NHL')
    const south = await world.addCustomer('Südwerk', 'SUD')
    const at = '2026-10-05T10:00:00Z'
    await north.addIncident(
      {
        number: 'NHL-1',
        title: 'Scanner bucht nicht',
        priority: 'p2',
        openedAt: '2026-10-01T10:00:00Z',
        resolvedAt: at,
        service: 'Scanner-WLAN',
        site: 'Hamburg',
        clocks: [{ metric: 'resolution', stoppedAt: at, elapsedMinutes: 5000 }],
      },
      hidden,
    )
    await south.addIncident(
      {
        number: 'SUD-1',
        title: 'Geheimer Kessel',
        priority: 'p2',
        openedAt: '2026-10-01T10:00:00Z',
        resolvedAt: at,
        service: 'Kesselüberwachung',
        site: 'Halle der Anderen',
        clocks: [{ metric: 'resolution', stoppedAt: at, elapsedMinutes: 5000 }],
      },
      hidden,
    )
    const { facts, rows } = await world.frozen('Nordhafen Logistik', '2026-10', edition)
    return { facts, made: await rendered(facts, rows) }
  }

  test('of the customer’s edition, and its metadata names the provider alone', async () => {
    const { facts, made } = await poisoned('customer')
    const json = JSON.stringify(facts)
    for (const word of forbidden) expect(json).not.toContain(word)
    for (const language of ['de', 'en']) {
      for (const format of ['pptx', 'xlsx'] as const) {
        const parts = await partsOf(documentOf(made, language, format))
        const all = [...parts.values()].join('\n')
        // It is read as it is written: what should be there is found.
        for (const word of ['NHL-1', 'Scanner bucht nicht', 'Hamburg']) expect(all).toContain(word)
        for (const word of forbidden) expect(all).not.toContain(word)
        for (const [path, core] of parts) {
          if (!path.endsWith('docProps/core.xml')) continue
          expect(core).toMatch(/<dc:creator>Weserblick IT<\/dc:creator>/)
          expect(core).toMatch(/<cp:lastModifiedBy>Weserblick IT<\/cp:lastModifiedBy>/)
        }
        expect(all).not.toMatch(/pptxgenjs|undefined|NaN|Invalid Date/i)
      }
      const inside = pdfInside(documentOf(made, language, 'pdf'))
      expect(inside).toContain('Weserblick IT')
      for (const word of ['Verborgen', 'Vertraulich', 'NOTIZ', 'Geheimer', 'SUD-1']) expect(inside).not.toContain(word)
    }
  })

  test.skipIf(!hasPdftotext)('of its pages as they are read (needs pdftotext of poppler-utils)', async () => {
    const { made } = await poisoned('customer')
    for (const language of ['de', 'en']) {
      const text = pdfText(documentOf(made, language, 'pdf'))
      for (const word of ['NHL-1', 'Scanner bucht nicht', 'Hamburg']) expect(text).toContain(word)
      for (const word of forbidden) expect(text).not.toContain(word)
    }
  })

  test('but the internal edition names teams, no person, and says whom it is not for', async () => {
    const { made } = await poisoned('internal')
    for (const format of ['pptx', 'xlsx'] as const) {
      const all = [...(await partsOf(documentOf(made, 'en', format))).values()].join('\n')
      expect(all).toContain('Team Verborgen')
      expect(all).toContain('not for the customer')
      for (const word of forbidden.filter((each) => each !== 'Team Verborgen')) expect(all).not.toContain(word)
    }
  })
})

const EMU_PER_INCH = 914_400
const slideNumber = (path: string) => Number(/slide(\d+)\.xml$/.exec(path)?.[1] ?? 0)

/** The slides of a presentation in their order, as XML. */
async function slidesOf(pptx: Buffer): Promise<string[]> {
  const parts = await partsOf(pptx)
  return [...parts.keys()]
    .filter((path) => /^ppt\/slides\/slide\d+\.xml$/.test(path))
    .toSorted((one, other) => slideNumber(one) - slideNumber(other))
    .map((path) => parts.get(path)!)
}

describe('slides never overflow', () => {
  test.each([
    ['an empty month', factsWith()],
    ['one ticket', factsWith({ targets: [targetWith({ met: 1, failed: 0 })], incidents: { count: 1, sha256: '' } })],
    ['endless words, all scripts and hundreds of everything', nastyFacts()],
  ])('with %s', async (_, facts) => {
    const made = await rendered(facts)
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
        // A table is as high as its rows: they end above the footer.
        for (const [, y, table] of slide.matchAll(/<p:xfrm><a:off x="\d+" y="(\d+)"\/>.*?<a:tbl>(.*?)<\/a:tbl>/gs)) {
          const heights = [...table!.matchAll(/<a:tr h="(\d+)"/g)].map(([, height]) => Number(height))
          expect(heights.length).toBeGreaterThan(0)
          expect(Number(y) + heights.reduce((sum, height) => sum + height, 0)).toBeLessThanOrEqual(6.9 * EMU_PER_INCH)
        }
      }
    }
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

describe('the workbook', () => {
  const row = (number: string, given: Partial<IncidentRow> = {}): IncidentRow => ({
    number,
    reference: null,
    title: 'Mail',
    priority: 'p2',
    state: 'resolved',
    service: null,
    site: null,
    openedAt: new Date('2026-10-31T22:30:00Z'),
    respondedAt: null,
    resolvedAt: new Date('2026-10-31T23:30:00Z'),
    response: null,
    resolution: { result: 'met', counted: true, dueAt: null, targetMs: 3_600_000, elapsedMs: 1_800_000 },
    reportedMet: false,
    ...given,
  })

  test('has its sheets in order, with a head that stays, filters, and the list behind the figures', async () => {
    const made = await rendered(factsWith(), [row('NHL-1'), row('NHL-2')], ['de'])
    const parts = await partsOf(documentOf(made, 'de', 'xlsx'))
    const names = [...parts.get('xl/workbook.xml')!.matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)
    expect(names).toEqual([
      'Überblick',
      'Ziele',
      'Verlauf',
      'Überschreitungen',
      'Knapp in der Zeit',
      'Mengen',
      'Störungen',
    ])
    // The list is written first, while it is read; its tab is the last.
    const list = parts.get('xl/worksheets/sheet1.xml')!
    expect(list).toContain('state="frozen"')
    expect(list).toContain('<autoFilter ref="A1:R3"/>')
    expect(list).toContain('Eröffnet (Europe/Berlin)')
    expect(made.facts.incidents.count).toBe(2)
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain(made.checksum)
  })

  test('shows moments as the clocks of the customer’s zone', async () => {
    const parts = await partsOf(documentOf(await rendered(factsWith(), [row('NHL-1')], ['en']), 'en', 'xlsx'))
    const [opened, resolved] = ['G2', 'I2'].map((at) =>
      Number(new RegExp(`<c r="${at}" s="\\d+"><v>([\\d.]+)</v>`).exec(parts.get('xl/worksheets/sheet1.xml')!)?.[1]),
    )
    // 31 October 2026 is day 46326; Berlin is an hour before UTC from that night on.
    expect(opened! - 46_326).toBeCloseTo(23.5 / 24, 6)
    expect(resolved! - 46_327).toBeCloseTo(0.5 / 24, 6)
  })

  test('takes no title for a formula', async () => {
    const titles = ['=1+1', '+49 40 1', '-5', '@SUM(A1)', '\t=1', '  =1', '＝1', "=cmd|' /C calc'!A0"]
    const rows = titles.map((title, index) => row(`NHL-${index}`, { title }))
    const parts = await partsOf(documentOf(await rendered(factsWith(), rows, ['en']), 'en', 'xlsx'))
    const list = parts.get('xl/worksheets/sheet1.xml')!
    const cells = [...list.matchAll(/<c r="C(?!1")\d+" s="\d+" t="(\w+)"><is><t>(.*?)<\/t>/g)]
    expect(cells).toHaveLength(titles.length)
    for (const [, type, text] of cells) {
      expect(type).toBe('inlineStr')
      expect(text).toMatch(/^'/)
    }
    expect([...parts.values()].join('')).not.toContain('<f>')
  })
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
