import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import { lockRequest } from './queries.ts'
import { openRequestStates } from './request.ts'
import { promiseColumns } from './tell.ts'

/** Counted anew in one transaction. */
const BATCH = 100

/**
 * Counts the promises of requests anew that run in a calendar's hours, or were delivered in a month that is not locked: what
 * was told of a locked one stays.
 */
export async function recountIn({ db, inTransaction, signal }: JobWorld, calendarId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select r.id from request r join calendar_version v on v.id = r.calendar_version_id
      join customer c on c.id = r.customer_id
    where v.calendar_id = ${calendarId} and (r.state = any(${[...openRequestStates]})
      or r.delivered_at is not null and not exists (select from period p where p.customer_id = r.customer_id
        and p.state = 'locked' and p.month = date_trunc('month', r.delivered_at at time zone c.time_zone)::date))
    order by r.id`.execute(db)
  await recountThese({ inTransaction, signal }, rows)
}

/** Counts the promises anew that were made before anything was to be told of them. */
export async function takeUpUntold({ db, inTransaction, signal }: JobWorld): Promise<void> {
  const rows = await db
    .selectFrom('request')
    .select('id')
    .where('state', 'in', openRequestStates)
    .where('promisedAt', 'is not', null)
    .where('alarmAt', 'is', null)
    .where('toldBp', '=', 0)
    .execute()
  await recountThese({ inTransaction, signal }, rows)
}

async function recountThese(
  { inTransaction, signal }: Pick<JobWorld, 'inTransaction' | 'signal'>,
  rows: readonly { readonly id: string }[],
): Promise<void> {
  for (let from = 0; from < rows.length && !signal.aborted; from += BATCH) {
    await inTransaction(async ({ db, now }) => {
      for (const { id } of rows.slice(from, from + BATCH)) await recountOne(db, id, now)
    })
  }
}

/** Nobody did anything to it: its version stays. */
async function recountOne(db: Db, id: string, now: Date): Promise<void> {
  const kept = await lockRequest({ db }, id)
  await db
    .updateTable('request')
    .set(await promiseColumns(db, kept, now))
    .where('id', '=', id)
    .execute()
}
