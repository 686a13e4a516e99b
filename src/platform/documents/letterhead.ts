import type { ClockWords } from '#core/clock-text.ts'
import type { Language } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { noOwnWords } from '#platform/own-words.ts'
import type { SlideMaster } from './slide-master.ts'

/** What documents carry of whoever sends them. */
export interface Letterhead {
  /** The organisation's name; the program's until somebody says it. */
  readonly provider: string
  /** `#rrggbb`; null for the ink of the house. */
  readonly accent: string | null
  readonly logo: LetterheadLogo | null
  /** What slides look like; null for those of the house. */
  readonly slideMaster: SlideMaster | null
  /** What it calls states and reasons for waiting. */
  readonly words: Readonly<Record<Language, ClockWords>>
}

export interface LetterheadLogo {
  readonly type: 'image/png' | 'image/svg+xml'
  /** Base64. */
  readonly content: string
  /** Of a drawing: the same as a PNG, Base64, for programs that show no drawings; nothing where nobody made one. */
  readonly picture?: string | undefined
  /** Its width over its height. */
  readonly aspect: number
}

/** Of an installation of which nothing was said. */
export const plainLetterhead: Letterhead = {
  provider: 'Plumbline',
  accent: null,
  logo: null,
  slideMaster: null,
  words: { en: noOwnWords, de: noOwnWords },
}

/** As it was set in the settings, for documents that are made now; without the master of slides, which is large. */
export async function readLetterhead(db: Db): Promise<Letterhead> {
  const rows = await db
    .selectFrom('setting')
    .select(['name', 'value'])
    .where('name', 'in', ['organisation', 'installation', 'logo'])
    .execute()
  const of = (name: string) => rows.find((row) => row.name === name)?.value
  const name = of('organisation')
  const { accent, words } = (of('installation') ?? {}) as Partial<Pick<Letterhead, 'accent' | 'words'>>
  const logo = of('logo') as Omit<LetterheadLogo, 'aspect'> | undefined
  return {
    provider: typeof name === 'string' && name.trim() !== '' ? name.trim() : plainLetterhead.provider,
    accent: accent ?? null,
    logo: logo === undefined ? null : measured(logo),
    slideMaster: null,
    words: words ?? plainLetterhead.words,
  }
}

/** A logo with its shape. One that does not say how wide and high it is counts as a square. */
export function measured({ type, content, picture }: Omit<LetterheadLogo, 'aspect'>): LetterheadLogo {
  const bytes = Buffer.from(content, 'base64')
  const [width, height] =
    type === 'image/png' ? [bytes.readUInt32BE(PNG_WIDTH), bytes.readUInt32BE(PNG_HEIGHT)] : drawnSize(bytes.toString())
  const aspect = width / height
  return { type, content, picture, aspect: Number.isFinite(aspect) && aspect > 0 ? aspect : 1 }
}

/** Where a PNG says its width and height, in bytes from its beginning. */
const PNG_WIDTH = 16
const PNG_HEIGHT = 20

function drawnSize(drawing: string): readonly [number, number] {
  const root = /<svg[^>]*>/.exec(drawing)?.[0] ?? ''
  const attribute = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(root)?.[1] ?? ''
  const [, , width = Number.NaN, height = Number.NaN] = attribute('viewBox')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  if (width > 0 && height > 0) return [width, height]
  return [Number.parseFloat(attribute('width')), Number.parseFloat(attribute('height'))]
}
