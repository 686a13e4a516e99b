import { z } from 'zod'
import actionFailuresDe from '../locales/de/failures-actions.json' with { type: 'json' }
import contractFailuresDe from '../locales/de/failures-contracts.json' with { type: 'json' }
import importFailuresDe from '../locales/de/failures-imports.json' with { type: 'json' }
import mailFailuresDe from '../locales/de/failures-mail.json' with { type: 'json' }
import majorIncidentFailuresDe from '../locales/de/failures-major-incidents.json' with { type: 'json' }
import mayReasonsDe from '../locales/de/may.json' with { type: 'json' }
import peopleFailuresDe from '../locales/de/failures-people.json' with { type: 'json' }
import requestFailuresDe from '../locales/de/failures-requests.json' with { type: 'json' }
import reviewFailuresDe from '../locales/de/failures-reviews.json' with { type: 'json' }
import workFailuresDe from '../locales/de/failures-work.json' with { type: 'json' }
import ruleFailuresDe from '../locales/de/failures-rules.json' with { type: 'json' }
import budgetFailuresDe from '../locales/de/failures-budgets.json' with { type: 'json' }
import supplierFailuresDe from '../locales/de/failures-suppliers.json' with { type: 'json' }
import generalFailuresDe from '../locales/de/failures.json' with { type: 'json' }
import actionFailuresEn from '../locales/en/failures-actions.json' with { type: 'json' }
import contractFailuresEn from '../locales/en/failures-contracts.json' with { type: 'json' }
import importFailuresEn from '../locales/en/failures-imports.json' with { type: 'json' }
import mailFailuresEn from '../locales/en/failures-mail.json' with { type: 'json' }
import majorIncidentFailuresEn from '../locales/en/failures-major-incidents.json' with { type: 'json' }
import mayReasonsEn from '../locales/en/may.json' with { type: 'json' }
import peopleFailuresEn from '../locales/en/failures-people.json' with { type: 'json' }
import requestFailuresEn from '../locales/en/failures-requests.json' with { type: 'json' }
import reviewFailuresEn from '../locales/en/failures-reviews.json' with { type: 'json' }
import workFailuresEn from '../locales/en/failures-work.json' with { type: 'json' }
import ruleFailuresEn from '../locales/en/failures-rules.json' with { type: 'json' }
import budgetFailuresEn from '../locales/en/failures-budgets.json' with { type: 'json' }
import supplierFailuresEn from '../locales/en/failures-suppliers.json' with { type: 'json' }
import generalFailuresEn from '../locales/en/failures.json' with { type: 'json' }
import { Failure, type FailureCode, type FailureKind, type InputError } from '#core/failure.ts'
import { moneyWords } from '#core/money-text.ts'
import { type Language, speaker, type TextValues } from '#core/text.ts'
import { inputWords } from '#platform/input-words.ts'

/** An answer that says no: RFC 9457, with a stable `code` and, for input, what is wrong where. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: FailureCode
  readonly detail: string
  readonly errors?: readonly InputError[]
}

const statusOf: Record<FailureKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'moved-on': 412,
  'too-large': 413,
  refused: 422,
  unmatched: 428,
  'too-many': 429,
  unavailable: 503,
}

const say = speaker<FailureCode>({
  en: {
    ...generalFailuresEn,
    ...mayReasonsEn,
    ...actionFailuresEn,
    ...contractFailuresEn,
    ...importFailuresEn,
    ...mailFailuresEn,
    ...workFailuresEn,
    ...majorIncidentFailuresEn,
    ...peopleFailuresEn,
    ...requestFailuresEn,
    ...reviewFailuresEn,
    ...ruleFailuresEn,
    ...budgetFailuresEn,
    ...supplierFailuresEn,
  },
  de: {
    ...generalFailuresDe,
    ...mayReasonsDe,
    ...actionFailuresDe,
    ...contractFailuresDe,
    ...importFailuresDe,
    ...mailFailuresDe,
    ...workFailuresDe,
    ...majorIncidentFailuresDe,
    ...peopleFailuresDe,
    ...requestFailuresDe,
    ...reviewFailuresDe,
    ...ruleFailuresDe,
    ...budgetFailuresDe,
    ...supplierFailuresDe,
  },
})

const title: Record<Language, (status: number) => string> = {
  en: (status) => (status < 500 ? 'That did not work' : 'Out of order'),
  de: (status) => (status < 500 ? 'Das ging nicht' : 'Außer Betrieb'),
}

/** The sentence of a failure, for a person. */
export function sentence(failure: Failure, language: Language): string {
  return say(language, failure.code, inWords(failure.values, language))
}

/** A moment as programs write it. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** What sentences choose words by: states and kinds. */
const CHOSEN_BY: ReadonlySet<string> = new Set(['state', 'to', 'kind'])

/** A day or a month as programs write it. */
const DAY_OR_MONTH = /^\d{4}-(0[1-9]|1[0-2])(-\d\d)?$/

/** Moments, days, months and amounts as people say them, moments in the zone that is given with them, else in UTC; all else as it is. */
function inWords(values: TextValues, language: Language): TextValues {
  const { zone = 'UTC' } = values
  const entries = Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value]
    // What a message chooses by has no hyphens.
    if (CHOSEN_BY.has(name)) return [name, value.replaceAll('-', '_')]
    if (INSTANT.test(value)) return [name, momentWords(value, String(zone), language)]
    if (DAY_OR_MONTH.test(value)) return [name, dayWords(value, language)]
    return [name, moneyWords(localeOf(language), value) ?? value]
  })
  return Object.fromEntries(entries) as TextValues
}

const localeOf = (language: Language) => (language === 'en' ? 'en-GB' : 'de-DE')

/** `Mon, 23 Nov 2026, 07:08 (Europe/Berlin)`; with seconds where it has some. */
function momentWords(instant: string, timeZone: string, language: Language): string {
  const at = new Date(instant)
  const hasSeconds = at.getUTCSeconds() !== 0
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', ...(hasSeconds && ({ second: '2-digit' } as const)) } as const
  const words = new Intl.DateTimeFormat(localeOf(language), { ...day, ...time, timeZone })
  return `${words.format(at)} (${timeZone})`
}

/** `23 November 2026`, or `November 2026`; what is no day stays as it was written. */
function dayWords(written: string, language: Language): string {
  const hasDay = written.length > 'YYYY-MM'.length
  const at = new Date(hasDay ? `${written}T00:00Z` : `${written}-01T00:00Z`)
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(written)) return written
  const parts = {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
    ...(hasDay && ({ day: 'numeric' } as const)),
  } as const
  return new Intl.DateTimeFormat(localeOf(language), parts).format(at)
}

/** What was thrown, as an answer in the caller's language. Whatever we did not foresee is a bug, and answers 500. */
export function problemOf(thrown: unknown, language: Language, requestId: string): Problem {
  const failure = failureOf(thrown, requestId)
  const status = failure.code === 'internal' ? 500 : statusOf[failure.kind]
  return {
    type: `urn:plumbline:problem:${failure.code}`,
    title: title[language](status),
    status,
    code: failure.code,
    detail: sentence(failure, language),
    // What is wrong at a place, where the sentence as a whole says it already.
    ...(failure.details.errors && {
      errors: failure.details.errors.map(({ path, message }) => ({
        path,
        message: message || sentence(failure, language),
      })),
    }),
  }
}

/** Classes and codes of PostgreSQL (its manual, appendix A) and of sockets under which the same may simply be tried again. */
const AWAY = /^(08|57P|53[023]|25006|40001|40P01)|^E(CONN|PIPE|NOTFOUND|TIMEDOUT|HOSTUNREACH|AI_AGAIN)|^ENOENT/
/** The last is what a standby says to who wants to write, as in the midst of a failover. */
const LOST =
  /Connection terminated|Connection ended|connection error|not queryable|timeout exceeded when|read-write mode during recovery/

/** Whether the database is not there, or takes nothing just now; a full disk is another matter (53100). */
export function isAway(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return (typeof code === 'string' && code !== '53100' && AWAY.test(code)) || LOST.test(String(message))
}

function failureOf(thrown: unknown, requestId: string): Failure {
  if (thrown instanceof Failure) return thrown
  if (thrown instanceof z.ZodError) return inputFailure(thrown)
  const { code, statusCode, message } = thrown as { code?: unknown; statusCode?: unknown; message?: unknown }
  if (code === '53100') return new Failure('unavailable', 'database.full')
  if (isAway(thrown)) return new Failure('unavailable', 'database.away', {}, { retryAfterSeconds: 5 })
  // Only what a part narrows is refused by the tables themselves (db/migrations/0027_parts.sql).
  if (code === '42501' && String(message).includes('row-level security'))
    return new Failure('forbidden', 'may.beyond-part')
  // Data that a column cannot hold (class 22): a NUL in a text, a number or a moment out of range.
  if (typeof code === 'string' && code.startsWith('22') && code.length === 5)
    return new Failure('invalid', 'request.unstorable')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Failure('invalid', 'request.not-json')
  if (statusCode === 413) return new Failure('too-large', 'request.too-large', { limit: '10 MB' })
  if (statusCode === 400 || statusCode === 414) return new Failure('invalid', 'request.unreadable')
  return new Failure('invalid', 'internal', { requestId })
}

function inputFailure(error: z.ZodError): Failure {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const { path, message } = errors[0] ?? { path: '', message: '' }
  return new Failure('invalid', 'request.invalid', { first: path ? `${path}: ${message}` : message }, { errors })
}

/** Reads untrusted input by a schema; what is wrong is said in `language`. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  language: Language,
): z.output<Schema> {
  return schema.parse(value, { error: inputWords(language) })
}
