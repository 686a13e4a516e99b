import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Correction, ListedDifference } from '#api/corrections'
import { Untold } from '#web/app/untold.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { differencesQuery } from './queries.ts'
import { useResultColumns } from './result-columns.tsx'

const route = getRouteApi('/shell/corrections/$id')

/** The clocks that come out differently; each opens to both ways of counting it. */
export function CorrectionDifferences({ correction }: { readonly correction: Correction }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { id, version } = correction
  const counts = correction.counts ?? { clocks: 0, flips: 0, locked: 0 }
  const { show = counts.flips > 0 ? 'flips' : 'all' } = route.useSearch()
  const differences = useInfiniteQuery(differencesQuery(id, show, version))
  const rows = differences.data?.pages.flatMap(({ items }) => items) ?? []
  const results = useResultColumns()
  const columns: readonly Column<ListedDifference>[] = [
    {
      key: 'number',
      head: t('corrections.incident'),
      width: '22%',
      narrow: 'lead',
      cell: ({ number, position, metric }) =>
        number === null ? (
          <Untold />
        ) : (
          <Link to="/corrections/$id/$position" params={{ id, position: String(position) }}>
            {t('corrections.clock-of', { number, metric: textChoice(metric) })}
          </Link>
        ),
    },
    {
      key: 'month',
      head: t('corrections.month'),
      narrow: 'under',
      cell: ({ month, locked }) =>
        month === null
          ? t('corrections.still-runs')
          : t('corrections.month-locked', { month: format.month(month), locked: locked ? 'yes' : 'no' }),
    },
    ...results,
  ]
  return (
    <Section title={t('corrections.differences')} hint={t('corrections.differences-hint')}>
      <Chips
        label={t('corrections.differences-which')}
        value={show}
        onChange={(next) =>
          void navigate({
            to: '.',
            search: (before: object) => ({ ...before, show: next }),
            replace: true,
            resetScroll: false,
          })
        }
        chips={[
          { value: 'flips' as const, label: t('corrections.show.flips'), count: counts.flips },
          { value: 'locked' as const, label: t('corrections.show.locked'), count: counts.locked },
          { value: 'all' as const, label: t('corrections.show.all'), count: counts.clocks },
        ]}
      />
      {differences.isError && <Problem failure={differences.error} />}
      <Table
        dense
        keys
        label={t('corrections.differences')}
        columns={columns}
        rows={rows}
        loading={differences.isPending}
        rowKey={({ position }, index) => String(position ?? `untold ${index}`)}
        more={{
          has: differences.hasNextPage,
          busy: differences.isFetchingNextPage,
          load: () => void differences.fetchNextPage(),
        }}
        empty={<p className="pl-quiet">{t('corrections.differences-none')}</p>}
      />
    </Section>
  )
}
