import type { Ask } from './ask.ts'
import { type CountedClock, gapsMet, type IncidentClocks } from './clocks.ts'

/**
 * Of these incidents, those of whose clocks each came out as it is stored (`isUnchanged`). Most of a recomputation: so little
 * is read of them, and nothing is locked, for nothing will be written. What an incident's clocks say is compared as one
 * text: there are millions of clocks, and to take their rows apart takes longer than to count them.
 */
export async function unchangedIncidents(ask: Ask, counted: readonly IncidentClocks[]): Promise<ReadonlySet<string>> {
  if (counted.length === 0) return new Set()
  const stored = await ask<{ readonly id: string; readonly said: string }>(
    `select incident_id as id, string_agg(concat_ws(' ', metric, state, target_id, elapsed_ms,
         coalesce(round(date_part('epoch', stopped_at) * 1000)::bigint::text, '-'), gaps_met, gaps_failed), ',' order by metric) as said
     from clock where incident_id = any($1::uuid[]) group by incident_id`,
    [counted.map(({ incidentId }) => incidentId)],
  )
  const said = new Map(stored.map((each) => [each.id, each.said]))
  const same = new Set<string>()
  for (const { incidentId, clocks } of counted) {
    if ((said.get(incidentId) ?? '') === saidBy(clocks)) same.add(incidentId)
  }
  return same
}

/** What they would say once stored; of one that runs nothing that is ever stored, for it is never as it was. */
function saidBy(clocks: readonly CountedClock[]): string {
  return clocks.map(saidByOne).toSorted().join()
}

function saidByOne(clock: CountedClock): string {
  const { metric, targetId, gaps, result } = clock
  const { state, elapsedMs, stoppedAt } = result
  const met = gapsMet(clock)
  const ofGaps = met === null ? '' : ` ${met} ${gaps.length - met}`
  return `${metric} ${state} ${targetId} ${Math.round(elapsedMs)} ${stoppedAt ?? 'runs'}${ofGaps}`
}
