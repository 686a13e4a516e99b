import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/people'
import { call } from '#web/http/call.ts'
import { sessionsQuery } from '#web/modules/people/queries.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

type OwnSession = Awaited<ReturnType<typeof call<typeof api.listSessions>>>['items'][number]

/** Where one is signed in; each can be ended from here. */
export function SessionsSection() {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const { data } = useSuspenseQuery(sessionsQuery())
  const end = useMutation({
    mutationFn: (id: string) => call(api.endSession, { params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  })
  const everywhere = useMutation({
    mutationFn: () => call(api.endSessions, {}),
    // As after signing out: nothing of what was seen stays.
    onSuccess: () => location.assign('/sign-in'),
  })
  const columns: readonly Column<OwnSession>[] = [
    { key: 'name', head: t('people.sessions.device'), cell: ({ name }) => name, narrow: 'lead' },
    {
      key: 'since',
      head: t('people.sessions.since'),
      cell: ({ createdAt }) => format.instant(createdAt),
      narrow: 'under',
    },
    {
      key: 'seen',
      head: t('people.sessions.seen'),
      cell: ({ lastSeenAt }) => format.instant(lastSeenAt),
      narrow: 'hidden',
    },
    {
      key: 'end',
      head: <span className="pl-hidden">{t('people.sessions.end')}</span>,
      numeric: true,
      narrow: 'trail',
      cell: ({ id, name, current }) =>
        current ? (
          <State is="runs">{t('people.sessions.this')}</State>
        ) : (
          <TextButton aria-label={t('people.sessions.end-named', { name })} onClick={() => end.mutate(id)}>
            {t('people.sessions.end')}
          </TextButton>
        ),
    },
  ]
  return (
    <Section title={t('people.sessions.title')} hint={t('people.sessions.hint')}>
      {end.isError && <Problem failure={end.error} />}
      {everywhere.isError && <Problem failure={everywhere.error} />}
      <Table label={t('people.sessions.title')} columns={columns} rows={data.items} rowKey={({ id }) => id} />
      <div style={{ marginTop: 12 }}>
        <Button busy={everywhere.isPending} onClick={() => everywhere.mutate()}>
          {t('people.sessions.end-all')}
        </Button>
      </div>
    </Section>
  )
}
