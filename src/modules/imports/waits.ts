import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromManaging } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { ofCustomer, type WaitingScope, type WaitsFor } from '#platform/waiting.ts'

/** So many of each are listed. */
const AT_MOST = 12

const DAY_MS = 86_400_000

/** Imports that came to nothing, for whoever manages. */
export const importWaits: WaitsFor<TodayItem> = async (context, scope) => {
  if (barredFromManaging(context.actor) !== null) return []
  return (await readImports(context, scope)).map((row) => ({ ...row, kind: 'import', stake: 'report' }))
}

interface ImportRow {
  readonly id: string
  readonly why: 'failed' | 'stands'
  readonly file: string
  readonly customer: string | null
  readonly at: Date
}

/** After so long an import that began has come to nothing by itself; a file that nobody began with waits as long. */
const STANDS_AFTER_HOURS = 2
/** What is older is told in the list of imports, and no news any more. */
const NEWS_DAYS = 14

/** Imports of the last fortnight that failed and were not taken up by another of the same file, or that stand still. */
async function readImports({ db, now }: Context, scope: WaitingScope): Promise<ImportRow[]> {
  const since = new Date(now.getTime() - NEWS_DAYS * DAY_MS)
  const still = new Date(now.getTime() - (STANDS_AFTER_HOURS * DAY_MS) / 24)
  const { rows } = await sql<ImportRow>`
    select i.id, case when i.state = 'failed' then 'failed' else 'stands' end as why, i.file_name as file,
      customer.name as customer, coalesce(i.finished_at, i.started_at, i.created_at) as at
    from import i left join customer on customer.id = i.customer_id
    where i.created_at >= ${since} and ${ofCustomer(scope, 'i.customer_id')} and (
      i.state = 'failed' and not exists (
        select from import again where again.file_name = i.file_name and again.created_at > i.created_at and again.state = 'done'
      )
      or i.state in ('uploaded', 'uploading') and i.created_at < ${still}
      or i.state = 'running' and i.started_at < ${still}
    )
    order by i.created_at desc limit ${AT_MOST}`.execute(db)
  return rows
}
