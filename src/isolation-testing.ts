import { Client } from 'pg'
import { expect, vi } from 'vitest'
import { routes } from '#app'
import type { Actor } from '#platform/context.ts'
import type { TestReply } from '#platform/testing.ts'
import { type Foreign, TEAM_MARK } from './everything-testing.ts'
import { AT_ONCE, type Forgery, forgeries, MARK, type Meanings, meaningsOf } from './forgeries-testing.ts'
import type { TestWorld } from './testing.ts'

/*
 * Whoever may see one customer learns nothing of another: not by a forged id, filter, search, sort, cursor, count or error
 * text, and changes nothing there. The requests are made from the endpoints themselves, so that a new endpoint is tried as
 * soon as it exists.
 */

function leakOf(reply: TestReply, sent: string, foreign: Foreign, as: Actor): string | null {
  const text = `${reply.text} ${JSON.stringify(reply.headers)}`.toLowerCase()
  const asked = decodeURIComponent(sent).toLowerCase()
  if (as.access === 'customer' && text.includes(TEAM_MARK)) return TEAM_MARK
  for (const id of foreign.ids) if (text.includes(id) && !asked.includes(id)) return id
  // What the caller sent may come back in a sentence that says there is no such thing.
  const without = foreign.names.reduce(
    (rest, name) => (asked.includes(name.toLowerCase()) ? rest.replaceAll(name.toLowerCase(), '') : rest),
    text,
  )
  const echoed = asked.includes(MARK) && reply.status >= 400
  return without.includes(MARK) && !echoed ? MARK : null
}

/** Which of the ids are of which table. */
async function kindsOf({ database }: TestWorld, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(`
    select table_name as name from information_schema.columns
    where table_schema = current_schema() and column_name = 'id' and data_type = 'uuid'`)
  const parts = tables.map(({ name }) => `select id, '${name}' as kind from "${name}" where id = any($1)`)
  const { rows } = await database.pool.query<{ id: string; kind: string }>(parts.join(' union all '), [ids])
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}

/** Of several of one kind, such as the facts of a history, the first and the last. */
function someOfEachKind(ids: readonly string[], kindOf: Meanings['kindOf']): readonly string[] {
  const byKind = Map.groupBy(ids, kindOf)
  const chosen = [...byKind].flatMap(([kind, of]) => (kind === undefined ? of : [...new Set([of[0]!, of.at(-1)!])]))
  return ids.filter((id) => chosen.includes(id))
}

let meaning: Meanings['taken'] | undefined

/** Looked for once: it is the same for whoever asks, and a customer who has one of everything has all that could be meant. */
async function meaningsIn(world: TestWorld, whole: Foreign, foreign: Foreign): Promise<Meanings> {
  const kinds = await kindsOf(world, [...whole.ids, ...foreign.ids])
  const kindOf = (wish: string) => kinds.get(wish)
  const endpoints = routes.map(({ endpoint }) => endpoint)
  const read = async (path: string) => {
    const { status, text } = await world.call('GET', path)
    // Each request has a number of its own, whatever is answered.
    return `${status} ${text.replace(/"requestId":"[^"]*"/, '')}`
  }
  meaning ??= (await meaningsOf(endpoints, whole, { read, kindOf })).taken
  return { taken: meaning, kindOf }
}

/** Whether an address is of something foreign, and not only asks for it. */
function isOf(path: string, { ids, names }: Foreign): boolean {
  const parts = path.split('?')[0]!.split('/').map(decodeURIComponent)
  return parts.some((part) => ids.includes(part) || names.includes(part))
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Requests that differ only in which id they name stand together. */
function alike(requests: Iterable<Forgery>): Iterable<readonly [Forgery, ...Forgery[]]> {
  const groups = Map.groupBy(requests, ({ path, body }) => `${path} ${JSON.stringify(body)}`.replace(ID, 'ID'))
  return groups.values() as Iterable<[Forgery, ...Forgery[]]>
}

/** How many statements the database was sent meanwhile. */
async function statementsOf(act: () => Promise<void>): Promise<number> {
  const query = vi.spyOn(Client.prototype, 'query')
  try {
    await act()
    return query.mock.calls.length
  } finally {
    query.mockRestore()
  }
}

/**
 * Tries every endpoint as `as` with everything that belongs to somebody else; what that brought.
 *
 * @param whole A customer with one of everything, as whom nothing is tried: by theirs is found out what means anything where.
 */
export async function triedAs(as: Actor, world: TestWorld, { whole, foreign }: Record<'whole' | 'foreign', Foreign>) {
  const meanings = await meaningsIn(world, whole, foreign)
  const tried = { ...foreign, ids: someOfEachKind(foreign.ids, meanings.kindOf) }
  const before = await foreign.state()
  const leaks: string[] = []
  const crashes: string[] = []
  let asked = 0
  for (const { endpoint } of routes) {
    const ask = async ({ path, body }: Forgery) => {
      const reply = await world.call(endpoint.method, path, body, { as, headers: { 'if-match': '"1"' } })
      const sent = `${path} ${body === undefined ? '' : JSON.stringify(body)}`
      asked += 1
      if (reply.status >= 500) crashes.push(`${endpoint.method} ${sent} → ${reply.status} ${reply.text.slice(0, 200)}`)
      const leak = leakOf(reply, sent, foreign, as)
      if (leak !== null)
        leaks.push(`${endpoint.method} ${sent} → ${reply.status} ${leak} in ${reply.text.slice(0, 300)}`)
      const readsForeign = endpoint.method === 'GET' && reply.status === 200 && isOf(path, foreign)
      if (readsForeign) leaks.push(`GET ${path} → 200 ${reply.text.slice(0, 200)}`)
    }
    for (const [first, ...others] of alike(forgeries(endpoint, tried, meanings))) {
      // Who is refused without a look into the database learns nothing of what is in it, whatever the id is of.
      if ((await statementsOf(() => ask(first))) === 0) continue
      // Each takes the next of them; so the program works while the database does.
      const waiting = others.values()
      const askNext = async () => {
        for (const request of waiting) await ask(request)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, askNext))
    }
  }
  expect(asked).toBeGreaterThan(routes.length * 3)
  return { leaks, crashes, changed: (await foreign.state()) !== before }
}

/** What such a try should bring. */
export const nothing = { leaks: [], crashes: [], changed: false }
