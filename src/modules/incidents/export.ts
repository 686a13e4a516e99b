import { Readable } from 'node:stream'
import { barredFromInside } from '#core/may.ts'
import { resolutionName } from '#core/resolution.ts'
import { type Language, speaker } from '#core/text.ts'
import { type SheetCell, type SheetColumn, workbook } from '#platform/documents/workbook.ts'
import { harmless } from '#platform/files/table.ts'
import type { FileReply } from '#platform/http.ts'
import type { Context } from '#platform/context.ts'
import { worksCouncilHolds } from '#modules/people'
import { readOwnWords } from '#platform/own-words.ts'
import { readResolving } from '#platform/resolving.ts'
import de from '../../locales/de/incidents-export.json' with { type: 'json' }
import en from '../../locales/en/incidents-export.json' with { type: 'json' }
import type { exportColumns, Incident, IncidentExport } from './api.ts'
import type { IncidentState } from './incident.ts'
import { conditionsOf } from './list-conditions.ts'
import { listIncidents } from './list.ts'

const say = speaker<keyof typeof en>({ en, de })

type Column = (typeof exportColumns)[number]

/** What an installation calls things, in the language of the file. */
interface Called {
  readonly state: (state: IncidentState) => string
  readonly code: (code: string) => string
}

/** Head, kind and width come from here for both forms; of a share and of moments a table of text has their words. */
const columns: Readonly<
  Record<
    Column,
    {
      readonly kind: SheetColumn['kind']
      readonly width: number
      readonly cell: (incident: Incident, called: Called) => SheetCell
    }
  >
> = {
  number: { kind: 'text', width: 14, cell: ({ number }) => number },
  title: { kind: 'text', width: 60, cell: ({ title }) => title },
  state: { kind: 'text', width: 16, cell: ({ state }, called) => called.state(state) },
  priority: { kind: 'text', width: 9, cell: ({ priority }) => priority.toUpperCase() },
  due: { kind: 'moment', width: 20, cell: ({ dueAt }) => dueAt },
  used: { kind: 'share', width: 12, cell: usedShare },
  customer: { kind: 'text', width: 28, cell: ({ customer }) => customer.name },
  site: { kind: 'text', width: 24, cell: ({ site }) => site?.name ?? null },
  service: { kind: 'text', width: 24, cell: ({ service }) => service?.name ?? null },
  team: { kind: 'text', width: 20, cell: ({ team }) => team?.name ?? null },
  assignee: { kind: 'text', width: 20, cell: ({ assignee }) => assignee?.name ?? null },
  category: { kind: 'text', width: 20, cell: ({ category }) => category },
  resolutionCode: {
    kind: 'text',
    width: 24,
    cell: ({ resolutionCode }, called) => resolutionCode && called.code(resolutionCode),
  },
  requester: { kind: 'text', width: 24, cell: ({ requester }) => requester?.name ?? null },
  opened: { kind: 'moment', width: 20, cell: ({ openedAt }) => openedAt },
  updated: { kind: 'moment', width: 20, cell: ({ updatedAt }) => updatedAt },
  responded: { kind: 'moment', width: 20, cell: ({ respondedAt }) => respondedAt },
  resolved: { kind: 'moment', width: 20, cell: ({ resolvedAt }) => resolvedAt },
  source: { kind: 'text', width: 18, cell: ({ source }) => source },
  sourceNumber: { kind: 'text', width: 18, cell: ({ sourceNumber }) => sourceNumber },
}

const usual: readonly Column[] = [
  'number',
  'title',
  'state',
  'priority',
  'due',
  'customer',
  'site',
  'service',
  'team',
  'assignee',
  'category',
  'opened',
  'resolved',
]
/** Not for a customer's eyes, whatever they ask for. */
const inside: ReadonlySet<Column> = new Set(['team', 'assignee'])

/** Read at once, each page in a transaction of its own: whoever downloads slowly holds nothing. */
const PAGE = 500
/** As many rows as a spreadsheet has, less its head. */
const ROWS_OF_A_SHEET = 1_048_575

/** A list as a file, of the columns asked for as far as the actor may see them; CSV goes out while it is read. */
export async function exportIncidents(
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  asked: IncidentExport,
  inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>,
): Promise<FileReply> {
  // Before the first byte, so that a wrong filter is answered as one.
  const { format, zone } = asked
  const language = asked.language ?? actor.language
  const { states, unwatched, resolving } = await inTransaction('read only', async (context) => {
    await conditionsOf(context, asked)
    const { db } = context
    const own = { ...(await readOwnWords(db, language)), resolving: await readResolving(db) }
    return { ...own, unwatched: await worksCouncilHolds(db) }
  })
  const called: Called = {
    state: (state) => states[state] ?? say(language, `state.${state}`),
    code: (code) => resolutionName(resolving, code, language),
  }
  const shown = [asked.columns ?? usual]
    .flat()
    .filter((column) => !inside.has(column) || barredFromInside(actor) === null)
    // A list of who did what is a list to measure people by.
    .filter((column) => column !== 'assignee' || !unwatched)
  const pages = pagesOf(asked, inTransaction)
  const day = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(now)
  const name = `${say(language, 'file')}-${day}.${format}`
  if (format === 'csv') {
    return {
      file: Readable.from(csvOf(pages, { shown, language, zone, called })),
      type: 'text/csv; charset=utf-8',
      name,
    }
  }
  const book = workbook({
    title: say(language, 'title', { at: day }),
    author: 'Plumbline',
    timeZone: zone,
    dayFormat: language === 'de' ? 'dd.mm.yyyy' : 'yyyy-mm-dd',
    created: now,
  })
  const sheet = await book.sheet(
    say(language, 'sheet'),
    shown.map((column) => ({
      head: say(language, `head.${column}`),
      kind: columns[column].kind,
      width: columns[column].width,
    })),
  )
  let rows = 0
  for await (const page of pages) {
    const fitting = page.slice(0, ROWS_OF_A_SHEET - rows)
    rows += fitting.length
    await sheet.add(fitting.map((incident) => shown.map((column) => columns[column].cell(incident, called))))
    if (rows === ROWS_OF_A_SHEET) break
  }
  await sheet.close()
  return {
    file: await book.finish(),
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name,
  }
}

async function* pagesOf(
  filter: IncidentExport,
  inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>,
): AsyncGenerator<readonly Incident[]> {
  let cursor: string | undefined
  do {
    const page = await inTransaction('read only', (context) =>
      listIncidents(context, { ...filter, limit: PAGE, cursor }),
    )
    yield page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

interface CsvForm {
  readonly shown: readonly Column[]
  readonly language: Language
  readonly zone: string
  readonly called: Called
}

/** As spreadsheets of that language open it: the mark that says UTF-8, and in German a semicolon between cells. */
async function* csvOf(
  pages: AsyncIterable<readonly Incident[]>,
  { shown, language, zone, called }: CsvForm,
): AsyncGenerator<string> {
  const separator = language === 'de' ? ';' : ','
  const percent = new Intl.NumberFormat(language, { style: 'percent' })
  const moment = momentsIn(language, zone)
  const written = (cell: SheetCell) => {
    if (cell === null) return ''
    if (cell instanceof Date) return moment(cell)
    return typeof cell === 'number' ? percent.format(cell) : harmless(cell)
  }
  const line = (cells: readonly string[]) => `${cells.map((cell) => quoted(cell, separator)).join(separator)}\r\n`
  yield `\uFEFF${line(shown.map((column) => say(language, `head.${column}`)))}`
  for await (const page of pages) {
    yield page.map((incident) => line(shown.map((column) => written(columns[column].cell(incident, called))))).join('')
  }
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Moments as spreadsheets of that language read them: `2026-03-02 10:00`, `02.03.2026 10:00`. */
function momentsIn(language: Language, zone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const { year, month, day, hour, minute } = part
    return language === 'de' ? `${day}.${month}.${year} ${hour}:${minute}` : `${year}-${month}-${day} ${hour}:${minute}`
  }
}

/** Used of the target by the clock that is due next, else by that of the resolution; over 1 when it is exceeded. */
function usedShare({ clocks, dueAt }: Incident): number | null {
  const clock =
    clocks.find((each) => dueAt !== null && each.dueAt?.getTime() === dueAt.getTime()) ??
    clocks.find(({ metric, state }) => metric === 'resolution' && state !== 'cancelled')
  return clock === undefined ? null : clock.elapsedSeconds / clock.targetSeconds
}
