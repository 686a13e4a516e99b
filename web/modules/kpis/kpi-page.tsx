import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromMeasuring, type Kpi, type KpiPoint } from '#api/kpis'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { BaselineDialog } from './baseline-dialog.tsx'
import { KpiChart } from './kpi-chart.tsx'
import { NewsWord } from './news-word.tsx'
import { EndOwnKpi, OwnKpiDialog } from './own-kpi-dialog.tsx'
import { kpiQuery, type KpiSlice } from './queries.ts'
import { Records } from './kpi-records.tsx'
import { useKpiFormat } from './use-kpi-format.ts'
import classes from './kpi-page.module.css'

const route = getRouteApi('/shell/kpis/$key')

/** One key figure: what it asks, how it varies, what of it is news, and what is under each value. */
export function KpiPage() {
  const t = useText()
  const { key } = route.useParams()
  const { customer, part, of = '', month } = route.useSearch()
  const slice: KpiSlice = { customer, part, of }
  const { data: kpi } = useSuspenseQuery(kpiQuery(key, slice))
  const { name, question, formula, exclusions, owner, version, minimum, missing, needs, direction, made } = kpi
  const lastMonth = kpi.series.at(-1)?.month
  const facts = [
    { name: t('kpis.formula'), value: formula },
    ...(made === null ? [{ name: t('kpis.exclusions'), value: exclusions }] : []),
    { name: t('kpis.better'), value: t(`kpis.direction.${direction}`) },
    ...(minimum > 1 ? [{ name: t('kpis.minimum'), value: String(minimum) }] : []),
    {
      name: t('kpis.owner'),
      value: made === null ? t(`kpis.owner.${owner as 'people'}`) : owner || t('ui.state.none'),
    },
    { name: t('kpis.version'), value: String(version) },
  ]
  return (
    <Page
      title={`${key} ${name}`}
      lede={question}
      crumb={<Link to="/kpis">{t('kpis.title')}</Link>}
      actions={made !== null && <OwnKpiActions kpi={kpi} customer={customer} />}
      side={
        <>
          <SideSection title={t('kpis.definition')}>
            <Facts small facts={facts} />
          </SideSection>
          <WhatFollows
            origin={{ kind: 'kpi', key, ...(lastMonth !== undefined && { part: month ?? lastMonth }) }}
            customer={customer}
          />
        </>
      }
    >
      {missing === null ? (
        <Course kpi={kpi} slice={slice} month={month} />
      ) : (
        <Empty title={t('kpis.no-source')}>{needs}</Empty>
      )}
    </Page>
  )
}

function OwnKpiActions({ kpi, customer }: { readonly kpi: Kpi; readonly customer: string | undefined }) {
  const t = useText()
  const mine = barredFromMeasuring(useAsker()) === null
  const [changing, setChanging] = useState(false)
  if (!mine) return null
  return (
    <>
      <Button onClick={() => setChanging(true)}>{t('kpis.own.change')}</Button>
      <EndOwnKpi kpi={kpi} />
      {changing && <OwnKpiDialog kpi={kpi} customer={customer} onClose={() => setChanging(false)} />}
    </>
  )
}

/** A figure made of others opens to those. */
function Parts({ kpi, month }: { readonly kpi: Kpi; readonly month: string }) {
  const t = useText()
  const format = useFormat()
  const { customer, part, of } = route.useSearch()
  return (
    <Section title={t('kpis.under', { month: format.month(month) })}>
      <ul>
        {kpi.made?.parts.map(({ kpi: key, name: called }) => (
          <li key={key}>
            <Link to="/kpis/$key" params={{ key }} search={{ customer, part, of, month }}>
              {key} {called}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface CourseProps {
  readonly kpi: Kpi
  readonly slice: KpiSlice
  readonly month: string | undefined
}

function Course({ kpi, slice, month }: CourseProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const barred = barredFromMeasuring(useAsker())
  const [rebasing, setRebasing] = useState(false)
  const { series, stretches, baselines, unit, direction, parts, choices } = kpi
  const go = (change: object) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    })
  const last = series.at(-1)
  const stretch = stretches.at(-1)
  return (
    <>
      <Chips
        label={t('kpis.part')}
        value={slice.part}
        onChange={(part) => go({ part, of: undefined, month: undefined })}
        chips={parts.map((value) => ({ value, label: t(`kpis.part.${value}`) }))}
      />
      {slice.part !== 'customer' && (
        <Sentence>
          <Pick
            label={t(`kpis.part.${slice.part}`)}
            value={slice.of}
            options={[
              { value: '', label: t('kpis.without') },
              ...choices.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(of) => go({ of: of === '' ? undefined : of, month: undefined })}
          />
        </Sentence>
      )}
      {last === undefined || stretch === undefined ? (
        <Empty title={t('kpis.nothing')}>{t('kpis.nothing-more')}</Empty>
      ) : (
        <>
          <p>
            {format.month(last.month)}:{' '}
            <NewsWord unit={unit} direction={direction} latest={{ signal: last.signal, limits: stretch.limits }} />.{' '}
            {stretch.standing !== 'none' && <span className="pl-quiet">{t(`kpis.standing.${stretch.standing}`)}</span>}
          </p>
          <KpiChart kpi={kpi} />
          {baselines.map(({ id, month: from, reason }) => (
            <p key={id} className="pl-quiet">
              {t('kpis.rebased', { month: format.month(from), reason })}
            </p>
          ))}
          {slice.customer !== undefined && (
            <p className={classes.rebase}>
              <Button barred={barred && t(barred)} onClick={() => setRebasing(true)}>
                {t('kpis.rebase')}
              </Button>
            </p>
          )}
          <Months kpi={kpi} chosen={month} onChoose={(chosen) => go({ month: chosen })} />
          {month !== undefined &&
            (kpi.made === null ? <Records kpi={kpi} slice={slice} month={month} /> : <Parts kpi={kpi} month={month} />)}
        </>
      )}
      {rebasing && <BaselineDialog kpi={kpi} slice={slice} onClose={() => setRebasing(false)} />}
    </>
  )
}

const LATEST = 3
const MANY = 12

interface MonthsProps {
  readonly kpi: Kpi
  readonly chosen: string | undefined
  readonly onChoose: (month: string) => void
}

/** A score is kept in hundredths of its hundred points, weighted with the answers or tickets. */
const SCORE_PARTS = 10_000

/** Each month with numerator and denominator; each opens to its records. */
function Months({ kpi, chosen, onChoose }: MonthsProps) {
  const t = useText()
  const format = useFormat()
  const written = useKpiFormat()
  const { series, unit } = kpi
  const time = unit === 'duration' || unit === 'days'
  const columns: readonly Column<KpiPoint>[] = [
    {
      key: 'month',
      head: t('kpis.month'),
      width: '130px',
      narrow: 'lead',
      cell: ({ month }) => (
        <TextButton aria-pressed={month === chosen} onClick={() => onChoose(month)}>
          {format.month(month)}
        </TextButton>
      ),
    },
    {
      key: 'value',
      head: t('kpis.value'),
      width: '105px',
      numeric: true,
      narrow: 'trail',
      cell: ({ value, hidden }) => (hidden ? t('kpis.hidden') : written(unit, value)),
    },
    ...(time
      ? [
          {
            key: 'median',
            head: t('kpis.median'),
            width: '95px',
            numeric: true,
            narrow: 'hidden',
            cell: ({ median }: KpiPoint) =>
              median === null ? '–' : format.duration(Math.round(median / 60_000) * 60_000),
          } as const,
          {
            key: 'p90',
            head: t('kpis.p90'),
            width: '115px',
            numeric: true,
            narrow: 'hidden',
            cell: ({ p90 }: KpiPoint) => (p90 === null ? '–' : format.duration(Math.round(p90 / 60_000) * 60_000)),
          } as const,
        ]
      : []),
    {
      key: 'from',
      head: t('kpis.from'),
      width: '110px',
      numeric: true,
      narrow: 'under',
      called: t('kpis.from'),
      cell: ({ numerator, denominator, hidden }) =>
        hidden
          ? '–'
          : time
            ? format.number(denominator)
            : unit === 'score' && kpi.made === null
              ? t(kpi.records === 'answers' ? 'kpis.answers' : 'kpis.tickets', {
                  count: Math.round(denominator / SCORE_PARTS),
                })
              : format.ratio({ numerator, denominator }),
    },
    {
      key: 'signal',
      head: t('kpis.is-news'),
      narrow: 'under',
      cell: ({ signal }) =>
        signal === null ? '' : `${t(`kpis.signal.${signal.direction}`)}, ${t(`kpis.pattern.${signal.pattern}`)}`,
    },
  ]
  const all = series.toReversed()
  const told = all.filter(({ value, hidden }, at) => value !== null || hidden || at < LATEST)
  // A few months of nothing say something; years of them only push the others away.
  const rows = all.length - told.length > MANY ? told : all
  const left = all.length - rows.length
  return (
    <Section title={t('kpis.months')}>
      <Table dense label={t('kpis.months')} columns={columns} rows={rows} rowKey={({ month }) => month} />
      {left > 0 && <p className="pl-quiet">{t('kpis.months-left', { count: left })}</p>}
    </Section>
  )
}
