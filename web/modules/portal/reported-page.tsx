import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import type { IncidentEvent, IncidentPage } from '#api/incidents'
import { barredFromReporting } from '#api/portal'
import { useIncidentEvents } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Facts } from '#web/ui/facts.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { Conversation } from './conversation.tsx'
import { happenedQuery, reportedQuery, reportFilesQuery } from './queries.ts'
import { ReportFiles } from './report-files.tsx'
import { standingOf } from './report-standing.ts'
import { StandingWords } from './standing-words.tsx'
import { YourTurn } from './your-turn.tsx'
import classes from './reported-page.module.css'

const route = getRouteApi('/shell/portal/reports/$number')

/** One report for whoever made it: how it stands, what happens next, what was said. */
export function ReportedPage() {
  const { number } = route.useParams()
  const { data: report } = useSuspenseQuery(reportedQuery(number))
  return <Reported key={report.id} report={report} />
}

function Reported({ report }: { readonly report: IncidentPage }) {
  const t = useText()
  const now = useNow()
  const format = useFormat()
  const client = useQueryClient()
  const { number } = route.useParams()
  const { id, title } = report
  const { data: facts } = useSuspenseQuery(happenedQuery(number))
  const { data: files } = useSuspenseQuery(reportFilesQuery(number))
  useIncidentEvents(
    useCallback(
      (changed: readonly IncidentEvent[], much: boolean) => {
        if (much || changed.some((each) => each.id === id)) void client.invalidateQueries({ queryKey: ['portal'] })
      },
      [client, id],
    ),
  )
  const barred = barredFromReporting(useAsker())
  const { kind } = standingOf(report, now)
  return (
    <Page
      title={title}
      crumb={
        <>
          <Link to="/portal">{t('portal.title')}</Link> <span aria-hidden>/</span> <span>{report.number}</span>
        </>
      }
      side={<AboutReport report={report} files={<ReportFiles report={report} files={files} may={barred === null} />} />}
    >
      <div className={classes.now} data-turn={standingOf(report, now).theirTurn || undefined} role="status">
        <p className={classes.standing}>
          <StandingWords report={report} now={now} />
        </p>
        <p className="pl-quiet">
          {t('portal.next', {
            kind,
            wait: textChoice(report.pauseReason ?? 'other'),
            closes: report.closesAt === null ? 'no' : format.day(report.closesAt),
          })}
        </p>
      </div>
      {kind === 'confirm' && barred === null && <YourTurn report={report} />}
      <Conversation report={report} facts={facts} files={files} />
      {kind !== 'confirm' && barred === null && <YourTurn report={report} />}
      {barred !== null && <p className="pl-quiet">{t(barred)}</p>}
    </Page>
  )
}

interface AboutProps {
  readonly report: IncidentPage
  readonly files: ReactNode
}

function AboutReport({ report, files }: AboutProps) {
  const t = useText()
  const format = useFormat()
  const { number, service, site, openedAt, requester, onBehalfOf } = report
  const facts = [
    { name: t('portal.about.number'), value: number },
    { name: t('portal.about.reported'), value: format.instant(openedAt) },
    ...(requester ? [{ name: t('portal.about.by'), value: requester.name }] : []),
    ...(onBehalfOf === null ? [] : [{ name: t('portal.about.for'), value: onBehalfOf }]),
    ...(service ? [{ name: t('portal.report.service'), value: service.name }] : []),
    ...(site ? [{ name: t('portal.report.site'), value: site.name }] : []),
  ]
  return (
    <>
      <SideSection title={t('portal.about')}>
        <Facts facts={facts} small />
      </SideSection>
      {files}
    </>
  )
}
