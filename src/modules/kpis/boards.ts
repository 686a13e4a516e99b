import { invalid } from '#core/failure.ts'
import { type Language, speaker } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import { pictureSheet, type SheetTable } from '#platform/documents/picture-sheet.ts'
import type { FileReply } from '#platform/http.ts'
import de from '../../locales/de/kpi-boards.json' with { type: 'json' }
import en from '../../locales/en/kpi-boards.json' with { type: 'json' }
import type { Arrangement, Board, BoardName, Kpi } from './api.ts'
import { boardPicture } from './board-picture.ts'
import { readFigures } from './figures.ts'
import { readKpis } from './queries.ts'
import { limitsText, newsText, valueText } from './value-text.ts'

const say = speaker<keyof typeof en>({ en, de })

/** What each role looks at, as it comes (DOMAIN §4.2, §4.3, §4.4). */
const usual: Readonly<Record<BoardName, readonly string[]>> = {
  'service-manager': ['K01', 'K02', 'K20', 'K25', 'K27', 'K10', 'K12', 'K13', 'K80', 'K35', 'K21', 'K77'],
  'service-desk': ['K04', 'K05', 'K08', 'K09', 'K10', 'K11', 'K12', 'K30', 'K31'],
  'major-incident': ['K13', 'K14', 'K03', 'K06', 'K07', 'K20'],
  experience: ['K25', 'K22', 'K21', 'K23', 'K24', 'K26', 'K27', 'K77'],
  requests: ['K35', 'K33', 'K36', 'K31'],
  'general-manager': ['K20', 'K06', 'K13', 'K24', 'K25', 'K77', 'K76', 'K80'],
  cfo: ['K51', 'K49', 'K50', 'K28', 'K52', 'K53', 'K54', 'K01', 'K56', 'K58', 'K74', 'K77'],
  // What of the library a customer reads in its service review.
  customer: ['K01', 'K02', 'K20', 'K05', 'K10', 'K12', 'K25', 'K21', 'K26', 'K76'],
}

interface BoardQuery {
  readonly customer?: string | undefined
}

/** `GET /kpi-boards/:board`: what is news comes first, the others as they are arranged. */
export async function readBoard(context: Context, name: BoardName, { customer }: BoardQuery): Promise<Board> {
  const { db, actor } = context
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const own = await arrangementOf(context, name)
  const items = await readArranged(context, own ?? usual[name], customerId)
  const isNews = ({ series }: Board['items'][number]) => (series.at(-1)?.signal ?? null) !== null
  return {
    board: name,
    title: say(actor.language, `board.${name}`),
    items: [...items.filter(isNews), ...items.filter((kpi) => !isNews(kpi))],
    order: items.map(({ key }) => key),
    arranged: own !== null,
    computedAt: items.find(({ computedAt }) => computedAt !== null)?.computedAt ?? null,
  }
}

async function arrangementOf({ db, actor }: Context, board: BoardName): Promise<readonly string[] | null> {
  if (actor.personId === null) return null
  const row = await db
    .selectFrom('kpiBoard')
    .select('items')
    .where('personId', '=', actor.personId)
    .where('board', '=', board)
    .executeTakeFirst()
  return row?.items ?? null
}

/** `PUT /kpi-boards/:board`. */
export async function arrangeBoard(context: Context, board: BoardName, { items }: Arrangement): Promise<void> {
  const { db, actor } = context
  // Without a person, as with the program itself, there is nobody to arrange for.
  if (actor.personId === null) return
  const { personId } = actor
  if (items === null) {
    await db.deleteFrom('kpiBoard').where('personId', '=', personId).where('board', '=', board).execute()
    return
  }
  const figures = await readFigures(context)
  const unknown = items.find((key) => !figures.has(key))
  if (unknown !== undefined) throw invalid('own-kpi.unknown', { kpi: unknown })
  await db
    .insertInto('kpiBoard')
    .values({ personId, board, items: [...new Set(items)] })
    .onConflict((conflict) => conflict.columns(['personId', 'board']).doUpdateSet({ items: [...new Set(items)] }))
    .execute()
}

/** `GET /kpi-boards/:board/picture`: as whoever asks may see it, now. */
export async function drawBoard(
  inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>,
  name: BoardName,
  { format, lang, ...query }: BoardQuery & { readonly format: 'svg' | 'pdf'; readonly lang?: Language | undefined },
): Promise<FileReply> {
  const { board, letterhead, language, customer, now } = await inTransaction('read only', async (context) => {
    const spoken = lang ?? context.actor.language
    const asked: Context = { ...context, actor: { ...context.actor, language: spoken } }
    return {
      board: await readBoard(asked, name, query),
      letterhead: await readLetterhead(context.db),
      customer: query.customer === undefined ? null : (await requireCustomer(context.db, query.customer)).name,
      language: spoken,
      now: context.now,
    }
  })
  const of = customer ?? say(language, 'all-customers')
  const file = `${say(language, 'file')}-${name}`
  const picture = boardPicture(board.items, language)
  if (format === 'svg') return { file: Buffer.from(picture), type: 'image/svg+xml', name: `${file}.svg` }
  const sheet = {
    language,
    title: board.title,
    lede: say(language, 'lede', { of, when: momentOf(language, now) }),
    kind: say(language, 'kind'),
    alt: say(language, 'alt', { title: board.title }),
    tables: [kpiTable(board.items, language)],
    note: say(language, 'note'),
    picture,
  }
  return { file: await pictureSheet(sheet, letterhead, now), type: 'application/pdf', name: `${file}.pdf` }
}

/** The key figures that somebody else arranged, as far as whoever asks may see them. */
export async function readArranged(
  context: Context,
  keys: readonly string[],
  customerId: string | null,
): Promise<readonly Kpi[]> {
  const figures = await readFigures(context, customerId)
  const order = keys.filter((key) => figures.has(key))
  const found = await readKpis(context, order, { figures, slice: { customerId, part: 'customer', of: '' } })
  return found.map(({ kpi }) => kpi)
}

/** Key figures as a table on paper: the last value of each, and whether it is news. */
export function kpiTable(items: readonly Kpi[], language: Language): SheetTable {
  return {
    title: say(language, 'table'),
    lede: null,
    empty: '',
    widths: [null, 18, 26, null],
    right: [false, false, true, false],
    head: [
      say(language, 'head.figure'),
      say(language, 'head.month'),
      say(language, 'head.value'),
      say(language, 'head.news'),
    ],
    rows: items.map((kpi) => {
      const last = kpi.series.at(-1)
      const stretch = kpi.stretches.at(-1)
      return [
        `${kpi.key} ${kpi.name}`,
        last === undefined ? '' : monthText(language, last.month),
        last === undefined ? '–' : last.hidden ? say(language, 'hidden') : valueText(language, kpi.unit, last.value),
        last?.signal ? newsText(language, last.signal) : limitsText(language, kpi.unit, stretch?.limits ?? null),
      ]
    }),
  }
}

/** `Oct 2026`, of `2026-10`. */
function monthText(language: Language, month: string): string {
  const format = { month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', format).format(new Date(`${month}-01`))
}

function momentOf(language: Language, now: Date): string {
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(now)
}
