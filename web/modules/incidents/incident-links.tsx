import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { barredFromWorking, type IncidentPage } from '#api/incidents'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { linksQuery } from './queries.ts'
import { useUnlink } from './use-unlink.ts'
import { choice } from './words.ts'
import classes from './incident-links.module.css'

interface IncidentLinksProps {
  readonly incident: IncidentPage
  readonly onAdd: () => void
}

/** Incidents that have to do with this one; each opens. */
export function IncidentLinks({ incident, onAdd }: IncidentLinksProps) {
  const t = useText()
  const may = barredFromWorking(useAsker()) === null
  const { data: links = [] } = useQuery(linksQuery(incident.number))
  const remove = useUnlink(incident)
  if (links.length === 0 && !may) return null

  return (
    <SideSection title={t('incidents.links')}>
      <ul className={classes.links}>
        {links.map((link) => (
          <li key={link.id}>
            <span>
              <span className="pl-quiet">{t('incidents.links.kind', { kind: choice(link.kind) })}</span>{' '}
              <Link to="/incidents/$id" params={{ id: link.incident.number }}>
                {link.incident.number} {link.incident.title}
              </Link>{' '}
              <span className="pl-quiet">({t(`incidents.state.${link.incident.state}`)})</span>
            </span>
            {may && (
              <button
                type="button"
                className={classes.remove}
                aria-label={t('incidents.links.remove', { number: link.incident.number })}
                onClick={() => void remove(link)}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {may && <TextButton onClick={onAdd}>{t('incidents.links.add')}</TextButton>}
    </SideSection>
  )
}
