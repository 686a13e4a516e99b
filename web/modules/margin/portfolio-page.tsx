import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { barredFromContracting, type PortfolioLine } from '#api/margin'
import { daysAfter } from '#core/recurrence.ts'
import { ReadersOnly } from '#web/modules/people/index.ts'
import { DownloadLink } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { MarginTrend } from './margin-trend.tsx'
import classes from './portfolio.module.css'
import { portfolioQuery } from './queries.ts'
import { useShare } from './use-share.ts'

const route = getRouteApi('/shell/portfolio')

/** All contracts beside each other: what each leaves, and which needs somebody. */
export function PortfolioPage() {
  const t = useText()
  return (
    <ReadersOnly barredFrom={barredFromContracting} title={t('margin.portfolio')}>
      <Portfolio />
    </ReadersOnly>
  )
}

function Portfolio() {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const share = useShare()
  const navigate = useNavigate()
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(portfolioQuery(customer))
  const day = (on: string) => format.date(new Date(`${on}T12:00:00Z`), 'UTC')
  const columns: readonly Column<PortfolioLine>[] = [
    {
      key: 'contract',
      head: t('margin.contract'),
      narrow: 'lead',
      cell: ({ contract: { id, title }, customer: { name } }) => (
        <>
          <Link to="/contracts/$id" params={{ id }}>
            {title}
          </Link>{' '}
          <span className="pl-quiet">{name}</span>
        </>
      ),
    },
    {
      key: 'revenue',
      head: t('margin.revenue'),
      width: '150px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ contract: { id }, without, currency }) => (
        <DoorLink to="/contracts/$id/profit" params={{ id }}>
          {money({ amountMinor: without.revenueMinor, currency })}
        </DoorLink>
      ),
    },
    {
      key: 'credits',
      head: t('margin.revenue.credits'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      called: t('margin.revenue.credits'),
      cell: ({ contract: { id }, creditsMinor, currency }) => (
        <DoorLink to="/contracts/$id" params={{ id }}>
          {money({ amountMinor: -creditsMinor || 0, currency })}
        </DoorLink>
      ),
    },
    {
      key: 'margin',
      head: t('margin.margin'),
      width: '120px',
      numeric: true,
      narrow: 'trail',
      cell: ({ contract: { id }, without }) => (
        <DoorLink to="/contracts/$id/profit" params={{ id }}>
          {share(without)}
        </DoorLink>
      ),
    },
    {
      key: 'committed',
      head: t('margin.committed'),
      width: '190px',
      narrow: 'under',
      cell: ({ committedBp, warns }) =>
        committedBp === null ? (
          '–'
        ) : (
          <State is={warns ? 'soon' : 'met'}>
            {t(warns ? 'margin.below-short' : 'margin.on-course-short', {
              share: share({ marginMinor: committedBp, revenueMinor: 10_000 }),
            })}
          </State>
        ),
    },
    {
      key: 'ends',
      head: t('margin.ends'),
      width: '150px',
      narrow: 'under',
      cell: ({ endsOn }) => (endsOn === null ? t('margin.no-end') : day(daysAfter(endsOn, -1))),
    },
  ]
  const warned = data.items.filter(({ warns }) => warns).length
  return (
    <Page
      title={data.items.length === 0 ? t('margin.portfolio') : t('margin.portfolio-case', { warned })}
      lede={t('margin.portfolio-lede', { month: format.month(data.to) })}
      actions={
        data.items.length > 0 && (
          <DownloadLink
            href={`/api/v1/portfolio.xlsx${customer === undefined ? '' : `?customer=${encodeURIComponent(customer)}`}`}
          >
            {t('margin.as-workbook')}
          </DownloadLink>
        )
      }
    >
      <Table
        dense
        keys
        label={t('margin.portfolio')}
        columns={columns}
        rows={data.items}
        rowKey={({ contract }) => contract.id}
        empty={<Empty title={t('margin.portfolio')}>{t('margin.none-hint')}</Empty>}
      />
      {data.items.length > 0 && (
        <Section title={t('margin.over-time')} hint={t('margin.over-time-hint')}>
          <div className={classes.trends}>
            {data.items.map(({ contract: { id, title }, months, committedBp }) => (
              <div key={id}>
                <Link to="/contracts/$id/profit" params={{ id }}>
                  {title}
                </Link>
                <MarginTrend
                  label={t('margin.over-time-of', { title })}
                  months={months}
                  committedBp={committedBp}
                  onOpen={(month) => void navigate({ to: '/contracts/$id/profit', params: { id }, search: { month } })}
                />
              </div>
            ))}
          </div>
        </Section>
      )}
    </Page>
  )
}
