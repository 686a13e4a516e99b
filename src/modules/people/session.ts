import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { isEncrypted } from '#platform/browser-guard.ts'
import type { Context } from '#platform/context.ts'
import { asProgram } from './program.ts'
import { fingerprint, looksLikeSecret, newSecret, TOKEN_PREFIX } from './secret.ts'
import { signInRules } from './setting-queries.ts'
import {
  deleteSession,
  deleteStaleSessions,
  findOwnSession,
  insertSession,
  type OwnSession,
} from './session-queries.ts'

const COOKIE = 'plumbline'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The browser keeps the secret for longer than any session may last; the session ends by itself. */
const COOKIE_DAYS = 90

/** An identity provider does not tell when somebody left: who came by one shows up there again after so long. */
const LONGEST_BY_PROVIDER_MS = 12 * HOUR_MS

/** The second factor is given within this time of the password. */
const HALF_MS = 10 * MINUTE_MS

const USER_AGENT_LENGTH = 300

/** A request and its answer, for their cookies and addresses. */
export interface Visit {
  readonly raw: FastifyRequest
  readonly answer: FastifyReply
}

/** The session's secret that the browser brought, if it looks like one. */
export function sessionSecret(request: FastifyRequest): string | null {
  return secretIn(request, COOKIE)
}

/** The secret in a cookie of this name, if it looks like one. */
export function secretIn(request: FastifyRequest, cookie: string): string | null {
  const wanted = cookieName(request, cookie)
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value = ''] = part.split('=', 2)
    if (name!.trim() === wanted && looksLikeSecret(value.trim())) return value.trim()
  }
  return null
}

/** The token in an `Authorization` header; null when it has none, also when it is a proxy's own that passed by. */
export function bearerIn(authorization: string | undefined): string | null {
  const [scheme, given] = saidIn(authorization)
  return scheme === 'bearer' ? given : null
}

/** The same for a program that knows names and passwords alone, as calendars do: it brings the token as the password. */
export function tokenAsPassword(authorization: string | undefined): string | null {
  const [scheme, given] = saidIn(authorization)
  if (scheme !== 'basic') return null
  const [, password = ''] = Buffer.from(given, 'base64').toString().split(':', 2)
  return password.startsWith(TOKEN_PREFIX) ? password : null
}

function saidIn(authorization: string | undefined): readonly [scheme: string, given: string] {
  const [scheme = '', given = ''] = (authorization ?? '').trim().split(/ +/, 2)
  return [scheme.toLowerCase(), given]
}

/**
 * Begins a session under a new secret, whatever the browser brought along: that session, if it was one, ends. Half a session
 * proves the password only, and opens nothing but the second factor. In the program's transaction.
 *
 * @returns The secret, for {@link giveSession} once the transaction has committed.
 */
export async function beginSession(
  { db, now }: Context,
  { raw }: Visit,
  personId: string,
  { half = false, providerId = null }: { readonly half?: boolean; readonly providerId?: string | null } = {},
): Promise<string> {
  const brought = sessionSecret(raw)
  if (brought !== null) await deleteSession(db, fingerprint(brought))
  const { idleMs, longestMs } = await signInRules(db)
  await deleteStaleSessions(db, now, new Date(now.getTime() - idleMs))
  const secret = newSecret()
  await insertSession(db, {
    id: newId(now.getTime()),
    tokenHash: fingerprint(secret),
    personId,
    userAgent: raw.headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(
      now.getTime() + (half ? HALF_MS : providerId === null ? longestMs : Math.min(longestMs, LONGEST_BY_PROVIDER_MS)),
    ),
    half,
    providerId,
  })
  return secret
}

/** Hands the browser its session; no script reads it and no other site's page sends it along (OWASP ASVS 3.4). */
export function giveSession(visit: Visit, secret: string): void {
  setCookie(visit, COOKIE, secret, (COOKIE_DAYS * DAY_MS) / 1000)
}

export function takeSession(visit: Visit): void {
  setCookie(visit, COOKIE, '', 0)
}

/** Sets a cookie that no script reads and no other site's page sends along. */
export function setCookie({ raw, answer }: Visit, name: string, value: string, seconds: number): void {
  const secure = isEncrypted(raw) ? '; Secure' : ''
  const set = `${cookieName(raw, name)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
  answer.header('set-cookie', set)
  answer.header('cache-control', 'no-store')
}

/** Where the way is encrypted, browsers take a cookie so named from this very host alone (OWASP ASVS 5, 3.3.3). */
function cookieName(request: FastifyRequest, name: string): string {
  return isEncrypted(request) ? `__Host-${name}` : name
}

/** The address people use, for links: as configured, else as whoever asks wrote it. Without a slash at its end. */
export function addressOf(request: FastifyRequest): string {
  return (process.env['PLUMBLINE_URL'] || `${request.protocol}://${request.host}`).replace(/\/+$/, '')
}

/** Whoever changes how they sign in does so signed in themselves: a token that strayed must not make itself at home. */
export async function requireSession(context: Context, { raw }: Visit): Promise<OwnSession> {
  const secret = bearerIn(raw.headers.authorization) === null ? sessionSecret(raw) : null
  const session =
    secret &&
    (await asProgram(context, 'read only', ({ db }) => findOwnSession(db, fingerprint(secret), context.actor.personId)))
  if (!session) throw new Failure('forbidden', 'may.session')
  return session
}
