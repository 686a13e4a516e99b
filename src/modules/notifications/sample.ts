import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import type { NotificationKind } from './kind.ts'

/** So much each person was told of lately. */
const TOLD = 14
const UNREAD_DAYS = 2
const DAY_MS = 86_400_000

const kindOf: Readonly<Record<string, NotificationKind>> = {
  'incident.answer': 'answered',
  'incident.note': 'watched',
  'incident.priority': 'watched',
  'incident.state': 'watched',
  'clock.breached': 'clock-missed',
}

/** For whoever looks at the sample company: incidents that they follow, and what happened to these. */
export async function writeSampleNotifications({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  const { rows: people } = await sql<{ readonly id: string }>`
    select person.id from person join account on account.person_id = person.id
    where person.customer_id is null and account.disabled_at is null`.execute(db)
  const { rows: facts } = await sql<{
    readonly id: string
    readonly kind: string
    readonly incidentId: string
    readonly customerId: string
    readonly at: Date
  }>`
    with followed as (
      select incident.id, incident.customer_id from incident join customer on customer.id = incident.customer_id
      where customer.sample and incident.state in ('in-progress', 'on-hold', 'restored')
      order by incident.updated_at desc limit ${TOLD}
    )
    select history.id, history.kind, followed.id as incident_id, followed.customer_id, history.occurred_at as at
    from followed join history on history.subject_id = followed.id
    where history.kind = any(${Object.keys(kindOf)}) and history.occurred_at <= ${now}
    order by history.occurred_at desc limit ${TOLD}`.execute(db)
  if (people.length === 0 || facts.length === 0) return
  const unreadSince = (facts[0]?.at.getTime() ?? 0) - UNREAD_DAYS * DAY_MS
  const incidents = new Map(facts.map(({ incidentId, customerId }) => [incidentId, customerId]))
  for (const { id: personId } of people) {
    await db
      .insertInto('incidentWatcher')
      .values([...incidents].map(([incidentId, customerId]) => ({ incidentId, customerId, personId, since: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db
      .insertInto('notification')
      .values(
        facts.map(({ id: factId, kind, incidentId, customerId, at }) => ({
          id: newId(at.getTime()),
          personId,
          kind: kindOf[kind] ?? 'watched',
          factId,
          factAt: at,
          subjectType: 'incident',
          subjectId: incidentId,
          customerId,
          createdAt: at,
          shown: true,
          readAt: at.getTime() < unreadSince ? at : null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
