import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { BEGINNING, type ChainedEntry, chainedEntries, linkHash } from './chain.ts'
import type { Fault } from './fault.ts'

/** The last link that was looked at. */
export interface Head {
  readonly number: number
  readonly hash: Buffer
}

export interface Verified {
  /** Entries that are what was linked. */
  readonly entries: number
  /** Entries that were kept as long as was said, and then taken away. */
  readonly aged: number
  /** Entries that wait to be linked. */
  readonly waiting: number
  readonly head: Head | null
  /** The first of them. */
  readonly faults: readonly Fault[]
  readonly faultCount: number
}

/** Links are read so many at a time. */
const AT_ONCE = 5000

/** So many faults are told one by one. */
const MOST_TOLD = 100

/**
 * Compares the whole chain with the audit. Whoever rewrites entry and chain from there on to the end changes its head; so
 * keep a head elsewhere and give it here.
 *
 * @param known A link as it was told before: the chain must still go through it.
 */
export async function verifyChain(
  db: Db,
  { known, onProgress }: { readonly known?: Head; readonly onProgress?: (number: number) => void } = {},
): Promise<Verified> {
  const faults: Fault[] = []
  let faultCount = 0
  const tell = (fault: Fault) => {
    faultCount += 1
    if (faults.length < MOST_TOLD) faults.push(fault)
  }
  const agedBefore = await lastRetention(db)
  let head: Head = { number: 0, hash: BEGINNING }
  let entries = 0
  let aged = 0
  for (let links = await linksAfter(db, 0); links.length > 0; links = await linksAfter(db, head.number)) {
    const found = await entriesOf(db, links)
    for (const { number, auditId, at, hash } of links) {
      if (number !== head.number + 1) tell({ kind: 'gap', number: head.number + 1, entry: null, at: null })
      const entry = found.get(auditId)
      if (entry !== undefined && linkHash(head.hash, entry).equals(hash)) entries += 1
      else if (entry !== undefined) tell({ kind: 'changed', number, entry: auditId, at: entry.at })
      else if (agedBefore !== null && at < agedBefore) aged += 1
      else tell({ kind: 'missing', number, entry: auditId, at })
      if (known?.number === number && !known.hash.equals(hash)) tell({ kind: 'head', number, entry: auditId, at })
      head = { number, hash }
    }
    onProgress?.(head.number)
  }
  if (known !== undefined && known.number > head.number)
    tell({ kind: 'head', number: known.number, entry: null, at: null })
  const inserted = await unchained(db)
  for (const { id, at } of inserted) tell({ kind: 'inserted', number: null, entry: id, at })
  return {
    entries,
    aged,
    waiting: await countWaiting(db),
    head: head.number === 0 ? null : head,
    faults,
    faultCount,
  }
}

const asText = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

async function linksAfter(db: Db, number: number) {
  return db
    .selectFrom('auditLink')
    .select(['number', 'auditId', 'hash', asText('auditAt').as('at')])
    .where('number', '>', number)
    .orderBy('number')
    .limit(AT_ONCE)
    .execute()
}

async function entriesOf(db: Db, links: readonly { number: number }[]): Promise<ReadonlyMap<string, ChainedEntry>> {
  const rows = await chainedEntries(db)
    .innerJoin('auditLink as link', (join) =>
      join.onRef('link.auditId', '=', 'audit.id').onRef('link.auditAt', '=', 'audit.at'),
    )
    .where('link.number', '>=', links[0]!.number)
    .where('link.number', '<=', links.at(-1)!.number)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Entries that neither are in the chain nor wait for it. */
async function unchained(db: Db) {
  return db
    .selectFrom('audit')
    .select(['audit.id', asText('audit.at').as('at')])
    .where(sql<boolean>`not exists (select from audit_link where audit_link.audit_id = audit.id)`)
    .where(sql<boolean>`not exists (select from audit_unlinked where audit_unlinked.audit_id = audit.id)`)
    .orderBy('audit.at')
    .execute()
}

export async function countWaiting(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('auditUnlinked')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Until when entries have been taken away because they were kept long enough; the audit itself says so. */
async function lastRetention(db: Db): Promise<string | null> {
  const { before } = await db
    .selectFrom('audit')
    .innerJoin('auditLink', 'auditLink.auditId', 'audit.id')
    .select(sql<string | null>`max(audit.facts->>'before')`.as('before'))
    .where('action', '=', RETENTION)
    .executeTakeFirstOrThrow()
  return before
}

/** The act of taking away what is old enough. */
export const RETENTION = 'audit.aged'
