import { type RawBuilder, sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Db } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { Ids } from './change.ts'
import type { Ticket } from './ticket.ts'

/** Finds the records behind the names of a file, and makes those that are missing. */
export interface Names {
  /** Ids of all names in these tickets. */
  readonly idsOf: (tickets: readonly Ticket[]) => Promise<Ids>
}

export interface NamesOptions {
  readonly customerId: string
  /** Of the customer: where a site lies that is only known by its name. */
  readonly timeZone: string
  /** Name of the system they come from. */
  readonly source: string
  /** Makes nothing: what is missing has an id that nobody else has. */
  readonly dryRun: boolean
}

type Kind = keyof Ids

/** In each of these, so many names at once are remembered. */
const REMEMBERED = 200_000

/**
 * Teams, sites and services by name in any case of letters; people by the key under which the source knows them, or by mail
 * address when that is what it has. Assignees are colleagues, requesters are the customer's. A person's name is kept with the
 * person and nowhere else.
 */
export function namesOf(db: Db, options: NamesOptions): Names {
  const known: Record<Kind, Map<string, string>> = {
    team: new Map(),
    assignee: new Map(),
    requester: new Map(),
    site: new Map(),
    service: new Map(),
  }
  return {
    idsOf: async (tickets) => {
      const missing = new Map<Kind, string[]>()
      for (const kind of Object.keys(known) as Kind[]) {
        if (known[kind].size > REMEMBERED) known[kind].clear()
        const wanted = namesIn(tickets, kind, known[kind])
        if (wanted.length === 0) continue
        remember(kind, await find[kind](db, options, wanted))
        const absent = wanted.filter((name) => !known[kind].has(name))
        if (absent.length > 0) missing.set(kind, absent)
      }
      if (missing.size === 0) return known
      if (options.dryRun) {
        for (const [kind, names] of missing) for (const name of names) known[kind].set(ofItsOwn(name), newId())
        return known
      }
      await db.transaction().execute(async (tx) => {
        // Two imports take turns, for not all of these names are unique by a constraint.
        await sql`select pg_advisory_xact_lock(hashtext(${workspaceOf(db).lock('imports.names')}))`.execute(tx)
        for (const [kind, names] of missing) {
          await make[kind](tx, options, names)
          remember(kind, await find[kind](tx, options, names))
        }
      })
      return known
    },
  }

  function remember(kind: Kind, found: readonly Found[]): void {
    for (const { name, id } of found) known[kind].set(name, id)
  }
}

/** The same text, but not as a piece of the long one that it was cut from, which would stay in memory with it. */
function ofItsOwn(name: string): string {
  return Buffer.from(name).toString()
}

function namesIn(tickets: readonly Ticket[], kind: Kind, known: ReadonlyMap<string, string>): string[] {
  const names = new Set<string>()
  for (const { rows } of tickets) {
    for (const row of rows) {
      const name = row[kind]
      if (name !== null && !known.has(name)) names.add(name)
    }
  }
  return [...names]
}

type Find = (db: Db, options: NamesOptions, names: readonly string[]) => Promise<readonly Found[]>
type Make = (db: Db, options: NamesOptions, names: readonly string[]) => Promise<unknown>

interface Found {
  readonly name: string
  readonly id: string
}

const find: Readonly<Record<Kind, Find>> = {
  // Of names that differ in case only, the one that is written the same way.
  team: (db, _, names) =>
    read(
      db,
      sql`
        select distinct on (w.name) w.name, team.id from unnest(${names}::text[]) as w(name)
        join team on lower(team.name) = lower(w.name)
        order by w.name, team.name <> w.name, team.id`,
    ),
  site: (db, { customerId }, names) =>
    read(
      db,
      sql`
        select w.name, site.id from unnest(${names}::text[]) as w(name)
        join site on site.customer_id = ${customerId} and lower(site.name) = lower(w.name)`,
    ),
  // One of the customer's own before one for all.
  service: (db, { customerId }, names) =>
    read(
      db,
      sql`
        select distinct on (w.name) w.name, service.id from unnest(${names}::text[]) as w(name)
        join service on lower(service.name) = lower(w.name)
          and (service.customer_id = ${customerId} or service.customer_id is null)
        order by w.name, service.customer_id nulls last, service.id`,
    ),
  assignee: (db, { source }, names) => findPeople(db, null, source, names),
  requester: (db, { customerId, source }, names) => findPeople(db, customerId, source, names),
}

async function read(db: Db, statement: RawBuilder<unknown>): Promise<readonly Found[]> {
  return (await (statement as RawBuilder<Found>).execute(db)).rows
}

/** By the key of their source; by their address who is not known by a key. */
async function findPeople(
  db: Db,
  customerId: string | null,
  source: string,
  names: readonly string[],
): Promise<readonly Found[]> {
  const whose = whoseIs(customerId)
  const found = await read(
    db,
    sql`
      select distinct on (w.name) w.name, person.id from unnest(${names}::text[]) as w(name)
      join person on ${whose} and person.source_key = ${source} || ':' || w.name
      order by w.name, person.id`,
  )
  const known = new Set(found.map(({ name }) => name))
  const addresses = names.filter((name) => isAddress(name) && !known.has(name))
  if (addresses.length === 0) return found
  const byAddress = await read(
    db,
    sql`
      select w.name, person.id from unnest(${addresses}::text[]) as w(name)
      join person on ${whose} and person.email = lower(w.name)`,
  )
  return [...found, ...byAddress]
}

function whoseIs(customerId: string | null): RawBuilder<unknown> {
  return customerId === null ? sql`person.customer_id is null` : sql`person.customer_id = ${customerId}`
}

const idsFor = (names: readonly string[]) =>
  sql`unnest(${names.map(() => newId())}::uuid[], ${names}::text[]) as n(id, name)`

/** What somebody else has made meanwhile is left as it is. */
const make: Readonly<Record<Kind, Make>> = {
  team: (db, _, names) =>
    sql`
      insert into team (id, name)
      select distinct on (lower(n.name)) n.id, n.name from ${idsFor(names)}
      where not exists (select from team where lower(team.name) = lower(n.name))
      on conflict do nothing`.execute(db),
  site: (db, { customerId, timeZone }, names) =>
    sql`
      insert into site (id, customer_id, name, time_zone, source_key)
      select n.id, ${customerId}, n.name, ${timeZone}, n.name from ${idsFor(names)}
      on conflict do nothing`.execute(db),
  service: (db, { customerId }, names) =>
    sql`
      insert into service (id, customer_id, name, source_key)
      select n.id, ${customerId}, n.name, n.name from ${idsFor(names)}
      on conflict do nothing`.execute(db),
  assignee: (db, { source }, names) => makePeople(db, null, source, names),
  requester: (db, { customerId, source }, names) => makePeople(db, customerId, source, names),
}

function makePeople(db: Db, customerId: string | null, source: string, names: readonly string[]): Promise<unknown> {
  const addresses = names.map((name) => (isAddress(name) ? name.toLowerCase() : null))
  return sql`
    insert into person (id, customer_id, name, email, source_key)
    select n.id, ${customerId}, n.name, n.email, ${source} || ':' || n.name
    from unnest(${names.map(() => newId())}::uuid[], ${names}::text[], ${addresses}::text[]) as n(id, name, email)
    where not exists (select from person where ${whoseIs(customerId)} and person.source_key = ${source} || ':' || n.name)
    on conflict do nothing`.execute(db)
}

function isAddress(name: string): boolean {
  return name.length <= 320 && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(name)
}
