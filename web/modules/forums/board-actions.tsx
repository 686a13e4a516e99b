import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as actionApi from '#api/actions'
import { type Action, barredFromActing } from '#api/actions'
import type { Forum } from '#api/forums'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { ActionState, DueWord, MakeActionDialog, useOwnerWord } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { followedQuery, forumsQuery } from './queries.ts'
import classes from './forums.module.css'

/** What a forum follows: each action with who and by when, and the step up to the next tier. */
export function BoardActions({ forum }: { readonly forum: Forum }) {
  const t = useText()
  const client = useQueryClient()
  const ownerWord = useOwnerWord()
  const barred = barredFromActing(useAsker())
  const { data = [] } = useQuery(followedQuery(forum.id))
  const next = useNextTier(forum)
  const [making, setMaking] = useState(false)
  const [problem, setProblem] = useState<CallFailure | null>(null)

  async function lift({ id, version, text }: Action, to: Forum) {
    setProblem(null)
    try {
      await call(actionApi.changeAction, { params: { id }, body: { forum: to.id }, match: version })
      await client.invalidateQueries({ queryKey: ['actions'] })
      await client.invalidateQueries({ queryKey: ['forums'] })
      notify(t('forums.lifted', { text, to: to.name }))
    } catch (thrown) {
      if (!(thrown instanceof CallFailure)) throw thrown
      setProblem(thrown)
    }
  }

  const columns: readonly Column<Action>[] = [
    {
      key: 'text',
      head: t('forums.action'),
      narrow: 'lead',
      cell: ({ id, text }) => (
        <Link to="/actions/$id" params={{ id }}>
          {text}
        </Link>
      ),
    },
    { key: 'owner', head: t('forums.who'), width: '17%', narrow: 'under', cell: ownerWord },
    { key: 'due', head: t('forums.due'), width: '148px', narrow: 'under', cell: (row) => <DueWord of={row} /> },
    {
      key: 'state',
      head: t('forums.state'),
      width: '178px',
      narrow: 'trail',
      cell: ({ state }) => <ActionState state={state} />,
    },
    ...(next !== undefined && barred === null
      ? [
          {
            key: 'lift',
            head: t('forums.lift'),
            width: '100px',
            narrow: 'under',
            cell: (action: Action) => (
              <TextButton
                onClick={() => void lift(action, next)}
                aria-label={t('forums.lift-it', { tier: next.tier, text: action.text, to: next.name })}
              >
                {t('forums.lift-to', { tier: next.tier })}
              </TextButton>
            ),
          } as const,
        ]
      : []),
  ]
  return (
    <Section title={t('forums.actions')}>
      {problem !== null && <Problem failure={problem} />}
      <Table
        dense
        label={t('forums.actions')}
        columns={columns}
        rows={data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('forums.actions-none')} />}
      />
      {barred === null && forum.endedAt === null && (
        <p className={classes.make}>
          <Button onClick={() => setMaking(true)}>{t('forums.make-action')}</Button>
        </p>
      )}
      {making && <MakeActionDialog forum={forum.id} customer={forum.customer?.id} onClose={() => setMaking(false)} />}
    </Section>
  )
}

/** The forum that takes up what this one cannot settle: of the next tier there is, of the same customer or over all. */
function useNextTier({ tier, customer }: Forum): Forum | undefined {
  const { data = [] } = useQuery(forumsQuery(undefined))
  const above = data.filter((each) => each.tier > tier && (each.customer === null || each.customer.id === customer?.id))
  return above.toSorted((one, other) => one.tier - other.tier)[0]
}
