import type { SheetCell, SheetColumn, WorkbookInMaking } from '#platform/documents/workbook.ts'
import type { ToldSection } from './chapters.ts'
import type { Wording } from './wording.ts'

/** Names of tabs are short, and each is there once. */
const NAME_LETTERS = 28

/** A sheet for each table of the sections, one for all their months; the names of those that were written. */
export async function sectionSheets(
  book: WorkbookInMaking,
  sections: readonly ToldSection[],
  { say }: Wording,
  taken: readonly string[],
): Promise<string[]> {
  const names: string[] = []
  const write = async (wanted: string, columns: readonly SheetColumn[], rows: readonly (readonly SheetCell[])[]) => {
    const used = new Set([...taken, ...names].map((name) => name.toLowerCase()))
    const short = Array.from(wanted.replace(/[[\]:*?/\\\s]+/g, ' '))
      .slice(0, NAME_LETTERS)
      .join('')
      .trim()
    let name = short
    for (let next = 2; used.has(name.toLowerCase()); next += 1) name = `${short} ${next}`
    names.push(name)
    const sheet = await book.sheet(name, columns)
    await sheet.add(rows)
    await sheet.close()
  }
  for (const { blocks } of sections) {
    for (const block of blocks) {
      if (block.kind === 'table' && block.rows.length > 0) {
        const currencies = block.columns.map((_, index) => currencyOf(block.rows.map((cells) => cells[index])))
        const columns = block.columns.map(({ head, kind, weight }, index): SheetColumn => ({
          head: currencies[index] ? `${head}, ${currencies[index]}` : head,
          kind: currencies[index] ? 'number' : (kind ?? 'prose'),
          width: Math.max(14, Math.round(weight * 10)),
        }))
        const rows = block.rows.map((cells) =>
          cells.map(({ text, value, currency }, index): SheetCell => {
            if (currency !== undefined && !currencies[index]) return text
            return value === undefined ? text : value
          }),
        )
        await write(block.caption, columns, rows)
      }
    }
    const trends = blocks.filter((block) => block.kind === 'trend')
    if (trends.length > 0) {
      await write(
        say('sheet.signals'),
        [
          { head: say('head.name'), kind: 'text', width: 40 },
          { head: say('head.month'), kind: 'text', width: 12 },
          { head: say('head.value'), kind: 'number', width: 14 },
          { head: say('head.unit'), kind: 'text', width: 12 },
          { head: say('chart.lower'), kind: 'number', width: 14 },
          { head: say('chart.upper'), kind: 'number', width: 14 },
          { head: say('head.change'), kind: 'prose', width: 60 },
        ],
        trends.flatMap(({ name, months, values, unit, limits, change }) =>
          months.map((month, index): SheetCell[] => [
            name,
            month,
            values[index] ?? null,
            unit,
            shown(limits?.lower),
            shown(limits?.upper),
            index === months.length - 1 ? change : '',
          ]),
        ),
      )
    }
  }
  return names
}

/** A limit as exact as the values that it stands beside. */
function shown(limit: number | null | undefined): number | null {
  return limit === null || limit === undefined ? null : Math.round(limit * 100) / 100
}

/** In which currency a column is; null where it has no amounts, or of several: those stay words, nothing adds them up. */
function currencyOf(cells: readonly ({ readonly currency?: string | undefined } | undefined)[]): string | null {
  const found = new Set(cells.flatMap((cell) => cell?.currency ?? []))
  const [only] = found
  return found.size === 1 ? only! : null
}
