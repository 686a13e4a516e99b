import { sql } from 'kysely'
import type { Metric, Priority } from '#api/service-levels'
import { toldOfAll } from '#platform/confidential.ts'
import type { Db } from '#platform/context.ts'
import { endedAt, type Period, promisedToCustomer } from './fact-queries.ts'

/** A clock beside an incident of the list; all null where there is none. */
export interface ListClock {
  readonly state: string | null
  readonly stoppedAt: Date | null
  readonly dueAt: Date | null
  readonly breachedAt: Date | null
  readonly targetMs: number | null
  readonly elapsedMs: number | null
  readonly excluded: boolean | null
}

type Prefixed<Prefix extends string, Shape> = {
  readonly [Key in keyof Shape & string as `${Prefix}${Capitalize<Key>}`]: Shape[Key]
}

export type ListRow = Prefixed<'response', ListClock> &
  Prefixed<'resolution', ListClock> & {
    readonly number: string
    readonly reference: string | null
    readonly title: string
    readonly priority: Priority
    readonly service: string | null
    readonly site: string | null
    readonly openedAt: Date
    readonly respondedAt: Date | null
    readonly resolvedAt: Date | null
    readonly endedAt: Date | null
    readonly reportedMet: boolean | null
  }

const LIST_BATCH = 2000

/** The incidents behind the figures, in order of opening, some thousand at a time. To be read within one snapshot. */
export async function* listRows(db: Db, { customerId, from, asOf }: Period): AsyncGenerator<ListRow[]> {
  const clock = (metric: Metric) =>
    sql.raw(
      ['state', 'stopped_at', 'due_at', 'target_ms', 'elapsed_ms']
        .map((column) => `${metric}.${column} as ${metric}_${column}`)
        .join(', ') +
        `, ${metric}.exclusion is not null as ${metric}_excluded` +
        `, coalesce(${metric}.breached_at, case when ${metric}.state = 'running' then ${metric}.due_at end) as ${metric}_breached_at`,
    )
  // The planner takes a cursor for something of which only the beginning is read.
  await sql`set local cursor_tuple_fraction = 1`.execute(db)
  await sql`set local work_mem = '64MB'`.execute(db)
  await sql`
    declare review_list no scroll cursor for
    select ${toldOfAll(sql`i.number`)} as number, ${toldOfAll(sql`i.source_key`)} as reference, ${toldOfAll(sql`i.title`)} as title, i.priority,
      ${toldOfAll(sql`s.name`)} as service, ${toldOfAll(sql`l.name`)} as site, i.opened_at, i.responded_at,
      i.resolved_at, nullif(${endedAt}, 'infinity') as ended_at, i.reported_met, ${clock('response')}, ${clock('resolution')}
    from incident i
      left join clock response on response.incident_id = i.id and response.metric = 'response' and ${promisedToCustomer('response', customerId)}
      left join clock resolution on resolution.incident_id = i.id and resolution.metric = 'resolution'
        and ${promisedToCustomer('resolution', customerId)}
      left join service s on s.id = i.service_id
      left join site l on l.id = i.site_id
    where i.customer_id = ${customerId} and i.opened_at < ${asOf} and ${endedAt} >= ${from}
    order by i.opened_at, i.number`.execute(db)
  for (;;) {
    const { rows } = await sql<ListRow>`fetch ${sql.lit(LIST_BATCH)} from review_list`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < LIST_BATCH) break
  }
  await sql`close review_list`.execute(db)
}
