import { readSheet } from 'read-excel-file/node'
import { invalid } from '#core/failure.ts'

/** A row of a file of amounts by its columns, in small letters. An amount that a spreadsheet holds as a number is one. */
export type AmountRow = Readonly<Record<string, string>> & { readonly [amountIsNumber]?: number }

/** Under it stands what a spreadsheet holds as a number: of it nobody has to ask which sign parts its decimals. */
export const amountIsNumber: unique symbol = Symbol('amount')

/** What columns are called in other words than the program's own; in small letters. */
const otherNames: Readonly<Record<string, string>> = {
  monat: 'month',
  betrag: 'amount',
  referenz: 'reference',
  beleg: 'reference',
  beschreibung: 'description',
  währung: 'currency',
  kategorie: 'category',
  kostenstelle: 'cost centre',
  'cost center': 'cost centre',
  zeile: 'line',
  budgetzeile: 'line',
}

/** What a column is called here, whichever of its names stands at its head. */
export function headOf(name: string): string {
  const plain = name.trim().toLowerCase()
  return otherNames[plain] ?? plain
}

/** Decompressed a sheet is larger: so many rows and no more are read. */
const MOST_ROWS = 100_000

/**
 * The first sheet of a workbook as rows. A month may be written as text or stand in a cell of dates; an amount as text, which
 * is read as in any file, or as a number. Throws `cost-import.unreadable` where it is no workbook.
 */
export async function amountRows(workbook: Buffer): Promise<readonly AmountRow[]> {
  const [head = [], ...rows] = await readSheet(workbook).catch(() => {
    throw invalid('cost-import.unreadable')
  })
  if (rows.length > MOST_ROWS) throw invalid('cost-import.unreadable')
  const names = head.map((cell) => headOf(written(cell)))
  return rows
    .filter((cells) => cells.some((cell) => written(cell) !== ''))
    .map((cells): AmountRow => {
      const row = Object.fromEntries(
        names.map((name, index) => {
          const cell = cells[index] ?? null
          return [name, name === 'month' && cell instanceof Date ? cell.toISOString().slice(0, 7) : written(cell)]
        }),
      )
      const amount = cells[names.indexOf('amount')]
      return typeof amount === 'number' ? { ...row, [amountIsNumber]: amount } : row
    })
}

function written(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell).trim() : ''
}
