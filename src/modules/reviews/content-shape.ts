import type { ToldSection } from './chapters.ts'
import type { Layout } from './layout.ts'
import type { Verdict } from './facts.ts'
import type { Story } from './story.ts'

/** A row of the cover: what it is called, and what it is. */
export interface Fact {
  readonly label: string
  readonly value: string
}

export interface Level {
  readonly name: string
  readonly promise: string
  readonly verdict: Verdict
  readonly verdictText: string
  /** `41 of 46`, or that nothing was measured. */
  readonly inTime: string
  readonly share: string
  readonly excluded: string
  readonly near: string
  readonly openBreached: string
  readonly change: string
}

/** How long a service was there, of the time agreed. */
export interface ServiceAvailability {
  readonly name: string
  /** Its target, in whose hours, and how it is counted. */
  readonly about: string
  readonly verdict: Exclude<Verdict, 'met-by-allowance'>
  readonly verdictText: string
  readonly agreed: string
  readonly down: string
  readonly maintenance: string
  readonly excluded: string
  readonly share: string
}

export interface TrendPicture {
  readonly name: string
  readonly promise: string
  readonly verdict: Verdict
  readonly verdictText: string
  readonly inTime: string
  readonly share: string
  readonly change: string
  /** Whether the month is news, and which way. */
  readonly moved: 'higher' | 'lower' | null
  readonly months: readonly string[]
  /** Percent; null where nothing was measured. */
  readonly values: readonly (number | null)[]
  readonly target: number
  readonly targetLabel: string
  readonly limits: { readonly lower: number; readonly upper: number } | null
  readonly alt: string
}

export interface MissedTarget {
  readonly title: string
  readonly place: string | null
  readonly trend: TrendPicture
  readonly cases: readonly CaseLine[]
  readonly more: number
}

export interface CaseLine {
  readonly number: string
  readonly title: string
  readonly promise: string
  readonly service: string
  readonly site: string
  readonly due: string
  readonly ended: string
  readonly used: string
  /** How late, or how much was left. */
  readonly by: string
  /** What took the time, as far as it is known; empty where it is not. */
  readonly why: string
  /** Only the time of it. */
  readonly over: string
}

export interface CaseList {
  readonly title: string
  readonly cases: readonly CaseLine[]
  readonly more: number
}

export interface Bars {
  readonly caption: string
  readonly names: readonly string[]
  readonly values: readonly number[]
  /** How many names are left out, and their sum. */
  readonly others: { readonly names: number; readonly sum: number } | null
  readonly alt: string
}

/** Everything that slides and pages of a review say, in words of one language. */
export interface Content {
  readonly locale: string
  readonly language: string
  readonly title: string
  readonly customer: string
  readonly provider: string
  readonly month: string
  /** Of the month; moments in it are written without. */
  readonly year: string
  readonly running: string
  /** That there is nothing to tell, where that is so. */
  readonly nothing: string | null
  readonly locked: string
  readonly made: Date
  readonly internal: string | null
  readonly cover: readonly Fact[]
  readonly notes: readonly string[]
  readonly story: Story
  readonly levels: { readonly title: string; readonly items: readonly Level[] }
  readonly missed: readonly MissedTarget[]
  /** Null where nothing was promised about it. */
  readonly availability: { readonly title: string; readonly items: readonly ServiceAvailability[] } | null
  readonly trends: { readonly title: string; readonly items: readonly TrendPicture[] }
  readonly misses: CaseList
  readonly near: CaseList
  readonly volumes: {
    readonly title: string
    readonly evidence: readonly string[]
    readonly months: readonly string[]
    readonly opened: readonly number[]
    readonly resolved: readonly number[]
    readonly backlog: readonly number[]
    readonly byPriority: readonly {
      readonly name: string
      readonly opened: string
      readonly resolved: string
      readonly backlog: string
    }[]
    readonly alt: string
  }
  readonly where: { readonly title: string; readonly services: Bars; readonly sites: Bars }
  readonly age: { readonly title: string; readonly evidence: string | null; readonly bars: Bars }
  readonly reported: {
    readonly title: string
    readonly why: string
    readonly rows: readonly { readonly name: string; readonly value: string }[]
  } | null
  readonly teams: {
    readonly title: string
    readonly rows: readonly { readonly name: string; readonly resolved: string; readonly missed: string }[]
  } | null
  /** What other modules tell, in the order in which it stands. */
  readonly sections: readonly ToldSection[]
  readonly layout: Layout
  /** What changed against the version before, and why; nothing in a first one. */
  readonly restatement: readonly string[]
  readonly method: readonly string[]
}
