import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { barredFromWorking } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { useViews, ViewsControl } from '#web/modules/views/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { ColumnsPanel } from '#web/ui/columns-panel.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useReaderZone } from '#web/ui/use-format.ts'
import { useTeams } from './choices.ts'
import { DeskTabs } from './desk-tabs.tsx'
import { IncidentRows } from './incident-rows.tsx'
import { choosableColumns, type ListColumn, shownColumns, usualColumns } from './list-column.ts'
import { ListExport } from './list-export.tsx'
import { type Addable, filterOf, isSameList, keptOf, listSearch, type ListSearch } from './list-filter.ts'
import { AddCondition, ListCount } from './list-line.tsx'
import { rememberList } from './list-place.ts'
import { ListSentence } from './list-sentence.tsx'
import { NoIncidents } from './no-incidents.tsx'
import { anyIncidentQuery, useLiveList } from './queries-list.ts'
import { useColumnNames } from './use-columns.tsx'
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
  const inside = barredFromInside(asker) === null
  const shown = shownColumns(search.columns ?? [], { usual: usualColumns(search), inside })
  const nameOf = useColumnNames()
  const teams = useTeams()
  const [added, setAdded] = useState<Addable | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
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
    const kept = view === null ? { customer } : { customer: undefined, site: undefined, ...view.search, view: view.id }
    void navigate({ to: '.', search: kept as never, replace: true })
  }
  useUsualView(address, pick)
  // In an empty system something else comes first, and says so below.
  const { data: hasAny = true } = useQuery(anyIncidentQuery(search.customer))
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
            <LinkButton to="/incidents/new" main={hasAny} keys="n">
              {t('incidents.new')}
            </LinkButton>
          )}
        </>
      }
    >
      <DeskTabs />
      <IncidentRows
        filter={filter}
        shown={shown}
        selected={selected}
        onSelect={setSelected}
        onSort={(sort) => go({ sort })}
        empty={<NoIncidents search={search} onLoosen={go} />}
      />
    </Page>
  )
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
  const done = useRef(!bare)
  const usual = useViews(PAGE)?.find((view) => view.usual)
  useEffect(() => {
    if (done.current || usual === undefined) return
    done.current = true
    pick(usual)
  }, [pick, usual])
}
