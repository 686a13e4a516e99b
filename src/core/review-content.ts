import type { Language } from './text.ts'

/** For whom a review is: its customer, the provider's own people, or who has time for one page. */
export const reviewEditions = ['customer', 'internal', 'one-page'] as const
export type ReviewEdition = (typeof reviewEditions)[number]

/** How a section speaks: the review's language, the customer's zone, figures as the whole review writes them. */
export interface SectionSpeech {
  readonly language: Language
  readonly number: (value: number) => string
  /** With one decimal. */
  readonly tenth: (value: number) => string
  /** Cut off after one decimal, never rounded up. */
  readonly percent: (numerator: number, denominator: number) => string
  /** Milliseconds as hours and minutes. */
  readonly duration: (ms: number) => string
  /** An amount in the smallest unit of its currency. */
  readonly money: (amountMinor: number, currency: string) => string
  /** A local day, `YYYY-MM-DD`. */
  readonly day: (date: string) => string
  /** In the customer's zone. */
  readonly date: (moment: string) => string
  readonly dateTime: (moment: string) => string
  /** `October 2026`, of `2026-10`. */
  readonly month: (month: string) => string
  /** `Oct 26`. */
  readonly shortMonth: (month: string) => string
  readonly list: (items: readonly string[]) => string
  /** A name within a sentence, cut where it would push the rest out of sight. */
  readonly brief: (name: string | null) => string
}

/** Good news, bad news, a doubt, or how things stand. Never told by colour alone. */
export type Tone = 'miss' | 'soon' | 'met' | 'plain'

export interface BlockCell {
  readonly text: string
  /** As it stands in the workbook, where it is more than its text. Durations in milliseconds, shares of one. */
  readonly value?: number | Date | null
  readonly tone?: Tone
  /** Of an amount, whose `value` is in whole units of it. */
  readonly currency?: string
}

export interface BlockColumn {
  readonly head: string
  /** Its part of the width, beside the others'. */
  readonly weight: number
  readonly align?: 'left' | 'right'
  /** Of its values in the workbook; text unless said. */
  readonly kind?: 'count' | 'number' | 'share' | 'moment' | 'duration'
}

/** A part of a section. Slides, pages and workbook place it; none of them says anything of its own. */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  | {
      readonly kind: 'figures'
      readonly figures: readonly { readonly label: string; readonly value: string; readonly about: string }[]
    }
  | {
      readonly kind: 'table'
      /** Also the name of its sheet. */
      readonly caption: string
      readonly columns: readonly BlockColumn[]
      readonly rows: readonly (readonly BlockCell[])[]
      /** How many are left out, in words. */
      readonly more: string | null
    }
  | {
      readonly kind: 'bars'
      readonly caption: string
      readonly bars: readonly { readonly name: string; readonly value: number; readonly said: string }[]
      /** What it shows, for who cannot see it. */
      readonly alt: string
    }
  | {
      readonly kind: 'trend'
      readonly name: string
      readonly latest: string
      readonly months: readonly string[]
      /** Null where nothing was measured. */
      readonly values: readonly (number | null)[]
      /** Where it usually is; null while there are too few months. */
      readonly limits: { readonly lower: number; readonly upper: number } | null
      /** What the latest says, of a signal: better or worse. */
      readonly tone: Tone
      /** Change or chance, as a sentence. */
      readonly change: string
      /** What the values are measured in, for a list of them; empty for a mere number. */
      readonly unit: string
      /** As spreadsheets write it: `0.0"%"`. */
      readonly format: string
      readonly alt: string
    }
  | { readonly kind: 'quotes'; readonly quotes: readonly { readonly text: string; readonly about: string }[] }

/** How a fact felt, or why that is not known. */
export type Felt =
  | { readonly kind: 'said'; readonly text: string; readonly from: string }
  | { readonly kind: 'none'; readonly why: string }

/** A sentence for the story that facts of this section carry. */
export interface SectionClaim {
  readonly tone: Tone
  readonly text: string
  readonly evidence: readonly string[]
  readonly felt: Felt
}

/** What a section says in a language. */
export interface SectionContent {
  /** A claim, not a topic. */
  readonly title: string
  readonly blocks: readonly Block[]
  /** For who speaks: definitions and how it was counted. */
  readonly notes: readonly string[]
  readonly claims?: readonly SectionClaim[]
  /** Names of groups of which nothing that was felt may be told. */
  readonly hidden?: readonly string[]
  /** How the month as a whole was felt, of the section that knows. */
  readonly perception?: { readonly text: string; readonly why: string }
}
