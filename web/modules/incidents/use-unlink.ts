import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/incidents'
import type { IncidentLink, IncidentPage } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

/** Takes a link of an incident away, and offers to have it back. What was cancelled as a duplicate goes on then. */
export function useUnlink(incident: Pick<IncidentPage, 'id'>): (link: IncidentLink) => Promise<void> {
  const t = useText()
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: ['incidents', 'one'] })
  return async ({ id, kind, incident: other }) => {
    await call(api.unlinkIncidents, { params: { id: incident.id, linkId: id } })
    await again()
    notify(t('incidents.links.removed', { other: other.number }), () => {
      const [from, to] =
        kind === 'has-duplicate' || kind === 'parent-of' ? [other.id, incident.id] : [incident.id, other.id]
      const as = kind === 'has-duplicate' ? 'duplicate-of' : kind === 'parent-of' ? 'child-of' : kind
      void call(api.linkIncidents, { params: { id: from }, body: { kind: as, to } }).then(again)
    })
  }
}
