import { sql } from 'kysely'
import { OPINION_MINIMUM, PERFORMANCE_MINIMUM } from '#core/small-groups.ts'
import type { Language } from '#core/text.ts'
import { reachOf, roles } from '#modules/people'
import type { Context, Db } from '#platform/context.ts'
import type { FileReply, Route } from '#platform/http.ts'
import { pageOf } from './pack-page.ts'
import { readPeriods, readPolicy } from './queries.ts'
import { retentionClasses, retentionClassNames } from './retention-class.ts'
import { stores } from './store.ts'
import type { Gathered } from './works-council-form.ts'

/** Groups of fewer people are hidden where figures are of opinions, and where they would be of work (DOMAIN §5.5). */
const SMALLEST = { opinions: OPINION_MINIMUM, work: PERFORMANCE_MINIMUM } as const

/** What a works council has to know, from the system itself: the tables, the endpoints, the roles, the settings. */
export async function gatherPack(context: Context, everything: readonly Route[]): Promise<Gathered> {
  const { db, now } = context
  const periods = await readPeriods(db)
  return {
    at: now,
    on: (await readPolicy(db)).worksCouncil,
    smallest: SMALLEST,
    fields: stores.map(({ subject, table, columns, address, tells, fate }) => ({
      subject,
      table,
      columns: [...new Set([...columns, ...(address === undefined ? [] : [address]), ...tells])],
      fate,
    })),
    reports: await readables(context, everything),
    roles: await rolesHeld(db, now),
    retention: retentionClassNames.flatMap((name) => {
      const own = periods.filter((period) => period.class === name)
      const usual = { class: name, country: '', months: retentionClasses[name].months }
      return own.some(({ country }) => country === '') ? own : [usual, ...own]
    }),
    interfaces: await interfacesOf(db),
    intelligence: [],
  }
}

/** Everything that can be read, with the day on which it was first there. */
async function readables({ db, now }: Context, everything: readonly Route[]): Promise<Gathered['reports']> {
  const read = everything.map(({ endpoint }) => endpoint).filter(({ method }) => method === 'GET')
  const paths = read.map(({ path }) => path)
  await sql`insert into readable (path, since) select unnest(${paths}::text[]), ${now} on conflict do nothing`.execute(
    db,
  )
  const known = await db.selectFrom('readable').select(['path', 'since']).execute()
  const sinceOf = new Map(known.map(({ path, since }) => [path, since]))
  return read
    .map(({ path, summary }) => ({ path, summary, since: sinceOf.get(path)! }))
    .toSorted((a, b) => b.since.getTime() - a.since.getTime() || a.path.localeCompare(b.path))
}

async function rolesHeld(db: Db, now: Date): Promise<Gathered['roles']> {
  const { rows } = await sql<{ role: string; people: number }>`
    select role, count(distinct person_id)::int as people from role_assignment
    where valid_from <= ${now} and (valid_to is null or valid_to > ${now}) group by role`.execute(db)
  const counted = new Map(rows.map(({ role, people }) => [role, people]))
  return roles.map((role) => ({ role, reach: reachOf(role), people: counted.get(role) ?? 0 }))
}

async function interfacesOf(db: Db): Promise<Gathered['interfaces']> {
  const { rows } = await sql<Gathered['interfaces'][number]>`
    select 'mail' as kind, address as name from mail_account
    union all select 'webhook', name from webhook
    union all select 'sign-in', name from identity_provider
    union all select 'chat', name from contact_source where active
    union all select distinct 'token', name from api_token where revoked_at is null
    order by 1, 2`.execute(db)
  return rows
}

/** The pack as one page that needs nothing else, to be kept and printed. */
export function packPage(pack: Gathered, language: Language): FileReply {
  return {
    file: Buffer.from(pageOf(pack, language)),
    type: 'text/html; charset=utf-8',
    name: `works-council-${pack.at.toISOString().slice(0, 10)}.html`,
  }
}
