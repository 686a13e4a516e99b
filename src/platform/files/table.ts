/** Cells that a spreadsheet would take for a formula, and run. */
const FORMULA = /^[\s]*[=+\-@\t\r|%]/
const NUMBER = /^[+-]?\d+([.,]\d+)?$/

/**
 * A cell that is shown as it is wherever it is opened: what a spreadsheet would run as a formula gets an apostrophe in
 * front (OWASP, CSV injection). Numbers stay numbers.
 */
export function harmless(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
}

/** A line of CSV after RFC 4180, of harmless cells. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? quoted(harmless(cell)) : (cell ?? ''))).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
