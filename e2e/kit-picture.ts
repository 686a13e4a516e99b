import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { type Browser, type CDPSession, type Page } from 'playwright-core'
import { PNG } from 'pngjs'
import type { Language } from '#core/text.ts'
import { ROOT } from '#platform/configuration.ts'

export const KIT_PICTURES = join(ROOT, 'docs/pictures/kit')

/** What lets Chromium draw letters alike on every machine. */
export const DRAWN_ALIKE = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb']

interface KitView {
  readonly language: Language
  readonly scheme: 'light' | 'dark'
}

export const kitViews: readonly KitView[] = [
  { language: 'en', scheme: 'light' },
  { language: 'en', scheme: 'dark' },
  { language: 'de', scheme: 'light' },
  { language: 'de', scheme: 'dark' },
]

const WIDTH = 1200
/** So much of the page stands on one picture. */
const HEIGHT = 1000
/** Of every page, below what stands on it. */
const FOOT = 60

/** So many of a thousand pixels may differ, by more than a fifth of the way from black to white: another edge of a letter. */
export const TOLERATED_PER_MILLE = 2
const CLEARLY = 0.2

/** Pictures of the whole kit page in one language and colour, from above to below, and the letters not of our own fonts. */
export async function takeKit(
  browser: Browser,
  url: string,
  { language, scheme }: KitView,
): Promise<{ readonly pictures: readonly Buffer[]; readonly foreign: readonly string[] }> {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: HEIGHT },
    colorScheme: scheme,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    baseURL: url,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  })
  try {
    const page = await context.newPage()
    await page.clock.setFixedTime('2026-11-10T09:42:00Z')
    await page.goto('/kit')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.evaluate('document.fonts.ready')
    const height = await page.evaluate<number>('document.documentElement.scrollHeight')
    // As high as the page, so that nothing of it is laid out anew for a picture.
    await page.setViewportSize({ width: WIDTH, height })
    const pictures: Buffer[] = []
    // The page ends in empty room: a last part of it alone would show nothing.
    for (let top = 0; top < height - FOOT; top += HEIGHT) {
      const clip = { x: 0, y: top, width: WIDTH, height: Math.min(HEIGHT, height - top) }
      pictures.push(await atRest(() => page.screenshot({ clip, animations: 'disabled' })))
    }
    return { pictures, foreign: await foreignLetters(page, await context.newCDPSession(page)) }
  } finally {
    await context.close()
  }
}

/** A picture once it no longer changes: bars and lines are drawn when their width is known. */
async function atRest(take: () => Promise<Buffer>): Promise<Buffer> {
  let before = await take()
  for (let attempt = 0; attempt < 20; attempt++) {
    const now = await take()
    if (now.equals(before)) return now
    before = now
  }
  throw new Error('The page does not come to rest.')
}

export function kitFile({ language, scheme }: KitView, index: number): string {
  return `${language}-${scheme}-${index + 1}.png`
}

/** A colour that covers at least so many pixels is kept as it is. */
const AREA = 200

/**
 * The same picture in less than half of the bytes, without transparency: the shades at the edges of letters and lines in
 * sixteen steps of each colour, which no eye finds.
 */
export function compact(picture: Buffer): Buffer {
  const png = inFewerShades(picture)
  return PNG.sync.write(png, { colorType: 2, inputColorType: 6, filterType: 0, deflateLevel: 9, deflateStrategy: 0 })
}

/** What {@link compact} keeps, not packed yet. */
function inFewerShades(picture: Buffer): PNG {
  const png = PNG.sync.read(picture)
  const colours = new Uint32Array(png.data.buffer, png.data.byteOffset, png.data.length / 4)
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  for (const [index, colour] of colours.entries()) {
    if (counts.get(colour)! >= AREA) continue
    for (let at = index * 4; at < index * 4 + 3; at++) png.data[at] = Math.min(255, Math.round(png.data[at]! / 16) * 16)
  }
  return png
}

/** How a picture differs from the kept one: null when it does not, else in words, with a picture of the differences. */
export async function difference(
  taken: Buffer,
  file: string,
): Promise<{ readonly says: string; readonly picture: Buffer | null } | null> {
  const before = await readFile(join(KIT_PICTURES, file)).then(
    (kept) => PNG.sync.read(kept),
    () => null,
  )
  if (before === null) return { says: `${file} is missing`, picture: null }
  const now = inFewerShades(taken)
  const { width, height } = now
  if (before.width !== width || before.height !== height)
    return { says: `${file} was ${before.width} × ${before.height}, is ${width} × ${height}`, picture: taken }
  const marked = new PNG({ width, height })
  const count = pixelmatch(before.data, now.data, marked.data, width, height, { threshold: CLEARLY })
  const perMille = (count * 1000) / (width * height)
  if (perMille <= TOLERATED_PER_MILLE) return null
  return { says: `${file} differs in ${perMille.toFixed(1)} ‰ of its pixels`, picture: PNG.sync.write(marked) }
}

interface DomNode {
  readonly nodeId: number
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string
  readonly children?: readonly DomNode[]
}

/** Texts of which some letters are drawn with a font of the machine. */
async function foreignLetters(page: Page, tools: CDPSession): Promise<string[]> {
  await page.bringToFront()
  await tools.send('DOM.enable')
  await tools.send('CSS.enable')
  const { root } = (await tools.send('DOM.getDocument', { depth: -1 })) as { root: DomNode }
  const found: string[] = []
  const look = async (node: DomNode): Promise<void> => {
    if (node.nodeType === 3 && node.nodeValue.trim() !== '') {
      // A text that was drawn anew in the meantime is not there any more.
      const { fonts } = await tools
        .send('CSS.getPlatformFontsForNode', { nodeId: node.nodeId })
        .catch(() => ({ fonts: [] }))
      for (const { isCustomFont, familyName } of fonts)
        if (!isCustomFont) found.push(`${node.nodeValue.trim()}: ${familyName}`)
    }
    if (!['HEAD', 'SCRIPT', 'NOSCRIPT', 'STYLE'].includes(node.nodeName))
      await Promise.all((node.children ?? []).map(look))
  }
  await look(root)
  return found
}
