import { useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import * as api from '#api/people'
import type { Team } from '#api/people'
import { call } from '#web/http/call.ts'
import { PeopleTabs } from '#web/modules/people/people-tabs.tsx'
import { useAsker } from '#web/modules/people/session.ts'
import { TeamDialog, useTeamForm } from '#web/modules/people/team-dialog.tsx'
import { teamsQuery } from '#web/modules/people/team-queries.ts'
import { teamKindWord } from '#web/modules/people/team-words.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchInAddress } from '#web/ui/search-in-address.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const route = getRouteApi('/shell/people/teams')

/** Which teams there are, and who is in them. */
export function TeamsPage() {
  const t = useText()
  const format = useFormat()
  const [adding, setAdding] = useState(false)
  const barred = api.barredFromKeepingTeams(useAsker())
  const { q } = route.useSearch()
  const sought = useDeferredValue(q ?? '')
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(teamsQuery(sought))
  const teams = data.pages.flatMap(({ items }) => items)
  const add = (
    <Button main barred={barred && t(barred)} onClick={() => setAdding(true)}>
      {t('people.team.add')}
    </Button>
  )
  const nothing = teams.length === 0 && sought === ''
  const columns: readonly Column<Team>[] = [
    {
      key: 'name',
      head: t('people.team.one'),
      width: '28%',
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/people/teams/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    {
      key: 'kind',
      head: t('people.team.kind'),
      width: '18%',
      narrow: 'under',
      cell: ({ kind }) => t(teamKindWord[kind]),
    },
    {
      key: 'count',
      head: t('people.team.members'),
      width: '110px',
      numeric: true,
      narrow: 'trail',
      cell: ({ members }) => format.number(members.length),
    },
    {
      key: 'who',
      head: t('people.team.who'),
      narrow: 'hidden',
      cell: ({ members }) => members.map(({ name }) => name).join(', '),
    },
  ]
  return (
    <Page title={t('people.teams')} lede={t('people.teams.lede')} actions={!nothing && add}>
      <PeopleTabs />
      {!nothing && <SearchInAddress label={t('people.teams.search')} words={q ?? ''} />}
      <Table
        dense
        keys
        label={t('people.teams')}
        columns={columns}
        rows={teams}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          nothing ? (
            <Empty title={t('people.teams.none')} actions={add}>
              {t('people.teams.none-more')}
            </Empty>
          ) : (
            <Empty title={t('people.teams.not-found')}>{t('people.teams.not-found-more')}</Empty>
          )
        }
      />
      {adding && <AddTeam onClose={() => setAdding(false)} />}
    </Page>
  )
}

function AddTeam({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const form = useTeamForm({ name: '', kind: 'resolver' }, async (values) => {
    const { id } = await call(api.addTeam, { body: values })
    await cache.invalidateQueries({ queryKey: ['teams'] })
    await navigate({ to: '/people/teams/$id', params: { id } })
  })
  return <TeamDialog title={t('people.team.add')} action={t('people.team.add')} form={form} onClose={onClose} />
}
