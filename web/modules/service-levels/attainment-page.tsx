import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromInside, barredFromManaging } from '#core/may.ts'
import type { Agreement, AttainmentReport } from '#api/service-levels'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { browserZone } from '#web/ui/format.ts'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { currentMonth } from '#web/ui/month.ts'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { LevelTabs } from './agreement-tabs.tsx'
import { AttainmentComparison } from './attainment-comparison.tsx'
import { type Figure, figuresOf, promisedIn } from './attainment-figures.ts'
import { AttainmentPanels } from './attainment-panel.tsx'
import { isOver, type Period, periodOf } from './attainment-period.ts'
import { agreedQuery, customersQuery, type FigureFilter, reportQuery } from './attainment-queries.ts'
import { OrdersSection } from './attainment-orders.tsx'
import { ReportedSection } from './attainment-reported.tsx'
import { type AttainmentSearch, tableGroupings } from './attainment-search.ts'
import { AttainmentSentence } from './attainment-sentence.tsx'
import { AttainmentTable } from './attainment-table.tsx'
import { useTitle } from './attainment-title.ts'
import { AttainmentLede } from './attainment-lede.tsx'
import { SettledSection } from './attainment-settled.tsx'
import { periodWords } from './attainment-words.ts'
import classes from './attainment-page.module.css'

const route = getRouteApi('/shell/attainment')

/** How promises were kept: what is the case, each promise with its year, and where. */
export function AttainmentPage() {
  const navigate = useNavigate()
  const search = route.useSearch()
  const customer = useCustomer(search.customer)
  const zone = customer?.timeZone ?? browserZone()
  const [now] = useState(() => new Date())
  const period = periodOf(search, now, zone)
  const filter = { customer: customer?.id, site: search.site, from: period.from, to: period.to }
  const report = useQuery(reportQuery({ ...filter, groupBy: 'priority', durations: true }))
  const agreed = useQuery(agreedQuery(customer?.id))
  function go(change: Partial<AttainmentSearch>) {
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    })
  }
  const versions = promisedIn(agreed.data ?? [], period)
  const figures = figuresOf(versions, report.data?.groups ?? [])
  const title = useTitle({ period, figures, report: report.data, isOver: isOver(period, now, zone) })
  const sentence = (
    <AttainmentSentence
      customer={customer?.id}
      site={search.site}
      period={period}
      against={search.against}
      onChange={go}
    />
  )
  const known = report.data !== undefined && (customer === null || agreed.data !== undefined)
  return (
    <Page
      title={title}
      lede={
        <>
          {known && (
            <AttainmentLede
              period={period}
              report={report.data}
              agreements={agreed.data ?? []}
              customer={customer?.id}
              site={search.site}
            />
          )}
          {sentence}
        </>
      }
      actions={period.kind === 'month' && <MonthChoice period={period} zone={zone} onChange={go} />}
    >
      <LevelTabs />
      {report.isError && report.data === undefined && <Problem failure={report.error} />}
      {known && report.data && (
        <div className={classes.figures} aria-busy={report.isPlaceholderData}>
          <Figures
            period={period}
            search={search}
            customer={customer}
            filter={filter}
            figures={figures}
            report={report.data}
            agreements={agreed.data ?? []}
            go={go}
          />
        </div>
      )}
    </Page>
  )
}

interface FiguresProps {
  readonly period: Period
  readonly search: AttainmentSearch
  readonly customer: Known | null
  readonly filter: FigureFilter
  readonly figures: readonly Figure[]
  readonly report: AttainmentReport
  readonly agreements: readonly Agreement[]
  readonly go: (change: Partial<AttainmentSearch>) => void
}

function Figures({ period, search, customer, filter, figures, report, agreements, go }: FiguresProps) {
  const t = useText()
  const format = useFormat()
  const inside = barredFromInside(useAsker()) === null
  const isEmpty = useQuery(customersQuery()).data?.length === 0
  const usual = customer === null ? 'customer' : filter.site === undefined ? 'site' : 'service'
  const { resolution, response } = report.total.byMetric
  const measured = [resolution, response].some(({ met, failed, excluded }) => met + failed + excluded > 0)
  const shares = [...new Set(figures.filter(({ metric }) => metric === 'resolution').map(({ targetBp }) => targetBp))]
  const groupings = tableGroupings.filter((each) =>
    each === 'team' ? inside : each === 'customer' ? customer === null : each !== 'site' || filter.site === undefined,
  )
  const by = groupings.find((each) => each === search.by) ?? usual
  return (
    <>
      {customer !== null && figures.length === 0 && (
        <NothingAgreed customer={customer} agreements={agreements} reported={report.total.reported !== null} />
      )}
      {customer !== null && figures.length > 0 && (
        <AttainmentPanels
          figures={figures}
          groups={report.groups}
          filter={filter}
          period={period}
          onMonth={(month) => go({ month, period: undefined, from: undefined, to: undefined })}
        />
      )}
      {customer === null && measured && <p className={`${classes.hint} pl-quiet`}>{t('attainment.choose-customer')}</p>}
      {!measured && customer === null && isEmpty && <NothingYet />}
      {!measured && !isEmpty && (customer === null || figures.length > 0) && (
        <Empty title={t('attainment.nothing', { period: periodWords(t, format, period) })}>
          {t('attainment.nothing-more')}
        </Empty>
      )}
      {search.against !== undefined && (
        <AttainmentComparison
          against={search.against}
          filter={filter}
          customerName={customer?.name ?? ''}
          period={period}
          report={report}
        />
      )}
      {customer !== null && filter.site === undefined && (
        <SettledSection customer={customer.id} period={period} report={report} />
      )}
      {customer !== null && <OrdersSection report={report} customer={customer.id} period={period} />}
      {customer !== null && <ReportedSection report={report} />}
      {measured && (
        <section className={classes.table}>
          <div className={classes.by}>
            <h2>{t('attainment.table', { by: t(`attainment.by.${by}`) })}</h2>
            <Chips
              label={t('attainment.group')}
              value={by}
              onChange={(chosen) => go({ by: chosen })}
              chips={groupings.map((value) => ({ value, label: t(`attainment.by.${value}`) }))}
            />
          </div>
          <AttainmentTable by={by} filter={filter} targetBp={shares.length === 1 ? (shares[0] ?? null) : null} />
        </section>
      )}
    </>
  )
}

/** Before there is any customer: the two things that figures are made of. */
function NothingYet() {
  const t = useText()
  const mayManage = barredFromManaging(useAsker()) === null
  return (
    <Empty
      title={t('attainment.nothing-yet')}
      actions={
        mayManage && (
          <>
            <LinkButton to="/imports" main>
              {t('attainment.import')}
            </LinkButton>
            <LinkButton to="/agreements">{t('attainment.say-what-was-agreed')}</LinkButton>
          </>
        )
      }
    >
      {t('attainment.nothing-yet-more')}
    </Empty>
  )
}

/** Nothing was promised in the period: what is missing, and the first step. */
function NothingAgreed({
  customer,
  agreements,
  reported,
}: {
  readonly customer: Known
  readonly agreements: readonly Agreement[]
  readonly reported: boolean
}) {
  const t = useText()
  const mayAgree = barredFromManaging(useAsker()) === null
  const drafted = agreements.length > 0
  return (
    <Empty
      title={t(drafted ? 'attainment.none-active' : 'attainment.none-agreed', { customer: customer.name })}
      actions={
        mayAgree && (
          <LinkButton to="/agreements" main>
            {t(drafted ? 'attainment.open-agreements' : 'attainment.say-what-was-agreed')}
          </LinkButton>
        )
      }
    >
      {t(reported ? 'attainment.none-agreed-reported' : 'attainment.none-agreed-more')}
    </Empty>
  )
}

function MonthChoice({
  period,
  zone,
  onChange,
}: {
  readonly period: Period
  readonly zone: string
  readonly onChange: (change: Partial<AttainmentSearch>) => void
}) {
  const t = useText()
  return (
    <MonthPicker
      label={t('attainment.month')}
      value={period.from.slice(0, 7)}
      max={currentMonth(zone)}
      onChange={(month) => onChange({ month, period: undefined, from: undefined, to: undefined })}
    />
  )
}

interface Known {
  readonly id: string
  readonly name: string
  readonly timeZone: string
}

/** Whose figures are shown: the chosen customer, or the only one there is; null for all of them. */
function useCustomer(chosen: string | undefined): Known | null {
  const { customers: own, access } = useSession()
  const { data: customers } = useQuery(customersQuery())
  const only =
    access === 'customer' && own.length === 1 ? own[0]!.id : customers?.length === 1 ? customers[0]!.id : undefined
  const id = chosen ?? only
  if (id === undefined) return null
  return customers?.find((customer) => customer.id === id) ?? { id, name: '', timeZone: browserZone() }
}
