import type { Language } from '#core/text.ts'
import { suspected } from './notes.ts'
import type { ReportFacts } from './report-facts.ts'
import { customerSections, type Edition, type ReportSection, reportSections } from './report-parts.ts'
import { type ReportLine, timelineLines } from './report-timeline.ts'
import { reckoned, type Reckoning } from './reckoning.ts'
import { chosen, phrase, type ReportVoice, voiceIn } from './report-words.ts'

export interface ReportPart {
  readonly section: ReportSection
  /** As DOMAIN §4.3 counts them. */
  readonly number: number
  readonly title: string
  /** What was recorded, by name. */
  readonly facts: { name: string; value: string }[]
  readonly lines: ReportLine[]
  /** What people wrote. */
  readonly text: string
  readonly version: number
  /** What is not recorded, and where it is to be; empty when there is something. */
  readonly missing: string
}

export interface FullReport {
  readonly title: string
  readonly subtitle: string
  readonly parts: ReportPart[]
}

/** The full report: facts as they were recorded, and what people wrote about them, kept apart. */
export function fullReport(facts: ReportFacts, language: Language, edition: Edition): FullReport {
  const voice = voiceIn(language, facts.timeZone, facts.now)
  const { say } = voice
  const outside = edition === 'customer'
  const parts = reportSections.flatMap((section, index): ReportPart[] => {
    if (outside && !customerSections.includes(section)) return []
    const { text = '', version = 0 } = facts.texts[section] ?? {}
    const told = factsOf[section](facts, voice, outside).map(([name, value]) => ({ name, value }))
    const shown = facts.timeline.filter(({ visibility, of }) => !outside || (visibility === 'public' && of !== 'gap'))
    const lines = section === 'timeline' ? timelineLines(shown, voice) : []
    const lacking = needsWords(section) && text === ''
    return [
      {
        section,
        number: index + 1,
        title: say(`section.${section}`),
        facts: told,
        lines: outside ? lines.map((line) => ({ ...line, who: '' })) : lines,
        text,
        version,
        // Outside, what is known of it is enough.
        missing: lacking && (!outside || told.length === 0) ? say(outside ? 'missing.outside' : 'missing') : '',
      },
    ]
  })
  const report = {
    title: say('report.title', { title: facts.title }),
    subtitle: say(outside ? 'report.customer' : 'report.internal', { number: facts.number, customer: facts.customer }),
    parts,
  }
  return outside ? withoutNames(report, facts.names, say('somebody')) : report
}

/** Sections that say little without somebody's words. */
function needsWords(section: ReportSection): boolean {
  return !['timeline', 'response', 'actions', 'communication'].includes(section)
}

type Facts = readonly (readonly [string, string])[]

/** Where something is to be written is said to who can write it, not `outside`. */
const factsOf: Readonly<Record<ReportSection, (facts: ReportFacts, voice: ReportVoice, outside: boolean) => Facts>> = {
  summary: ({ services, sites, restoredAt, state, occurredAt, now }, { say, list, moment, between }) => [
    [say('fact.services'), services.length === 0 ? say('unknown') : list(services)],
    [say('fact.sites'), sites.length === 0 ? say('unknown') : list(sites)],
    [say('fact.since'), moment(occurredAt)],
    [say('fact.restored'), restoredAt === null ? say('not-yet') : moment(restoredAt)],
    [say('fact.duration'), between(occurredAt, restoredAt ?? now)],
    [say('fact.state'), say('stands', { state: chosen(state) })],
  ],
  impact: ({ affectedUsers, businessImpact, reckoning, children, clocks }, voice) => {
    const { say, number } = voice
    return [
      [say('fact.users'), affectedUsers === null ? say('unknown') : number(affectedUsers)],
      [say('fact.business'), businessImpact || say('unknown')],
      ...(reckoning === null ? [] : reckonedFacts(reckoning, voice)),
      [say('fact.reports'), number(children.all)],
      [say('fact.missed'), say('count-of', { count: clocks.filter(isMissed).length, all: clocks.length })],
    ]
  },
  timeline: ({ timeZone }, { say }) => [[say('fact.zone'), timeZone]],
  response: (facts, { say, between }, outside) => {
    const {
      occurredAt,
      openedAt,
      detectedAt,
      detection,
      respondedAt,
      declaredAt,
      commanderAt,
      restoredAt,
      hops,
      rhythm,
    } = facts
    // Where nobody said when it was noticed, it was when it was reported.
    const noticedAt = detectedAt ?? openedAt
    const span = (from: Date, to: Date | null) => (to === null ? say('not-recorded') : between(from, to))
    return [
      [
        say('fact.detect'),
        occurredAt < noticedAt
          ? between(occurredAt, noticedAt)
          : say(outside ? 'not-recorded' : 'not-recorded.occurred'),
      ],
      ...(detection === null ? [] : ([[say('fact.detected-by'), say('detected-by', { by: detection })]] as const)),
      [say('fact.acknowledge'), span(openedAt, respondedAt)],
      [say('fact.declare'), span(openedAt, declaredAt)],
      [say('fact.restore'), span(openedAt, restoredAt)],
      ...(outside
        ? []
        : ([
            [say('fact.commander'), span(openedAt, commanderAt)],
            [say('fact.hops'), String(hops)],
          ] as const)),
      [say('fact.updates'), say('count-of', { count: rhythm.onTime, all: rhythm.due })],
      ...facts.clocks.map(
        ({ metric, targetSeconds, elapsedSeconds, ...clock }) =>
          [
            say('fact.clock', { metric: chosen(metric) }),
            say('clock', {
              used: between(new Date(0), new Date(elapsedSeconds * 1000)),
              target: between(new Date(0), new Date(targetSeconds * 1000)),
              missed: isMissed(clock) ? 'yes' : 'no',
            }),
          ] as const,
      ),
    ]
  },
  cause: (facts, voice, outside) => (outside ? [] : [[voice.say('fact.suspected'), suspected(facts, voice)]]),
  conditions: () => [],
  luck: () => [],
  recovery: ({ mitigatedAt, restoredAt, stoodDownAt, children }, { say, moment, number }) => [
    [say('fact.mitigated'), mitigatedAt === null ? say('not-yet') : moment(mitigatedAt)],
    [say('fact.restored'), restoredAt === null ? say('not-yet') : moment(restoredAt)],
    [say('fact.stood-down'), stoodDownAt === null ? say('not-yet') : moment(stoodDownAt)],
    [say('fact.still-open'), number(children.open)],
  ],
  communication: ({ updates, rhythm }, { say, between, moment }, outside) => [
    ...(['leaders', 'customer', 'users', 'technicians'] as const)
      .filter((audience) => !outside || audience === 'customer' || audience === 'users')
      .map((audience) => {
        const told = updates.filter((each) => each.audience === audience)
        const spoken = [...new Set(told.map(({ language }) => language.toUpperCase()))].join(', ')
        // Said in two languages at once, it is one.
        const count = new Set(told.map(({ at }) => at.getTime())).size
        return [
          say('fact.audience', { audience }),
          told.length === 0 ? say('told.none') : say('told.in', { count, languages: spoken }),
        ] as const
      }),
    [say('fact.updates'), say('count-of', { count: rhythm.onTime, all: rhythm.due })],
    ...(outside
      ? []
      : rhythm.gaps.map(
          ({ from, to }) =>
            [
              say('fact.gap'),
              say('gap', { from: moment(from), duration: to === null ? say('not-yet') : between(from, to) }),
            ] as const,
        )),
  ],
  supplier: () => [],
  regulatory: ({ criteria }, { say }, outside) => [
    [
      say('fact.regulatory'),
      criteria.includes('regulatory') ? say('yes') : say(outside ? 'not-recorded' : 'not-recorded.criterion'),
    ],
  ],
  actions: ({ actions }, { say, day }, outside) =>
    actions.length === 0
      ? [[say('fact.actions'), say(outside ? 'not-recorded' : 'not-recorded.actions')]]
      : actions.map(({ kind, what, owner, due, verification, doneAt }) => [
          `${say('action', { kind })}${doneAt === null ? '' : ` ✓`}`,
          say('action.words', {
            what: phrase(what),
            owner: outside ? 'hidden' : owner === null ? 'nobody' : 'somebody',
            name: owner?.name ?? '',
            due: due === null ? say('unknown') : day(due),
            verification: phrase(verification) || say('unknown'),
          }),
        ]),
  residual: () => [],
  distribution: (_, { say }) => [[say('fact.class'), say('class.internal')]],
}

/** What it cost, with what was assumed: one amount where the assumption is one. */
function reckonedFacts(assumed: Reckoning, { say, number, money }: ReportVoice): Facts {
  const { users, minutes, lossBp, lossToBp, rateMinor, units, unitMinutes, unitRateMinor, currency, basis } = assumed
  const { lostHours, lostHoursTo, totalMinor, totalToMinor } = reckoned(assumed)
  const range = (from: string, to: string) => (from === to ? from : say('from-to', { from, to }))
  const share = (bp: number) => number(bp / 100)
  return [
    [say('fact.lost-hours'), range(number(lostHours), number(lostHoursTo))],
    [say('fact.cost'), range(money(totalMinor, currency), money(totalToMinor, currency))],
    [
      say('fact.assumed'),
      [
        ...(users === 0
          ? []
          : [
              say('assumed.people', {
                users,
                minutes: number(minutes),
                loss: range(share(lossBp), share(lossToBp)),
                rate: money(rateMinor, currency),
              }),
            ]),
        ...(units === 0
          ? []
          : [say('assumed.units', { units, minutes: number(unitMinutes), rate: money(unitRateMinor, currency) })]),
        basis,
      ].join(' · '),
    ],
  ]
}

function isMissed({ state }: { readonly state: string }): boolean {
  return state.startsWith('breached')
}

/** Every name of a person, wherever it was written, gives way to a word for somebody. */
function withoutNames(report: FullReport, names: readonly string[], somebody: string): FullReport {
  // The longest first, so that no half of a name is left.
  const known = names.filter((name) => name.length > 1).toSorted((one, other) => other.length - one.length)
  const mask = (text: string) => known.reduce((rest, name) => rest.replaceAll(name, somebody), text)
  return {
    ...report,
    parts: report.parts.map((part) => ({
      ...part,
      facts: part.facts.map(({ name, value }) => ({ name, value: mask(value) })),
      lines: part.lines.map((line) => ({ ...line, what: mask(line.what) })),
      text: mask(part.text),
    })),
  }
}
