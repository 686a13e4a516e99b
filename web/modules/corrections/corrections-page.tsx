import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Correction } from '#api/corrections'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { AgreementTabs } from '#web/modules/service-levels/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { CorrectionState } from './correction-state.tsx'
import { correctionTitle } from './correction-words.ts'
import { correctionsQuery } from './queries.ts'

const route = getRouteApi('/shell/corrections')

/** What was said to have been counted wrongly, who says so, and what came of it. */
export function CorrectionsPage() {
  const t = useText()
  const format = useFormat()
  const inside = barredFromInside(useAsker()) === null
  const { customer } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(correctionsQuery(customer))
  const corrections = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<Correction>[] = [
    {
      key: 'what',
      head: t('corrections.what'),
      narrow: 'lead',
      cell: (correction) => (
        <Link to="/corrections/$id" params={{ id: correction.id }}>
          {correctionTitle(t, format, correction)}
        </Link>
      ),
    },
    {
      key: 'customer',
      head: t('corrections.customer'),
      width: '15%',
      narrow: 'under',
      cell: ({ customer: whose }) => whose?.name ?? t('corrections.shared'),
    },
    {
      key: 'by',
      head: t('corrections.asked-by'),
      width: '10%',
      narrow: 'hidden',
      cell: ({ requestedBy }) => requestedBy?.name ?? '–',
    },
    {
      key: 'when',
      head: t('corrections.asked-at'),
      width: '150px',
      narrow: 'under',
      cell: ({ requestedAt }) => format.instant(requestedAt),
    },
    {
      key: 'flips',
      head: t('corrections.flips'),
      width: '140px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ counts, kind }) =>
        counts === null || kind === 'availability'
          ? '–'
          : t('corrections.flips-of', { flips: counts.flips, clocks: counts.clocks }),
    },
    {
      key: 'state',
      head: t('corrections.state'),
      width: '215px',
      narrow: 'trail',
      cell: ({ state }) => <CorrectionState state={state} />,
    },
  ]
  return (
    <Page title={t('corrections.title')} lede={t('corrections.lede')}>
      <AgreementTabs />
      <Table
        dense
        keys
        label={t('corrections.title')}
        columns={columns}
        rows={corrections}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t('corrections.none')}>
            {t(inside ? 'corrections.none-more' : 'corrections.none-customer')}
          </Empty>
        }
      />
    </Page>
  )
}
