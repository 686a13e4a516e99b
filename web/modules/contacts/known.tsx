import { useQuery } from '@tanstack/react-query'
import type { Caller } from '#api/contacts'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSettled } from '#web/ui/use-settled.ts'
import { knownQuery } from './queries.ts'
import classes from './contacts.module.css'

/** A shorter text says too little to be like another. */
const LEAST_LETTERS = 4
/** How long nobody types before the server is asked. */
const SETTLED_MS = 200

interface KnownProps {
  readonly caller: Caller | null
  readonly customer: { readonly id: string; readonly name: string } | undefined
  readonly subject: string
  /** It is about that one. */
  readonly onThis: (incident: { readonly id: string; readonly number: string }) => void
}

/** Beside the form: what is open of theirs, what is like it, and what is written about it. */
export function Known({ caller, customer, subject, onThis }: KnownProps) {
  const t = useText()
  const settled = useSettled(subject.trim(), SETTLED_MS)
  const asked = customer !== undefined && settled.length >= LEAST_LETTERS
  const { data } = useQuery({ ...knownQuery(customer?.id ?? '', settled), enabled: asked })
  const own = caller?.open ?? []
  const similar = (asked ? (data?.similar ?? []) : []).filter(({ id }) => !own.some((each) => each.id === id))
  const articles = asked ? (data?.articles ?? []) : []
  return (
    <section className={classes.known} aria-live="polite" aria-label={t('contacts.form.found')}>
      {own.length > 0 && <Incidents title={t('contacts.form.open', { name: caller!.name })} of={own} onThis={onThis} />}
      {similar.length > 0 && (
        <Incidents title={t('contacts.form.known', { customer: customer!.name })} of={similar} onThis={onThis} />
      )}
      {articles.length > 0 && (
        <>
          <h2>{t('contacts.form.articles')}</h2>
          <ul>
            {articles.map(({ id, title, knownError }) => (
              <li key={id}>
                {/* Another tab: what was typed here stays. */}
                <a
                  href={`/articles/${id}`}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={t('contacts.form.other-tab', { title })}
                >
                  {title}
                </a>
                {knownError && <span className="pl-quiet pl-small"> · {t('knowledge.known-error')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

interface IncidentsProps extends Pick<KnownProps, 'onThis'> {
  readonly title: string
  readonly of: readonly { readonly id: string; readonly number: string; readonly title: string }[]
}

function Incidents({ title, of, onThis }: IncidentsProps) {
  const t = useText()
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {of.map((incident) => (
          <li key={incident.id}>
            <a
              href={`/incidents/${encodeURIComponent(incident.number)}`}
              target="_blank"
              rel="noreferrer"
              aria-label={t('contacts.form.other-tab', { title: incident.title })}
            >
              {incident.title}
            </a>{' '}
            <span className="pl-quiet pl-small">{incident.number}</span>
            <div>
              <TextButton onClick={() => onThis(incident)}>{t('contacts.form.this')}</TextButton>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
