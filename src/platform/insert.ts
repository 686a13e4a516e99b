import { type Compilable, CompiledQuery, type Insertable } from 'kysely'
import type { DB } from '#db'

/** Texts of insertions by table, columns and number of rows. */
const texts = new Map<string, string>()
const KEPT_AT_MOST = 500

/**
 * The statement that inserts rows. The query builder makes the text of an insertion anew each time, which for rows of many
 * columns is a quarter of what a short request costs the program; this makes it once.
 *
 * @param rows At least one, all with the columns of the first; `undefined` there leaves a column to its default.
 */
export function inserting<Table extends keyof DB>(table: Table, rows: readonly Insertable<DB[Table]>[]): Compilable {
  const first = rows[0] as Readonly<Record<string, unknown>>
  const columns = Object.keys(first).filter((column) => first[column] !== undefined)
  const values = rows.flatMap((row) => columns.map((column) => (row as typeof first)[column]))
  return { compile: () => CompiledQuery.raw(textOf(table, columns, rows.length), values) }
}

/**
 * The statement that inserts very many rows: they go as one value, in which neither side has a parameter for each field.
 *
 * @param rows At least one, all with the columns of the first.
 */
export function insertingMany<Table extends keyof DB>(
  table: Table,
  rows: readonly Insertable<DB[Table]>[],
): Compilable {
  const columns = Object.keys(rows[0]!).map(quoted).join(', ')
  const text = `insert into ${quoted(table)} (${columns}) select ${columns} from json_populate_recordset(null::${quoted(table)}, $1::json)`
  const named = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [nameOf(column), value])),
  )
  return { compile: () => CompiledQuery.raw(text, [JSON.stringify(named)]) }
}

function textOf(table: string, columns: readonly string[], count: number): string {
  const key = `${table} ${count} ${columns.join()}`
  const known = texts.get(key)
  if (known !== undefined) return known
  const row = (index: number) => `(${columns.map((_, column) => `$${index * columns.length + column + 1}`).join(', ')})`
  const rows = Array.from({ length: count }, (_, index) => row(index))
  const text = `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values ${rows.join(', ')}`
  if (texts.size >= KEPT_AT_MOST) texts.delete(texts.keys().next().value!)
  texts.set(key, text)
  return text
}

function quoted(name: string): string {
  return `"${nameOf(name)}"`
}

/** `dueAt` as the database names it. */
function nameOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
