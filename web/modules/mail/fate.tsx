import { Link } from '@tanstack/react-router'
import type { ReceivedMail } from '#api/mail'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const standing: Readonly<Record<ReceivedMail['outcome'], Standing>> = {
  ticket: 'met',
  reply: 'met',
  bounce: 'soon',
  automatic: 'none',
  report: 'none',
  refused: 'none',
  unassigned: 'paused',
  held: 'paused',
}

/** What became of a mail, with the ticket that it belongs to. */
export function Fate({ mail }: { readonly mail: Pick<ReceivedMail, 'outcome' | 'incident' | 'emptiedAt'> }) {
  const t = useText()
  const { outcome, incident, emptiedAt } = mail
  // It waits for nobody any more.
  if (emptiedAt !== null && (outcome === 'unassigned' || outcome === 'held'))
    return <State is="none">{t('mail.fate.emptied')}</State>
  return (
    <State is={standing[outcome]}>
      {t(`mail.fate.${outcome}`)}
      {incident !== null && (
        <>
          {' '}
          <Link to="/incidents/$id" params={{ id: incident.number }}>
            {incident.number}
          </Link>
        </>
      )}
    </State>
  )
}
