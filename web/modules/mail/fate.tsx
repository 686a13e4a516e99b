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
export function Fate({ mail }: { readonly mail: Pick<ReceivedMail, 'outcome' | 'incident'> }) {
  const t = useText()
  const { outcome, incident } = mail
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
