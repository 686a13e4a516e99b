import { CompiledQuery } from 'kysely'
import type { PoolClient } from 'pg'
import type { Db } from '#platform/context.ts'

/** Asks the database with `$1` placeholders: within a transaction of the query builder, or on a connection of one's own. */
export type Ask = <Row>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>

export function askOf(db: Db): Ask {
  const plain = db.withoutPlugins()
  return async <Row>(text: string, values: readonly unknown[]) =>
    (await plain.executeQuery(CompiledQuery.raw(text, [...values]))).rows as Row[]
}

export function askClient(client: PoolClient): Ask {
  return async <Row>(text: string, values: readonly unknown[]) => (await client.query(text, [...values])).rows as Row[]
}
