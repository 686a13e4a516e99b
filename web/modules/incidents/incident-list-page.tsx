import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { barredFromWorking } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { useViews, ViewsControl } from '#web/modules/views/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { ColumnsPanel } from '#web/ui/columns-panel.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useReaderZone } from '#web/ui/use-format.ts'
import { BulkActions } from './bulk-actions.tsx'
import { useTeams } from './choices.ts'
import { choosableColumns, type ListColumn, shownColumns, usualColumns } from './list-column.ts'
import { ListExport } from './list-export.tsx'
import { type Addable, filterOf, isSameList, keptOf, listSearch, type ListSearch, sortingOf } from './list-filter.ts'
import { AddCondition, ListCount } from './list-line.tsx'
import { rememberList } from './list-place.ts'
import { ListSentence } from './list-sentence.tsx'
import { NoIncidents } from './no-incidents.tsx'
import { anyIncidentQuery, incidentsQuery, useLiveList } from './queries-list.ts'
import { useColumnNames, useColumns } from './use-columns.tsx'
import { useSeen } from './use-seen.ts'
import { WordsField } from './words-field.tsx'
import classes from './incident-list-page.module.css'

const route = getRouteApi('/shell/incidents')
/** Of views that are kept of this page. */
const PAGE = 'incidents'

/** Incidents, filtered by a sentence, one line each. */
export function IncidentListPage() {
  const t = useText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const asker = useAsker()
  const address = route.useSearch()
  const search = useOwnCustomer(address)
  const filter = filterOf(search, useReaderZone())
  const list = useInfiniteQuery(incidentsQuery(filter))
  const inside = barredFromInside(asker) === null
  const shown = shownColumns(search.columns ?? [], { usual: usualColumns(search), inside })
  const columns = useColumns(shown)
  const nameOf = useColumnNames()
  const teams = useTeams()
  const [added, setAdded] = useState<Addable | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const end = useSeen(() => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage()
  })
  useLiveList(client, filter)
  useEffect(() => rememberList(search, filter))
  const mayWork = barredFromWorking(asker) === null
  const fresh = { keys: 'n', label: t('incidents.new'), run: () => void navigate({ to: '/incidents/new' }) }
  useKeys(t('incidents.list.keys'), [fresh], mayWork)

  function go(next: ListSearch) {
    if (added !== null) setAdded(null)
    setSelected(new Set())
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...next }), replace: true })
  }
  function pick(view: { readonly id: string; readonly search: object } | null) {
    setSelected(new Set())
    const { customer } = address as ListSearch
    const kept = view === null ? { customer } : { customer: undefined, ...view.search, view: view.id }
    void navigate({ to: '.', search: kept as never, replace: true })
  }
  useUsualView(address, pick)
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data])
  const { data: hasAny = true } = useQuery({ ...anyIncidentQuery(search.customer), enabled: rows?.length === 0 })
  const kept = keptOf(search)
  return (
    <Page
      title={t('incidents.title')}
      quietTitle
      lede={
        <>
          <div className={classes.sentence}>
            <ListSentence search={search} added={added} onChange={go} />
          </div>
          <div className={classes.line}>
            <ListCount filter={filter} />
            <AddCondition search={search} onAdd={setAdded} />
            <ViewsControl
              page={PAGE}
              search={kept}
              picked={search.view}
              isSame={(view) => isSameList(keptOf(listSearch.parse(view.search)), keptOf(listSearch.parse(kept)))}
              onPick={pick}
              teams={teams}
            />
            <WordsField value={search.q ?? ''} onChange={(q) => go({ q: q === '' ? undefined : q })} />
          </div>
        </>
      }
      actions={
        <>
          <ColumnsPanel
            label={t('incidents.list.columns')}
            all={choosableColumns(inside).map((key) => ({ key, name: nameOf(key), fixed: key === 'title' }))}
            shown={shown}
            onChange={(next) => go({ columns: [...(next ?? [])] as ListColumn[] })}
          >
            <ListExport filter={filter} columns={shown} />
          </ColumnsPanel>
          {mayWork && (
            // In an empty system something else comes first, and says so below.
            <LinkButton to="/incidents/new" main={hasAny} keys="n">
              {t('incidents.new')}
            </LinkButton>
          )}
        </>
      }
    >
      {list.isError && rows === undefined && <Problem failure={list.error} />}
      {(rows !== undefined || list.isPending) && (
        <div className={classes.list} aria-busy={list.isPlaceholderData}>
          <Table
            label={t('incidents.title')}
            columns={columns}
            rows={rows ?? []}
            rowKey={idOf}
            rowName={({ number }) => number}
            dense
            keys
            loading={rows === undefined}
            sort={filter.sort}
            onSort={(head) => go({ sort: sortingOf(head) })}
            {...(mayWork && {
              selection: {
                selected,
                onChange: setSelected,
                actions: <BulkActions selected={selected} onDone={(left) => setSelected(new Set(left))} />,
              },
            })}
            more={{ has: list.hasNextPage, busy: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
            empty={<NoIncidents search={search} onLoosen={go} />}
          />
          {list.isFetchNextPageError && <Problem failure={list.error} />}
          <span ref={end} />
        </div>
      )}
    </Page>
  )
}

function idOf({ id }: { readonly id: string }): string {
  return id
}

/** Whoever belongs to one customer sees that one, without a word in the address. */
function useOwnCustomer(search: ListSearch): ListSearch {
  const { access, customers } = useSession()
  return access === 'customer' && customers.length === 1 ? { ...search, customer: customers[0]!.id } : search
}

/** Somebody who comes to the bare list sees it as they usually want it. */
function useUsualView(
  search: ListSearch,
  pick: (view: { readonly id: string; readonly search: object }) => void,
): void {
  const [bare] = useState(() => Object.keys(keptOf(search)).length === 0)
  const [done, setDone] = useState(false)
  const usual = useViews(PAGE)?.find((view) => view.usual)
  useEffect(() => {
    if (!bare || done || usual === undefined) return
    setDone(true)
    pick(usual)
  }, [bare, done, pick, usual])
}
