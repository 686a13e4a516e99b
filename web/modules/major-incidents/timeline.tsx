import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { criteria, type MajorIncidentPage, type TimelineEntry } from '#api/major-incidents'
import { FactWords, useKnownNames } from '#web/modules/incidents/index.ts'
import { History } from '#web/ui/history.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { majorTimelineQuery } from './queries.ts'
import { linesOf, namesOf, type TimelineLine, wordsOf } from './timeline-facts.ts'
import classes from './room.module.css'

/** Everything that happened, the latest first; where an update was owed and none came stands out. */
export function RoomTimeline({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const format = useFormat()
  const { data, error } = useQuery(majorTimelineQuery(major.id))
  const names = useKnownNames(major.customer.id)
  const nameOf = (id: unknown) => (typeof id === 'string' ? names.get(id) : undefined)
  const lines = linesOf(data?.items ?? [])
  return (
    <Section
      title={t('major-incidents.timeline')}
      hint={data && t('major-incidents.timeline-zone', { zone: format.zone(data.timeZone, major.incident.openedAt) })}
    >
      {error && data === undefined && <Problem failure={error} />}
      <History
        {...(data && { zone: data.timeZone })}
        entries={lines.map(({ entry, audiences }) => ({
          id: entry.id,
          at: entry.at,
          who: <Who entry={entry} />,
          what: <What line={{ entry, audiences }} zone={data?.timeZone} nameOf={nameOf} />,
        }))}
      />
    </Section>
  )
}

function Who({ entry: { of, actor, kind } }: { readonly entry: TimelineEntry }) {
  const t = useText()
  if (of === 'gap') return <b className={classes.gap}>{t('major-incidents.fact.gap-who')}</b>
  if (of === 'clock') return t('major-incidents.fact.clock-who')
  return (
    actor ?? t(kind === 'major-incident.update' ? 'major-incidents.fact.update-who' : 'major-incidents.fact.program')
  )
}

interface WhatProps {
  readonly line: TimelineLine
  readonly zone: string | undefined
  readonly nameOf: (id: unknown) => string | undefined
}

function What({ line: { entry, audiences }, zone, nameOf }: WhatProps): ReactNode {
  const t = useText()
  const format = useFormat()
  const { of, kind, facts, at, until } = entry
  if (of === 'gap') {
    return (
      <span className={classes.gap}>
        <Glyph is="miss" />{' '}
        {t('major-incidents.fact.gap', {
          over: until === null ? 'no' : 'yes',
          until: until === null ? '' : format.time(until, zone),
          duration: until === null ? '' : format.duration(until.getTime() - at.getTime()),
        })}
      </span>
    )
  }
  if (of === 'clock') {
    const missed = kind === 'clock.missed'
    return (
      <>
        <Glyph is={missed ? 'miss' : 'met'} />{' '}
        {t(missed ? 'major-incidents.fact.clock-missed' : 'major-incidents.fact.clock-met', {
          metric: textChoice(wordsOf(facts['metric'])),
        })}
      </>
    )
  }
  if (of === 'incident') {
    const { recordedAt, ...rest } = entry
    return <FactWords fact={{ ...rest, occurredAt: at, recordedAt: recordedAt ?? at }} nameOf={nameOf} />
  }
  const text = wordsOf(facts['text'])
  const people = format.list(namesOf(facts['people']))
  switch (kind) {
    case 'major-incident.proposed':
    case 'major-incident.declared':
      return t(`major-incidents.fact.${kind === 'major-incident.proposed' ? 'proposed' : 'declared'}`, {
        why: whyOf(facts, t),
      })
    case 'major-incident.state':
      return t('major-incidents.fact.state', { to: textChoice(wordsOf(facts['to'])) })
    case 'major-incident.role':
      return t('major-incidents.fact.role', {
        role: wordsOf(facts['role']),
        people,
        given: people === '' ? 'no' : 'yes',
      })
    case 'major-incident.hypothesis':
      return <Said lead={t('major-incidents.fact.hypothesis')} text={text} />
    case 'major-incident.finding':
      return (
        <Said
          lead={t('major-incidents.fact.finding', {
            standing: wordsOf(facts['standing']),
            text: wordsOf(facts['of']).replace(/\.$/, ''),
          })}
          text={text}
        />
      )
    case 'major-incident.decision':
      return (
        <Said lead={t('major-incidents.fact.decision', { by: wordsOf(facts['decidedBy']) || 'nobody' })} text={text} />
      )
    case 'major-incident.note':
      return <span className={classes.words}>{text}</span>
    case 'major-incident.update':
      return (
        <span className={classes.told} data-visibility={entry.visibility}>
          <Said
            lead={t('major-incidents.fact.update', {
              who: format.list(audiences.map((each) => t(`major-incidents.audience.${each as 'users'}`))),
            })}
            text={text}
          />
        </span>
      )
    case 'major-incident.impact':
      return <Impact facts={facts} nameOf={nameOf} />
    case 'major-incident.bridge':
      return t('major-incidents.fact.bridge', { bridge: wordsOf(facts['bridge']) })
    case 'major-incident.children':
    case 'major-incident.children-resolved':
      return t(
        kind === 'major-incident.children' ? 'major-incidents.fact.children' : 'major-incidents.fact.children-resolved',
        {
          count: typeof facts['count'] === 'number' ? facts['count'] : 0,
        },
      )
    case 'major-incident.report-issued':
      return t('major-incidents.fact.report-issued')
    case 'major-incident.followed-up':
      return <Said lead={t('major-incidents.fact.followed-up', { day: Number(facts['day']) })} text={text} />
    default:
      return t('major-incidents.fact.other', { kind })
  }
}

function Said({ lead, text }: { readonly lead: string; readonly text: string }) {
  return (
    <>
      {lead} <span className={classes.words}>{text}</span>
    </>
  )
}

/** The reasons for which it was decided. */
function whyOf(facts: TimelineEntry['facts'], t: Say): string {
  const given = Array.isArray(facts['criteria']) ? facts['criteria'] : []
  const named = criteria.filter((each) => each !== 'other' && given.includes(each))
  const words = wordsOf(facts['criteriaWords'])
  return [...named.map((each) => t(`major-incidents.criterion.${each}`)), ...(words === '' ? [] : [words])].join(', ')
}

/** What of the impact is known otherwise now. */
function Impact({ facts, nameOf }: { readonly facts: TimelineEntry['facts']; readonly nameOf: WhatProps['nameOf'] }) {
  const t = useText()
  const format = useFormat()
  const names = { affectedUsers: 'users', businessImpact: 'impact', services: 'services', sites: 'sites' } as const
  const shown = (value: unknown): string => {
    if (Array.isArray(value)) return format.list(value.map((id) => nameOf(id) ?? '…')) || t('major-incidents.unknown')
    if (typeof value === 'number') return format.number(value)
    return wordsOf(value) || t('major-incidents.unknown')
  }
  const lines = (Object.keys(names) as (keyof typeof names)[]).flatMap((field) => {
    const change = facts[field] as { readonly from?: unknown; readonly to?: unknown } | undefined
    if (change === undefined) return []
    return [
      t('major-incidents.fact.impact', {
        what: t(`major-incidents.${names[field]}`),
        to: shown(change.to),
        from: shown(change.from),
      }),
    ]
  })
  return lines.join(' ')
}
