import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/incidents'
import type { BulkChange } from '#api/incidents'
import type { ReplyOf } from '#core/endpoint.ts'
import { call } from '#web/http/call.ts'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

export type Change = Omit<BulkChange, 'incidents' | 'versions'>
/** Which version of each was seen, by id: what is another by now is left alone. */
export type Versions = Readonly<Record<string, number>>
type Outcome = ReplyOf<typeof api.changeIncidents>['items'][number]

/** Changes all that are selected, as they were seen; says what was done and offers to take it back. Gives those that were not changed. */
export function useBulkChange(): (
  incidents: readonly string[],
  versions: Versions,
  change: Change,
  done: (count: number) => string,
) => Promise<readonly Outcome[]> {
  const t = useText()
  const client = useQueryClient()
  const send = async (incidents: readonly string[], versions: Versions, change: Change) => {
    const reply = await call(api.changeIncidents, { body: { incidents: [...incidents], versions, ...change } })
    void client.invalidateQueries({ queryKey: ['incidents'] })
    void client.invalidateQueries({ queryKey: ['attainment'] })
    return reply
  }
  return async (incidents, versions, change, done) => {
    const { changed, items } = await send(incidents, versions, change)
    const back = contrariesOf(items, change)
    if (changed > 0) {
      const undo = async () => {
        const after = versionsOf(items)
        let count = 0
        for (const { incidents: those, change: contrary } of back) count += (await send(those, after, contrary)).changed
        notify(t('incidents.bulk.undone', { count, left: changed - count }))
      }
      notify(done(changed), back.length > 0 ? () => void undo() : undefined)
    }
    return items.filter((item) => !item.changed)
  }
}

/** Which version each has after it was changed, or was found to be another. */
export function versionsOf(items: readonly Outcome[]): Versions {
  return Object.fromEntries(items.flatMap(({ incident, version }) => (version === null ? [] : [[incident, version]])))
}

/**
 * What takes a change back: for those that were alike before the same. Empty where nothing does: what was resolved or
 * cancelled was told to somebody, and reopening is a step of its own.
 */
export function contrariesOf(
  items: readonly Outcome[],
  { assign, rate, transition }: Change,
): readonly { readonly incidents: readonly string[]; readonly change: Change }[] {
  const groups = new Map<string, { readonly incidents: string[]; readonly change: Change }>()
  for (const { incident, changed, before } of items) {
    if (!changed || before === null) continue
    const { team, assignee, state, impact, urgency } = before
    // Priorities go back as a correction: as if they had never been another.
    const change: Change | null = assign
      ? { assign: { ...(assign.team !== undefined && { team }), ...(assign.assignee !== undefined && { assignee }) } }
      : rate
        ? { rate: { impact, urgency, priorityChange: 'correction' } }
        : transition?.to === 'on-hold' && state === 'in-progress'
          ? { transition: { to: 'in-progress' } }
          : null
    if (change === null) continue
    const key = JSON.stringify(change)
    const group = groups.get(key)
    if (group) group.incidents.push(incident)
    else groups.set(key, { incidents: [incident], change })
  }
  return [...groups.values()]
}
