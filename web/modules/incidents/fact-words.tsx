import { Fragment } from 'react'
import type { HistoryEntry } from '#api/incidents'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { textChoice } from '#web/ui/text-choice.ts'
import { type ClockLine, textOf } from './history-facts.ts'
import { AnswerWords, ContactWords, MailWords, NoteWords, WithWords } from './message-words.tsx'
import { choice, waitWords } from './words.ts'
import { assignedWords, ChangedWords, type NameOf, openedWords, priorityWords, StateWords } from './record-words.tsx'
import classes from './fact-words.module.css'

type FileFact = 'attached' | 'attachment-public' | 'attachment-internal' | 'attachment-removed'

/** A fact of an incident's history in plain words. */
export function FactWords({ fact, nameOf }: { readonly fact: HistoryEntry; readonly nameOf: NameOf }) {
  const t = useText()
  const { kind, facts } = fact
  switch (kind) {
    case 'incident.opened':
      return openedWords(facts, t)
    case 'incident.state':
      return (
        <WithWords
          sentence={<StateWords facts={facts} />}
          words={textOf(facts['note'])}
          evidence={textOf(facts['evidence'])}
        />
      )
    case 'incident.priority':
      return priorityWords(facts, t)
    case 'incident.assigned':
      return <WithWords sentence={assignedWords(facts, t, nameOf)} words={textOf(facts['note'])} evidence="" />
    case 'incident.changed':
      return <ChangedWords facts={facts} nameOf={nameOf} />
    case 'incident.confided':
      return t('incidents.fact.confided', {
        what: (Array.isArray(facts['to']) ? facts['to'] : []).join('_') || 'none',
      })
    case 'incident.reader-named':
    case 'incident.reader-withdrawn':
      return t(`incidents.fact.${kind === 'incident.reader-named' ? 'reader-named' : 'reader-withdrawn'}`, {
        name: textOf(facts['name']),
      })
    case 'incident.responded':
      return t('incidents.fact.responded')
    case 'incident.activity':
      return <ActivityWords facts={facts} />
    case 'incident.imported':
      return <ImportedWords facts={facts} />
    case 'clock.at-risk':
    case 'clock.breached':
      return alarmWords(kind, facts, t)
    case 'clock.behind-at-risk':
    case 'clock.behind-breached':
      return t(`incidents.fact.${kind}`, {
        name: textOf(facts['name']),
        metric: textChoice(textOf(facts['metric'])),
        percent: typeof facts['percent'] === 'number' ? facts['percent'] : 0,
        attached: facts['onAttach'] === true ? 'yes' : 'no',
        late: facts['late'] === true ? 'yes' : 'no',
      })
    case 'incident.corrected':
      return <CorrectedWords facts={facts} />
    case 'incident.note':
      return <NoteWords facts={facts} />
    case 'incident.escalated':
      return t('incidents.fact.escalated', { level: Number(facts['level']), reason: textOf(facts['reason']) })
    case 'incident.escalation-changed':
      return t('incidents.fact.escalation-changed')
    case 'incident.escalation-state':
      return t('incidents.fact.escalation-state', {
        to: choice(textOf(facts['to'])),
        hasNote: textOf(facts['note']) === '' ? 'no' : 'yes',
        note: textOf(facts['note']),
      })
    case 'incident.rule-acted':
    case 'incident.rule-stopped':
    case 'incident.rule-failed':
      return ruleWords(kind, facts, t)
    case 'incident.attached':
    case 'incident.attachment-public':
    case 'incident.attachment-internal':
    case 'incident.attachment-removed':
      return t(`incidents.fact.${kind.slice('incident.'.length) as FileFact}`, { name: textOf(facts['name']) })
    case 'incident.attachment-refused':
      return t('incidents.fact.attachment-refused', {
        name: textOf(facts['name']),
        found: textOf(facts['virus']) !== '' ? 'yes' : facts['isHalf'] === true ? 'half' : 'no',
        virus: textOf(facts['virus']),
      })
    case 'incident.answer':
      return <AnswerWords facts={facts} />
    case 'incident.mail':
      return <MailWords facts={facts} />
    case 'incident.task-added':
    case 'incident.task-state':
    case 'incident.task-changed':
      return <TaskWords kind={kind} facts={facts} />
    case 'incident.checklist-added':
    case 'incident.checklist-done':
    case 'incident.checklist-undone':
    case 'incident.checklist-removed':
      return t('incidents.fact.checklist', {
        what: kind.slice('incident.checklist-'.length),
        text: textOf(facts['text']),
        more: typeof facts['count'] === 'number' ? facts['count'] - 1 : 0,
      })
    case 'incident.time-booked':
    case 'incident.time-removed':
      return t('incidents.fact.time', { what: kind.slice('incident.time-'.length) })
    case 'incident.contact':
      return <ContactWords facts={facts} />
    case 'incident.linked':
    case 'incident.unlinked':
      return t(kind === 'incident.linked' ? 'incidents.fact.linked' : 'incidents.fact.unlinked', {
        link: choice(textOf(facts['link'])),
        number: textOf(facts['number']),
        title: textOf(facts['title']),
      })
    default:
      return t('incidents.fact.other', { kind })
  }
}

/** What became of a task, and when it is to be, by the clocks by which that was agreed. */
function TaskWords({ kind, facts }: Pick<HistoryEntry, 'kind' | 'facts'>) {
  const t = useText()
  const format = useFormat()
  const { from, zone } = (facts['appointment'] ?? {}) as { readonly from?: string; readonly zone?: string }
  const states: Readonly<Record<string, string>> = { 'in-progress': 'begun' }
  const to = textOf(facts['to'])
  return t('incidents.fact.task', {
    what:
      kind === 'incident.task-added'
        ? 'added'
        : kind === 'incident.task-state'
          ? (states[to] ?? choice(to))
          : 'changed',
    reason: textOf(facts['reason']),
    title: textOf(facts['title']),
    hasWhen: from === undefined ? 'no' : 'yes',
    when: from === undefined ? '' : format.instant(new Date(from), zone),
  })
}

/** What was done in another system, in its own words, with its own fields to open. */
function ActivityWords({ facts }: { readonly facts: HistoryEntry['facts'] }) {
  const own = Object.entries((facts['own'] ?? {}) as Readonly<Record<string, unknown>>)
  if (own.length === 0) return textOf(facts['activity'])
  return (
    <details>
      <summary>{textOf(facts['activity'])}</summary>
      <dl className={classes.own}>
        {own.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{textOf(value)}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  )
}

/** That it was taken from another system's export, and up to which moment that knew of it. */
function ImportedWords({ facts }: { readonly facts: HistoryEntry['facts'] }) {
  const t = useText()
  const format = useFormat()
  const upTo = new Date(textOf(facts['upTo']))
  const known = !Number.isNaN(upTo.getTime())
  return t('incidents.fact.imported', {
    rows: typeof facts['rows'] === 'number' ? facts['rows'] : 0,
    hasUpTo: known ? 'yes' : 'no',
    upTo: known ? format.instant(upTo) : '',
  })
}

/** That an earlier fact was otherwise than it was recorded. */
function CorrectedWords({ facts }: { readonly facts: HistoryEntry['facts'] }) {
  const t = useText()
  const format = useFormat()
  const moment = (value: unknown) => {
    const at = new Date(textOf(value))
    return Number.isNaN(at.getTime()) ? '' : format.instant(at)
  }
  return t('incidents.fact.corrected', {
    what: textOf(facts['at']) === '' ? 'pause' : textOf(facts['countedFrom']) === '' ? 'moment' : 'late',
    from: moment(textOf(facts['countedFrom']) || facts['from']),
    at: moment(facts['at']),
    wait: waitWords(t, textOf(facts['reason']) || null),
  })
}

/** What followed for a clock. */
export function ClockWords({ line }: { readonly line: ClockLine }) {
  const t = useText()
  const format = useFormat()
  const { what, metric, overSeconds, sentence } = line
  return t(`incidents.fact.clock.${what}`, {
    metric: textChoice(metric),
    over: format.duration(overSeconds * 1000),
    sentence,
  })
}

/** That a rule acted, or was kept from it. */
function ruleWords(
  kind: 'incident.rule-acted' | 'incident.rule-stopped' | 'incident.rule-failed',
  facts: HistoryEntry['facts'],
  t: Say,
): string {
  const { name, number } = (facts['rule'] ?? {}) as Readonly<Record<string, unknown>>
  return t(`incidents.fact.${kind.slice('incident.'.length) as 'rule-acted'}`, {
    name: textOf(name),
    number: typeof number === 'number' ? number : 0,
    why: textOf(facts['why']),
  })
}

/** That a share of a target, or all of it, was used up. */
function alarmWords(kind: 'clock.at-risk' | 'clock.breached', facts: HistoryEntry['facts'], t: Say): string {
  return t(`incidents.fact.${kind}`, {
    metric: textChoice(textOf(facts['metric'])),
    percent: typeof facts['percent'] === 'number' ? facts['percent'] : 0,
    attached: facts['onAttach'] === true ? 'yes' : 'no',
    late: facts['late'] === true ? 'yes' : 'no',
  })
}
