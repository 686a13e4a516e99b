import type { TimelineEntry } from './api.ts'
import { chosen, phrase, type ReportVoice } from './report-words.ts'

export interface ReportLine {
  readonly at: string
  readonly who: string
  readonly what: string
  /** An update was owed and none came. */
  readonly gap: boolean
}

/**
 * The timeline in words, the oldest first; facts that change nothing about the story are left out. Of an update that was told
 * in several languages at once it has the one of the report.
 */
export function timelineLines(entries: readonly TimelineEntry[], voice: ReportVoice): ReportLine[] {
  const spoken = new Set(entries.filter(({ facts }) => facts['language'] === voice.language).map(updateOf))
  return entries.flatMap((entry) => {
    const { kind, facts } = entry
    const isOther =
      kind === 'major-incident.update' && facts['language'] !== voice.language && spoken.has(updateOf(entry))
    if (isOther) return []
    const what = wordsOf(entry, voice)
    if (what === null) return []
    return [{ at: voice.moment(entry.at), who: entry.actor ?? '', what, gap: entry.of === 'gap' }]
  })
}

/** What was told to whom at one moment, in whatever languages. */
function updateOf({ kind, at, facts }: TimelineEntry): string {
  return `${kind} ${at.getTime()} ${text(facts['audience'])}`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function wordsOf({ kind, facts, at, until }: TimelineEntry, { say, between, moment }: ReportVoice): string | null {
  switch (kind) {
    case 'incident.opened':
      return say('line.opened', { priority: text(facts['priority']).toUpperCase() })
    case 'incident.state':
      return say('line.incident', { to: chosen(facts['to']), note: text(facts['note']) })
    case 'incident.priority':
      return say('line.priority', { to: text(facts['to']).toUpperCase() })
    case 'clock.breached':
    case 'clock.missed':
      return say('line.missed', { metric: chosen(facts['metric']) })
    case 'clock.met':
      return say('line.met', { metric: chosen(facts['metric']) })
    case 'gap.update':
      return say('line.gap', {
        over: until === null ? 'no' : 'yes',
        duration: until === null ? '' : between(at, until),
        until: until === null ? '' : moment(until),
      })
    case 'major-incident.state':
      return say('line.state', { to: chosen(facts['to']) })
    case 'major-incident.role':
      return say('line.role', { role: text(facts['role']), people: namesIn(facts['people']).join(', ') || '–' })
    case 'major-incident.hypothesis':
      return say('line.hypothesis', { text: text(facts['text']) })
    case 'major-incident.finding':
      return say('line.finding', {
        standing: text(facts['standing']),
        of: phrase(text(facts['of'])),
        text: phrase(text(facts['text'])),
        has: text(facts['text']) === '' ? 'no' : 'yes',
      })
    case 'major-incident.decision':
      return say('line.decision', { text: text(facts['text']), by: text(facts['decidedBy']) || 'nobody' })
    case 'major-incident.update':
      return say('line.update', { audience: text(facts['audience']), text: text(facts['text']) })
    case 'major-incident.impact':
      return say('line.impact')
    case 'major-incident.note':
      return text(facts['text'])
    case 'major-incident.children':
      return say('line.children', { count: Number(facts['count'] ?? 0) })
    case 'major-incident.children-resolved':
      return say('line.children-resolved', { count: Number(facts['count'] ?? 0) })
    case 'major-incident.report-issued':
      return say('line.report')
    default:
      return null
  }
}

/** Names of people as a fact keeps them. */
export function namesIn(people: unknown): readonly string[] {
  if (!Array.isArray(people)) return []
  return people.flatMap((each) => {
    const { name } = (each ?? {}) as { readonly name?: unknown }
    return typeof name === 'string' ? [name] : []
  })
}
