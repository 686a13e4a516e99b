import { CompiledQuery } from 'kysely'
import type { Db } from '#platform/context.ts'

interface Built<Row> {
  compile(db: Db): CompiledQuery<Row>
}

/** Stands for a value while the text of a statement is made. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

interface Made {
  readonly text: string
  /** For each parameter the place of its value, or what it always is. */
  readonly parameters: readonly unknown[]
}

/**
 * A statement whose text is made once and then said with ever other values: for what every request asks. To build and compile
 * a short one anew costs the program as much as reading its answer.
 *
 * @param build Builds it as usual, of places that stand for the values: they can be handed to the query builder and nothing
 *   else, so what it looks like must not depend on them. What differs in more than values is another statement.
 */
export function statement<Values extends object, Row>(
  build: (db: Db, values: Values) => Built<Row>,
): (db: Db, values: Values) => Promise<Row[]> {
  let made: Made | undefined
  return async (db, values) => {
    made ??= madeOf(build(db, places as Values).compile(db))
    const parameters = made.parameters.map((each) =>
      each instanceof Place ? (values as Readonly<Record<string, unknown>>)[each.name] : each,
    )
    return (await db.executeQuery<Row>(CompiledQuery.raw(made.text, parameters))).rows
  }
}

const places: object = new Proxy({}, { get: (_, name) => new Place(String(name)) })

function madeOf({ sql: text, parameters }: CompiledQuery): Made {
  return { text, parameters }
}
