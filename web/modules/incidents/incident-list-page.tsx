import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { barredFromWorking, type Incident } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { LinkButton, TextButton } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { DueCell, UsedCell } from './due-cell.tsx'
import { filterOf, type ListSearch, sortingOf } from './list-filter.ts'
import { ListSentence } from './list-sentence.tsx'
import { NoIncidents } from './no-incidents.tsx'
import { anyIncidentQuery, incidentsQuery } from './queries.ts'
import { useNow } from './use-now.ts'
import { useSeen } from './use-seen.ts'
import { agoText } from './when-text.ts'
import { WordsField } from './words-field.tsx'
import classes from './incident-list-page.module.css'

const route = getRouteApi('/shell/incidents')

/** Incidents, filtered by a sentence, one line each. */
export function IncidentListPage() {
  const t = useText()
  const navigate = useNavigate()
  const asker = useAsker()
  const search = useOwnCustomer(route.useSearch())
  const filter = filterOf(search)
  const list = useInfiniteQuery(incidentsQuery(filter))
  const columns = useColumns(search)
  const end = useSeen(() => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage()
  })
  const mayDeclare = barredFromWorking(asker) === null
  const fresh = { keys: 'n', label: t('incidents.new'), run: () => void navigate({ to: '/incidents/new' }) }
  useKeys(t('incidents.list.keys'), [fresh], mayDeclare)

  function go(next: ListSearch) {
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...next }), replace: true })
  }
  const rows = list.data?.pages.flatMap(({ items }) => items)
  const { data: hasAny = true } = useQuery({ ...anyIncidentQuery(search.customer), enabled: rows?.length === 0 })
  return (
    <Page
      title={t('incidents.title')}
      quietTitle
      lede={
        <>
          <div className={classes.sentence}>
            <ListSentence search={search} onChange={go} />
          </div>
          <div className={classes.words}>
            <WordsField value={search.q ?? ''} onChange={(q) => go({ q: q === '' ? undefined : q })} />
          </div>
        </>
      }
      actions={
        mayDeclare && (
          // In an empty system something else comes first, and says so below.
          <LinkButton to="/incidents/new" main={hasAny} keys="n">
            {t('incidents.new')}
          </LinkButton>
        )
      }
    >
      {list.isError && rows === undefined && <Problem failure={list.error} />}
      {rows && (
        <div className={classes.list} aria-busy={list.isPlaceholderData}>
          <Table
            label={t('incidents.title')}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            dense
            keys
            sort={filter.sort}
            onSort={(head) => go({ sort: sortingOf(head) })}
            more={{ has: list.hasNextPage, busy: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
            empty={<NoIncidents search={search} onLoosen={go} />}
          />
          {list.isFetchNextPageError && <Problem failure={list.error} />}
          {filter.sort === 'dueAt' && rows.length > 0 && !list.hasNextPage && (
            <p className={`${classes.hint} pl-quiet pl-small`}>
              {t('incidents.list.only-due')}{' '}
              <TextButton onClick={() => go({ sort: undefined })}>{t('incidents.none.without-due')}</TextButton>
            </p>
          )}
          <span ref={end} />
        </div>
      )}
    </Page>
  )
}

/** Whoever belongs to one customer sees that one, without a word in the address. */
function useOwnCustomer(search: ListSearch): ListSearch {
  const { access, customers } = useSession()
  return access === 'customer' && customers.length === 1 ? { ...search, customer: customers[0]!.id } : search
}

function useColumns({ customer }: ListSearch): readonly Column<Incident>[] {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const inside = barredFromInside(useAsker()) === null
  const column = (key: string, head: string, cell: Column<Incident>['cell'], more: Partial<Column<Incident>> = {}) => ({
    key,
    head,
    cell,
    ...more,
  })
  return [
    column('due', t('incidents.due'), (incident) => <DueCell incident={incident} now={now} />, {
      width: '138px',
      sort: 'dueAt',
      narrow: 'trail',
    }),
    column('used', t('incidents.used-head'), (incident) => <UsedCell incident={incident} />, {
      width: '92px',
      narrow: 'hidden',
    }),
    column('number', t('incidents.number'), ({ number }) => number, { width: '84px', narrow: 'under' }),
    column(
      'title',
      t('incidents.what'),
      ({ number, title }) => (
        <Link to="/incidents/$id" params={{ id: number }} title={title}>
          {title}
        </Link>
      ),
      { narrow: 'lead' },
    ),
    column('priority', t('incidents.priority-short'), ({ priority }) => priority.toUpperCase(), {
      width: '32px',
      narrow: 'under',
    }),
    column('state', t('incidents.state'), ({ state }) => t(`incidents.state.${state}`), {
      width: '116px',
      narrow: 'under',
    }),
    ...(customer === undefined
      ? [
          column('customer', t('incidents.customer'), (incident) => quiet(incident.customer.name), {
            width: '148px',
            narrow: 'under',
          }),
        ]
      : []),
    column('site', t('incidents.site'), ({ site }) => quiet(site?.name ?? ''), {
      width: customer === undefined ? '144px' : '180px',
      narrow: 'under',
    }),
    ...(inside
      ? [
          column('team', t('incidents.with'), ({ team }) => quiet(team?.name ?? t('incidents.nobody')), {
            width: customer === undefined ? '124px' : '148px',
            narrow: 'hidden',
          }),
        ]
      : []),
    column('updated', t('incidents.updated'), ({ updatedAt }) => quiet(agoText(updatedAt, { format, now })), {
      width: '98px',
      sort: 'updatedAt',
      narrow: 'hidden',
    }),
  ]
}

function quiet(text: string) {
  return <span className="pl-quiet">{text}</span>
}
