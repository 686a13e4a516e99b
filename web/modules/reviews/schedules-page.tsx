import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromMaking, type ReportSchedule } from '#api/reviews'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { schedulesQuery } from './queries.ts'
import { ReviewTabs } from './review-tabs.tsx'

const route = getRouteApi('/shell/report-schedules')

/** Reports that are sent by themselves. */
export function SchedulesPage() {
  const t = useText()
  const format = useFormat()
  const barred = barredFromMaking(useAsker())
  const { customer } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(schedulesQuery(customer))
  const schedules = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<ReportSchedule>[] = [
    {
      key: 'report',
      head: t('reviews.schedules.what'),
      narrow: 'lead',
      cell: ({ id, report }) => (
        <Link to="/report-schedules/$id" params={{ id }}>
          {t(`reviews.report.${report}`)}
        </Link>
      ),
    },
    { key: 'customer', head: t('reviews.customer'), narrow: 'under', cell: (row) => row.customer.name },
    {
      key: 'edition',
      head: t('reviews.edition'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ edition }) => t(`reviews.edition.${edition}`),
    },
    {
      key: 'language',
      head: t('reviews.language'),
      width: '100px',
      narrow: 'hidden',
      cell: ({ language }) => t(`reviews.page.language.${language}`),
    },
    {
      key: 'when',
      head: t('reviews.schedules.when'),
      width: '190px',
      narrow: 'under',
      cell: ({ day }) => t('reviews.schedules.day', { day }),
    },
    {
      key: 'to',
      head: t('reviews.schedules.to'),
      width: '110px',
      narrow: 'hidden',
      cell: ({ recipients }) => t('reviews.schedules.people', { n: recipients.length }),
    },
    {
      key: 'next',
      head: t('reviews.schedules.next'),
      width: '180px',
      narrow: 'trail',
      cell: ({ endedAt, nextMonth }) =>
        endedAt === null ? (
          format.month(nextMonth)
        ) : (
          <State is="none">{t('reviews.schedules.ended', { when: format.date(endedAt) })}</State>
        ),
    },
  ]
  const plan =
    barred === null ? (
      <LinkButton to="/report-schedules/new" main>
        {t('reviews.schedules.plan')}
      </LinkButton>
    ) : (
      <Button barred={t(barred)}>{t('reviews.schedules.plan')}</Button>
    )
  return (
    <Page
      title={t('reviews.schedules.title')}
      lede={t('reviews.schedules.lede')}
      actions={schedules.length === 0 ? undefined : plan}
    >
      <ReviewTabs />
      <Table
        dense
        keys
        label={t('reviews.schedules.title')}
        columns={columns}
        rows={schedules}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t('reviews.schedules.none')} actions={plan}>
            {t('reviews.schedules.none-more')}
          </Empty>
        }
      />
    </Page>
  )
}
