/** A line of a table for other programs: text, whole numbers, nothing where nothing was measured. */
export type CsvLine = readonly (string | number | null)[]

/**
 * A table as CSV, for a spreadsheet: with the mark by which it knows UTF-8. What begins as a formula is made plain text, for
 * a title is written by anybody.
 */
export function csvOf(head: readonly string[], lines: readonly CsvLine[]): string {
  const rows = [head, ...lines].map((line) => line.map(cell).join(','))
  return `\uFEFF${rows.join('\r\n')}\r\n`
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Hands a text to the person as a file. */
export function saveText(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
