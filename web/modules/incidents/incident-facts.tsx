import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { IncidentPage } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Facts } from '#web/ui/facts.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { Glyph, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { leadingClock, standingOf } from './clock-standing.ts'
import { explanationQuery } from './queries.ts'
import { useResolving } from './resolving.ts'
import { choice } from './words.ts'

interface IncidentFactsProps {
  readonly incident: IncidentPage
  readonly zone: string
}

/** What is known about it, beside the page; of who works on it nothing for a customer's people. */
export function IncidentFacts({ incident, zone }: IncidentFactsProps) {
  const t = useText()
  const format = useFormat()
  const inside = barredFromInside(useAsker()) === null
  const { priority, impact, urgency, customer, site, service, team, assignee, requester } = incident
  const clock = leadingClock(incident.clocks)
  const standing = clock === null ? 'none' : standingOf(clock)
  const { data: told } = useQuery({ ...explanationQuery(incident.number, clock?.id ?? ''), enabled: clock !== null })
  const moment = (at: Date) => format.instant(at, zone)
  const { nameOf } = useResolving()
  const { hops, misroutes } = incident
  const handedOn =
    hops === null || misroutes === null || hops + misroutes === 0
      ? []
      : [{ name: t('work.hand.counts'), value: t('work.hand.counted', { hops, misroutes }) }]
  const { detection, detectedAt } = incident
  const detected = t('incidents.detected', {
    by: detection === null ? 'unknown' : detection,
    hasWhen: detectedAt === null ? 'no' : 'yes',
    when: detectedAt === null ? '' : moment(detectedAt),
  })
  const optional = (name: string, value: string | null | undefined) => (value ? [{ name, value }] : [])
  return (
    <>
      <SideSection title={t('incidents.facts')}>
        <Facts
          small
          facts={[
            {
              name: t('incidents.state'),
              value: (
                <State is={standing}>
                  {t('incidents.standing', { state: t(`incidents.state.${incident.state}`), standing })}
                </State>
              ),
            },
            {
              name: t('incidents.priority'),
              value: t('incidents.rated', { priority: priority.toUpperCase(), impact, urgency }),
            },
            {
              name: t('incidents.customer'),
              value: (
                <Link to="/incidents" search={{ customer: customer.id }}>
                  {customer.name}
                </Link>
              ),
            },
            ...optional(t('incidents.site'), site?.name),
            ...optional(t('incidents.service'), service?.name),
            ...optional(t('incidents.category'), incident.category),
            ...optional(t('incidents.requester'), requester?.name),
            ...optional(t('incidents.on-behalf-of'), incident.onBehalfOf),
            ...(inside
              ? [
                  { name: t('incidents.with'), value: owners(team?.name, assignee?.name) || t('incidents.nobody') },
                  ...handedOn,
                ]
              : []),
            ...(told ? [{ name: t('incidents.agreement'), value: t('incidents.clock.version', told.agreement) }] : []),
            { name: t('incidents.opened'), value: moment(incident.openedAt) },
            ...(incident.occurredAt < incident.openedAt
              ? [{ name: t('incidents.occurred'), value: moment(incident.occurredAt) }]
              : []),
            ...(incident.resolvedAt ? [{ name: t('incidents.resolved'), value: moment(incident.resolvedAt) }] : []),
            ...optional(
              t('incidents.resolution-code'),
              incident.resolutionCode === null ? null : nameOf(incident.resolutionCode),
            ),
            ...(incident.workaround ? [{ name: t('incidents.cause'), value: t('incidents.workaround.is') }] : []),
            ...optional(t('incidents.detection'), detection === null && detectedAt === null ? null : detected),
            ...optional(t('incidents.caused-by-change'), incident.causedByChange),
            ...(incident.closedAt ? [{ name: t('incidents.closed'), value: moment(incident.closedAt) }] : []),
            ...(incident.reopenCount > 0
              ? [{ name: t('incidents.reopened'), value: t('incidents.times', { count: incident.reopenCount }) }]
              : []),
          ]}
        />
      </SideSection>
      {incident.source !== null && <Reported incident={incident} />}
    </>
  )
}

/** What the system it was imported from said of its own target, beside what is counted here. */
function Reported({ incident: { source, sourceNumber, reportedMet, clocks } }: Pick<IncidentFactsProps, 'incident'>) {
  const t = useText()
  const own = clocks.find(({ metric }) => metric === 'resolution')
  const ownMet = own?.state === 'met' ? true : own?.state === 'breached-stopped' ? false : null
  const word = (met: boolean | null, none: string) =>
    met === null ? (
      <State is="none">{none}</State>
    ) : (
      <State is={met ? 'met' : 'miss'}>{t(met ? 'incidents.reported.met' : 'incidents.reported.missed')}</State>
    )
  const differ = reportedMet !== null && ownMet !== null && reportedMet !== ownMet
  return (
    <SideSection title={t('incidents.reported')}>
      <Facts
        small
        facts={[
          { name: t('incidents.reported.source'), value: t('incidents.source', { source: choice(source ?? 'other') }) },
          ...(sourceNumber ? [{ name: t('incidents.reported.number'), value: sourceNumber }] : []),
          { name: t('incidents.reported.there'), value: word(reportedMet, t('incidents.reported.nothing')) },
          { name: t('incidents.reported.here'), value: word(ownMet, t('incidents.reported.not-measured')) },
        ]}
      />
      {differ && (
        <p className="pl-small">
          <Glyph is="soon" /> {t('incidents.reported.differ')}
        </p>
      )}
    </SideSection>
  )
}

function owners(...names: readonly (string | undefined)[]): string {
  return names.filter((name) => name !== undefined).join(', ')
}
