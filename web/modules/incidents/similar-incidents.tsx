import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import * as api from '#api/incidents'
import type { SimilarIncident } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { TextButton } from '#web/ui/button.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSettled } from '#web/ui/use-settled.ts'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './similar-incidents.module.css'

/** A shorter title says too little to be like another. */
const LEAST_LETTERS = 4
/** How long nobody types before the server is asked. */
const SETTLED_MS = 200

function similarQuery(customer: string, title: string) {
  return queryOptions({
    queryKey: ['incidents', 'similar', { customer, title }],
    queryFn: async ({ signal }) =>
      (await call(api.listSimilarIncidents, { query: { customer, title, limit: 5 } }, signal)).items,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

interface SimilarIncidentsProps {
  readonly customer: string
  readonly title: string
  /** It is one of them: what was typed goes there. */
  readonly onSame: (incident: SimilarIncident) => void
}

/** Beside the form: what the customer has reported alike and how that was solved. */
export function SimilarIncidents({ customer, title, onSame }: SimilarIncidentsProps) {
  const t = useText()
  const settled = useSettled(title.trim(), SETTLED_MS)
  const asked = customer !== '' && settled.length >= LEAST_LETTERS
  const { data = [] } = useQuery({ ...similarQuery(customer, settled), enabled: asked })
  const shown = asked && title.trim() !== '' ? data : []
  return (
    <section className={classes.similar} aria-label={t('incidents.similar')} aria-live="polite">
      {shown.length > 0 && (
        <>
          <h2>{t('incidents.similar')}</h2>
          <ul>
            {shown.map((incident) => (
              <Similar key={incident.id} incident={incident} onSame={onSame} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Similar({ incident, onSame }: Pick<SimilarIncidentsProps, 'onSame'> & { readonly incident: SimilarIncident }) {
  const t = useText()
  const format = useFormat()
  const { number, title, state, resolution, openedAt, resolvedAt } = incident
  const isOpen = resolvedAt === null
  return (
    <li>
      {/* Another tab: what was typed here stays. */}
      <a
        href={`/incidents/${encodeURIComponent(number)}`}
        target="_blank"
        rel="noreferrer"
        aria-label={t('incidents.similar.open', { title })}
      >
        {title}
      </a>
      <p className="pl-small">
        <State is={isOpen ? 'runs' : 'met'}>{t(`incidents.state.${state}`)}</State>{' '}
        <span className="pl-quiet">
          {number} · {format.dayShort(resolvedAt ?? openedAt)}
        </span>
      </p>
      {resolution && <p className={classes.resolution}>{resolution}</p>}
      {isOpen && (
        <p className="pl-small">
          <TextButton onClick={() => onSame(incident)}>{t('incidents.similar.same')}</TextButton>
        </p>
      )}
    </li>
  )
}
