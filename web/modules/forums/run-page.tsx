import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromRecording, type RunInFull } from '#api/forums'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { BoardFigures } from './board-figures.tsx'
import { runQuery } from './queries.ts'
import { RecordDialog } from './record-dialog.tsx'
import { RunState } from './run-state.tsx'
import classes from './forums.module.css'

const route = getRouteApi('/shell/forum-runs/$id')

/** One meeting: what it is about, what it looks at, who was there, what was said and what follows. */
export function RunPage() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const barred = barredFromRecording(useAsker())
  const { id } = route.useParams()
  const { data: run } = useSuspenseQuery(runQuery(id))
  const [asked, setAsked] = useState<'held' | 'not-held' | null>(null)
  const { forum, plannedAt, timeZone, state, minutes, reason, members, agenda, inputs, kpis, customer, quorum } = run
  const { beganAt, endedAt } = run
  const may = barred === null && plannedAt <= now
  const facts = [
    { name: t('forums.state'), value: <RunState of={run} /> },
    ...(beganAt === null
      ? []
      : [
          {
            name: t('forums.held-at'),
            value:
              endedAt === null
                ? format.instant(beganAt, timeZone)
                : format.stretch(beganAt, endedAt, { zone: timeZone }),
          },
        ]),
    { name: t('forums.customer'), value: customer?.name ?? t('forums.all-customers') },
    { name: t('forums.quorum'), value: String(quorum) },
  ]
  return (
    <Page
      title={t('forums.run-title', { forum: forum.name, when: format.instant(plannedAt, timeZone) })}
      crumb={
        <Link to="/forums/$id" params={{ id: forum.id }}>
          {forum.name}
        </Link>
      }
      actions={
        may && (
          <>
            <Button main onClick={() => setAsked('held')}>
              {t(state === 'held' ? 'forums.record-more' : 'forums.record')}
            </Button>
            {state === 'planned' && <Button onClick={() => setAsked('not-held')}>{t('forums.record-not')}</Button>}
          </>
        )
      }
      side={
        <>
          <SideSection title={t('forums.facts')}>
            <Facts facts={facts} />
          </SideSection>
          <Attendance members={members} held={state === 'held'} />
          <WhatFollows origin={{ kind: 'forum-run', id }} customer={customer?.id} />
        </>
      }
    >
      {reason !== null && (
        <Section title={t('forums.reason')}>
          <p>{reason}</p>
        </Section>
      )}
      {minutes !== null && (
        <Section title={t('forums.minutes-of')}>
          <p className={classes.minutes}>{minutes}</p>
        </Section>
      )}
      <Lines title={t('forums.agenda')} lines={agenda} />
      <Lines title={t('forums.inputs')} lines={inputs} />
      <BoardFigures kpis={kpis} customer={customer?.id} />
      {asked !== null && <RecordDialog run={run} state={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <Section title={title}>
      <ol>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    </Section>
  )
}

function Attendance({ members, held }: Pick<RunInFull, 'members'> & { readonly held: boolean }) {
  const t = useText()
  const format = useFormat()
  const names = (present: boolean) => members.filter((each) => each.present === present).map(({ name }) => name)
  const list = (people: readonly string[]) => (people.length === 0 ? '–' : format.list(people))
  return (
    <SideSection title={t('forums.attendance')}>
      <Facts
        facts={
          held
            ? [
                { name: t('forums.there'), value: list(names(true)) },
                { name: t('forums.missing'), value: list(names(false)) },
              ]
            : [{ name: t('forums.invited'), value: list(members.map(({ name }) => name)) }]
        }
      />
    </SideSection>
  )
}
