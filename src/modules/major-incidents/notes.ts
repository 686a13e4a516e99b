import type { Language } from '#core/text.ts'
import type { TimelineEntry } from './api.ts'
import type { ReportFacts } from './report-facts.ts'
import type { NoteKind } from './report-parts.ts'
import { timelineLines } from './report-timeline.ts'
import { chosen, type ReportVoice, voiceIn } from './report-words.ts'

/** A short report: a title, and lines of which each says one thing. What is not known says so. */
export interface Note {
  readonly title: string
  readonly lines: string[]
}

/** The short reports of DOMAIN §4.3, to be sent as they are or changed before. */
export function noteOf(kind: NoteKind, facts: ReportFacts, language: Language): Note {
  const voice = voiceIn(language, facts.timeZone, facts.now)
  const lines = { flash, update, restored, summary }[kind](facts, voice).map(withoutDoubleStop)
  return { title: voice.say(`note.${kind}`, { title: facts.title, number: facts.number }), lines }
}

/** What people wrote may end in a full stop already. */
function withoutDoubleStop(line: string): string {
  return line.replace(/\.\.(?=\s|$)/g, '.')
}

function sinceOf({ occurredAt, openedAt }: ReportFacts): Date {
  return occurredAt < openedAt ? occurredAt : openedAt
}

function whatLine(
  { services, sites, customer, title, number, priority }: ReportFacts,
  { say, list }: ReportVoice,
): string {
  return say('what', {
    services: services.length === 0 ? say('unknown-service') : list(services),
    where: sites.length === 0 ? 'no' : 'yes',
    sites: list(sites),
    customer,
    title,
    number,
    priority: priority.toUpperCase(),
  })
}

function impactLine({ affectedUsers, businessImpact, children }: ReportFacts, { say, number }: ReportVoice): string {
  return say('impact', {
    users: affectedUsers === null ? say('unknown') : number(affectedUsers),
    impact: businessImpact || say('unknown'),
    reports: children.all,
  })
}

function nextLine({ nextUpdateDue }: ReportFacts, { say, moment }: ReportVoice): string {
  return nextUpdateDue === null ? say('next.none') : say('next', { at: moment(nextUpdateDue) })
}

/** Five lines: what and where, since when, what it does to the business, who leads, when the next word comes. */
function flash(facts: ReportFacts, voice: ReportVoice): readonly string[] {
  const { say, moment, between } = voice
  return [
    whatLine(facts, voice),
    say('since', { at: moment(sinceOf(facts)), duration: between(sinceOf(facts), facts.restoredAt ?? facts.now) }),
    impactLine(facts, voice),
    say('leads', { who: facts.commander ?? say('nobody'), bridge: facts.bridge || say('unknown') }),
    nextLine(facts, voice),
  ]
}

const changes = [
  'major-incident.state',
  'major-incident.impact',
  'major-incident.hypothesis',
  'major-incident.finding',
  'major-incident.decision',
  'major-incident.children',
]

/** What changed since the last word to anybody, and nothing else; then how it stands with the end, and the next word. */
function update(facts: ReportFacts, voice: ReportVoice): readonly string[] {
  const { say, moment } = voice
  const last = facts.updates.at(-1)?.at ?? facts.declaredAt
  const isNew = ({ kind, at }: TimelineEntry) => changes.includes(kind) && (last === null || at > last)
  const told = timelineLines(facts.timeline.filter(isNew), voice).map(({ what }) => what)
  const impact = facts.timeline.some((entry) => isNew(entry) && entry.kind === 'major-incident.impact')
  return [
    ...(told.length === 0 ? [say('nothing-new', { at: last === null ? say('unknown') : moment(last) })] : told),
    ...(impact ? [impactLine(facts, voice)] : []),
    facts.restoredAt === null ? say('no-eta') : say('restored', { at: moment(facts.restoredAt) }),
    nextLine(facts, voice),
  ]
}

function restored(facts: ReportFacts, voice: ReportVoice): readonly string[] {
  const { say, moment, between } = voice
  const { restoredAt, monitoringUntil, texts } = facts
  const done = facts.timeline.findLast(
    ({ kind, facts: told }) => kind === 'major-incident.note' && told['to'] === 'restored',
  )
  return [
    restoredAt === null
      ? say('not-restored')
      : say('restored.after', { at: moment(restoredAt), duration: between(sinceOf(facts), restoredAt) }),
    say('done', { text: typeof done?.facts['text'] === 'string' ? done.facts['text'] : say('not-recorded.step') }),
    say('risk', { text: texts.residual?.text || say('unknown') }),
    monitoringUntil === null ? say('watch.none') : say('watch', { at: moment(monitoringUntil) }),
    say('catch-up', { text: texts.recovery?.text || say('unknown') }),
  ]
}

function summary(facts: ReportFacts, voice: ReportVoice): readonly string[] {
  const { say, moment } = voice
  const told = facts.updates.filter(({ audience }) => audience === 'customer' || audience === 'users')
  const last = told.at(-1)
  return [
    whatLine(facts, voice),
    impactLine(facts, voice),
    say('cause', { text: facts.texts.cause?.text || suspected(facts, voice) }),
    say('safeguards', { text: facts.texts.luck?.text || say('unknown') }),
    last === undefined
      ? say('told.none')
      : say('told', { count: new Set(told.map(({ at }) => at.getTime())).size, at: moment(last.at) }),
    say('regulatory', { text: facts.texts.regulatory?.text || say('unknown') }),
    say('stands', { state: chosen(facts.state) }),
  ]
}

/** What holds of what was suspected, else what is not ruled out yet. */
export function suspected({ timeline }: ReportFacts, { say, list }: ReportVoice): string {
  const standing = new Map<unknown, unknown>()
  const words = new Map<unknown, string>()
  for (const { kind, facts } of timeline) {
    if (kind === 'major-incident.hypothesis') words.set(facts['hypothesis'], String(facts['text']))
    if (kind === 'major-incident.finding') standing.set(facts['hypothesis'], facts['standing'])
  }
  const of = (wanted: unknown) => [...words].filter(([id]) => standing.get(id) === wanted).map(([, text]) => text)
  const holds = of('stands')
  if (holds.length > 0) return list(holds)
  const open = [...of(undefined), ...of('open')]
  return open.length > 0 ? say('suspected', { text: list(open) }) : say('unknown')
}
