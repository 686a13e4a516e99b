import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Db } from '#platform/context.ts'
import type { Database } from '#platform/database.ts'
import { httpServer, type Route } from '#platform/http.ts'
import { silent } from '#platform/log.ts'
import { testDatabase, type TestReply } from '#platform/testing.ts'
import { authenticateBy } from './authenticate.ts'
import type { Role } from './role.ts'
import { peopleRoutes } from './routes.ts'
import { setUpLink } from './set-up.ts'

export const PASSWORD = 'blue kettle under the stairs'

/** A browser with its cookie, or a program with its token, at an address. */
export interface Visitor {
  readonly call: (
    method: string,
    path: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<TestReply>
  /** The session's secret that the browser has now. */
  cookie: string | undefined
}

export interface Invited {
  readonly email: string
  readonly role: Role
  readonly customer?: string
  readonly name?: string
  readonly validTo?: string
}

export interface PeopleWorld {
  readonly database: Database
  readonly db: Db
  readonly visitor: (options?: {
    readonly address?: string
    readonly token?: string
    readonly cookie?: string
  }) => Visitor
  /** The first administrator, signed in: `ada@example.com`; nobody yet without set-up. */
  readonly administrator: Visitor
  /** Time goes by. */
  readonly wait: (ms: number) => void
  readonly now: () => Date
  readonly addCustomer: (name: string) => Promise<string>
  /** Invites somebody and has them accept. */
  readonly join: (invited: Invited) => Promise<Visitor & { readonly id: string }>
}

/** The module with real sessions, and `more` beside it, on a database of the test's own; every request goes through HTTP. */
export async function peopleWorld({
  setUp = true,
  more = [],
}: { readonly setUp?: boolean; readonly more?: readonly Route[] } = {}): Promise<PeopleWorld> {
  // Else a key would be made in the data folder.
  process.env['PLUMBLINE_SECRET'] ??= randomBytes(32).toString('base64')
  const database = await testDatabase()
  const { db, pool } = database
  let moment = new Date('2026-03-02T09:00:00Z')
  const now = () => moment
  const server = httpServer({
    db,
    routes: [...peopleRoutes, ...more],
    listeners: {},
    authenticate: authenticateBy(pool, { now, ears: () => database }),
    enqueue: async () => undefined,
    now,
    log: silent,
    trustProxy: true,
  })

  function visitor({ address = '198.51.100.7', token, cookie }: Parameters<PeopleWorld['visitor']>[0] = {}): Visitor {
    const cookies = new Map<string, string>()
    if (cookie !== undefined) cookies.set('plumbline', cookie)
    const self: Visitor = {
      get cookie() {
        return cookies.get('plumbline')
      },
      set cookie(secret) {
        if (secret === undefined) cookies.delete('plumbline')
        else cookies.set('plumbline', secret)
      },
      call: async (method, path, body, headers = {}) => {
        // No two requests come at the same moment.
        moment = new Date(moment.getTime() + 1)
        const reply = await server.inject({
          method: method as 'GET',
          url: `/api/v1${path}`,
          headers: {
            'x-forwarded-for': address,
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            cookie: ['theme=dark', ...[...cookies].map((pair) => pair.join('='))].join('; '),
            ...headers,
          },
          ...(body !== undefined && { payload: body }),
        })
        for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
          if (value === '') cookies.delete(name!)
          else cookies.set(name!, value!)
        }
        const isJson = String(reply.headers['content-type']).includes('json') && reply.body !== ''
        const { statusCode: status, headers: replied, rawPayload: bytes, body: text } = reply
        return { status, body: isJson ? reply.json() : null, headers: replied, text, bytes }
      },
    }
    return self
  }

  const administrator = visitor()
  if (setUp) {
    const token = await setUpLink(db, moment)
    await administrator.call('POST', '/set-up', {
      token,
      name: 'Ada Quist',
      email: 'ada@example.com',
      password: PASSWORD,
    })
  }

  async function join(invited: Invited): Promise<Visitor & { id: string }> {
    const { body } = await administrator.call('POST', '/invitations', invited)
    const joining = visitor()
    await joining.call('POST', '/invitations/accept', { token: secretOf(body.link), password: PASSWORD })
    return Object.assign(joining, { id: body.id as string })
  }

  return {
    database,
    db,
    visitor,
    administrator,
    wait: (ms) => (moment = new Date(moment.getTime() + ms)),
    now,
    addCustomer: (name) => addCustomer(db, name),
    join,
  }
}

/** What follows the `#`. */
export function secretOf(link: string): string {
  return link.split('#')[1]!
}

async function addCustomer(db: Db, name: string): Promise<string> {
  const id = newId()
  const { count } = await db
    .selectFrom('customer')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  await db
    .insertInto('customer')
    .values({ id, key: `C${count + 10}`, name })
    .execute()
  return id
}

/** What the audit says, oldest first. */
export async function audited(
  db: Db,
): Promise<readonly { action: string; subjectId: string | null; actorId: string | null; text: string }[]> {
  return db
    .selectFrom('audit')
    .select(['action', 'subjectId', 'actorId', sql<string>`facts::text`.as('text')])
    .orderBy('at')
    .orderBy('id')
    .execute()
}
