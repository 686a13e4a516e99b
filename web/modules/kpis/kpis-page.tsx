import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/kpis'
import { barredFromMeasuring, type ListedKpi } from '#api/kpis'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { LevelTabs } from '#web/modules/service-levels/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { kpisQuery } from './queries.ts'
import { NewsWord } from './news-word.tsx'
import { OwnKpiDialog } from './own-kpi-dialog.tsx'
import { useKpiFormat } from './use-kpi-format.ts'

const route = getRouteApi('/shell/kpis')

/** The library of key figures: first what is news, then all of them. */
export function KpisPage() {
  const t = useText()
  const barred = barredFromInside(useAsker())
  if (barred === null) return <Library />
  return (
    <Page title={t('kpis.title')}>
      <Empty title={t('kpis.title')}>{t(barred)}</Empty>
    </Page>
  )
}

function Library() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const barred = barredFromMeasuring(useAsker())
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(kpisQuery(customer))
  const [shown, setShown] = useState<'counted' | 'missing' | 'all'>('counted')
  const [making, setMaking] = useState(false)
  const news = data.items.filter(({ latest }) => latest?.signal)
  const counted = data.items.filter(({ missing }) => missing === null)
  const rows =
    shown === 'all' ? data.items : shown === 'counted' ? counted : data.items.filter(({ missing }) => missing !== null)

  async function compute() {
    await call(api.computeKpis, {})
    notify(t('kpis.computing'))
    await client.invalidateQueries({ queryKey: ['kpis'] })
  }
  return (
    <Page
      title={t('kpis.case', { count: news.length })}
      lede={
        data.computedAt === null
          ? t('kpis.lede-none')
          : t('kpis.lede', { counted: counted.length, all: data.items.length, when: format.instant(data.computedAt) })
      }
      actions={
        <>
          <LinkButton to="/kpis/boards/$board" params={{ board: 'service-manager' }}>
            {t('kpis.boards')}
          </LinkButton>
          <Button barred={barred && t(barred)} onClick={() => setMaking(true)}>
            {t('kpis.own.new')}
          </Button>
          <Button barred={barred && t(barred)} onClick={() => void compute()}>
            {t('kpis.compute')}
          </Button>
        </>
      }
    >
      <LevelTabs />
      <Section title={t('kpis.news')} hint={t('kpis.news-hint')}>
        {news.length === 0 ? (
          <p className="pl-quiet">{t('kpis.news-none')}</p>
        ) : (
          <KpiTable rows={news} label={t('kpis.news')} />
        )}
      </Section>
      <Section
        title={t('kpis.library')}
        aside={
          <Chips
            label={t('kpis.library')}
            value={shown}
            onChange={setShown}
            chips={[
              { value: 'counted', label: t('kpis.counted'), count: counted.length },
              { value: 'missing', label: t('kpis.missing'), count: data.items.length - counted.length },
              { value: 'all', label: t('kpis.all'), count: data.items.length },
            ]}
          />
        }
      >
        <KpiTable rows={rows} label={t('kpis.library')} />
      </Section>
      {making && <OwnKpiDialog customer={customer} kpi={null} onClose={() => setMaking(false)} />}
    </Page>
  )
}

function KpiTable({ rows, label }: { readonly rows: readonly ListedKpi[]; readonly label: string }) {
  const t = useText()
  const format = useFormat()
  const written = useKpiFormat()
  const columns: readonly Column<ListedKpi>[] = [
    {
      key: 'name',
      head: t('kpis.name'),
      narrow: 'lead',
      cell: ({ key, name }) => (
        <Link to="/kpis/$key" params={{ key }}>
          {key} {name}
        </Link>
      ),
    },
    { key: 'question', head: t('kpis.question'), width: '30%', narrow: 'hidden', cell: ({ question }) => question },
    {
      key: 'value',
      head: t('kpis.value'),
      width: '130px',
      numeric: true,
      narrow: 'trail',
      cell: ({ unit, latest, missing }) => (missing === null ? written(unit, latest?.value ?? null) : '–'),
    },
    {
      key: 'month',
      head: t('kpis.month'),
      width: '110px',
      narrow: 'hidden',
      cell: ({ latest }) => latest && format.monthShort(latest.month),
    },
    {
      key: 'news',
      head: t('kpis.is-news'),
      width: '30%',
      narrow: 'under',
      cell: ({ unit, latest, missing, needs, direction }) =>
        missing === null ? (
          <NewsWord unit={unit} latest={latest} direction={direction} />
        ) : (
          <span className="pl-quiet">{needs}</span>
        ),
    },
  ]
  return <Table dense label={label} columns={columns} rows={rows} rowKey={({ key }) => key} />
}
