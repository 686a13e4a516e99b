import { localAt } from '#core/zone.ts'
import { columnName } from './chart.ts'
import { colours, FONT } from './house.ts'
import { printable, xml } from './printable.ts'
import { linesOf } from './text-width.ts'
import { type CompressedFile, compressed, zip } from './zip.ts'

const DAY_MS = 86_400_000
/** Day zero of spreadsheets, 30 December 1899. */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30)

/**
 * What a column holds. A `moment` is an instant, shown as the clocks of the workbook's zone; a `duration` milliseconds,
 * shown as hours and minutes; a `share` a fraction of one, shown as a percentage; a `number` is shown as it is; `prose` is
 * text of several lines.
 */
export type ColumnKind = 'text' | 'prose' | 'count' | 'number' | 'share' | 'moment' | 'duration'

export interface SheetColumn {
  readonly head: string
  readonly kind: ColumnKind
  /** In letters. */
  readonly width: number
}

export type SheetCell = string | number | Date | null

/** Rows go in as they come; a sheet is closed before the next one is begun. */
export interface SheetInMaking {
  readonly add: (rows: readonly (readonly SheetCell[])[]) => Promise<void>
  readonly close: () => Promise<void>
}

export interface WorkbookInfo {
  readonly title: string
  /** An organisation, never a person. */
  readonly author: string
  /** Of the moments in it. */
  readonly timeZone: string
  /** How days are written: `dd.mm.yyyy`. */
  readonly dayFormat: string
  readonly created: Date
}

/** A sheet that is written once, for as many workbooks as have it. */
export interface SharedSheetInMaking {
  readonly add: SheetInMaking['add']
  readonly close: () => Promise<CompressedFile>
}

/** A workbook that is written while its rows come: memory grows by what they become, not by what they are. */
export interface WorkbookInMaking {
  /** Its first row stays in sight and offers filters. */
  readonly sheet: (name: string, columns: readonly SheetColumn[]) => Promise<SheetInMaking>
  /** @param sheet One of the same zone. */
  readonly place: (name: string, sheet: CompressedFile) => void
  /** @param order Names of the sheets as their tabs stand; without it as they were written. */
  readonly finish: (order?: readonly string[]) => Promise<Buffer>
}

/** Order of the cell formats in the styles. */
const kinds: readonly ColumnKind[] = ['text', 'count', 'number', 'share', 'moment', 'duration', 'prose']
/** Points; of a letter what spreadsheets take for one, a digit of their usual font. */
const FONT_SIZE = 10
const LETTER_WIDTH = 5.25
const LINE_HEIGHT = 13
/** Words begin a little after the figures of the column before. */
const INDENT = ' indent="1"'
const INDENT_WIDTH = 9
const startsLeft: ReadonlySet<ColumnKind> = new Set(['text', 'prose', 'moment'])
const HEAD_STYLE = kinds.length + 1
const HEAD_END_STYLE = kinds.length + 2

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export function workbook(info: WorkbookInfo): WorkbookInMaking {
  const archive = zip(info.created)
  const names: string[] = []
  const place = (name: string, sheet: CompressedFile) => {
    names.push(name)
    archive.place(`xl/worksheets/sheet${names.length}.xml`, sheet)
  }
  return {
    sheet: async (name, columns) => {
      const { add, close } = await sharedSheet(columns, info.timeZone)
      return { add, close: async () => place(name, await close()) }
    },
    place,
    finish: async (order = names) => {
      const written = names.map((name, index) => ({ name, file: index + 1 }))
      const places = order.map(sheetName)
      const sheets = written.toSorted((one, other) => places.indexOf(one.name) - places.indexOf(other.name))
      for (const [path, text] of Object.entries(frame(info, sheets))) await archive.add(path, text)
      return archive.finish()
    },
  }
}

/** @param timeZone Of the moments in it. */
export async function sharedSheet(columns: readonly SheetColumn[], timeZone: string): Promise<SharedSheetInMaking> {
  const file = compressed()
  const forms = formsOf(columns)
  let rows = 1
  await file.write(sheetHead(columns) + headRow(columns))
  return {
    add: async (added) => {
      // Joined once: text that grows cell by cell leaves a piece behind at each, a hundred million of a long list.
      const pieces: string[] = []
      for (const cells of added) addRow(pieces, ++rows, { cells, forms, timeZone })
      await file.write(pieces.join(''))
    },
    close: async () => {
      const filter = `<autoFilter ref="A1:${columnName(Math.max(0, columns.length - 1))}${rows}"/>`
      await file.write(
        `</sheetData>${filter}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`,
      )
      return file.close()
    },
  }
}

function sheetHead(columns: readonly SheetColumn[]): string {
  const widths = columns.map(
    ({ kind, width }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${kinds.indexOf(kind) + 1}" customWidth="1"/>`,
  )
  return (
    `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    '<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>' +
    `<sheetFormatPr defaultRowHeight="14"/><cols>${widths.join('')}</cols><sheetData>`
  )
}

function headRow(columns: readonly SheetColumn[]): string {
  const cells = columns.map(({ head, kind }, index) =>
    textCell(`${columnName(index)}1`, startsLeft.has(kind) ? HEAD_STYLE : HEAD_END_STYLE, head),
  )
  return `<row r="1" ht="30" customHeight="1">${cells.join('')}</row>`
}

/** What of a column each of its cells needs. */
interface ColumnForm {
  readonly kind: ColumnKind
  /** What stands before the number of the row, and after it where a text follows or a value. */
  readonly opening: string
  readonly text: string
  readonly value: string
  /** Points. */
  readonly width: number
}

function formsOf(columns: readonly SheetColumn[]): ColumnForm[] {
  return columns.map(({ kind, width }, index) => ({
    kind,
    opening: `<c r="${columnName(index)}`,
    text: `" s="${kinds.indexOf(kind) + 1}" t="inlineStr"><is><t>`,
    value: `" s="${kinds.indexOf(kind) + 1}"><v>`,
    width: width * LETTER_WIDTH - INDENT_WIDTH,
  }))
}

interface Row {
  readonly cells: readonly SheetCell[]
  readonly forms: readonly ColumnForm[]
  readonly timeZone: string
}

function addRow(pieces: string[], row: number, { cells, forms, timeZone }: Row): void {
  const number = String(row)
  const head = pieces.push(`<row r="${number}">`) - 1
  let lines = 1
  for (let index = 0; index < forms.length; index++) {
    const cell = cells[index] ?? null
    if (cell === null) continue
    const { kind, opening, text, value, width } = forms[index]!
    // Not every program finds out by itself how high a row with several lines is.
    if (kind === 'prose') lines = Math.max(lines, linesOf(String(cell), { size: FONT_SIZE, width }).length)
    if (typeof cell === 'string') pieces.push(opening, number, text, writtenText(cell), '</t></is></c>')
    else pieces.push(opening, number, value, String(numberOf(cell, kind, timeZone)), '</v></c>')
  }
  if (lines > 1) pieces[head] = `<row r="${number}" ht="${lines * LINE_HEIGHT}" customHeight="1">`
  pieces.push('</row>')
}

/** A text is typed as one: no program evaluates it. */
function textCell(at: string, style: number, text: string): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t>${writtenText(text)}</t></is></c>`
}

function writtenText(text: string): string {
  return PLAIN.test(text) ? text : xml(harmless(text))
}

/** Most texts, for which nothing has to be done: letters at both ends, nothing to escape or to neutralise in between. */
const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}.,:;!?()/_-]| (?! ))*[\p{L}\p{N}.!?)]$/u

function numberOf(cell: number | Date, kind: ColumnKind, timeZone: string): number {
  // A spreadsheet knows no zones: it is given what the clocks of the zone show, in days.
  if (cell instanceof Date) return (localAt(timeZone, cell.getTime()) - DAY_ZERO_MS) / DAY_MS
  return kind === 'duration' ? cell / DAY_MS : cell
}

/** Characters with which a spreadsheet takes a text for a formula, also their full-width forms. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/

/**
 * A text that no program takes for a formula: here texts are typed as such, and for whoever saves the sheet as plain text
 * it stands behind an apostrophe, as people write it by hand.
 */
export function harmless(text: string): string {
  const shown = printable(text)
  const safe = FORMULA.test(text) || FORMULA.test(shown) ? `'${shown}` : shown
  return safe.length > CELL_LIMIT ? `${safe.slice(0, CELL_LIMIT - 1)}…`.toWellFormed() : safe
}

/** Letters in a cell. */
const CELL_LIMIT = 32_767

/** Names of sheets are at most 31 characters long and without these. */
function sheetName(name: string): string {
  return printable(name)
    .replace(/[\\/*?:[\]']/g, ' ')
    .slice(0, 31)
}

/** All parts but the sheets. */
function frame(
  { title, author, dayFormat, created }: WorkbookInfo,
  sheets: readonly { readonly name: string; readonly file: number }[],
): Readonly<Record<string, string>> {
  const override = (part: string, type: string) => `<Override PartName="${part}" ContentType="${type}"/>`
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${type}" Target="${target}"/>`
  const relations = (all: string) => `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all}</Relationships>`
  const tabs = sheets.map(({ name, file }) => `<sheet name="${xml(name)}" sheetId="${file}" r:id="rId${file}"/>`)
  const printed = sheets.map(
    ({ name }, index) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${xml(name)}'!$1:$1</definedName>`,
  )
  const at = `${created.toISOString().slice(0, 19)}Z`
  return {
    '[Content_Types].xml': `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${override('/xl/workbook.xml', `${TYPE}.sheet.main+xml`)}${sheets.map(({ file }) => override(`/xl/worksheets/sheet${file}.xml`, `${TYPE}.worksheet+xml`)).join('')}${override('/xl/styles.xml', `${TYPE}.styles+xml`)}${override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}${override('/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml')}</Types>`,
    '_rels/.rels': relations(
      relation(1, `${RELATIONS}/officeDocument`, 'xl/workbook.xml') +
        relation(2, `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml') +
        relation(3, `${RELATIONS}/extended-properties`, 'docProps/app.xml'),
    ),
    'docProps/core.xml': `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(printable(title))}</dc:title><dc:creator>${xml(printable(author))}</dc:creator><cp:lastModifiedBy>${xml(printable(author))}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`,
    'docProps/app.xml': `${XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><Company>${xml(printable(author))}</Company></Properties>`,
    'xl/workbook.xml': `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${tabs.join('')}</sheets><definedNames>${printed.join('')}</definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      sheets.map(({ file }) => relation(file, `${RELATIONS}/worksheet`, `worksheets/sheet${file}.xml`)).join('') +
        relation(sheets.length + 1, `${RELATIONS}/styles`, 'styles.xml'),
    ),
    'xl/styles.xml': styles(dayFormat),
  }
}

function styles(dayFormat: string): string {
  const formats: Readonly<Record<ColumnKind, number>> = {
    text: 49,
    prose: 49,
    count: 3,
    number: 0,
    share: 165,
    moment: 166,
    duration: 167,
  }
  const font = (bold: boolean) =>
    `<font>${bold ? '<b/>' : ''}<sz val="${FONT_SIZE}"/><color rgb="FF${colours.ink}"/><name val="${FONT}"/></font>`
  const head = (side: string) =>
    `<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${side}" vertical="bottom" wrapText="1"${side === 'left' ? INDENT : ''}/></xf>`
  const body = kinds.map(
    (kind) =>
      `<xf numFmtId="${formats[kind]}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment horizontal="${startsLeft.has(kind) ? 'left' : 'right'}" vertical="top"${startsLeft.has(kind) ? INDENT : ''}${kind === 'prose' ? ' wrapText="1"' : ''}/></xf>`,
  )
  return (
    `${XML_HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="${dayFormat} hh:mm"/><numFmt numFmtId="167" formatCode="[h]:mm"/></numFmts>` +
    `<fonts count="2">${font(false)}${font(true)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF${colours.edge}"/></bottom><diagonal/></border></borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${kinds.length + 3}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${body.join('')}${head('left')}${head('right')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  )
}
