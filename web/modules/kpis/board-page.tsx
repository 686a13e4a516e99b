import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/kpis'
import { type Board, type BoardName, type Kpi } from '#api/kpis'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Chips } from '#web/ui/chips.tsx'
import { ColumnsPanel } from '#web/ui/columns-panel.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './board-page.module.css'
import { KpiChart } from './kpi-chart.tsx'
import { NewsWord } from './news-word.tsx'
import { ShareBoard } from './share-board.tsx'
import { boardQuery, kpisQuery } from './queries.ts'
import { latestOf } from './latest.ts'
import { useKpiFormat } from './use-kpi-format.ts'

const route = getRouteApi('/shell/kpis/boards/$board')
const boards: readonly BoardName[] = [
  'service-manager',
  'service-desk',
  'major-incident',
  'experience',
  'requests',
  'general-manager',
  'cfo',
  'customer',
]

/** The figures that a role looks at: first those that are news, each with its course and a way to what is under it. */
export function BoardPage() {
  const t = useText()
  const barred = barredFromInside(useAsker())
  if (barred === null) return <Tiles />
  return (
    <Page title={t('kpis.boards')}>
      <Empty title={t('kpis.boards')}>{t(barred)}</Empty>
    </Page>
  )
}

function Tiles() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { board: name } = route.useParams()
  const { customer } = route.useSearch()
  const { data: board } = useSuspenseQuery(boardQuery(name, customer))
  const news = board.items.filter(({ series }) => series.at(-1)?.signal)
  const others = board.items.filter((kpi) => !news.includes(kpi))
  const picture = (form: 'svg' | 'pdf') => {
    const query = new URLSearchParams({ format: form, ...(customer !== undefined && { customer }) })
    return `/api/v1/kpi-boards/${name}/picture?${query}`
  }
  return (
    <Page
      title={t('kpis.case', { count: news.length })}
      lede={
        board.computedAt === null
          ? t('kpis.lede-none')
          : t('kpis.board.lede', { title: board.title, when: format.instant(board.computedAt) })
      }
      crumb={<Link to="/kpis">{t('kpis.title')}</Link>}
      actions={<Arrange board={board} />}
    >
      <Chips
        label={t('kpis.boards')}
        value={name}
        onChange={(next) => void navigate({ to: '/kpis/boards/$board', params: { board: next }, search: { customer } })}
        chips={boards.map((value) => ({ value, label: t(`kpis.board.${value}`) }))}
      />
      <Section title={t('kpis.news')} hint={t('kpis.news-hint')}>
        {news.length === 0 ? <p className="pl-quiet">{t('kpis.news-none')}</p> : <List items={news} />}
      </Section>
      <Section title={t('kpis.board.others')}>
        <List items={others} />
      </Section>
      <ShareBoard picture={picture} name={name} />
    </Page>
  )
}

function List({ items }: { readonly items: readonly Kpi[] }) {
  const written = useKpiFormat()
  const t = useText()
  const { customer } = route.useSearch()
  return (
    <ul className={classes.tiles}>
      {items.map((kpi) => {
        const { key, name, unit, direction, question, series } = kpi
        const last = series.at(-1)
        return (
          <li key={key} className={classes.tile}>
            <p>
              <Link
                to="/kpis/$key"
                params={{ key }}
                search={{ ...(customer && { customer }), ...(last && { month: last.month }) }}
                title={question}
              >
                {key} {name}
              </Link>
            </p>
            <p className="pl-big">{last?.hidden ? t('kpis.hidden') : written(unit, last?.value ?? null)}</p>
            {last !== undefined && (
              <p>
                <NewsWord unit={unit} direction={direction} latest={latestOf(kpi)} />
              </p>
            )}
            {series.some(({ value }) => value !== null) && <KpiChart kpi={kpi} small />}
          </li>
        )
      })}
    </ul>
  )
}

/** Which figures somebody sees on a board, and in which order: their own affair. */
function Arrange({ board }: { readonly board: Board }) {
  const t = useText()
  const client = useQueryClient()
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(kpisQuery(customer))
  const all = data.items
    .filter(({ missing }) => missing === null)
    .map(({ key, name }) => ({ key, name: `${key} ${name}` }))
  async function arrange(items: readonly string[] | null) {
    if (items?.length === 0) return
    await call(api.arrangeBoard, {
      params: { board: board.board },
      body: { items: items === null ? null : [...items] },
    })
    await client.invalidateQueries({ queryKey: ['kpis', 'board'] })
  }
  return (
    <ColumnsPanel
      label={t('kpis.board.arrange')}
      all={all}
      shown={board.order}
      onChange={(items) => void arrange(items)}
    />
  )
}
