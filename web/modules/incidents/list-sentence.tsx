import type { Session } from '#api/people'
import { priorities } from '#api/service-levels'
import { useSession } from '#web/modules/people/index.ts'
import { PickPeriod, PickWords } from '#web/ui/sentence-fields.tsx'
import { Pick, PickMany, type PickOption, Sentence } from '#web/ui/sentence.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat, useReaderZone } from '#web/ui/use-format.ts'
import { useColleagues, useCustomers, useKnownCategories, useServices, useSites, useTeams } from './choices.ts'
import { type Addable, addable, conditionsOf, dues, listedStates, type ListSearch, sortings } from './list-filter.ts'
import { openDays, periodsUntil, todayIn } from './period.ts'
import { useResolving } from './resolving.ts'
import { useNow } from './use-now.ts'
import { choice } from './words.ts'

interface ListSentenceProps {
  readonly search: ListSearch
  /** A condition that was just asked for: it is there to be filled in. */
  readonly added: Addable | null
  readonly onChange: (change: Partial<ListSearch>) => void
}

const sources = ['servicenow', 'hp-service-manager', 'jira', 'xes', 'csv'] as const

/** The filters of a list as one sentence; each choice stands in the address. */
export function ListSentence({ search, added, onChange }: ListSentenceProps) {
  const t = useText()
  const customers = useCustomers()
  const sites = useSites(search.customer)
  const services = useServices(search.customer)
  const teams = useTeams()
  const colleagues = useColleagues()
  const categories = useKnownCategories()
  const { options: codes } = useResolving()
  const today = todayIn(useReaderZone(), useNow())
  const only = onlyCustomer(useSession())
  const any = (label: string): PickOption<string> => ({ value: '', label })
  const named = (items: readonly { readonly id: string; readonly name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  const conditions = conditionsOf(search)
  const has = (name: Addable) => (name === added || conditions.includes(name) ? 'yes' : 'no')
  const shows = Object.fromEntries(addable.map((name) => [`has_${name}`, has(name)]))
  const format = useFormat()
  const { due, zone } = search
  const period = (name: 'opened' | 'resolved') => ({
    label: t(`incidents.${name}`),
    any: t('incidents.list.any-time'),
    known: periodsUntil(today).map(({ name: of, period: days }) => ({
      label: t(`incidents.list.period.${of}`),
      period: days,
    })),
    value: { from: search[`${name}From`], to: search[`${name}To`] },
    onChange: ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) =>
      onChange({ [`${name}From`]: from, [`${name}To`]: to }),
    opened: added === name,
  })
  return (
    <Sentence>
      <Text
        id="incidents.list.sentence"
        values={{
          hasSites: sites.length > 0 ? 'yes' : 'no',
          has_zone: zone === undefined ? 'no' : 'yes',
          zone: zone === undefined ? '' : format.zone(zone),
          ...shows,
        }}
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
          due: (
            <Pick
              label={t('incidents.due')}
              options={[
                any(t('incidents.list.any-due')),
                ...[...dues, ...(due === undefined || dues.some((each) => each === due) ? [] : [due])].map((value) => ({
                  value,
                  label: dueWords(t, value),
                })),
              ]}
              value={due ?? ''}
              onChange={(chosen) => onChange({ due: given(chosen) })}
              opened={added === 'due'}
            />
          ),
          priority: (
            <PickMany
              label={t('incidents.priority')}
              any={t('incidents.list.any-priority')}
              options={priorities.map((value) => ({ value, label: value.toUpperCase() }))}
              value={search.priority ?? []}
              onChange={(priority) => onChange({ priority: [...priority] })}
              opened={added === 'priority'}
            />
          ),
          service: (
            <Pick
              label={t('incidents.service')}
              options={[
                any(t('incidents.list.any-service')),
                { value: 'none', label: t('incidents.list.no-service') },
                ...named(services),
              ]}
              value={search.service ?? ''}
              onChange={(service) => onChange({ service: given(service) })}
              opened={added === 'service'}
            />
          ),
          team: (
            <Pick
              label={t('incidents.team')}
              options={[
                any(t('incidents.list.any-team')),
                { value: 'nobody', label: t('incidents.list.no-team') },
                ...named(teams),
              ]}
              value={search.team ?? ''}
              onChange={(team) => onChange({ team: given(team) })}
              opened={added === 'team'}
            />
          ),
          assignee: (
            <Pick
              label={t('incidents.assignee')}
              options={[
                any(t('incidents.list.any-assignee')),
                { value: 'me', label: t('incidents.list.me') },
                { value: 'nobody', label: t('incidents.nobody') },
                ...named(colleagues),
              ]}
              value={search.assignee ?? ''}
              onChange={(assignee) => onChange({ assignee: given(assignee) })}
              opened={added === 'assignee'}
            />
          ),
          category: (
            <PickWords
              label={t('incidents.category')}
              any={t('incidents.list.any-category')}
              known={categories}
              value={search.category ?? ''}
              onChange={(category) => onChange({ category: given(category) })}
              opened={added === 'category'}
            />
          ),
          resolution_code: (
            <Pick
              label={t('incidents.resolution-code')}
              options={[
                any(t('incidents.list.any-code')),
                { value: 'none', label: t('incidents.list.no-code') },
                ...codes,
              ]}
              value={search.resolutionCode ?? ''}
              onChange={(resolutionCode) => onChange({ resolutionCode: given(resolutionCode) })}
              opened={added === 'resolutionCode'}
            />
          ),
          opened: <PickPeriod {...period('opened')} />,
          resolved: <PickPeriod {...period('resolved')} />,
          open_on: (
            <Pick
              label={t('incidents.list.add.openOn')}
              options={[
                any(t('incidents.list.any-day')),
                ...openDays(today, search.openOn).map((value) => ({
                  value,
                  label: format.date(new Date(`${value}T12:00Z`), 'UTC'),
                })),
              ]}
              value={search.openOn ?? ''}
              onChange={(openOn) => onChange({ openOn: given(openOn) })}
              opened={added === 'openOn'}
            />
          ),
          source: (
            <Pick
              label={t('incidents.reported.source')}
              options={[
                any(t('incidents.list.any-source')),
                ...sources.map((value) => ({ value, label: t('incidents.source', { source: choice(value) }) })),
              ]}
              value={search.source ?? ''}
              onChange={(source) => onChange({ source: given(source) })}
              opened={added === 'source'}
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

/** By when something is due, as it stands in the sentence. */
export function dueWords(t: ReturnType<typeof useText>, due: string): string {
  const days = /^(\d+)d$/.exec(due)?.[1]
  return t('incidents.list.due', { due: days === undefined ? due : 'days', days: Number(days ?? 0) })
}

/** Whoever belongs to one customer has none to choose. */
function onlyCustomer({ access, customers }: Session): string | null {
  return access === 'customer' && customers.length === 1 ? customers[0]!.name : null
}

function given<Value extends string>(value: Value): Exclude<Value, ''> | undefined {
  return value === '' ? undefined : (value as Exclude<Value, ''>)
}
