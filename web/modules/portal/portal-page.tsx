import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import type { Incident } from '#api/incidents'
import { barredFromReporting } from '#api/portal'
import { OwnInvitations } from '#web/modules/feedback/index.ts'
import { useIncidentEvents } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Page, Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { cameToPortal } from './finding.ts'
import { NotHere } from './not-here.tsx'
import { OwnRequests } from './own-requests.tsx'
import { PortalSearch } from './portal-search.tsx'
import { ownReportsQuery } from './queries.ts'
import { standingOf, theirsFirst } from './report-standing.ts'
import { StandingWords } from './standing-words.tsx'
import { useGoTo } from './use-go-to.ts'
import classes from './portal-page.module.css'

/** Where a customer's people come for help: report, look up, answer. */
export function PortalPage() {
  const barred = barredFromReporting(useAsker())
  return barred === null ? <Own /> : <NotHere reason={barred} />
}

function Own() {
  const t = useText()
  const go = useGoTo()
  const now = useNow()
  const client = useQueryClient()
  const { data } = useSuspenseQuery(ownReportsQuery())
  useEffect(cameToPortal, [])
  useIncidentEvents(useCallback(() => void client.invalidateQueries({ queryKey: ['portal'] }), [client]))
  useKeys(t('portal.title'), [{ keys: 'n', label: t('portal.report'), run: () => go({ kind: 'new', title: '' }) }])
  const open = theirsFirst(data.open, now)
  const waiting = open.filter((report) => standingOf(report, now).theirTurn).length
  const none = open.length + data.over.length === 0
  return (
    <Page
      title={t('portal.case', { open: open.length, waiting })}
      lede={t(none ? 'portal.lede-none' : 'portal.lede')}
      actions={
        <LinkButton to="/portal/report" main keys="n">
          {t('portal.report')}
        </LinkButton>
      }
    >
      <PortalSearch />
      {none ? (
        <Empty title={t('portal.none')}>{t('portal.none-more')}</Empty>
      ) : (
        <>
          <Section title={t('portal.open')}>
            {open.length === 0 ? (
              <p className="pl-quiet">{t('portal.open-none')}</p>
            ) : (
              <Reports reports={open} now={now} />
            )}
          </Section>
          {data.over.length > 0 && (
            <Section title={t('portal.over')}>
              <Reports reports={data.over} now={now} />
            </Section>
          )}
        </>
      )}
      <OwnRequests />
      <OwnInvitations />
    </Page>
  )
}

function Reports({ reports, now }: { readonly reports: readonly Incident[]; readonly now: Date }) {
  const t = useText()
  const format = useFormat()
  return (
    <ul className={classes.reports}>
      {reports.map((report) => (
        <li key={report.id} data-turn={standingOf(report, now).theirTurn || undefined}>
          <Link to="/portal/reports/$number" params={{ number: report.number }} className={classes.report}>
            <span className={classes.title}>{report.title}</span>
            <span className={classes.standing}>
              <StandingWords report={report} now={now} />
            </span>
            <span className={classes.about}>
              {[
                t('portal.reported', { number: report.number, at: format.dayShort(report.openedAt) }),
                report.service?.name,
                report.site?.name,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
