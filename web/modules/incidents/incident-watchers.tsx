import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { IncidentPage } from '#api/incidents'
import * as api from '#api/notifications'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

/** Who follows the incident, and whether whoever looks does. */
export function IncidentWatchers({ incident }: { readonly incident: IncidentPage }) {
  const t = useText()
  const client = useQueryClient()
  const asker = useAsker()
  const { id } = incident
  const queryKey = ['incidents', 'watchers', id]
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(api.listWatchers, { params: { id } }, signal),
  })
  const change = useMutation({
    mutationFn: (watching: boolean) => call(watching ? api.watchIncident : api.unwatchIncident, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  // An auditor reads, and is told of nothing.
  if (data === undefined || asker.access === 'auditor') return null
  const { watching, items } = data
  const others = items.filter((each) => each.id !== asker.personId)
  return (
    <SideSection title={t('incidents.watchers')}>
      {barredFromInside(asker) === null && others.length > 0 && (
        <p className="pl-small">{others.map(({ name }) => name).join(', ')}</p>
      )}
      <p className="pl-small">
        {watching ? `${t('incidents.watchers.you')} ` : ''}
        <TextButton aria-busy={change.isPending} onClick={() => change.mutate(!watching)}>
          {t(watching ? 'incidents.watchers.end' : 'incidents.watchers.begin')}
        </TextButton>
      </p>
      {change.isError && <Problem failure={change.error} />}
    </SideSection>
  )
}
