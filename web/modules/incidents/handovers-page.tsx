import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type HandoverGroup, type HandoverReport, handoverGroupings } from '#api/incidents'
import { customerQuery, useSiteName } from '#web/app/customers.ts'
import { LevelTabs } from '#web/modules/service-levels/index.ts'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { browserZone } from '#web/ui/format.ts'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { addMonths, monthAt } from '#web/ui/month.ts'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { ShareBar } from '#web/ui/share-bar.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { HandoverDoor } from './handover-door.tsx'
import { type HandoverFilter, handoversQuery } from './handover-queries.ts'
import { HandoverTable } from './handover-table.tsx'
import { waitWords } from './words.ts'

const route = getRouteApi('/shell/handovers')

/** Who hands over how often, and where the time goes: worked on, or waited for what. */
export function HandoversPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { customer, site, month: named, months, by = 'team' } = route.useSearch()
  const { data: known } = useQuery({ ...customerQuery(customer ?? ''), enabled: customer !== undefined })
  const siteName = useSiteName(site)
  const [current] = useState(() => monthAt(new Date(), browserZone()))
  const month = named ?? addMonths(current, -1)
  const first = months === '12' ? addMonths(month, -11) : month
  const filter = { customer, site, from: `${first}-01`, to: `${addMonths(month, 1)}-01`, groupBy: by }
  const { data: report, error, isPlaceholderData } = useQuery(handoversQuery(filter))
  const period =
    first === month
      ? format.month(month)
      : t('handovers.period', { from: format.month(first), to: format.month(month) })
  function go(change: object) {
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <Page
      title={
        report === undefined
          ? t('handovers.title')
          : t('handovers.title-counted', {
              period,
              count: report.total.incidents,
              handed: format.number(report.total.handedOn),
              all: format.number(report.total.incidents),
            })
      }
      lede={t('handovers.lede', {
        whose: known === undefined ? 'all' : siteName === undefined ? 'customer' : 'site',
        customer: known?.name ?? '',
        site: siteName ?? '',
        zone: format.zone(report?.timeZone ?? browserZone(), new Date(`${month}-15`)),
      })}
      actions={
        <>
          <Chips
            label={t('handovers.span')}
            value={months ?? '1'}
            onChange={(next) => go({ months: next === '1' ? undefined : next })}
            chips={(['1', '12'] as const).map((value) => ({ value, label: t(`handovers.span.${value}`) }))}
          />
          <MonthPicker
            label={t('handovers.month')}
            value={month}
            max={current}
            onChange={(next) => go({ month: next })}
          />
        </>
      }
    >
      <LevelTabs />
      {report === undefined &&
        (error === null ? <Progress label={t('handovers.counting')} share={null} /> : <Problem failure={error} />)}
      {report !== undefined && report.total.incidents === 0 && (
        <Empty title={t('handovers.none', { period })}>{t('handovers.none-more')}</Empty>
      )}
      {report !== undefined && report.total.incidents > 0 && (
        <div aria-busy={isPlaceholderData}>
          <Whole report={report} filter={filter} period={period} />
          <Section
            title={t('handovers.table', { by })}
            aside={
              <Chips
                label={t('handovers.by')}
                value={by}
                onChange={(next) => go({ by: next })}
                chips={handoverGroupings.map((value) => ({ value, label: t(`handovers.by.${value}`) }))}
              />
            }
          >
            <HandoverTable report={report} filter={filter} period={period} />
          </Section>
        </div>
      )}
    </Page>
  )
}

interface WholeProps {
  readonly report: HandoverReport
  readonly filter: HandoverFilter
  readonly period: string
}

/** Named by themselves; what else was waited for comes together. */
const NAMED_WAITS = 4

/** Where the time of all of them went, in parts that add up. */
function Whole({ report: { total }, filter, period }: WholeProps) {
  const t = useText()
  const format = useFormat()
  const all = t('handovers.all')
  const waits = total.waits.slice(0, NAMED_WAITS)
  const rest = total.waits.slice(NAMED_WAITS).reduce((sum, { waitingMs }) => sum + waitingMs, 0)
  const spent = total.workingMs + total.waitingMs
  const written = (ms: number) =>
    t('handovers.time', {
      time: format.duration(wholeHours(ms)),
      share: format.number(spent === 0 ? 0 : (ms / spent) * 100, 0),
    })
  const about = { of: all, period, sample: total.incidents }
  return (
    <Section title={t('handovers.where')} hint={t('handovers.where-hint', { median: medianWords(total) })}>
      <ShareBar
        label={t('handovers.where')}
        shares={[
          {
            key: 'working',
            label: t('handovers.work'),
            weight: total.workingMs,
            figure: <HandoverDoor {...about} figure="working" label={written(total.workingMs)} cases={filter} />,
          },
          ...waits.map(({ for: reason, waitingMs, incidents }) => ({
            key: reason,
            label: reason === 'queue' ? t('handovers.queue') : waitWords(t, reason),
            weight: waitingMs,
            figure: (
              <HandoverDoor
                {...about}
                sample={incidents}
                figure="wait"
                label={written(waitingMs)}
                cases={{ ...filter, waitsFor: reason }}
              />
            ),
          })),
          ...(rest > 0 ? [{ key: 'rest', label: t('handovers.rest'), weight: rest, figure: written(rest) }] : []),
        ]}
      />
    </Section>
  )

  function medianWords({ duration }: HandoverGroup): string {
    return duration === null ? '' : format.duration(wholeHours(duration.medianMs))
  }
}

const HOUR_MS = 3_600_000

/** Over ten hours nobody reads minutes. */
function wholeHours(ms: number): number {
  return ms < 10 * HOUR_MS ? ms : Math.round(ms / HOUR_MS) * HOUR_MS
}
