import type { ToldSection } from './chapters.ts'
import type { Content, Fact } from './content-shape.ts'
import type { Note, ReviewFacts } from './facts.ts'
import {
  caseLine,
  levelOf,
  levelsTitle,
  missedOf,
  missesTitle,
  totalOf,
  trendOf,
  trendsTitle,
} from './content-levels.ts'
import { availabilityOf } from './content-availability.ts'
import { ageOf, reportedOf, volumesOf, whereOf } from './content-volumes.ts'
import { hasSection, type Layout, layoutOf } from './layout.ts'
import { type Story, storyOf } from './story.ts'
import type { Wording } from './wording.ts'

/** What slides and pages of a review say, in words of one language. */
export function contentOf(
  facts: ReviewFacts,
  wording: Wording,
  {
    checksum,
    told = [],
    edited,
    restatement = [],
  }: {
    readonly checksum: string
    readonly told?: readonly ToldSection[]
    /** The story as somebody wrote it; by the rules unless given. */
    readonly edited?: Story | undefined
    readonly restatement?: readonly string[]
  },
): Content {
  const { month, dateTime, say } = wording
  const layout = layoutOf(facts)
  const name = month(facts.month)
  return {
    locale: wording.locale,
    language: wording.language,
    title: titleOf(facts, wording),
    customer: facts.customer.name,
    provider: facts.provider,
    month: name,
    year: facts.month.slice(0, 4),
    running: say('document.running', {
      customer: wording.brief(facts.customer.name, RUNNING_LETTERS),
      title: titleOf(facts, wording),
    }),
    nothing: isEmpty(layout, told) ? say('report.nothing') : null,
    locked: say('document.locked', { date: dateTime(facts.lockedAt), version: facts.version }),
    made: new Date(facts.lockedAt),
    internal: facts.edition === 'internal' ? say('edition.internal') : null,
    cover: coverOf(facts, wording, checksum),
    notes: facts.notes.map((note) => noteOf(note, wording)),
    story: edited ?? storyOf(facts, wording, told),
    levels: { title: levelsTitle(facts, wording), items: facts.targets.map((target) => levelOf(target, wording)) },
    missed: facts.targets
      .filter(({ verdict }) => verdict === 'missed')
      .map((target) => missedOf(facts, target, wording)),
    availability: availabilityOf(facts, wording),
    trends: {
      title: trendsTitle(facts, wording),
      items: facts.targets
        .filter(({ trend }) => trend.some(({ met, failed }) => met + failed > 0))
        .map((target) => trendOf(target, wording)),
    },
    misses: {
      title: missesTitle(facts, wording),
      cases: facts.misses.items.map((each) => caseLine(each, facts.month, wording)),
      more: facts.misses.more,
    },
    near: {
      title: say(facts.nearMisses.items.length === 0 ? 'title.near-none' : 'title.near', {
        n: totalOf(facts.nearMisses),
      }),
      cases: facts.nearMisses.items.map((each) => caseLine(each, facts.month, wording)),
      more: facts.nearMisses.more,
    },
    volumes: volumesOf(facts, wording),
    where: whereOf(facts, wording),
    age: ageOf(facts, wording),
    reported: reportedOf(facts, wording),
    teams: teamsOf(facts, wording),
    sections: told.filter(({ key }) => hasSection(layout, key)),
    layout,
    restatement,
    method: methodOf(facts, wording, checksum),
  }
}

/** A report of one section, of which there is nothing to tell. */
function isEmpty(layout: Layout, told: readonly ToldSection[]): boolean {
  const some = layout.parts.has('story') || layout.parts.has('levels')
  return !some && !told.some(({ key }) => hasSection(layout, key))
}

/** `Service review October 2026`. */
export function titleOf({ report = 'R01', month }: ReviewFacts, { say, month: named }: Wording): string {
  return report === 'R01'
    ? say('document.title', { month: named(month) })
    : say(`report.title.${report}`, { month: named(month) })
}

function coverOf(
  { agreements, version, lockedAt, excluded, customer }: ReviewFacts,
  { say, dateTime, number, brief }: Wording,
  checksum: string,
): Fact[] {
  const held = agreements
    .slice(0, COVER_AGREEMENTS)
    .map(({ name, version: of, calendar }) =>
      say('cover.agreement-of', { name: brief(name), version: of, calendar: brief(calendar) }),
    )
  const more = agreements.length - held.length
  const named = held.length === 0 ? [say('cover.no-agreement')] : held
  return [
    {
      label: say('cover.agreement'),
      value: [...named, ...(more > 0 ? [say('cover.agreements-more', { more })] : [])].join('; '),
    },
    { label: say('cover.basis'), value: say('cover.basis-of') },
    { label: say('cover.excluded'), value: say('cover.excluded-of', { n: excluded }) },
    { label: say('cover.locked'), value: `${dateTime(lockedAt)} (${customer.timeZone})` },
    { label: say('cover.version'), value: `${number(version)} · ${checksum.slice(0, 12)}` },
  ]
}

/** Of the customer's name at the foot of a page: behind it, what it is a page of is to be read whole. */
const RUNNING_LETTERS = 28

/** Agreements that the cover names; further ones are counted. */
const COVER_AGREEMENTS = 2

/** Cut off, so that what missed its target never looks as if it had met it. */
function timeShare(
  share: Extract<Note, { kind: 'adjusted-availability' }>['told'],
  { say, timeShare: written }: Wording,
) {
  return share === null ? say('not-measured') : written(share.numerator, share.denominator)
}

function noteOf(note: Note, wording: Wording): string {
  const { say, brief, month, signed } = wording
  switch (note.kind) {
    case 'agreement-changed':
      return say('note.agreement-changed', { agreement: brief(note.agreement) })
    case 'without-promise':
    case 'closed-without-resolution':
      return say(`note.${note.kind}`, { n: note.incidents })
    case 'verdicts-differ':
      return say('note.verdicts-differ', { n: note.incidents, compared: note.compared })
    case 'adjusted-results':
      return say('note.adjusted-results', {
        month: month(note.month),
        n: note.results,
        met: signed(note.met),
        failed: signed(note.failed),
      })
    case 'adjusted-availability':
      return say('note.adjusted-availability', {
        month: month(note.month),
        service: brief(note.service),
        told: timeShare(note.told, wording),
        known: timeShare(note.known, wording),
      })
    case 'month-unfinished':
    case 'no-agreement':
      return say(`note.${note.kind}`)
    default:
      return note satisfies never
  }
}

function teamsOf({ teams }: ReviewFacts, { say, nameOr, number }: Wording): Content['teams'] {
  if (teams === null) return null
  const rows = teams.map(({ name, resolved, missed }) => ({
    name: nameOr(name),
    resolved: number(resolved),
    missed: number(missed),
  }))
  return { title: say('title.teams'), rows }
}

const methods = [
  'basis',
  'attainment',
  'time',
  'small',
  'none',
  'rounding',
  'near',
  'open',
  'backlog',
  'signal',
] as const

function methodOf(
  { customer, from, to, incidents, availability = [] }: ReviewFacts,
  { say, dateTime }: Wording,
  checksum: string,
): string[] {
  return [
    say('method.period', { zone: customer.timeZone, from: dateTime(from), to: dateTime(to) }),
    ...methods.map((key) => say(`method.${key}`)),
    ...(availability.length > 0 ? [say('method.availability')] : []),
    say('method.list', { n: incidents.count }),
    say('method.checksum', { checksum }),
  ]
}
