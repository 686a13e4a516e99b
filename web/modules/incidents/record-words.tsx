import { Fragment, type ReactNode } from 'react'
import type { HistoryEntry } from '#api/incidents'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { changeOf, textOf } from './history-facts.ts'
import { useResolving } from './resolving.ts'
import { choice, waitWords } from './words.ts'

/** The name of a team, person, site or service by its id; undefined for one nobody told us. */
export type NameOf = (id: unknown) => string | undefined

/** As what it was opened. */
export function openedWords(facts: HistoryEntry['facts'], t: Say): string {
  const [impact, urgency] = [textOf(facts['impact']), textOf(facts['urgency'])]
  return t('incidents.fact.opened', {
    channel: choice(textOf(facts['channel']) || 'none'),
    priority: textOf(facts['priority']).toUpperCase(),
    rated: impact === '' || urgency === '' ? 'no' : 'yes',
    impact,
    urgency,
  })
}

/** From which state into which, and why. */
export function StateWords({ facts }: { readonly facts: HistoryEntry['facts'] }): string {
  const t = useText()
  const format = useFormat()
  const { nameOf } = useResolving()
  const sentence = t('incidents.fact.state', {
    to: choice(textOf(facts['to'])),
    from: choice(textOf(facts['from']) || 'none'),
    wait: waitWords(t, textOf(facts['reason']) || null),
    why: textOf(facts['cancelledFor']) || 'none',
    into: textOf(facts['into']),
  })
  const code = textOf(facts['resolutionCode'])
  const withEnding = (told: string) =>
    [
      told,
      ...(code === '' ? [] : [t('incidents.fact.code', { code: nameOf(code) })]),
      ...(facts['workaround'] === true ? [t('incidents.fact.workaround')] : []),
    ].join(' ')
  if (facts['undone'] === true) return t('incidents.fact.undone')
  if (facts['automatic'] === 'answered') return t('incidents.fact.answered', { sentence })
  if (facts['automatic'] === 'date-reached') return t('incidents.fact.resumed-itself', { sentence })
  if (facts['automatic'] === 'unanswered') return t('incidents.fact.closed-itself', { sentence })
  const [resumeAt, countsFrom] = [textOf(facts['resumeAt']), textOf(facts['countsFrom'])]
  const held =
    countsFrom === ''
      ? sentence
      : t('incidents.fact.told-late', { sentence, when: format.instant(new Date(countsFrom)) })
  if (resumeAt === '') return withEnding(held)
  return t('incidents.fact.resumes', { sentence: held, when: format.instant(new Date(resumeAt)) })
}

/** Which priority became which. */
export function priorityWords(facts: HistoryEntry['facts'], t: Say): string {
  return t('incidents.fact.priority', {
    known: textOf(facts['from']) === '' ? 'no' : 'yes',
    from: textOf(facts['from']).toUpperCase(),
    to: textOf(facts['to']).toUpperCase(),
    reason: textOf(facts['reason']) || 'none',
  })
}

/** Who has it now, and who had it. */
export function assignedWords(facts: HistoryEntry['facts'], t: Say, nameOf: NameOf): string {
  const sentence = (change: unknown, what: 'team' | 'assignee', unknown: string) => {
    const { from, to } = changeOf(change) ?? { from: null, to: undefined }
    if (to === undefined) return []
    const name = (id: unknown) => (id === null ? '' : (nameOf(id) ?? unknown))
    const kind = to === null ? 'nobody' : from === null ? 'first' : 'other'
    return [t(`incidents.fact.assigned.${what}`, { kind, from: name(from), to: name(to) })]
  }
  return [
    ...sentence(facts['team'], 'team', t('incidents.another-team')),
    ...sentence(facts['assignee'], 'assignee', t('incidents.somebody')),
  ].join(' ')
}

const fieldNames = {
  title: 'incidents.field.title',
  description: 'incidents.description',
  category: 'incidents.category',
  channel: 'incidents.field.channel',
  requesterId: 'incidents.requester',
  siteId: 'incidents.site',
  serviceId: 'incidents.service',
  impact: 'incidents.impact',
  urgency: 'incidents.urgency',
  reportedMet: 'incidents.reported',
  resolutionCode: 'incidents.resolution-code',
  workaround: 'incidents.cause',
  detection: 'incidents.detection',
  detectedAt: 'incidents.detected-at',
  causedByChange: 'incidents.caused-by-change',
} as const

/** Which of its fields say what now. */
export function ChangedWords({ facts, nameOf }: { readonly facts: HistoryEntry['facts']; readonly nameOf: NameOf }) {
  const t = useText()
  const format = useFormat()
  const { nameOf: codeName } = useResolving()
  const own = (field: string, value: unknown) => {
    if (isNothing(value)) return null
    if (field === 'resolutionCode') return codeName(textOf(value))
    if (field === 'detection') return t('incidents.detected', { by: textOf(value), hasWhen: 'no', when: '' })
    if (field === 'detectedAt') return format.instant(new Date(textOf(value)))
    return field === 'workaround' ? t(value === true ? 'incidents.workaround.is' : 'incidents.workaround.not') : null
  }
  const lines: ReactNode[] = Object.entries(facts).flatMap(([field, value]) => {
    const change = changeOf(value)
    const name = Object.hasOwn(fieldNames, field) ? t(fieldNames[field as keyof typeof fieldNames]) : field
    // Both texts of a long one would hide the rest of the history.
    if (change === null || field === 'description') return [t('incidents.fact.changed-only', { field: name })]
    const [from, to] = [change.from, change.to].map((each) => own(field, each) ?? shown(field, each, t, nameOf)) as [
      string,
      string,
    ]
    const kind = isNothing(change.from) ? 'first' : isNothing(change.to) ? 'none' : 'other'
    return [t('incidents.fact.changed', { field: name, from, to, kind })]
  })
  return lines.map((line, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- they never change
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ))
}

function shown(field: string, value: unknown, t: Say, nameOf: NameOf): string {
  if (isNothing(value)) return ''
  if (typeof value === 'boolean') return t(value ? 'incidents.reported.met' : 'incidents.reported.missed')
  if (field === 'impact' || field === 'urgency') return t('incidents.level', { level: textOf(value) })
  return field.endsWith('Id')
    ? (nameOf(value) ?? t('incidents.fact.another'))
    : t('incidents.fact.quoted', { text: textOf(value) })
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}
