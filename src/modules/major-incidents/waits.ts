import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { ofCustomer, type WaitingScope, type WaitsFor } from '#platform/waiting.ts'

/** So many of each are listed. */
const AT_MOST = 12

/** Major incidents that owe somebody a word, or a decision. */
export const majorIncidentWaits: WaitsFor<TodayItem> = async (context, scope) => {
  if (barredFromInside(context.actor) !== null) return []
  return (await readMajors(context, scope)).map((row) => ({
    ...row,
    kind: 'major-incident',
    stake: row.why === 'follow-up' ? 'promise' : 'production',
  }))
}

interface MajorRow {
  readonly id: string
  readonly why: 'update-late' | 'update-due' | 'undecided' | 'follow-up'
  readonly number: string
  readonly title: string
  readonly customer: string
  readonly at: Date
}

/** So long before an update is due it needs somebody. */
const UPDATE_SOON_MINUTES = 15

/** Major incidents whose next update is late or soon due, and proposals that nobody decided on. */
async function readMajors({ db, now }: Context, scope: WaitingScope): Promise<MajorRow[]> {
  const soon = new Date(now.getTime() + UPDATE_SOON_MINUTES * 60_000)
  const { rows } = await sql<MajorRow>`
    select m.id, case when m.state = 'candidate' then 'undecided' when m.next_update_due < ${now} then 'update-late'
        when m.next_update_due < ${soon} then 'update-due' else 'follow-up' end as why,
      i.number, i.title, customer.name as customer,
      coalesce(case when m.state = 'candidate' then m.proposed_at end, m.next_update_due, m.follow_up_due, m.proposed_at) as at
    from major_incident m join incident i on i.id = m.incident_id join customer on customer.id = m.customer_id
    where (m.state = 'candidate' or m.next_update_due < ${soon} or m.follow_up_due < ${now}) and ${ofCustomer(scope, 'm.customer_id')}
    order by at limit ${AT_MOST}`.execute(db)
  return rows
}
