import { sql } from 'kysely'
import { writeEscalation } from '#modules/escalations'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { sampleEscalations } from '#sample/escalations.ts'
import { sampleColleague } from './colleague.ts'

const HOUR_MS = 3_600_000
/** So far back one that is over was raised at the most. */
const RECENTLY_MS = 45 * 24 * HOUR_MS

/** Writes for each customer who asked for more than the usual: once, and it is settled; twice, and somebody owes something. */
export async function writeEscalations(
  context: Context,
  { company }: { readonly company: SampleCompany },
): Promise<void> {
  const ownerId = await sampleColleague(context.db)
  if (ownerId === null) return
  for (const { id, language } of company.customers) {
    const over = await incidentsOf(context, id, 'over')
    const open = await incidentsOf(context, id, 'open')
    const free = { over: [...over], open: [...open] }
    for (const { is, reason, outcome, satisfied, ...plan } of sampleEscalations) {
      const incident = (is === 'over' ? free.over : free.open).shift()
      if (incident === undefined) continue
      const { openedAt, resolvedAt } = incident
      const begin = openedAt.getTime()
      const end = (resolvedAt ?? context.now).getTime()
      const at = (share: number) => new Date(Math.min(begin + share * (end - begin), context.now.getTime()))
      const states = [
        { to: 'raised', at: at(0.3) },
        ...(is === 'raised'
          ? []
          : ([
              { to: 'acknowledged', at: at(0.35) },
              { to: 'plan-agreed', at: at(0.5) },
            ] as const)),
        ...(is === 'over'
          ? ([
              { to: 'outcome-reached', at: at(1) },
              { to: 'confirmed', at: at(1.1) },
            ] as const)
          : []),
      ] as const
      await writeEscalation(context, {
        ...plan,
        customerId: id,
        incidentId: incident.id,
        ownerId,
        states,
        reason: reason[language],
        agreedOutcome: outcome?.[language] ?? null,
        raiserSatisfied: satisfied,
        nextUpdateDue: is === 'over' ? null : new Date(context.now.getTime() + 4 * HOUR_MS),
      })
    }
  }
}

/** Incidents of which somebody would ask for more: the gravest that are open, or the latest that took their time. */
async function incidentsOf({ db, now }: Context, customerId: string, which: 'over' | 'open') {
  const all = db
    .selectFrom('incident')
    .select(['id', 'openedAt', 'resolvedAt'])
    .where('customerId', '=', customerId)
    .limit(3)
  if (which === 'open') {
    const open = all.where('state', 'in', ['assigned', 'in-progress', 'on-hold'])
    return open.orderBy('priority').orderBy('openedAt').orderBy('id').execute()
  }
  return all
    .where('priority', 'in', ['p1', 'p2'])
    .where('openedAt', '>=', new Date(now.getTime() - RECENTLY_MS))
    .where('resolvedAt', '<', new Date(now.getTime() - 48 * HOUR_MS))
    .where(sql<boolean>`resolved_at - opened_at > interval '4 hours'`)
    .orderBy('openedAt', 'desc')
    .orderBy('id')
    .execute()
}
