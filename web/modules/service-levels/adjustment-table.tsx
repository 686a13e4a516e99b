import { useInfiniteQuery } from '@tanstack/react-query'
import type { Adjustment } from '#api/service-levels'
import { CaseLink } from '#web/app/untold.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { Table } from '#web/ui/table.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useAdjustmentColumns } from './adjustment-columns.tsx'
import { type AdjustmentFilter, adjustmentsQuery } from './periods-queries.ts'

/** Entries that adjust what was told of locked months, with both results. */
export function AdjustmentTable({ filter, label }: { readonly filter: AdjustmentFilter; readonly label: string }) {
  const t = useText()
  const entries = useInfiniteQuery(adjustmentsQuery(filter))
  const rows = entries.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = useAdjustmentColumns<Adjustment>({
    head: t('periods.clock'),
    lead: ({ number, metric, priority, requestId }) => (
      <>
        <CaseLink number={number} requestId={requestId}>
          {number}
        </CaseLink>{' '}
        <span className="pl-quiet">
          {priority === null
            ? t('periods.promise-of-order')
            : t('periods.promise', { priority: priority.toUpperCase(), metric: textChoice(metric) })}
        </span>
      </>
    ),
    result: (entry, side) => <Result result={entry[side]} />,
    cause: ({ cause }) => t(`periods.cause.${cause}`),
  })
  return (
    <>
      {entries.isError && <Problem failure={entries.error} />}
      <Table
        label={label}
        columns={columns}
        rows={rows}
        loading={entries.isPending}
        rowKey={({ id }, index) => id ?? `untold ${index}`}
        more={{ has: entries.hasNextPage, busy: entries.isFetchingNextPage, load: () => void entries.fetchNextPage() }}
        empty={<p className="pl-quiet">{t('periods.no-entries')}</p>}
      />
    </>
  )
}

function Result({ result }: { readonly result: Adjustment['before'] }) {
  const t = useText()
  const format = useFormat()
  if (result === null) return <State is="none">{t('periods.result.none')}</State>
  const verdict = result.excluded
    ? 'excluded'
    : result.state === 'met'
      ? 'met'
      : result.state === 'breached-stopped'
        ? 'missed'
        : 'open'
  return (
    <State is={standing[verdict]}>
      {t(`periods.result.${verdict}`)}{' '}
      <span className="pl-quiet pl-nowrap">
        {t('periods.used', {
          used: format.durationCell(result.elapsedSeconds * 1000),
          target: format.durationCell(result.targetSeconds * 1000),
        })}
      </span>
    </State>
  )
}

const standing: Readonly<Record<'met' | 'missed' | 'excluded' | 'open', Standing>> = {
  met: 'met',
  missed: 'miss',
  excluded: 'none',
  open: 'runs',
}
