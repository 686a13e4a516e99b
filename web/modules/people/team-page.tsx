import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/people'
import type { Team } from '#api/people'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { TeamDialog, useTeamForm } from '#web/modules/people/team-dialog.tsx'
import { colleaguesQuery, teamQuery } from '#web/modules/people/team-queries.ts'
import { memberKinds, memberKindWord, teamKindWord } from '#web/modules/people/team-words.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { RadioField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'

const route = getRouteApi('/shell/people/teams/$id')

type Member = Team['members'][number]

/** A team: who is in it, and how. */
export function TeamPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: team } = useSuspenseQuery(teamQuery(id))
  const barred = api.barredFromKeepingTeams(useAsker())
  const [changing, setChanging] = useState(false)
  return (
    <Page
      title={team.name}
      crumb={<Link to="/people/teams">{t('people.teams')}</Link>}
      lede={t(teamKindWord[team.kind])}
      actions={barred === null && <Button onClick={() => setChanging(true)}>{t('people.team.change')}</Button>}
    >
      <Members team={team} barred={barred && t(barred)} />
      {barred === null && <Removal team={team} />}
      {changing && <ChangeTeam team={team} onClose={() => setChanging(false)} />}
    </Page>
  )
}

/** Sends a change, and has every list of teams read anew. */
function useChange({ id, version }: Team) {
  const cache = useQueryClient()
  return async (body: api.TeamChange) => {
    await call(api.changeTeam, { params: { id }, body, match: version })
    await Promise.all(['teams', 'choices'].map((key) => cache.invalidateQueries({ queryKey: [key] })))
  }
}

function Members({ team, barred }: { readonly team: Team; readonly barred: string | null }) {
  const t = useText()
  const change = useChange(team)
  const [adding, setAdding] = useState(false)
  const set = useMutation({ mutationFn: (members: readonly Member[]) => change({ members: membersIn(members) }) })
  const { members } = team
  const columns: readonly Column<Member>[] = [
    {
      key: 'name',
      head: t('people.name'),
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/people/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { key: 'kind', head: t('people.team.how'), narrow: 'under', cell: ({ kind }) => t(memberKindWord[kind]) },
    {
      key: 'out',
      head: <span className="pl-hidden">{t('people.team.take-out')}</span>,
      numeric: true,
      narrow: 'trail',
      cell: (member) =>
        barred === null && (
          <TextButton
            aria-label={t('people.team.take-out-named', { name: member.name })}
            onClick={() => set.mutate(members.filter(({ id }) => id !== member.id))}
          >
            {t('people.team.take-out')}
          </TextButton>
        ),
    },
  ]
  return (
    <Section title={t('people.team.members')}>
      {set.isError && <Problem failure={set.error} />}
      <Table
        label={t('people.team.members')}
        columns={columns}
        rows={members}
        rowKey={({ id }) => id}
        empty={<Empty title={t('people.team.nobody')}>{t('people.team.nobody-more')}</Empty>}
      />
      <div style={{ marginTop: 12 }}>
        <Button barred={barred} onClick={() => setAdding(true)}>
          {t('people.team.take-in')}
        </Button>
      </div>
      {adding && (
        <AddMember
          team={team}
          onAdd={(member) => change({ members: [...membersIn(members), member] })}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  )
}

function membersIn(members: readonly Member[]) {
  return members.map(({ id, kind }) => ({ id, kind }))
}

function AddMember({
  team,
  onAdd,
  onClose,
}: {
  readonly team: Team
  readonly onAdd: (member: Pick<Member, 'id' | 'kind'>) => Promise<unknown>
  readonly onClose: () => void
}) {
  const t = useText()
  const { data = [] } = useQuery(colleaguesQuery(''))
  const form = useForm<Pick<Member, 'id' | 'kind'>>({
    initial: { id: '', kind: 'direct' },
    check: ({ id }) => ({ id: id === '' ? t('people.team.who-missing') : undefined }),
    async submit(member) {
      await onAdd(member)
      onClose()
    },
  })
  const others = data.filter(({ id }) => !team.members.some((member) => member.id === id))
  return (
    <Dialog title={t('people.team.take-in')} onClose={onClose}>
      <Form form={form} action={t('people.team.take-in')} onCancel={onClose}>
        <SearchField
          field={form.field('id')}
          label={t('people.team.whom')}
          placeholder={t('people.list.search')}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <RadioField
          field={form.field('kind')}
          label={t('people.team.how')}
          options={memberKinds.map((kind) => ({ value: kind, label: t(memberKindWord[kind]) }))}
        />
      </Form>
    </Dialog>
  )
}

function ChangeTeam({ team, onClose }: { readonly team: Team; readonly onClose: () => void }) {
  const t = useText()
  const change = useChange(team)
  const form = useTeamForm({ name: team.name, kind: team.kind }, async (values) => {
    await change(values)
    onClose()
  })
  return <TeamDialog title={t('people.team.change')} action={t('people.account.save')} form={form} onClose={onClose} />
}

function Removal({ team: { id, name, kind, members } }: { readonly team: Team }) {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => call(api.removeTeam, { params: { id } }),
    async onSuccess() {
      await navigate({ to: '/people/teams' })
      await cache.invalidateQueries({ queryKey: ['teams'] })
      notify(t('people.team.removed', { name }), () => {
        void call(api.addTeam, { body: { name, kind, members: membersIn(members) } }).then(() =>
          cache.invalidateQueries({ queryKey: ['teams'] }),
        )
      })
    },
  })
  return (
    <Section title={t('people.team.remove')} hint={t('people.team.remove-hint')}>
      {remove.isError && <Problem failure={remove.error} />}
      <Button busy={remove.isPending} onClick={() => remove.mutate()}>
        {t('people.team.remove')}
      </Button>
    </Section>
  )
}
