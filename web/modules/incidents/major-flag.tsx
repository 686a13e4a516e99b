import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as api from '#api/major-incidents'
import { currentStates, type MajorIncident } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { Glyph } from '#web/ui/state.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './major-flag.module.css'

const RENEWED_MS = 30_000

function majorQuery(query: { readonly incident?: string; readonly customer?: string; readonly state?: 'current' }) {
  return queryOptions({
    queryKey: ['major-incidents', 'list', query],
    queryFn: async ({ signal }) =>
      (await call(api.listMajorIncidents, { query: { ...query, limit: 5 } }, signal)).items,
    refetchInterval: RENEWED_MS,
  })
}

/** The major incident that an incident is; undefined while it is not known, null for one that is none. */
export function useMajorIncident(incident: string): MajorIncident | null | undefined {
  const { data } = useQuery(majorQuery({ incident }))
  return data === undefined ? undefined : (data[0] ?? null)
}

/** That an incident is a major one, and the way to its room. */
export function MajorFlag({ incident }: { readonly incident: string }) {
  const major = useMajorIncident(incident)
  return major ? <Flag major={major} /> : null
}

/** Major incidents that go on, over the list of incidents; of one customer where one is chosen. */
export function MajorFlags({ customer }: { readonly customer: string | undefined }) {
  const { data = [] } = useQuery(majorQuery({ state: 'current', ...(customer && { customer }) }))
  return data.map((major) => <Flag key={major.id} major={major} named />)
}

function Flag({ major, named = false }: { readonly major: MajorIncident; readonly named?: boolean }) {
  const t = useText()
  const goesOn = currentStates.includes(major.state)
  return (
    <p className={classes.flag} data-goes-on={goesOn || undefined}>
      {goesOn && <Glyph is="miss" />} <b>{t('incidents.major', { state: textChoice(major.state) })}</b>{' '}
      <Link to="/major-incidents/$id" params={{ id: major.id }}>
        {named ? major.incident.title : t('incidents.major.room')}
      </Link>
    </p>
  )
}
