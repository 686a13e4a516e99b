import { sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { AuditChain, AuditCheck, AuditEntry, AuditExport, AuditFilter } from './api.ts'
import { countWaiting } from './verify.ts'

/** @param whole With what exactly was done; for auditors. */
function selectEntries(db: Db, { action, actor, subject, from, to }: AuditExport, whole: boolean) {
  return db
    .selectFrom('audit')
    .leftJoin('auditLink as link', (join) =>
      join.onRef('link.auditId', '=', 'audit.id').onRef('link.auditAt', '=', 'audit.at'),
    )
    .leftJoin('person', 'person.id', 'audit.actorId')
    .leftJoin('customer', 'customer.id', 'audit.customerId')
    .select(['audit.id', 'audit.at', 'audit.actorId', 'audit.action', 'audit.subjectType', 'audit.subjectId'])
    .select(['audit.customerId', 'audit.requestId', 'link.number', 'person.name as actorName'])
    .select(['customer.name as customerName', sql<string | null>`encode(link.hash, 'hex')`.as('hash')])
    .select([
      sql<Record<string, unknown> | null>`case when ${whole} then audit.facts end`.as('facts'),
      sql<string>`audit.at::text`.as('key'),
    ])
    .$if(action !== undefined && action !== '', (query) =>
      query.where(sql<boolean>`position(lower(${action}) in audit.action) > 0`),
    )
    .$if(actor !== undefined, (query) => query.where('audit.actorId', '=', actor!))
    .$if(subject !== undefined, (query) => query.where('audit.subjectId', '=', subject!))
    .$if(from !== undefined, (query) => query.where('audit.at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('audit.at', '<', to!))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number]

function entryOf({ key, actorId, actorName, customerId, customerName, ...row }: Row): AuditEntry {
  void key
  return {
    ...row,
    // Whoever has been forgotten since is known by nothing but the id.
    actor: actorId === null ? null : { id: actorId, name: actorName ?? actorId },
    customer: customerId === null ? null : { id: customerId, name: customerName ?? customerId },
  }
}

/** The latest first. */
export async function listEntries({ db }: Pick<Context, 'db'>, filter: AuditFilter, whole: boolean) {
  const { limit, cursor } = filter
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await selectEntries(db, filter, whole)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(audit.at, audit.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('audit.at', 'desc')
    .orderBy('audit.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map(entryOf), nextCursor }
}

/** The oldest first, after a row that is known already. */
export async function entriesAfter(
  { db }: Pick<Context, 'db'>,
  filter: AuditExport,
  {
    whole,
    after,
    limit,
  }: { readonly whole: boolean; readonly after: readonly [string, string] | null; readonly limit: number },
): Promise<{ readonly items: readonly AuditEntry[]; readonly last: readonly [string, string] | null }> {
  const rows = await selectEntries(db, filter, whole)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(audit.at, audit.id) > (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('audit.at')
    .orderBy('audit.id')
    .limit(limit)
    .execute()
  const last = rows.at(-1)
  return { items: rows.map(entryOf), last: last === undefined ? null : [last.key, last.id] }
}

/** The last link. */
export async function readHead(db: Db) {
  return db
    .selectFrom('auditLink')
    .select(['number', 'linkedAt as at', sql<string>`encode(hash, 'hex')`.as('hash')])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function readChain({ db }: Pick<Context, 'db'>): Promise<AuditChain> {
  const check = await db
    .selectFrom('auditCheck')
    .selectAll()
    .orderBy('beganAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    head: (await readHead(db)) ?? null,
    waiting: await countWaiting(db),
    check: check === undefined ? null : checkOf(check),
  }
}

function checkOf({ faults, ...row }: Omit<AuditCheck, 'faults'> & { readonly faults: unknown }): AuditCheck {
  const told = faults as readonly (Omit<AuditCheck['faults'][number], 'at'> & { readonly at: string | null })[]
  return { ...row, faults: told.map(({ at, ...fault }) => ({ ...fault, at: at === null ? null : new Date(at) })) }
}
