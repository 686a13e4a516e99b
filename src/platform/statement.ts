import { CompiledQuery, type RawBuilder, sql } from 'kysely'
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

/**
 * A {@link statement} about the records of some ids. About one it is a statement of its own: the database plans that once and
 * for all, while it would plan one about a list anew for each list, which costs more than reading what is asked for.
 *
 * @param build Builds it with the condition that a column is among the ids.
 */
export function ofOneOrMany<Row>(
  build: (db: Db, isMeant: (column: RawBuilder<unknown>) => RawBuilder<boolean>) => Built<Row>,
): (db: Db, ids: readonly string[]) => Promise<Row[]> {
  const ofOne = statement((db, { id }: { readonly id: string }) => build(db, (column) => sql`${column} = ${id}::uuid`))
  const ofMany = statement((db, { ids }: { readonly ids: readonly string[] }) =>
    build(db, (column) => sql`${column} = any(${ids}::uuid[])`),
  )
  return (db, ids) => (ids.length === 1 ? ofOne(db, { id: ids[0]! }) : ofMany(db, { ids }))
}

const places: object = new Proxy({}, { get: (_, name) => new Place(String(name)) })

function madeOf({ sql: text, parameters }: CompiledQuery): Made {
  return { text, parameters }
}
