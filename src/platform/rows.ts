import type { EventEmitter } from 'node:events'
import { CamelCasePlugin, type PluginTransformResultArgs, type QueryResult, type UnknownRow } from 'kysely'
import { types } from 'pg'
import { PreparingClient } from '#platform/preparing-client.ts'

/** Writes `dueAt` as `due_at` in statements. Rows have their names from {@link NamingClient}: each once, not once a row. */
class SnakeCase extends CamelCasePlugin {
  override transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result)
  }

  columnOf(name: string): string {
    return this.camelCase(name)
  }
}

export const snakeCase = new SnakeCase({ maintainNestedObjectKeys: true })

/** A client for the query builder: its rows name `due_at` as the program does, `dueAt`. */
export class NamingClient extends PreparingClient {
  constructor(...config: ConstructorParameters<typeof PreparingClient>) {
    super(...config)
    const { connection } = this as unknown as { readonly connection: EventEmitter }
    connection.prependListener('rowDescription', ({ fields }: { readonly fields: readonly { name: string }[] }) => {
      for (const field of fields) field.name = snakeCase.columnOf(field.name)
    })
  }
}

const readAny = types.getTypeParser(types.builtins.TIMESTAMPTZ)

/**
 * A moment as the database writes it, to the millisecond. Those in UTC and in the years that anybody uses are read digit by
 * digit: a list has hundreds of them. For `infinity` it is that number and no date.
 */
export function readMoment(text: string): Date {
  const at = (index: number) => text.charCodeAt(index) - ZERO
  const isUsual = text.length <= LONGEST && text.length >= SHORTEST && text.endsWith('+00') && text[10] === ' '
  if (!isUsual || text[0] === '0') return readAny(text)
  const two = (index: number) => at(index) * 10 + at(index + 1)
  const digit = (index: number) => (index < text.length - 3 ? at(index) : 0)
  const thousandths = digit(20) * 100 + digit(21) * 10 + digit(22)
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), thousandths))
}

const ZERO = 48
/** `2026-03-02 09:00:00+00`, and with six digits behind the second. */
const SHORTEST = 22
const LONGEST = 29
