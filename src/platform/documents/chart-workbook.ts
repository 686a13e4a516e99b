import JSZip from 'jszip'
import { type Chart, columnName } from './chart.ts'
import { printable, xml } from './printable.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The workbook in which a chart of a presentation is edited: its categories and values, and nothing else. */
export async function chartWorkbook({ categories, series }: Chart): Promise<Buffer> {
  const header = row(1, ['', ...series.map(({ name }) => name)])
  const body = categories.map((category, index) => row(index + 2, [category, ...series.map(({ values }) => values[index] ?? null)]))
  const zip = new JSZip()
  zip.file(
    '[Content_Types].xml',
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  )
  zip.file('_rels/.rels', relation(`${RELATIONS}/officeDocument`, 'xl/workbook.xml'))
  zip.file(
    'xl/workbook.xml',
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  )
  zip.file('xl/_rels/workbook.xml.rels', relation(`${RELATIONS}/worksheet`, 'worksheets/sheet1.xml'))
  zip.file('xl/worksheets/sheet1.xml', `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${header}${body.join('')}</sheetData></worksheet>`)
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}

function relation(type: string, target: string): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${type}" Target="${target}"/></Relationships>`
}

/** Texts are typed as texts, so that none is ever taken for a formula. */
function row(number: number, cells: readonly (string | number | null)[]): string {
  const written = cells.map((cell, index) => {
    const at = `${columnName(index)}${number}`
    if (cell === null || cell === '') return ''
    return typeof cell === 'number' ? `<c r="${at}"><v>${cell}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${xml(printable(cell))}</t></is></c>`
  })
  return `<row r="${number}">${written.join('')}</row>`
}
