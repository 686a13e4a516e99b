import { Failure } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import type { AccountRow } from './account.ts'
import { sayOfMail } from './text.ts'

/** Why a mail server could not be used. */
export const mailProblems = [
  'unknown-host',
  'refused',
  'timeout',
  'certificate',
  'encryption',
  'sign-in',
  'token',
  'client',
  'token-server',
  'folder',
  'lost',
  'key',
  'disk',
  'other',
] as const
export type MailProblem = (typeof mailProblems)[number]

export interface Trouble {
  readonly problem: MailProblem
  /** As the server or the system said it, in its own words. */
  readonly detail: string
}

/** A provider refused an access token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

/** The server that grants access tokens does not answer. */
export class TokenServerAway extends Error {
  override readonly name = 'TokenServerAway'
}

/** What a provider says (RFC 6749, 5.2) when it is the application that it does not let in, whatever the refresh token. */
const CLIENT = /^(invalid|unauthorized)_client$/

const CODES: Readonly<Record<string, MailProblem>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EDNS: 'unknown-host',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ETIMEDOUT: 'timeout',
  ETIMEOUT: 'timeout',
  CONNECT_TIMEOUT: 'timeout',
  GREETING_TIMEOUT: 'timeout',
  UPGRADE_TIMEOUT: 'timeout',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
  NoConnection: 'lost',
  EConnectionClosed: 'lost',
  ClosedAfterConnectTLS: 'encryption',
  ClosedAfterConnectText: 'encryption',
  EPROTO: 'encryption',
  ETLS: 'encryption',
  ESOCKET: 'encryption',
  EAUTH: 'sign-in',
  NONEXISTENT: 'folder',
  ENOSPC: 'disk',
}

/** What an error of a mail server means. */
export function troubleOf(error: unknown): Trouble {
  const told = error as {
    readonly code?: string
    readonly message?: string
    readonly responseText?: string
    /** Of a mailbox that hangs up no text but what was understood of its answer. */
    readonly response?: unknown
    readonly authenticationFailed?: boolean
    readonly mailboxMissing?: boolean
    readonly serverResponseCode?: string
    readonly cause?: { readonly code?: string }
  }
  const texts: readonly unknown[] = [told.responseText, told.response, told.message, String(error)]
  const detail = texts
    .find((text) => typeof text === 'string')!
    .slice(0, 500)
    .toWellFormed()
  const as = (problem: MailProblem): Trouble => ({ problem, detail })
  if (error instanceof TokenRefused) return as(CLIENT.test(error.message) ? 'client' : 'token')
  if (error instanceof TokenServerAway) return as('token-server')
  if (error instanceof Failure) return as(error.code === 'file.disk-full' ? 'disk' : 'key')
  if (told.authenticationFailed) return as('sign-in')
  if (told.mailboxMissing) return as('folder')
  const codes = [told.serverResponseCode, told.code, told.cause?.code].filter((code) => code !== undefined)
  // The library for sending calls all of them troubles of a socket.
  const text = `${codes.join(' ')} ${detail}`
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_(VERIFY|GET_ISSUER)|certificate|altnames/i.test(text))
    return as('certificate')
  if (/ECONNREFUSED/.test(text)) return as('refused')
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return as('unknown-host')
  if (/wrong version number|ERR_SSL|STARTTLS|packet length too long/i.test(text)) return as('encryption')
  const known = codes.map((code) => CODES[code]).find((problem) => problem !== undefined)
  return as(known ?? 'other')
}

/** What is wrong with a mailbox, as a sentence that says how to mend it. */
export function problemSentence(
  { problem, detail }: Trouble,
  account: Pick<AccountRow, 'userName' | 'folder'>,
  { host, port }: { readonly host: string; readonly port: number },
  language: Language,
): string {
  const { userName: user, folder } = account
  return sayOfMail(language, `problem.${problem}`, { host, port: String(port), user, folder, detail })
}
