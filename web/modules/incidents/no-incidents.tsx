import { useQuery } from '@tanstack/react-query'
import { barredFromManaging } from '#core/may.ts'
import { barredFromWorking } from '#api/incidents'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useColleagues, useCustomers, useServices, useSites, useTeams } from './choices.ts'
import { conditionsOf, type ListSearch, type Loosenable, loosened } from './list-filter.ts'
import { dueWords } from './list-sentence.tsx'
import { anyIncidentQuery } from './queries-list.ts'
import { useResolving } from './resolving.ts'
import { choice } from './words.ts'

interface NoIncidentsProps {
  readonly search: ListSearch
  readonly onLoosen: (search: ListSearch) => void
}

/** An empty list: what would be here and the first step; or which condition to let go. */
export function NoIncidents({ search, onLoosen }: NoIncidentsProps) {
  const t = useText()
  const nameOf = useConditionNames(search)
  const { data: hasAny } = useQuery(anyIncidentQuery(search.customer))
  if (hasAny === undefined) return null
  if (!hasAny) return <NothingYet ofCustomer={search.customer !== undefined} />
  const conditions = conditionsOf(search)
  if (conditions.length === 1 && conditions[0] === 'state' && (search.state ?? 'open') === 'open') {
    return (
      <Empty
        title={t('incidents.none.open')}
        actions={<Button onClick={() => onLoosen(loosened(search, 'state'))}>{t('incidents.none.show-all')}</Button>}
      >
        {t('incidents.none.open-more')}
      </Empty>
    )
  }
  return (
    <Empty
      title={t('incidents.none.fits')}
      actions={
        <>
          {conditions.map((name) => (
            <Button key={name} onClick={() => onLoosen(loosened(search, name))}>
              {t('incidents.none.without', { condition: nameOf(name) })}
            </Button>
          ))}
        </>
      }
    >
      {t('incidents.none.fits-more', { count: conditions.length })}
    </Empty>
  )
}

function NothingYet({ ofCustomer }: { readonly ofCustomer: boolean }) {
  const t = useText()
  const asker = useAsker()
  const mayImport = barredFromManaging(asker) === null
  const mayDeclare = barredFromWorking(asker) === null
  return (
    <Empty
      title={t('incidents.none.yet', { ofCustomer: ofCustomer ? 'yes' : 'no' })}
      actions={
        (mayImport || mayDeclare) && (
          <>
            {mayImport && (
              <LinkButton to="/imports" main>
                {t('incidents.none.import')}
              </LinkButton>
            )}
            {mayDeclare && (
              <LinkButton to="/incidents/new" main={!mayImport}>
                {t('incidents.new')}
              </LinkButton>
            )}
          </>
        )
      }
    >
      {t(mayDeclare ? 'incidents.none.yet-more' : 'incidents.none.yet-customer')}
    </Empty>
  )
}

/** What a condition is called where it may be let go. */
function useConditionNames(search: ListSearch): (name: Loosenable) => string {
  const t = useText()
  const customers = useCustomers()
  const sites = useSites(search.customer)
  const services = useServices(search.customer)
  const teams = useTeams()
  const colleagues = useColleagues()
  const format = useFormat()
  const { nameOf } = useResolving()
  const named = (items: readonly { readonly id: string; readonly name: string }[], id: string | undefined) =>
    items.find((item) => item.id === id)?.name ?? '…'
  const names: Readonly<Record<Loosenable, () => string>> = {
    customer: () => named(customers, search.customer),
    site: () => named(sites, search.site),
    due: () => t('incidents.none.due', { due: dueWords(t, search.due ?? '') }),
    service: () => (search.service === 'none' ? t('incidents.due.no-service') : named(services, search.service)),
    team: () => (search.team === 'nobody' ? t('incidents.list.no-team') : named(teams, search.team)),
    assignee: () =>
      search.assignee === 'me'
        ? t('incidents.list.me')
        : search.assignee === 'nobody'
          ? t('incidents.nobody')
          : named(colleagues, search.assignee),
    priority: () => format.list((search.priority ?? []).map((each) => each.toUpperCase())),
    category: () => search.category ?? '',
    resolutionCode: () =>
      search.resolutionCode === 'none' ? t('incidents.list.no-code') : nameOf(search.resolutionCode ?? ''),
    opened: () => t('incidents.opened'),
    resolved: () => t('incidents.resolved'),
    openOn: () => t('incidents.list.add.openOn'),
    source: () => t('incidents.source', { source: choice(search.source ?? 'other') }),
    state: () => t(`incidents.listed.${search.state ?? 'open'}`),
    q: () => t('incidents.none.words', { words: search.q ?? '' }),
  }
  return (name) => names[name]()
}
