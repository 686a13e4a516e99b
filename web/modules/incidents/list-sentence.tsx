import type { Session } from '#api/people'
import { priorities } from '#api/service-levels'
import { useSession } from '#web/modules/people/index.ts'
import { Pick, type PickOption, Sentence } from '#web/ui/sentence.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useCustomers, useServices, useSites, useTeams } from './choices.ts'
import { listedStates, type ListSearch, sortings } from './list-filter.ts'

interface ListSentenceProps {
  readonly search: ListSearch
  readonly onChange: (change: Partial<ListSearch>) => void
}

/** The filters of a list as one sentence; each choice stands in the address. */
export function ListSentence({ search, onChange }: ListSentenceProps) {
  const t = useText()
  const customers = useCustomers()
  const sites = useSites(search.customer)
  const services = useServices(search.customer)
  const teams = useTeams()
  const only = onlyCustomer(useSession())
  const any = (inSentence: string): PickOption<string> => ({ value: '', label: inSentence })
  const named = (items: readonly { readonly id: string; readonly name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Sentence>
      <Text
        id="incidents.list.sentence"
        values={{ hasSites: sites.length > 0 ? 'yes' : 'no', hasTeams: teams.length > 0 ? 'yes' : 'no' }}
        components={{
          customer: only ? (
            <b>{only}</b>
          ) : (
            <Pick
              label={t('incidents.customer')}
              options={[any(t('incidents.list.any-customer')), ...named(customers)]}
              value={search.customer ?? ''}
              onChange={(customer) => onChange({ customer: given(customer), site: undefined })}
            />
          ),
          site: (
            <Pick
              label={t('incidents.site')}
              options={[any(t('incidents.list.any-site')), ...named(sites)]}
              value={search.site ?? ''}
              onChange={(site) => onChange({ site: given(site) })}
            />
          ),
          state: (
            <Pick
              label={t('incidents.state')}
              options={listedStates.map((value) => ({ value, label: t(`incidents.listed.${value}`) }))}
              value={search.state ?? 'open'}
              onChange={(state) => onChange({ state: state === 'open' ? undefined : state })}
            />
          ),
          priority: (
            <Pick
              label={t('incidents.priority')}
              options={[
                any(t('incidents.list.any-priority')),
                ...priorities.map((value) => ({ value, label: value.toUpperCase() })),
              ]}
              value={search.priority ?? ''}
              onChange={(priority) => onChange({ priority: priorities.find((each) => each === priority) })}
            />
          ),
          service: (
            <Pick
              label={t('incidents.service')}
              options={[any(t('incidents.list.any-service')), ...named(services)]}
              value={search.service ?? ''}
              onChange={(service) => onChange({ service: given(service) })}
            />
          ),
          team: (
            <Pick
              label={t('incidents.team')}
              options={[any(t('incidents.list.any-team')), ...named(teams)]}
              value={search.team ?? ''}
              onChange={(team) => onChange({ team: given(team) })}
            />
          ),
          order: (
            <Pick
              label={t('incidents.list.order')}
              options={sortings.map((value) => ({ value, label: t(`incidents.sorted.${value}`) }))}
              value={search.sort ?? sortings[0]}
              onChange={(sort) => onChange({ sort: sort === sortings[0] ? undefined : sort })}
            />
          ),
        }}
      />
    </Sentence>
  )
}

/** Whoever belongs to one customer has none to choose. */
function onlyCustomer({ access, customers }: Session): string | null {
  return access === 'customer' && customers.length === 1 ? customers[0]!.name : null
}

function given(value: string): string | undefined {
  return value === '' ? undefined : value
}
