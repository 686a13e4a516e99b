import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromMakingAny, type Review } from '#api/reviews'
import { useAsker } from '#web/modules/people/index.ts'
import { reviewsQuery } from '#web/modules/reviews/queries.ts'
import { ReviewTabs } from '#web/modules/reviews/review-tabs.tsx'
import { ReviewState } from '#web/modules/reviews/review-state.tsx'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const route = getRouteApi('/shell/reviews')

/** Months that were told to customers, with their versions. */
export function ReviewsPage() {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const barred = barredFromMakingAny(asker)
  const { customer } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(reviewsQuery(customer))
  const reviews = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<Review>[] = [
    {
      key: 'month',
      head: t('reviews.month'),
      width: '18%',
      narrow: 'lead',
      cell: ({ id, month }) => (
        <Link to="/reviews/$id" params={{ id }}>
          {format.month(month)}
        </Link>
      ),
    },
    { key: 'customer', head: t('reviews.customer'), narrow: 'under', cell: ({ customerName }) => customerName },
    { key: 'report', head: t('reviews.report'), narrow: 'under', cell: ({ report }) => t(`reviews.report.${report}`) },
    { key: 'version', head: t('reviews.version'), width: '90px', narrow: 'hidden', cell: ({ version }) => version },
    {
      key: 'edition',
      head: t('reviews.edition'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ edition }) => t(`reviews.edition.${edition}`),
    },
    {
      key: 'made',
      head: t('reviews.made'),
      width: '170px',
      narrow: 'hidden',
      cell: ({ createdAt }) => format.instant(createdAt),
    },
    {
      key: 'state',
      head: t('reviews.state'),
      width: '230px',
      narrow: 'trail',
      cell: (review) => <ReviewState review={review} />,
    },
  ]
  const make =
    barred === null ? (
      <LinkButton to="/reviews/new" main>
        {t('reviews.make')}
      </LinkButton>
    ) : (
      <Button barred={t(barred)}>{t('reviews.make')}</Button>
    )
  const isCustomer = asker.access === 'customer'
  return (
    <Page
      title={t('reviews.list.title')}
      lede={t('reviews.list.lede')}
      actions={isCustomer || reviews.length === 0 ? undefined : make}
    >
      {!isCustomer && <ReviewTabs />}
      <Table
        dense
        keys
        label={t('reviews.list.title')}
        columns={columns}
        rows={reviews}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t('reviews.list.none')} actions={isCustomer ? undefined : make}>
            {t(isCustomer ? 'reviews.list.none-customer' : 'reviews.list.none-more')}
          </Empty>
        }
      />
    </Page>
  )
}
