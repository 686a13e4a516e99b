import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { notFound } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import { type TriedVersion, versionHashes } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { WhatIf, WhatIfFilter } from './api.ts'

function selectWhatIfs(db: Db) {
  return db
    .selectFrom('whatIf')
    .innerJoin('customer', 'customer.id', 'whatIf.customerId')
    .innerJoin('agreement', 'agreement.id', 'whatIf.agreementId')
    .leftJoin('person', 'person.id', 'whatIf.requestedBy')
    .select(['whatIf.id', 'whatIf.customerId', 'customer.name as customerName', 'whatIf.agreementId'])
    .select(['agreement.name as agreementName', 'whatIf.versionId', 'whatIf.versionNumber'])
    .select(['whatIf.fromDay', 'whatIf.toDay', 'whatIf.tried', 'whatIf.contentHash', 'whatIf.state'])
    .select(['whatIf.progress', 'whatIf.incidents', 'whatIf.counts', 'whatIf.figures', 'whatIf.requestedBy'])
    .select(['person.name as requester', 'whatIf.requestedAt', 'whatIf.asOf', 'whatIf.finishedAt'])
    .select(
      sql<string | null>`(select c.name from calendar c where c.id = (what_if.tried->>'calendarId')::uuid)`.as(
        'calendarName',
      ),
    )
}

type WhatIfRow = Awaited<ReturnType<ReturnType<typeof selectWhatIfs>['execute']>>[number]

/** The latest first. */
export async function listWhatIfs(
  { db }: Context,
  { customer, agreement, version, limit, cursor }: WhatIfFilter,
): Promise<{ items: WhatIf[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await selectWhatIfs(db)
    .select(sql<string>`what_if.requested_at::text`.as('key'))
    .$if(customerId !== undefined, (query) => query.where('whatIf.customerId', '=', customerId!))
    .$if(agreement !== undefined, (query) => query.where('whatIf.agreementId', '=', agreement!))
    .$if(version !== undefined, (query) => query.where('whatIf.versionId', '=', version!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(what_if.requested_at, what_if.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('whatIf.requestedAt', 'desc')
    .orderBy('whatIf.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: await viewsOf(db, items), nextCursor }
}

export async function getWhatIf({ db }: Pick<Context, 'db'>, id: string): Promise<WhatIf> {
  const row = await selectWhatIfs(db).where('whatIf.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('what-if.not-found')
  return (await viewsOf(db, [row]))[0]!
}

async function viewsOf(db: Db, rows: readonly WhatIfRow[]): Promise<WhatIf[]> {
  const hashes = await versionHashes(db, [...new Set(rows.map(({ versionId }) => versionId))])
  return rows.map((row) => {
    const tried = row.tried as unknown as TriedVersion
    return {
      id: row.id,
      customer: { id: row.customerId, name: row.customerName },
      agreement: { id: row.agreementId, name: row.agreementName },
      version: { id: row.versionId, number: row.versionNumber },
      from: row.fromDay,
      to: row.toDay,
      calendar: {
        id: tried.calendarId,
        name: row.calendarName ?? '',
        rules: tried.rules as WhatIf['calendar']['rules'],
      },
      state: row.state as WhatIf['state'],
      progress: row.progress,
      incidents: row.incidents,
      counts: row.counts as WhatIf['counts'],
      figures: (row.figures ?? []) as unknown as WhatIf['figures'],
      outOfDate: hashes.get(row.versionId) !== row.contentHash,
      requestedBy: row.requestedBy === null ? null : { id: row.requestedBy, name: row.requester ?? '' },
      requestedAt: row.requestedAt,
      asOf: row.asOf,
      finishedAt: row.finishedAt,
    }
  })
}

export async function insertWhatIf(db: Db, row: Insertable<DB['whatIf']>): Promise<void> {
  await db.insertInto('whatIf').values(row).execute()
}

/** A what-if's own columns, locked until the transaction ends. */
export async function lockWhatIf(db: Db, id: string) {
  const row = await db.selectFrom('whatIf').select('state').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('what-if.not-found')
  return row
}

/** Whether it was still being counted, and so was changed. */
export async function updateWhatIf(db: Db, id: string, change: Updateable<DB['whatIf']>): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('whatIf')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'computing')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
