import type { Context } from '#platform/context.ts'

/** A fact of the history, as it is looked at for whom it concerns. */
export interface NewsFact {
  readonly id: string
  readonly subjectType: string
  readonly subjectId: string
  readonly customerId: string | null
  /** In the past tense: `incident.assigned`. */
  readonly kind: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly visibility: 'public' | 'internal'
  /** Whose act it was; nobody is told of their own. */
  readonly actorId: string | null
  readonly occurredAt: Date
}

/** Somebody whom a fact concerns, and as what: a kind of notification (`#api/notifications`). */
export interface Concerned<Kind extends string = string> {
  readonly personId: string
  readonly kind: Kind
}

/**
 * Facts of which people are told, and whom they concern. A module that has some exports one, `src/app.ts` gives all of them
 * to `notifications`. Whether somebody may see the fact is none of its concern: that is asked of the database in their
 * name, when they read and when something is sent.
 */
export interface NewsSource {
  /** Kinds of the facts; events of the same name have to be announced. */
  readonly facts: readonly string[]
  /** In a transaction of the program. Who is named more than once is told once, as the kind that counts most. */
  readonly concerns: (context: Context, fact: NewsFact) => Promise<readonly Concerned[]>
}
