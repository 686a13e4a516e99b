import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/service-levels'
import { type Agreement, type AgreementVersion, metrics, priorities, type Target } from '#api/service-levels'
import { customerQuery } from '#web/app/customers.ts'
import { urlOf } from '#web/http/call.ts'
import { ActionLink, DownloadLink } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { browserZone } from '#web/ui/format.ts'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { StandsBehind } from './agreement-behind.tsx'
import { AgreementChain } from './agreement-chain.tsx'
import { ChangeKind } from './agreement-kind-change.tsx'
import { CompareVersions } from './agreement-compare.tsx'
import { OrderPromises } from './agreement-orders.tsx'
import { OtherTargets } from './agreement-other-targets.tsx'
import { AgreementSteps } from './agreement-steps.tsx'
import { Priorities, TermsInWords } from './agreement-terms.tsx'
import { Versions } from './agreement-versions.tsx'
import { leadingVersion, VersionState } from './agreement-state.tsx'
import { plainOf } from './agreements-draft.ts'
import { agreementQuery, calendarQuery } from './agreements-queries.ts'
import classes from './agreements.module.css'
import { CalendarHours } from './calendar-hours.tsx'
import { useServiceNames } from './use-service-names.ts'
import { useTargetWords } from './use-target-words.ts'

const route = getRouteApi('/shell/agreements/$id')

/** What was promised to a customer: its targets, the hours in which they count, and how that came to be. */
export function AgreementPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: agreement } = useSuspenseQuery(agreementQuery(id))
  const [chosenId, setChosen] = useState<string | null>(null)
  const { data: owner } = useQuery(customerQuery(agreement.customerId))
  const zone = owner?.timeZone ?? browserZone()
  const version = agreement.versions.find((each) => each.id === chosenId) ?? leadingVersion(agreement)
  const crumb = (
    <>
      <Link to="/agreements">{t('agreements.list.title')}</Link>
      <Link to="/customers/$id" params={{ id: agreement.customerId }}>
        {agreement.customerName}
      </Link>
    </>
  )
  if (version === undefined)
    return (
      <Page title={agreement.name} crumb={crumb}>
        {null}
      </Page>
    )
  return (
    <Page
      title={agreement.name}
      crumb={crumb}
      lede={t(`agreements.page.lede.${agreement.type}`, {
        customer: agreement.customerName,
        version: version.number,
        party: agreement.party?.supplier ?? agreement.party?.team?.name ?? '',
      })}
      actions={<AgreementSteps agreement={agreement} version={version} zone={zone} />}
      side={<Side agreement={agreement} version={version} zone={zone} />}
    >
      <Targets agreement={agreement} version={version} />
      <Hours calendarId={version.calendarId} />
      {agreement.type === 'sla' ? null : <StandsBehind agreement={agreement} />}
      <AgreementChain agreement={agreement} version={version} zone={zone} />
      <TermsInWords version={version} />
      <Priorities version={version} />
      <Versions agreement={agreement} shown={version} onShow={setChosen} />
      {agreement.versions.length > 1 && <CompareVersions agreement={agreement} zone={zone} />}
    </Page>
  )
}

interface VersionProps {
  readonly agreement: Agreement
  readonly version: AgreementVersion
}

function Side({ agreement, version, zone }: VersionProps & { readonly zone: string }) {
  const t = useText()
  const format = useFormat()
  const names = useServiceNames(agreement.customerId)
  const services = version.serviceIds.flatMap((id) => names.get(id) ?? [])
  return (
    <>
      <SideSection title={t('agreements.facts')}>
        <Facts
          small
          facts={[
            { name: t('agreements.state'), value: <VersionState version={version} /> },
            {
              name: t('agreements.with'),
              value: agreement.party?.supplier ?? agreement.party?.team?.name ?? agreement.customerName,
            },
            { name: t('agreements.valid-from-short'), value: format.day(version.validFrom, zone) },
            ...(version.validTo ? [{ name: t('agreements.valid-to'), value: format.day(version.validTo, zone) }] : []),
            {
              name: t('agreements.services'),
              value: (
                <>
                  {t('agreements.services-of', { count: version.serviceIds.length })}
                  {services.length > 0 && (
                    <ul className={classes.names}>
                      {services.toSorted().map((name) => (
                        <li key={name}>{name}</li>
                      ))}
                    </ul>
                  )}
                </>
              ),
            },
          ]}
        />
        <ChangeKind agreement={agreement} />
      </SideSection>
      <SideSection title={t('agreements.go-on')}>
        {version.state === 'active' ? (
          <>
            <p className="pl-small pl-quiet">{t('agreements.counted')}</p>
            <p>
              <ActionLink to="/attainment" search={{ customer: agreement.customerId } as never}>
                {t('agreements.to-attainment')}
              </ActionLink>
            </p>
          </>
        ) : (
          <p className="pl-small pl-quiet">{t('agreements.not-counted')}</p>
        )}
        {agreement.type === 'sla' && version.targets.length + version.terms.fulfilment.length > 0 && (
          <p>
            <ActionLink to="/what-ifs/new" search={{ agreement: agreement.id, version: version.id } as never}>
              {t('app.what-if')}
            </ActionLink>
          </p>
        )}
        <DownloadLink href={urlOf(api.exportAgreement, { params: { id: agreement.id } })}>
          {t('agreements.as-file')}
        </DownloadLink>
      </SideSection>
    </>
  )
}

function Targets({ agreement, version }: VersionProps) {
  const t = useText()
  const words = useTargetWords(useServiceNames(agreement.customerId))
  const rows = priorities.filter((priority) => plainOf(version.targets).some((target) => target.priority === priority))
  const promised = (target: Target | undefined) =>
    target === undefined ? <span className="pl-faint">{t('agreements.no-target')}</span> : words(target).value
  const columns: readonly Column<(typeof priorities)[number]>[] = [
    {
      key: 'priority',
      head: t('agreements.priority'),
      narrow: 'lead',
      cell: (priority) => (
        <>
          <b>{priority.toUpperCase()}</b> <span className="pl-quiet">{t(`agreements.priority.${priority}`)}</span>
        </>
      ),
    },
    ...metrics.map((metric) => ({
      key: metric,
      head: t(`agreements.metric.${metric}`),
      narrow: 'under' as const,
      cell: (priority: (typeof priorities)[number]) => (
        <>
          <span className={classes.onPhone}>{t(`agreements.metric.${metric}`)} </span>
          {promised(
            plainOf(version.targets).find((target) => target.priority === priority && target.metric === metric),
          )}
        </>
      ),
    })),
  ]
  return (
    <Section title={t('agreements.targets')} hint={t('agreements.targets-read')}>
      <Table
        label={t('agreements.targets')}
        columns={columns}
        rows={rows}
        rowKey={(priority) => priority}
        empty={
          version.terms.fulfilment.length > 0 ? (
            <p className="pl-quiet">{t('agreements.targets-orders-alone')}</p>
          ) : (
            <Empty title={t('agreements.targets-none')}>{t('agreements.targets-none-more')}</Empty>
          )
        }
      />
      <OtherTargets targets={version.targets} customer={agreement.customerId} />
      <OrderPromises promises={version.terms.fulfilment} customer={agreement.customerId} />
    </Section>
  )
}

function Hours({ calendarId }: { readonly calendarId: string }) {
  const t = useText()
  const { data: calendar } = useSuspenseQuery(calendarQuery(calendarId))
  return (
    <Section
      title={t('agreements.hours')}
      aside={
        <ActionLink to="/calendars/$id" params={{ id: calendar.id }}>
          {calendar.name}
        </ActionLink>
      }
    >
      <CalendarHours calendar={calendar} />
    </Section>
  )
}
