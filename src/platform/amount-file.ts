import { parse } from 'csv-parse/sync'
import { decimalsOf } from '#core/exchange.ts'
import { invalid, refused } from '#core/failure.ts'
import { amountIsNumber, type AmountRow, headOf } from './amount-sheet.ts'
import { type DecimalSign, readAmount } from '#core/written-amount.ts'

/** One line of a file of amounts: its own columns beside those that every such file has. */
export interface AmountLine {
  /** As whoever wrote it sees it: the head is line 1. */
  readonly line: number
  /** `YYYY-MM`. */
  readonly month: string
  /** Below zero it is a credit note; never zero. */
  readonly amountMinor: number
  readonly currency: string
  readonly reference: string
  readonly description: string | null
  /** All of its columns, by their names in small letters. */
  readonly columns: Readonly<Record<string, string>>
}

interface Expected {
  /** Null: nobody said it; refused where the file could be read both ways. */
  readonly decimal: DecimalSign | null
  /** Of amounts that do not name one: the same for all, or as the line says by its columns. */
  readonly currency: string | ((columns: Readonly<Record<string, string>>) => string)
  /** Whether other currencies are taken, to be converted by whoever asked. */
  readonly converts?: boolean
  /** Columns that are needed besides `month`, `amount` and `reference`. */
  readonly columns: readonly string[]
}

/**
 * What stands in a CSV or in the rows of a sheet of amounts, or the first thing that is wrong with it: columns, months,
 * amounts that are not zero, references that are there once. The sign that parts decimals is asked where the file does not tell, never guessed.
 */
export function amountLines(
  file: string | readonly AmountRow[],
  { decimal, currency, converts = false, columns }: Expected,
): AmountLine[] {
  const { heads, rows } = typeof file === 'string' ? rowsOf(file) : { heads: Object.keys(file[0] ?? {}), rows: file }
  // One word is no head line of anything.
  if (rows.length === 0 && heads.length !== 1) throw invalid('cost-import.empty')
  const missing = ['month', ...columns, 'amount', 'reference'].filter((name) => !heads.includes(name))
  if (missing.length > 0) throw invalid('cost-import.columns', { columns: missing.join(', ') })
  if (decimal === null && rows.some((row) => row[amountIsNumber] === undefined && /[.,]/.test(row.amount ?? '')))
    throw invalid('cost-import.decimal')
  const seen = new Set<string>()
  return rows.map((row, index) => {
    const line = index + 2
    const { month = '', amount = '', reference = '', description = '' } = row
    const own = typeof currency === 'string' ? currency : currency(row)
    const said = row.currency === undefined || row.currency === '' ? own : row.currency
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw invalid('cost-import.month', { line, month })
    // Nothing is converted at a guess.
    if (said !== own && !(converts && /^[A-Z]{3}$/.test(said)))
      throw refused('cost-import.currency', { line, currency: said })
    const amountMinor =
      row[amountIsNumber] === undefined
        ? readAmount(amount, decimal ?? 'point', decimalsOf(said))
        : wholeMinor(row[amountIsNumber], decimalsOf(said))
    if (amountMinor === null || amountMinor === 0) throw invalid('cost-import.amount', { line, amount })
    if (reference === '' || reference.length > 120 || seen.has(reference))
      throw invalid('cost-import.reference', { line, reference })
    seen.add(reference)
    const words = description === '' ? null : description.slice(0, 500)
    return { line, month, amountMinor, currency: said, reference, description: words, columns: row }
  })
}

/** The number of a cell in the smallest unit; null where it has more decimals than its currency. */
function wholeMinor(amount: number, decimals: number): number | null {
  const minor = amount * 10 ** decimals
  const whole = Math.round(minor)
  // A hundredth has no exact form in a cell: what is off by less than a thousandth of a unit is that.
  return Number.isSafeInteger(whole) && Math.abs(minor - whole) < 0.001 ? whole : null
}

interface Read {
  readonly heads: readonly string[]
  readonly rows: readonly AmountRow[]
}

function rowsOf(text: string): Read {
  const [head = ''] = text.split('\n')
  const delimiter = [';', '\t', ','].find((each) => head.includes(each)) ?? ','
  let found: readonly string[] = []
  try {
    const rows = parse(text, {
      bom: true,
      delimiter,
      columns: (names: string[]) => (found = names.map(headOf)),
      skip_empty_lines: true,
      trim: true,
    }) as AmountRow[]
    return { heads: found, rows }
  } catch {
    throw invalid('cost-import.unreadable')
  }
}
