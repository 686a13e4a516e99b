import { whyOf } from './content-levels.ts'
import {
  type SheetCell,
  type SheetColumn,
  sharedSheet,
  type WorkbookInMaking,
  workbook,
} from '#platform/documents/workbook.ts'
import type { CompressedFile } from '#platform/documents/zip.ts'
import type { Content } from './content-shape.ts'
import { AGE_BANDS, type AvailabilityFacts, type Flow, type ReviewCase, type ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import { type Columns, incidentCells, incidentColumns } from './sheet-incidents.ts'
import { sectionSheets } from './sheet-blocks.ts'
import { signalSentence } from './signal-sentence.ts'
import type { ReviewText, Wording } from './wording.ts'

const dayFormats = { de: 'dd.mm.yyyy', en: 'dd mmm yyyy' } as const

/** The list behind the figures, written once for all workbooks of a language. */
export interface IncidentSheet {
  readonly add: (rows: readonly IncidentRow[]) => Promise<void>
  readonly close: () => Promise<CompressedFile>
}

/** @param zone The customer's. */
export async function incidentSheet(zone: string, wording: Wording): Promise<IncidentSheet> {
  const { add, close } = await sharedSheet(columnsOf({ wording, zone }, incidentColumns), zone)
  return { add: (rows) => add(rows.map((row) => incidentCells(row, wording))), close }
}

const tabs = [
  'sheet.summary',
  'sheet.targets',
  'sheet.availability',
  'sheet.trend',
  'sheet.misses',
  'sheet.near',
  'sheet.volumes',
  'sheet.teams',
  'sheet.incidents',
] as const

/** A review as a workbook: what the pages say, and the list behind the figures. */
export async function reviewWorkbook(
  facts: ReviewFacts,
  content: Content,
  wording: Wording,
  list: CompressedFile,
): Promise<Buffer> {
  const { say } = wording
  const writer = writerOf(facts, wording)
  const { book } = writer
  book.place(say('sheet.incidents'), list)
  await summarySheet(writer, content)
  await targetSheet(writer, facts)
  if (facts.availability !== undefined) await availabilitySheet(writer, facts.availability)
  await trendSheet(writer, facts)
  await caseSheet(writer, 'sheet.misses', facts.misses.items)
  await caseSheet(writer, 'sheet.near', facts.nearMisses.items)
  await volumeSheet(writer, facts)
  if (facts.teams !== null) await teamSheet(writer, facts.teams)
  const house = tabs.map((tab) => say(tab))
  const theirs = await sectionSheets(book, content.sections, wording, house)
  return book.finish([...house.slice(0, -1), ...theirs, ...house.slice(-1)])
}

/** A report that is of nothing but its sections: what the pages say, and the tables of each section. */
export async function sectionsWorkbook(facts: ReviewFacts, content: Content, wording: Wording): Promise<Buffer> {
  const writer = writerOf(facts, wording)
  await summarySheet(writer, content)
  const house = [wording.say('sheet.summary')]
  return writer.book.finish([...house, ...(await sectionSheets(writer.book, content.sections, wording, house))])
}

function writerOf({ provider, customer, month, lockedAt }: ReviewFacts, wording: Wording): Writer {
  const book = workbook({
    title: `${wording.say('document.title', { month: wording.month(month) })}, ${customer.name}`,
    author: provider,
    timeZone: customer.timeZone,
    dayFormat: dayFormats[wording.language],
    created: new Date(lockedAt),
  })
  return { book, wording, zone: customer.timeZone }
}

interface Writer {
  readonly book: WorkbookInMaking
  readonly wording: Wording
  readonly zone: string
}

/** Heads of moments name the zone whose clocks they show. */
function columnsOf({ wording: { say }, zone }: Pick<Writer, 'wording' | 'zone'>, columns: Columns): SheetColumn[] {
  return columns.map(([key, kind, width]) => ({
    head: kind === 'moment' ? say('head.in-zone', { head: say(key), zone }) : say(key),
    kind,
    width,
  }))
}

async function writeSheet(
  writer: Writer,
  name: ReviewText,
  columns: Columns,
  rows: readonly (readonly SheetCell[])[],
): Promise<void> {
  const sheet = await writer.book.sheet(writer.wording.say(name), columnsOf(writer, columns))
  await sheet.add(rows)
  await sheet.close()
}

async function summarySheet(writer: Writer, content: Content): Promise<void> {
  const { say } = writer.wording
  const rows: string[][] = [
    [say('document.title', { month: content.month }), content.customer],
    ...(content.internal === null ? [] : [['', content.internal]]),
    [say('cover.provider'), content.provider],
    ...content.cover.map(({ label, value }) => [label, value]),
    [say('cover.zone'), writer.zone],
    ...content.notes.map((note, index) => [index === 0 ? say('cover.data') : '', note]),
    ...content.method.map((sentence, index) => [index === 0 ? say('section.method') : '', sentence]),
  ]
  await writeSheet(
    writer,
    'sheet.summary',
    [
      ['head.subject', 'text', 26],
      ['head.content', 'prose', 110],
    ],
    rows,
  )
}

async function targetSheet(writer: Writer, { targets }: ReviewFacts): Promise<void> {
  const { wording } = writer
  const columns: Columns = [
    ['head.agreement', 'text', 24],
    ['head.priority', 'text', 9],
    ['head.metric', 'text', 12],
    ['head.promised-time', 'duration', 12],
    ['head.promised-share', 'share', 12],
    ['head.met', 'count', 10],
    ['head.failed', 'count', 10],
    ['head.measured', 'count', 10],
    ['head.share', 'share', 10],
    ['head.verdict', 'text', 26],
    ['head.allowed', 'count', 12],
    ['head.excluded', 'count', 12],
    ['head.near', 'count', 12],
    ['head.open-breached', 'count', 14],
    ['head.change', 'text', 60],
  ]
  const rows = targets.map((each): SheetCell[] => {
    const cases = each.met + each.failed
    return [
      each.agreement,
      wording.priority(each.priority),
      wording.metric(each.metric),
      each.targetMs,
      each.attainmentBp / 10_000,
      each.met,
      each.failed,
      cases,
      cases === 0 ? wording.say('not-measured') : each.met / cases,
      wording.say(`verdict.${each.verdict}`, { failed: each.failed, allowed: each.allowedFailures }),
      each.allowedFailures,
      each.excluded,
      each.nearMisses,
      each.openBreached,
      cases === 0 ? '' : signalSentence(each, wording),
    ]
  })
  await writeSheet(writer, 'sheet.targets', columns, rows)
}

async function availabilitySheet(writer: Writer, services: readonly AvailabilityFacts[]): Promise<void> {
  const { say } = writer.wording
  const columns: Columns = [
    ['head.service', 'text', 32],
    ['head.calendar', 'text', 32],
    ['head.from', 'moment', 20],
    ['head.to', 'moment', 20],
    ['head.promised-share', 'share', 12],
    ['head.agreed-time', 'duration', 14],
    ['head.maintenance', 'duration', 12],
    ['head.down', 'duration', 12],
    ['head.excluded', 'duration', 12],
    ['head.unwatched', 'duration', 14],
    ['head.share', 'share', 10],
    ['head.counted', 'text', 16],
    ['head.verdict', 'text', 18],
  ]
  const rows = services.map((each): SheetCell[] => [
    each.service,
    each.calendar,
    new Date(each.from),
    new Date(each.to),
    each.targetPpm / 1_000_000,
    each.agreedMs,
    each.maintenanceMs,
    each.downMs,
    each.excludedMs,
    each.unwatchedMs,
    each.agreedMs === 0 ? say('not-measured') : (each.agreedMs - each.downMs) / each.agreedMs,
    say(`availability.by.${each.basis}`),
    say(`availability.${each.verdict}`),
  ])
  await writeSheet(writer, 'sheet.availability', columns, rows)
}

async function trendSheet(writer: Writer, { targets }: ReviewFacts): Promise<void> {
  const { wording } = writer
  const columns: Columns = [
    ['head.target', 'text', 34],
    ['head.month', 'text', 12],
    ['head.met', 'count', 10],
    ['head.failed', 'count', 10],
    ['head.share', 'share', 14],
    ['head.promised-share', 'share', 12],
  ]
  const rows = targets.flatMap((each) =>
    each.trend.map(({ month, met, failed }): SheetCell[] => [
      wording.target(each),
      month,
      met,
      failed,
      met + failed === 0 ? wording.say('not-measured') : met / (met + failed),
      each.attainmentBp / 10_000,
    ]),
  )
  await writeSheet(writer, 'sheet.trend', columns, rows)
}

async function caseSheet(
  writer: Writer,
  name: 'sheet.misses' | 'sheet.near',
  cases: readonly ReviewCase[],
): Promise<void> {
  const { wording } = writer
  const columns: Columns = [
    ['head.incident', 'text', 14],
    ['head.reference', 'text', 16],
    ['head.title', 'text', 48],
    ['head.priority', 'text', 9],
    ['head.metric', 'text', 12],
    ['head.service', 'text', 24],
    ['head.site', 'text', 24],
    ['head.opened', 'moment', 20],
    ['head.due', 'moment', 20],
    ['head.ended', 'moment', 20],
    ['head.promised-time', 'duration', 12],
    ['head.used-time', 'duration', 12],
    [name === 'sheet.misses' ? 'head.late' : 'head.left', 'duration', 12],
    ['head.paused', 'duration', 12],
    ...(name === 'sheet.misses' ? ([['head.why', 'text', 44]] as const) : []),
  ]
  const moment = (at: string | null) => (at === null ? null : new Date(at))
  const rows = cases.map((each): SheetCell[] => [
    each.number,
    each.reference,
    each.title,
    wording.priority(each.priority),
    wording.metric(each.metric),
    each.service,
    each.site,
    moment(each.startedAt),
    moment(each.dueAt),
    moment(each.stoppedAt),
    each.targetMs,
    each.elapsedMs,
    Math.abs(each.elapsedMs - each.targetMs),
    each.pausedMs,
    ...(name === 'sheet.misses' ? [whyOf(each, wording)] : []),
  ])
  await writeSheet(writer, name, columns, rows)
}

async function volumeSheet(writer: Writer, { volumes, backlogAge }: ReviewFacts): Promise<void> {
  const { say, nameOr, priority } = writer.wording
  const columns: Columns = [
    ['head.group', 'text', 16],
    ['head.name', 'text', 48],
    ['head.opened', 'count', 12],
    ['head.resolved', 'count', 12],
    ['head.backlog', 'count', 12],
  ]
  const row = (group: ReviewText, name: string, { opened, resolved, backlog }: Flow): SheetCell[] => [
    say(group),
    name,
    opened,
    resolved,
    backlog,
  ]
  await writeSheet(writer, 'sheet.volumes', columns, [
    ...volumes.trend.map((each) => row('head.month', each.month, each)),
    ...volumes.byPriority.map((each) => row('head.priority', priority(each.priority), each)),
    ...volumes.byService.map((each) => row('head.service', nameOr(each.name), each)),
    ...volumes.bySite.map((each) => row('head.site', nameOr(each.name), each)),
    ...AGE_BANDS.map((from, index): SheetCell[] => [
      say('head.age'),
      say(`band.${from}`),
      null,
      null,
      backlogAge.bands[index] ?? 0,
    ]),
  ])
}

async function teamSheet(writer: Writer, teams: NonNullable<ReviewFacts['teams']>): Promise<void> {
  const rows = teams.map(({ name, resolved, missed }): SheetCell[] => [writer.wording.nameOr(name), resolved, missed])
  await writeSheet(
    writer,
    'sheet.teams',
    [
      ['head.team', 'text', 40],
      ['head.resolved', 'count', 12],
      ['head.failed', 'count', 12],
    ],
    rows,
  )
}
