import { useInfiniteQuery } from '@tanstack/react-query'
import type { Correction, ListedDifference } from '#api/corrections'
import { CaseLink } from '#web/app/untold.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { differencesQuery } from './queries.ts'
import { useResultColumns } from './result-columns.tsx'

/** Promises of teams and suppliers that come out differently: in no figure of a customer, and nothing that one reads. */
export function CorrectionBehind({ correction }: { readonly correction: Correction }) {
  const t = useText()
  const { id, version } = correction
  const differences = useInfiniteQuery(differencesQuery(id, 'behind', version))
  const rows = differences.data?.pages.flatMap(({ items }) => items) ?? []
  const results = useResultColumns()
  const columns: readonly Column<ListedDifference>[] = [
    {
      key: 'number',
      head: t('corrections.incident'),
      width: '22%',
      narrow: 'lead',
      cell: ({ number, metric }) => (
        <CaseLink number={number}>{t('corrections.clock-of', { number, metric: textChoice(metric) })}</CaseLink>
      ),
    },
    { key: 'behind', head: t('corrections.about.agreement'), narrow: 'under', cell: ({ behind }) => behind },
    ...results,
  ]
  return (
    <Section title={t('corrections.behind')} hint={t('corrections.behind-hint')}>
      {differences.isError && <Problem failure={differences.error} />}
      <Table
        dense
        keys
        label={t('corrections.behind')}
        columns={columns}
        rows={rows}
        loading={differences.isPending}
        rowKey={({ position }, index) => String(position ?? `untold ${index}`)}
        more={{
          has: differences.hasNextPage,
          busy: differences.isFetchingNextPage,
          load: () => void differences.fetchNextPage(),
        }}
        empty={null}
      />
    </Section>
  )
}
