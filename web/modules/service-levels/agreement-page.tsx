import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/service-levels'
import { type Agreement, type AgreementVersion, metrics, priorities, type Target } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { ActionLink, Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { leadingVersion, VersionState } from './agreement-state.tsx'
import { agreementQuery, calendarQuery } from './agreements-queries.ts'
import classes from './agreements.module.css'
import { CalendarHours } from './calendar-hours.tsx'

const route = getRouteApi('/shell/agreements/$id')

/** What was promised to a customer: its targets, the hours in which they count, and how that came to be. */
export function AgreementPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: agreement } = useSuspenseQuery(agreementQuery(id))
  const [chosenId, setChosen] = useState<string | null>(null)
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
      lede={t('agreements.page.lede', { customer: agreement.customerName, version: version.number })}
      actions={<Steps agreement={agreement} version={version} />}
      side={<Side agreement={agreement} version={version} />}
    >
      <Targets version={version} />
      <Hours calendarId={version.calendarId} />
      <TermsInWords version={version} />
      <Versions agreement={agreement} shown={version} onShow={setChosen} />
    </Page>
  )
}

interface VersionProps {
  readonly agreement: Agreement
  readonly version: AgreementVersion
}

/** What can be done with the version that is shown. */
function Steps({ agreement, version }: VersionProps) {
  const t = useText()
  const cache = useQueryClient()
  const barred = barredFromManaging(useAsker())
  const { id } = agreement
  const activate = useMutation({
    mutationFn: () =>
      call(api.activateAgreementVersion, { params: { id, versionId: version.id }, match: agreement.version }),
    onSuccess: () => notify(t('agreements.done.active', { name: agreement.name })),
    onSettled: async () => {
      await Promise.all(
        ['agreements', 'what-is', 'attainment'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  if (barred !== null) return <Button barred={t(barred)}>{t('agreements.new-version-short')}</Button>
  const draft = version.state === 'draft'
  return (
    <>
      {activate.isError && (
        <Problem failure={activate.error}>
          {activate.error instanceof CallFailure && activate.error.status === 412 && t('agreements.look-again')}
        </Problem>
      )}
      <LinkButton to="/agreements/new" search={{ of: id, from: version.id }}>
        {t(draft ? 'agreements.change-draft-short' : 'agreements.new-version-short')}
      </LinkButton>
      {draft && (
        <Button
          main
          busy={activate.isPending}
          barred={version.targets.length === 0 ? t('agreements.targets-missing') : null}
          onClick={() => activate.mutate()}
        >
          {t('agreements.activate')}
        </Button>
      )}
    </>
  )
}

function Side({ agreement, version }: VersionProps) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      <SideSection title={t('agreements.facts')}>
        <Facts
          small
          facts={[
            { name: t('agreements.state'), value: <VersionState version={version} /> },
            { name: t('agreements.valid-from-short'), value: format.day(version.validFrom) },
            ...(version.validTo ? [{ name: t('agreements.valid-to'), value: format.day(version.validTo) }] : []),
            {
              name: t('agreements.services'),
              value: t('agreements.services-of', { count: version.serviceIds.length }),
            },
          ]}
        />
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
      </SideSection>
    </>
  )
}

function Targets({ version }: { readonly version: AgreementVersion }) {
  const t = useText()
  const format = useFormat()
  const rows = priorities.filter((priority) => version.targets.some((target) => target.priority === priority))
  const promised = (target: Target | undefined) =>
    target === undefined ? (
      <span className="pl-faint">{t('agreements.no-target')}</span>
    ) : (
      t('agreements.promised', {
        time: format.duration(target.targetSeconds * 1000),
        share: format.basisPoints(target.attainmentBp),
      })
    )
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
          {promised(version.targets.find((target) => target.priority === priority && target.metric === metric))}
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
        empty={<Empty title={t('agreements.targets-none')}>{t('agreements.targets-none-more')}</Empty>}
      />
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

/** Pauses and reopening as sentences. */
function TermsInWords({ version: { terms } }: { readonly version: AgreementVersion }) {
  const t = useText()
  const format = useFormat()
  const reasons = terms.pausedBy.map((reason) => t(`agreements.pause.${reason}`))
  return (
    <Section title={t('agreements.terms')}>
      <ul className={classes.sentences}>
        <li>
          {reasons.length === 0
            ? t('agreements.paused-by-nothing')
            : t('agreements.paused-by', { reasons: format.list(reasons) })}
        </li>
        <li>{t(`agreements.reopen.${terms.reopen}-sentence`, { days: terms.reopenWithinDays })}</li>
        <li>{t(`agreements.boundary.${terms.boundary}`)}</li>
      </ul>
    </Section>
  )
}

interface VersionsProps {
  readonly agreement: Agreement
  readonly shown: AgreementVersion
  readonly onShow: (id: string) => void
}

function Versions({ agreement, shown, onShow }: VersionsProps) {
  const t = useText()
  const format = useFormat()
  const columns: readonly Column<AgreementVersion>[] = [
    {
      key: 'number',
      head: t('agreements.version'),
      narrow: 'lead',
      cell: ({ number }) => t('agreements.version-number', { number }),
    },
    {
      key: 'from',
      head: t('agreements.valid-from-short'),
      narrow: 'under',
      cell: ({ validFrom }) => format.day(validFrom),
    },
    { key: 'hours', head: t('agreements.hours'), narrow: 'under', cell: ({ calendarName }) => calendarName },
    {
      key: 'state',
      head: t('agreements.state'),
      narrow: 'trail',
      cell: (version) => <VersionState version={version} />,
    },
    {
      key: 'show',
      head: <span className="pl-hidden">{t('agreements.show')}</span>,
      numeric: true,
      narrow: 'under',
      cell: (version) =>
        version.id === shown.id ? (
          <span className="pl-quiet">{t('agreements.shown')}</span>
        ) : (
          <Button
            onClick={() => onShow(version.id)}
            aria-label={t('agreements.show-named', { number: version.number })}
          >
            {t('agreements.show')}
          </Button>
        ),
    },
  ]
  return (
    <Section title={t('agreements.versions')} hint={t('agreements.versions-hint')}>
      <Table label={t('agreements.versions')} columns={columns} rows={agreement.versions} rowKey={({ id }) => id} />
    </Section>
  )
}
