import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { type FailureCode, notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { importStates } from './api.ts'
import type { ImportCounts } from './counts.ts'
import type { GivenMapping, Source } from './mapping.ts'
import type { Remark } from './row.ts'

/** An import as it is stored. */
export interface ImportRecord {
  readonly id: string
  readonly source: Source
  readonly customerId: string | null
  readonly customerName: string | null
  readonly fileName: string
  readonly fileSize: number
  readonly sha256: Buffer | null
  readonly state: ImportState
  readonly mapping: GivenMapping | null
  readonly dryRun: boolean
  readonly progressBytes: number
  readonly phase: string | null
  readonly counts: ImportCounts | null
  readonly failure: StoredFailure | null
  readonly cancelAsked: boolean
  readonly createdBy: string | null
  readonly createdByName: string | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

export type ImportState = (typeof importStates)[number]

/** Why an import failed, to be said in the language of whoever looks. */
export interface StoredFailure {
  readonly code: FailureCode
  readonly values: Readonly<Record<string, unknown>>
}

function selectImports(db: Db) {
  return db
    .selectFrom('import')
    .leftJoin('customer', 'customer.id', 'import.customerId')
    .leftJoin('person', 'person.id', 'import.createdBy')
    .select([
      'import.id',
      'import.source',
      'import.customerId',
      'customer.name as customerName',
      'import.fileName',
      'import.fileSize',
      'import.sha256',
      'import.state',
      'import.mapping',
      'import.dryRun',
      'import.progressBytes',
      'import.phase',
      'import.counts',
      'import.failure',
      'import.cancelAsked',
      'import.createdBy',
      'person.name as createdByName',
      'import.createdAt',
      'import.startedAt',
      'import.finishedAt',
    ])
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectImports>['execute']>>[number]

function recordOf(row: Selected): ImportRecord {
  return {
    ...row,
    source: row.source as Source,
    state: row.state as ImportState,
    mapping: row.mapping as unknown as GivenMapping | null,
    counts: row.counts as unknown as ImportCounts | null,
    failure: row.failure as unknown as StoredFailure | null,
  }
}

/** The newest first. */
export async function listImports(
  db: Db,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: ImportRecord[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'string'])
  const rows = await selectImports(db)
    .select(sql<string>`import.created_at::text`.as('createdKey'))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(import.created_at, import.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('import.createdAt', 'desc')
    .orderBy('import.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ createdKey, id }) => [createdKey, id])
  return { items: page.items.map(recordOf), nextCursor: page.nextCursor }
}

export async function getImport(db: Db, id: string): Promise<ImportRecord> {
  const row = await selectImports(db).where('import.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('import.not-found', { import: id })
  return recordOf(row)
}

/** Reads an import and locks it until the transaction ends. */
export async function lockImport(db: Db, id: string): Promise<ImportRecord> {
  const locked = await db.selectFrom('import').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!locked) throw notFound('import.not-found', { import: id })
  return getImport(db, id)
}

export async function insertImport(
  db: Db,
  row: Omit<Insertable<DB['import']>, 'mapping' | 'counts' | 'failure'> & { readonly mapping?: GivenMapping },
): Promise<void> {
  const { mapping, ...rest } = row
  await db
    .insertInto('import')
    .values({ ...rest, ...(mapping && { mapping: JSON.stringify(mapping) }) })
    .execute()
}

export type ImportChange = Omit<Updateable<DB['import']>, 'mapping' | 'counts' | 'failure'> & {
  readonly mapping?: GivenMapping
  readonly counts?: ImportCounts | null
  readonly failure?: StoredFailure | null
}

/** Lets one that failed run again, unless somebody has done something about it since; whether it does. */
export async function beginAgain(db: Db, id: string, phase: ImportRecord['phase']): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('import')
    .set({ state: 'running', phase, failure: null, finishedAt: null })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Changes an import; whether somebody asked it to stop. */
export async function updateImport(
  db: Db,
  id: string,
  { mapping, counts, failure, ...change }: ImportChange,
): Promise<boolean> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const row = await db
    .updateTable('import')
    .set({
      id,
      ...change,
      ...(mapping !== undefined && { mapping: json(mapping) }),
      ...(counts !== undefined && { counts: json(counts) }),
      ...(failure !== undefined && { failure: json(failure) }),
    })
    .where('id', '=', id)
    .returning('cancelAsked')
    .executeTakeFirst()
  return row?.cancelAsked ?? true
}

/** An import that took the same file in for the same customer, and was not taken back. */
export async function findEarlier(
  db: Db,
  { id, customerId, sha256 }: { readonly id: string; readonly customerId: string; readonly sha256: Buffer },
): Promise<ImportRecord | undefined> {
  const row = await selectImports(db)
    .where('import.customerId', '=', customerId)
    .where('import.sha256', '=', sha256)
    .where('import.state', '=', 'done')
    .where('import.dryRun', '=', false)
    .where('import.id', '<>', id)
    .orderBy('import.createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && recordOf(row)
}

function selectRemarks(db: Db, importId: string) {
  return db
    .selectFrom('importReject')
    .select(['line', 'columnName as column', 'code', 'facts', 'value'])
    .where('importId', '=', importId)
    .orderBy('line')
    .orderBy('code')
}

type RemarkRow = Awaited<ReturnType<ReturnType<typeof selectRemarks>['execute']>>[number]

function remarkOf({ code, facts, ...row }: RemarkRow): Remark {
  return { ...row, code: code as Remark['code'], facts: facts as Remark['facts'] }
}

/** Remarks of an import by line. */
export async function listRemarks(
  db: Db,
  importId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Remark[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['number', 'string'])
  const rows = await selectRemarks(db, importId)
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(line, code) > (${after![0]}::bigint, ${after![1]})`))
    .limit(limit + 1)
    .execute()
  return pageFrom(rows.map(remarkOf), limit, ({ line, code }) => [line, code])
}

/** All that are kept of an import. */
export async function readRemarks(db: Db, importId: string): Promise<Remark[]> {
  return (await selectRemarks(db, importId).execute()).map(remarkOf)
}
