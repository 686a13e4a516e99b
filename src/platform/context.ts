import type { Kysely } from 'kysely'
import type { DB } from '#db'
import type { Part } from '#core/part.ts'
import type { Language } from '#core/text.ts'
import type { Job } from '#platform/job.ts'

/** A handle on the database. Queries take it as their first argument. */
export type Db = Kysely<DB>

/** Kinds of access to rows; each is a role of the database, `plumbline_<kind>`. */
export type Access = 'system' | 'staff' | 'limited' | 'customer' | 'auditor'

/** Who acts: a person with their roles, or the program itself. */
export interface Actor {
  /** Null for the program itself and for whoever has not signed in. */
  readonly personId: string | null
  readonly access: Access
  /** Ids of the customers in scope; meaningful for `limited` and `customer` only. */
  readonly customers: readonly string[]
  /** Of which of these customers only parts are in sight, and which parts; none where each is in sight as a whole. */
  readonly parts?: readonly Part[]
  /** Of these customers those that are in sight as a whole; where it is not said, those that no part names. */
  readonly whole?: readonly string[]
  /** Of these customers what concerns money is in sight and nothing else: of all there are, or of named ones. */
  readonly books?: 'all' | 'named' | undefined
  /** Roles in force now, by name (DOMAIN §5.1). */
  readonly roles: ReadonlySet<string>
  readonly language: Language
  /** Signed in by a token that may only read. */
  readonly readOnly?: boolean
  /** Signed in by a token that opens what calendars read, and nothing else. */
  readonly feedsOnly?: boolean
}

/** What reading takes: also of the program, which reads for a report. */
export type Reading = Pick<Context, 'db' | 'actor' | 'now'>

/** Who acts when no person does. */
export const system: Actor = { personId: null, access: 'system', customers: [], roles: new Set(), language: 'en' }

/**
 * For each kind of event, the jobs to queue when it happens. Put together in `src/app.ts`. Each is told what it happened to,
 * and by which fact: its id and when it was true.
 */
export type Listeners = Readonly<Record<string, readonly Job<{ subjectId: string }>[]>>

/** Everything a request or a job may touch. There is no other way out to the world. */
export interface Context {
  /** Already inside the transaction and behind the actor's row-level security; the only handle in reach. */
  readonly db: Db
  readonly actor: Actor
  /** When this request or job began. Every timestamp it writes is this one. */
  readonly now: Date
  /** Of the request or job, in logs and in the audit. */
  readonly requestId: string
  /** The run of a rule that does this; kept with each fact, so that what follows from it is known to follow from it. */
  readonly cause?: string
  readonly listeners: Listeners
  /** Queues work that starts only if this transaction commits. */
  readonly enqueue: <Payload extends object>(job: Job<Payload>, payload: Payload) => Promise<void>
}
