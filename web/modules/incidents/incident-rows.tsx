import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import { barredFromWorking } from '#api/incidents'
import { useAsker } from '#web/modules/people/index.ts'
import { Problem } from '#web/ui/problem.tsx'
import { Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { BulkActions } from './bulk-actions.tsx'
import type { ListColumn } from './list-column.ts'
import { type IncidentFilter, type Sorting, sortingOf } from './list-filter.ts'
import { incidentsQuery } from './queries-list.ts'
import { useColumns } from './use-columns.tsx'
import { useNear } from './use-near.ts'
import classes from './incident-list-page.module.css'

interface IncidentRowsProps {
  readonly filter: IncidentFilter
  readonly shown: readonly ListColumn[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (selected: ReadonlySet<string>) => void
  readonly onSort: (sort: Sorting) => void
  readonly empty: ReactNode
}

/** The rows of a list, page after page. Apart from its sentence, which has nothing to do with each page that comes. */
export function IncidentRows({ filter, shown, selected, onSelect, onSort, empty }: IncidentRowsProps) {
  const t = useText()
  const list = useInfiniteQuery(incidentsQuery(filter))
  const columns = useColumns(shown)
  const mayWork = barredFromWorking(useAsker()) === null
  const [near, end] = useNear()
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list
  useEffect(() => {
    if (near && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [near, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data])
  if (list.isError && rows === undefined) return <Problem failure={list.error} />
  return (
    <div className={classes.list} aria-busy={list.isPlaceholderData}>
      <Table
        label={t('incidents.title')}
        columns={columns}
        rows={rows ?? []}
        rowKey={idOf}
        rowName={numberOf}
        dense
        keys
        loading={rows === undefined}
        sort={filter.sort}
        onSort={(head) => onSort(sortingOf(head))}
        {...(mayWork && {
          selection: {
            selected,
            onChange: onSelect,
            actions: <BulkActions selected={selected} onDone={(left) => onSelect(new Set(left))} />,
          },
        })}
        more={{ has: hasNextPage, busy: list.isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={empty}
      />
      {isFetchNextPageError && <Problem failure={list.error} />}
      <span ref={end} />
    </div>
  )
}

function idOf({ id }: { readonly id: string }): string {
  return id
}

function numberOf({ number }: { readonly number: string }): string {
  return number
}
