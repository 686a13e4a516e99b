import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/incidents'
import type { IncidentPage } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { showChanged } from './queries.ts'

/** Puts an incident into one's own name; whoever had it before can be put back. */
export function useTake(incident: IncidentPage): () => void {
  const t = useText()
  const client = useQueryClient()
  const me = useAsker().personId
  const { id, number, assignee, version } = incident
  async function give(to: string | null, match: number): Promise<IncidentPage | null> {
    try {
      const changed = await call(api.changeIncident, { params: { id }, body: { assignee: to }, match })
      showChanged(client, changed)
      return changed
    } catch (failure) {
      // Somebody else was quicker: the page then shows who.
      void client.invalidateQueries({ queryKey: ['incidents'] })
      notify(failure instanceof Error ? failure.message : String(failure))
      return null
    }
  }
  async function take() {
    if (me === null || assignee?.id === me) return
    const changed = await give(me, version)
    if (changed === null) return
    notify(t('work.hand.taken', { number }), () => void give(assignee?.id ?? null, changed.version))
  }
  return () => void take()
}
