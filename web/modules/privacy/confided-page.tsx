import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ConfidedIncident } from '#api/privacy'
import { barredFromConfided } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { PrivacyPage } from './privacy-page.tsx'
import { confidedQuery } from './queries.ts'

/** Incidents of which few may know, for whoever watches over that and works on none of them. */
export function ConfidedPage() {
  const t = useText()
  const format = useFormat()
  const mayRead = barredFromConfided(useAsker()) === null
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...confidedQuery(),
    enabled: mayRead,
  })
  const columns: readonly Column<ConfidedIncident>[] = [
    {
      key: 'what',
      head: t('privacy.incidents.what'),
      narrow: 'lead',
      cell: ({ number, title }) => (
        <Link to="/privacy/incidents/$id" params={{ id: number }}>
          {number} {title}
        </Link>
      ),
    },
    {
      key: 'concerns',
      head: t('privacy.incidents.concerns'),
      width: '210px',
      narrow: 'under',
      cell: ({ confidential }) => t('privacy.incidents.concern', { what: confidential.join('_') }),
    },
    {
      key: 'customer',
      head: t('privacy.incidents.customer'),
      width: '190px',
      narrow: 'under',
      cell: ({ customer }) => customer.name,
    },
    {
      key: 'state',
      head: t('privacy.incidents.state'),
      width: '130px',
      narrow: 'trail',
      cell: ({ state }) => t(`incidents.state.${state}`),
    },
    {
      key: 'opened',
      head: t('privacy.incidents.opened'),
      width: '170px',
      narrow: 'under',
      cell: ({ openedAt }) => format.instant(openedAt),
    },
  ]
  return (
    <PrivacyPage title={t('privacy.incidents.title')} lede={t('privacy.incidents.lede')} barred={barredFromConfided}>
      {error && <Problem failure={error} />}
      <Table
        label={t('privacy.incidents.title')}
        columns={columns}
        rows={data?.pages.flatMap(({ items }) => items) ?? []}
        rowKey={({ id }) => id}
        loading={isPending}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('privacy.incidents.none')}>{t('privacy.incidents.none-more')}</Empty>}
      />
    </PrivacyPage>
  )
}
