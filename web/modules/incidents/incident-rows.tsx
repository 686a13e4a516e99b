import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
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
  // What was selected may have left the list since: then it is meant as it was seen last.
  const chosen = useRef<ReadonlyMap<string, number>>(new Map())
  const versionsOf = (ids: ReadonlySet<string>) => {
    const shownNow = new Map((rows ?? []).flatMap(({ id, version }) => (ids.has(id) ? [[id, version] as const] : [])))
    return new Map([...ids].flatMap((id) => pairOf(id, shownNow.get(id) ?? chosen.current.get(id))))
  }
  const select = (ids: ReadonlySet<string>) => {
    chosen.current = versionsOf(ids)
    onSelect(ids)
  }
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
            onChange: select,
            actions: (
              <BulkActions
                selected={selected}
                versionsShown={() => Object.fromEntries(versionsOf(selected))}
                onDone={(left) => select(new Set(left))}
              />
            ),
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

function pairOf(id: string, version: number | undefined): readonly (readonly [string, number])[] {
  return version === undefined ? [] : [[id, version]]
}

function idOf({ id }: { readonly id: string }): string {
  return id
}

function numberOf({ number }: { readonly number: string }): string {
  return number
}
