import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { Person } from '#api/people'
import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { customersQuery } from '#web/app/customers.ts'
import { PeopleTabs } from '#web/modules/people/people-tabs.tsx'
import { type AccountState as AccountStateWord, accountStates, peopleQuery } from '#web/modules/people/queries.ts'
import { givenRoles, roleWord, useRoleLine } from '#web/modules/people/role-words.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { AccountState } from '#web/modules/people/account-state.tsx'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchInput } from '#web/ui/search-input.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'

const route = getRouteApi('/shell/people')

/** Who is there, what they may do, and how far they have got with signing in. */
export function PeoplePage() {
  const t = useText()
  const navigate = useNavigate()
  const roleLine = useRoleLine()
  const asker = useAsker()
  const barred = barredFromManaging(asker)
  const { q, role, customer, state } = route.useSearch()
  const { data: customers } = useQuery(customersQuery(''))
  const held = givenRoles.find((each) => each === role)
  const sought = useDeferredValue(q)
  function filter(changed: {
    readonly q?: string | undefined
    readonly role?: string | undefined
    readonly customer?: string | undefined
    readonly state?: AccountStateWord | undefined
  }) {
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...changed }), replace: true })
  }
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    peopleQuery({ q: sought, role: held, customer, state: barred === null ? state : undefined }),
  )
  const people = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<Person>[] = [
    {
      key: 'name',
      head: t('people.name'),
      width: '20%',
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/people/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { key: 'email', head: t('people.email'), width: '21%', narrow: 'hidden', cell: ({ email }) => email ?? '' },
    {
      key: 'roles',
      head: t('people.roles'),
      narrow: 'under',
      cell: ({ roles }) => roles.map(roleLine).join(', ') || t('people.no-role'),
    },
    {
      key: 'customer',
      head: t('people.belongs-to'),
      width: '16%',
      narrow: 'hidden',
      cell: ({ customer: own }) => own?.name ?? t('people.provider'),
    },
    ...(barred === null
      ? [
          {
            key: 'account',
            head: t('people.signs-in'),
            width: '150px',
            narrow: 'trail',
            cell: (person) => <AccountState account={person.account} />,
          } satisfies Column<Person>,
        ]
      : []),
  ]
  return (
    <Page
      title={t('people.list.title')}
      actions={
        barred === null ? (
          <LinkButton to="/people/invite" main>
            {t('people.invite')}
          </LinkButton>
        ) : (
          <Button barred={t(barred)}>{t('people.invite')}</Button>
        )
      }
    >
      {barredFromInside(asker) === null && <PeopleTabs />}
      <Sentence>
        <Text
          id={barred === null ? 'people.list.sentence' : 'people.list.sentence-plain'}
          components={{
            role: (
              <Pick
                label={t('people.role')}
                value={held ?? ''}
                onChange={(chosen) => filter({ role: chosen || undefined })}
                options={[
                  { value: '', label: t('people.list.any-role') },
                  ...givenRoles.map((each) => ({
                    value: each,
                    label: t(roleWord[each]),
                    inSentence: t('people.list.the-role', { role: t(roleWord[each]) }),
                  })),
                ]}
              />
            ),
            customer: (
              <Pick
                label={t('people.invite.customer')}
                value={customer ?? ''}
                onChange={(chosen) => filter({ customer: chosen || undefined })}
                options={[
                  { value: '', label: t('people.list.any-customer') },
                  ...(customers?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            ),
            state: (
              <Pick<AccountStateWord | ''>
                label={t('people.signs-in')}
                value={state ?? ''}
                onChange={(chosen) => filter({ state: chosen || undefined })}
                options={[
                  { value: '', label: t('people.list.any-state') },
                  ...accountStates.map((each) => ({ value: each, label: t(`people.list.state.${each}`) })),
                ]}
              />
            ),
          }}
        />
      </Sentence>
      <SearchInput
        label={t('people.list.search')}
        value={q ?? ''}
        onChange={(words) => filter({ q: words || undefined })}
      />
      <Table
        dense
        keys
        label={t('people.list.title')}
        columns={columns}
        rows={people}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('people.list.none')}>{t('people.list.none-more')}</Empty>}
      />
    </Page>
  )
}
