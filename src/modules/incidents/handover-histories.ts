import { sql } from 'kysely'
import { type Holding, type HoldingEvent, holdingOf } from '#core/handovers.ts'
import type { Db } from '#platform/context.ts'
import { correctedFacts, type IncidentFact } from './clock-events.ts'

/** What holdings are counted from, by incident; of activities only the moment is wanted. */
export async function readHoldingFacts(db: Db, ids: readonly string[]): Promise<Map<string, IncidentFact[]>> {
  const facts = new Map<string, IncidentFact[]>()
  if (ids.length === 0) return facts
  const { rows } = await sql<IncidentFact & { readonly subject: string }>`
    select subject_id as subject, id, kind, (extract(epoch from occurred_at) * 1000)::float8 as at,
      case when kind = 'incident.activity' then '{}' else facts end as facts
    from history where subject_id = any(${ids}::uuid[]) and subject_type = 'incident'
      and kind in ('incident.opened', 'incident.state', 'incident.assigned', 'incident.activity', 'incident.corrected')
    order by subject_id, occurred_at, sequence, id`.execute(db)
  for (const { subject, ...fact } of rows) {
    const known = facts.get(subject)
    if (known === undefined) facts.set(subject, [fact])
    else known.push(fact)
  }
  return facts
}

/**
 * What a history says of who held it and how it stood; when its last fact was; and up to when it is counted: `openUntil`, or
 * that last fact where it is over. Moments are epoch milliseconds.
 */
export function holdingEventsOf(
  facts: readonly IncidentFact[],
  openUntil: number,
): { events: HoldingEvent[]; last: number; end: number; over: boolean } {
  const events: HoldingEvent[] = []
  let over = false
  let last = 0
  for (const { kind, at, facts: told } of correctedFacts(facts)) {
    last = Math.max(last, at)
    const state = (kind === 'incident.opened' ? told['state'] : kind === 'incident.state' ? told['to'] : undefined) as
      | string
      | undefined
    if (state !== undefined) over = state === 'resolved' || state === 'closed' || state === 'cancelled'
    const team = kind === 'incident.opened' ? told['team'] : (told['team'] as { readonly to?: unknown } | undefined)?.to
    if (state === undefined && team === undefined && kind !== 'incident.opened') continue
    events.push({
      at,
      ...(state !== undefined && { state, reason: (told['reason'] as string | undefined) ?? null }),
      ...(team !== undefined && { team: typeof team === 'string' && team !== '' ? team : null }),
    })
  }
  return { events, last, end: over ? last : Math.max(last, openUntil), over }
}

/** An incident up to a moment. */
export interface HeldUntil {
  readonly incidentId: string
  readonly until: Date
}

/** Who held each of these, and what it waited for, up to its own moment; in their order. */
export async function holdingsUntil(db: Db, wanted: readonly HeldUntil[]): Promise<Holding[]> {
  const histories = await readHoldingFacts(db, [...new Set(wanted.map(({ incidentId }) => incidentId))])
  return wanted.map(({ incidentId, until }) => {
    const end = until.getTime()
    const before = (histories.get(incidentId) ?? []).filter(({ at }) => at < end)
    return holdingOf(holdingEventsOf(before, end).events, end)
  })
}
