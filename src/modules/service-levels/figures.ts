import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'

/**
 * Until the end of the transaction either many add to a customer's figures, or one counts them anew: what is added while they
 * are counted would be there twice, or refused.
 */
function heldForCounting(db: Db, how: 'shared' | 'alone', customerId: RawBuilder<unknown> = sql`c.customer_id`) {
  const lock = sql.raw(how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  return sql`${lock}(hashtext(${workspaceOf(db).lock('recount-attainment')}), hashtext(${customerId}::text))`
}

/** Adds an incident's results to its months' figures, or takes them out. */
export async function moveFigures(db: Db, incidentId: string, sign: 1 | -1): Promise<void> {
  await sql`
    insert into attainment_month as m
      (customer_id, month, metric, priority, site_id, service_id, team_id, agreement_version_id, met, failed, excluded)
    select ${figureKey}, ${sql.lit(sign)} * sum(c.met), ${sql.lit(sign)} * sum(c.failed), ${sql.lit(sign)} * sum(c.excluded)
    from (${resultsOf(sql`c.incident_id = ${incidentId}`)}) c join customer u on u.id = c.customer_id
    where ${isNotLocked} and ${heldForCounting(db, 'shared')} is not null
    group by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}
    order by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}
    on conflict (customer_id, metric, month, priority, site_id, service_id, team_id, agreement_version_id) do update
      set met = m.met + excluded.met, failed = m.failed + excluded.failed, excluded = m.excluded + excluded.excluded`.execute(
    db,
  )
}

/** Results of clocks, a row each; of the next update also its gaps, as a metric of their own. */
export function resultsOf(
  which: RawBuilder<unknown>,
  { withTeam }: { readonly withTeam: boolean } = { withTeam: true },
  more = '',
): RawBuilder<unknown> {
  const further = sql.raw(more === '' ? '' : `, ${more}`)
  // A customer's role may not read teams.
  const team = sql.raw(withTeam ? 'c.team_id' : 'null::uuid as team_id')
  return sql`select c.customer_id, c.stopped_at, c.breached_at, c.started_at, c.metric, c.priority, c.site_id, c.service_id, ${team},
      c.agreement_version_id, (c.state = 'met' and c.exclusion is null)::int as met,
      (c.state = 'breached-stopped' and c.exclusion is null)::int as failed, (c.exclusion is not null)::int as excluded ${further}
    from clock c where c.stopped_at is not null and c.state in ('met', 'breached-stopped') and ${which}
    union all
    select c.customer_id, c.stopped_at, c.breached_at, c.started_at, 'next-update-gaps', c.priority, c.site_id, c.service_id, ${team},
      c.agreement_version_id, case when c.exclusion is null then c.gaps_met else 0 end,
      case when c.exclusion is null then c.gaps_failed else 0 end, case when c.exclusion is null then 0 else c.gaps_met + c.gaps_failed end ${further}
    from clock c where c.metric = 'next-update' and c.stopped_at is not null and c.state in ('met', 'breached-stopped') and ${which}`
}

const figureKey = sql.raw(
  "c.customer_id, date_trunc('month', c.stopped_at at time zone u.time_zone)::date, c.metric, c.priority, c.site_id, c.service_id, c.team_id, c.agreement_version_id",
)
/** A locked month's figures stay: what differs is an adjustment. */
const isNotLocked = sql.raw(
  "not exists (select from period p where p.customer_id = c.customer_id and p.state = 'locked' and p.month = date_trunc('month', c.stopped_at at time zone u.time_zone)::date)",
)

/**
 * Counts all figures of a customer anew from its clocks and incidents, but for those of locked months. What the source reported is counted in the month
 * in which the incident was resolved or, without that, closed.
 */
export async function recountAttainment(db: Db, customerId: string): Promise<void> {
  await sql`select ${heldForCounting(db, 'alone', sql`${customerId}`)}`.execute(db)
  await db
    .deleteFrom('attainmentMonth')
    .where('customerId', '=', customerId)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('period')
            .select('period.month')
            .whereRef('period.customerId', '=', 'attainmentMonth.customerId')
            .whereRef('period.month', '=', 'attainmentMonth.month')
            .where('period.state', '=', 'locked'),
        ),
      ),
    )
    .execute()
  await sql`
    insert into attainment_month
      (customer_id, month, metric, priority, site_id, service_id, team_id, agreement_version_id, met, failed, excluded)
    select ${figureKey}, sum(c.met), sum(c.failed), sum(c.excluded)
    from (${resultsOf(sql`c.customer_id = ${customerId}`)}) c join customer u on u.id = c.customer_id
    where ${isNotLocked}
    group by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}
    union all
    select i.customer_id, date_trunc('month', coalesce(i.resolved_at, i.closed_at) at time zone u.time_zone)::date, 'reported',
      i.priority, i.site_id, i.service_id, i.team_id, null::uuid, count(*) filter (where i.reported_met), count(*) filter (where not i.reported_met), 0
    from incident i join customer u on u.id = i.customer_id
    where i.customer_id = ${customerId} and i.reported_met is not null and coalesce(i.resolved_at, i.closed_at) is not null
      and not exists (select from period p where p.customer_id = i.customer_id and p.state = 'locked'
        and p.month = date_trunc('month', coalesce(i.resolved_at, i.closed_at) at time zone u.time_zone)::date)
    group by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}`.execute(db)
}
