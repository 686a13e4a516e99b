import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { Failure } from '#core/failure.ts'
import { languageOf } from '#core/text.ts'
import type { Actor } from '#platform/context.ts'
import { isFeed } from '#platform/feed.ts'
import type { Authenticate } from '#platform/http.ts'
import { type Assignment, isForEveryCustomer, reachedBy } from './role.ts'
import { callerMemory } from './memory.ts'
import { fingerprint, looksLikeSecret, TOKEN_PREFIX } from './secret.ts'
import { bearerIn, sessionSecret, tokenAsPassword } from './session.ts'

/** When somebody was last here is written down no oftener: for the time-out of sessions, and roughly for tokens. */
const SESSION_SEEN_MS = 60_000
const TOKEN_SEEN_MS = 3_600_000

/** Roles in force at $2. */
const ROLES = `
  coalesce((
    select json_agg(json_build_object('personId', person_id,
      'role', role, 'customerId', customer_id, 'siteId', site_id, 'serviceId', service_id, 'teamId', team_id))
    from role_assignment
    where person_id = person.id and valid_from <= $2 and (valid_to is null or valid_to > $2)
  ), '[]') as roles`

/** For how long a session may rest: as was set, else 12 hours. By its key, in the same statement. */
const IDLE = `make_interval(hours => coalesce(
    (select (value->>'idleHours')::int from setting where name = 'installation'), 12))`

/** The next moment after $2 at which a role begins or ends. */
const ROLES_TURN = `
  (select min(turn) from role_assignment, unnest(array[valid_from, valid_to]) as turn
   where person_id = person.id and turn > $2)`

const BY_SESSION = `
  select least(session.expires_at, session.last_seen_at + ${IDLE}, ${ROLES_TURN}) as until, session.id, session.last_seen_at as seen, person.id as person_id, person.language, ${ROLES}
  from session join account using (person_id) join person on person.id = session.person_id
  where session.token_hash = $1 and not session.half and session.expires_at > $2
    and session.last_seen_at > $2 - ${IDLE}
    and account.disabled_at is null`

const BY_TOKEN = `
  select least(api_token.expires_at, ${ROLES_TURN}) as until, api_token.id, api_token.last_used_at as seen, api_token.scopes, person.id as person_id, person.language, ${ROLES}
  from api_token join account using (person_id) join person on person.id = api_token.person_id
  where api_token.token_hash = $1 and api_token.revoked_at is null
    and (api_token.expires_at is null or api_token.expires_at > $2) and account.disabled_at is null`

interface Known {
  /** Until when the same answer would be given, as far as it is known. */
  readonly until: Date | null
  readonly id: string
  readonly seen: Date | null
  readonly scopes?: readonly string[]
  readonly person_id: string
  readonly language: string
  readonly roles: readonly Assignment[]
}

/** Finds out who asks; `token` does so for nothing but the value of an `Authorization` header. */
export interface Authenticator extends Authenticate {
  readonly token: (authorization: string) => Promise<Actor | null>
}

/**
 * By the bearer token if the request has one, else by the session's cookie. One named statement, outside any transaction of
 * a person, as who may read how people sign in. Who was found is remembered for some seconds, and forgotten as soon as
 * anything changes that access is read from (decision 0073): a session, a role, an account that ended has ended for the very
 * next request.
 *
 * @param ears What the process hears with of changes that others make; without it nobody is remembered.
 */
export function authenticateBy(
  pool: Pool,
  {
    now = () => new Date(),
    ears = () => null,
  }: { readonly now?: () => Date; readonly ears?: () => object | null } = {},
): Authenticator {
  const memory = callerMemory(ears)
  async function remembered(secret: string | null, find: typeof bySession): Promise<Actor | null> {
    if (secret === null) return null
    const at = now()
    const print = fingerprint(secret)
    const name = print.toString('latin1')
    const known = memory.of(name, at)
    if (known !== null) return known
    const keep = memory.keeper()
    const found = await find(pool, print, at)
    if (found === null) return null
    keep(name, found.actor, { now: at, until: found.until })
    return found.actor
  }
  const byBearer = async (token: string) => remembered(isToken(token) ? token : null, byToken)
  return Object.assign(
    async (request: FastifyRequest) => {
      const { authorization } = request.headers
      const token = bearerIn(authorization) ?? (isFeed(request) ? tokenAsPassword(authorization) : null)
      if (token === null) return remembered(sessionSecret(request), bySession)
      const actor = await byBearer(token)
      if (actor?.feedsOnly && !isFeed(request)) throw new Failure('forbidden', 'may.calendar-token')
      return actor
    },
    {
      token: async (authorization: string) => {
        const actor = await byBearer(bearerIn(authorization) ?? '')
        return actor?.feedsOnly ? null : actor
      },
    },
  )
}

function isToken(text: string): boolean {
  return text.startsWith(TOKEN_PREFIX) && looksLikeSecret(text.slice(TOKEN_PREFIX.length))
}

interface Found {
  readonly actor: Actor
  readonly until: Date | null
}

async function bySession(pool: Pool, print: Buffer, now: Date): Promise<Found | null> {
  const values = [print, now]
  const { rows } = await pool.query<Known>({ name: 'people_by_session', text: BY_SESSION, values })
  const [known] = rows
  if (known === undefined) return null
  const toBeSeen = new Date(known.seen!.getTime() + SESSION_SEEN_MS)
  const isDue = toBeSeen <= now
  if (isDue) {
    await seen(pool, 'update session set last_seen_at = $2 where id = $1 and last_seen_at < $2', known.id, now)
  }
  // Nor remembered beyond the moment at which it is to be written down that they are here.
  const until = isDue || known.until === null || known.until < toBeSeen ? known.until : toBeSeen
  return { actor: await actorOf(pool, known), until }
}

async function byToken(pool: Pool, print: Buffer, now: Date): Promise<Found | null> {
  const { rows } = await pool.query<Known>({
    name: 'people_by_token',
    text: BY_TOKEN,
    values: [print, now],
  })
  const [known] = rows
  if (known === undefined) return null
  if (known.seen === null || now.getTime() - known.seen.getTime() >= TOKEN_SEEN_MS) {
    await seen(pool, 'update api_token set last_used_at = $2 where id = $1', known.id, now)
  }
  const scopes = known.scopes ?? []
  const readOnly = scopes.length > 0 && !scopes.includes('write')
  const feedsOnly = readOnly && !scopes.includes('read')
  return { actor: { ...(await actorOf(pool, known)), readOnly, feedsOnly }, until: known.until }
}

/** On a connection of its own: the request itself may be one that only reads. */
async function seen(pool: Pool, text: string, id: string, now: Date): Promise<void> {
  // Whoever may read may read, also while the database takes no writes.
  await pool.query(text, [id, now]).catch(() => undefined)
}

async function actorOf(pool: Pool, { person_id, language, roles }: Known): Promise<Actor> {
  const every = roles.some(isForEveryCustomer) ? await everyCustomer(pool) : []
  return { personId: person_id, ...reachedBy(roles, every), language: languageOf(language) }
}

async function everyCustomer(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>({ name: 'people_customers', text: 'select id from customer' })
  return rows.map(({ id }) => id)
}
