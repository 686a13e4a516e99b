import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ConfidedWhole } from '#api/privacy'
import { barredFromConfided } from '#core/may.ts'
import { PlainHistory } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Facts } from '#web/ui/facts.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { PrivacyPage } from './privacy-page.tsx'
import { confidedIncidentQuery } from './queries.ts'
import classes from './confided.module.css'

const route = getRouteApi('/shell/privacy/incidents/$id')

/** A confidential incident as it is written down: to be read, with no way to do anything with it. */
export function ConfidedIncidentPage() {
  const t = useText()
  const { id } = route.useParams()
  const mayRead = barredFromConfided(useAsker()) === null
  const { data, error } = useQuery({ ...confidedIncidentQuery(id), enabled: mayRead })
  return (
    <PrivacyPage
      title={data === undefined ? id : `${data.incident.number} ${data.incident.title}`}
      lede={t('privacy.incidents.read-only')}
      crumb={<Link to="/privacy/incidents">{t('privacy.tab.incidents')}</Link>}
      barred={barredFromConfided}
    >
      {error && <Problem failure={error} />}
      {data && <Whole told={data} />}
    </PrivacyPage>
  )
}

function Whole({ told: { incident, history, names } }: { readonly told: ConfidedWhole }) {
  const t = useText()
  const format = useFormat()
  const { customer, site, service, team, assignee, requester, description, resolution } = incident
  const zone = site?.timeZone ?? customer.timeZone
  const optional = (name: string, value: { readonly name: string } | null) =>
    value === null ? [] : [{ name, value: value.name }]
  return (
    <>
      <Section title={t('privacy.incidents.facts')}>
        <Facts
          facts={[
            {
              name: t('privacy.incidents.concerns'),
              value: t('privacy.incidents.concern', { what: incident.confidential.join('_') }),
            },
            { name: t('privacy.incidents.state'), value: t(`incidents.state.${incident.state}`) },
            { name: t('incidents.priority'), value: incident.priority.toUpperCase() },
            ...optional(t('privacy.incidents.customer'), customer),
            ...optional(t('incidents.site'), site),
            ...optional(t('incidents.service'), service),
            { name: t('privacy.incidents.opened'), value: format.instant(incident.openedAt, zone) },
            ...optional(t('privacy.incidents.requester'), requester),
            ...optional(t('privacy.incidents.team'), team),
            ...optional(t('privacy.incidents.assignee'), assignee),
          ]}
        />
        {description !== '' && <p className={classes.words}>{description}</p>}
      </Section>
      {resolution !== null && (
        <Section title={t('privacy.incidents.resolution')}>
          <p className={classes.words}>{resolution}</p>
        </Section>
      )}
      <Section title={t('privacy.incidents.history')}>
        <PlainHistory facts={history} zone={zone} nameOf={(one) => names.find((each) => each.id === one)?.name} />
      </Section>
    </>
  )
}
