import type actionFailures from '../locales/en/failures-actions.json'
import type contractFailures from '../locales/en/failures-contracts.json'
import type importFailures from '../locales/en/failures-imports.json'
import type mailFailures from '../locales/en/failures-mail.json'
import type majorIncidentFailures from '../locales/en/failures-major-incidents.json'
import type mayReasons from '../locales/en/may.json'
import type peopleFailures from '../locales/en/failures-people.json'
import type requestFailures from '../locales/en/failures-requests.json'
import type reviewFailures from '../locales/en/failures-reviews.json'
import type budgetFailures from '../locales/en/failures-budgets.json'
import type supplierFailures from '../locales/en/failures-suppliers.json'
import type workFailures from '../locales/en/failures-work.json'
import type ruleFailures from '../locales/en/failures-rules.json'
import type generalFailures from '../locales/en/failures.json'
import type { TextValues } from '#core/text.ts'

/**
 * The ways a request may fail that we foresee. Whatever else is thrown is a bug, and answers 500.
 *
 * - `invalid`: the request is malformed; the caller should change it.
 * - `unauthenticated`: we do not know who is asking.
 * - `forbidden`: we know, and they may not.
 * - `not-found`: no such thing, or none this caller may see.
 * - `conflict`: it clashes with what someone else did; reload and retry.
 * - `refused`: a rule of the business says no.
 * - `moved-on`: the thing changed since the caller read it; `unmatched`: the caller did not say what they had read.
 * - `too-large`, `too-many`, `unavailable`: not this much, not this often, not now.
 */
export type FailureKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'moved-on'
  | 'unmatched'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

/** Stable and dotted, for programs to match on: `incident.already-closed`. Its sentence is in the catalogue of each language. */
export type FailureCode =
  | keyof typeof generalFailures
  | keyof typeof actionFailures
  | keyof typeof contractFailures
  | keyof typeof mailFailures
  | keyof typeof budgetFailures
  | keyof typeof supplierFailures
  | keyof typeof workFailures
  | keyof typeof importFailures
  | keyof typeof majorIncidentFailures
  | keyof typeof mayReasons
  | keyof typeof peopleFailures
  | keyof typeof requestFailures
  | keyof typeof reviewFailures
  | keyof typeof ruleFailures

/** One thing wrong with an input: where (`targets.0.seconds`) and what, as a sentence; empty: the failure’s own. */
export interface InputError {
  readonly path: string
  readonly message: string
}

export interface FailureDetails {
  readonly errors?: readonly InputError[]
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number
}

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  readonly code: FailureCode
  /** What fills the sentence's placeholders. */
  readonly values: TextValues
  readonly details: FailureDetails

  constructor(kind: FailureKind, code: FailureCode, values: TextValues = {}, details: FailureDetails = {}) {
    super(code)
    this.kind = kind
    this.code = code
    this.values = values
    this.details = details
  }
}

export function refused(code: FailureCode, values?: TextValues, details?: FailureDetails): Failure {
  return new Failure('refused', code, values, details)
}

export function invalid(code: FailureCode, values?: TextValues, details?: FailureDetails): Failure {
  return new Failure('invalid', code, values, details)
}

export function notFound(code: FailureCode & `${string}.not-found`, values?: TextValues): Failure {
  return new Failure('not-found', code, values)
}
