import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** An entry of the audit as it goes into the chain: every column, as text that does not depend on settings. */
export interface ChainedEntry {
  readonly id: string
  /** UTC, to the microsecond. */
  readonly at: string
  readonly actorId: string | null
  readonly onBehalfOf: string | null
  readonly reason: string | null
  readonly action: string
  readonly subjectType: string | null
  readonly subjectId: string | null
  readonly customerId: string | null
  readonly requestId: string | null
  /** As PostgreSQL writes a `jsonb`: keys in its own order, whatever order they came in. */
  readonly facts: string
}

/** What the first link follows. */
export const BEGINNING: Buffer = Buffer.alloc(32)

/**
 * The hash of a link: SHA-256 over the 32 bytes of the link before and the entry as a JSON array of its columns, in UTF-8.
 * Whoever has the entries in their order can count it again without this program.
 */
export function linkHash(before: Buffer, entry: ChainedEntry): Buffer {
  const { id, at, actorId, onBehalfOf, reason, action, subjectType, subjectId, customerId, requestId, facts } = entry
  const columns = [id, at, actorId, onBehalfOf, reason, action, subjectType, subjectId, customerId, requestId, facts]
  return createHash('sha256').update(before).update(JSON.stringify(columns)).digest()
}

/** Entries as they are chained, by the alias `audit`. */
export function chainedEntries(db: Db) {
  return db
    .selectFrom('audit')
    .select(['audit.id', 'audit.actorId', 'audit.onBehalfOf', 'audit.reason', 'audit.action'])
    .select(['audit.subjectType', 'audit.subjectId', 'audit.customerId', 'audit.requestId'])
    .select([
      sql<string>`to_char(audit.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at'),
      sql<string>`audit.facts::text`.as('facts'),
    ])
}
