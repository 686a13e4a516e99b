import { type RawBuilder, sql } from 'kysely'
import { require } from '#core/may.ts'
import { said, type Words } from '#api/catalogue'
import type { Context, Db } from '#platform/context.ts'
import { containing, wordQuery } from '#platform/text-search.ts'
import type { Found } from './api.ts'
import type { Door } from './actions.ts'
import { barredFromReporting } from './may.ts'

/** So many of a kind are shown. */
const LIMIT = 5

/**
 * Everything of the portal by words, each in sight of whoever asks: what is disturbed now, what they reported and ordered,
 * what they can order, what helps, and what they can report about. One statement: nothing waits for the other. Where that
 * finds nothing, what is called almost so.
 */
export async function searchPortal({ db, actor }: Context, q: string): Promise<Found[]> {
  const words = (q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12)
  const all = wordQuery(q)
  if (all === null || words.length === 0) return []
  const any = words.join(' | ')
  const begun = `${words.at(-1)}:*`
  const person = actor.personId
  const { rows } = await sql<Row>`
    with wanted as materialized (select to_tsquery('german', ${any}) || to_tsquery('english', ${any}) || to_tsquery('simple', ${begun}) as q,
      to_tsquery('simple', ${all}) as every)
    (select 'disturbance' as kind, s.id, null::text as key, s.name as title, null::jsonb as name, s.lifecycle as state,
        d.next_update_due as at
      from disturbances_now() d join service s on s.id = d.service_id
      where s.name ilike ${containing(q)} order by lower(s.name), s.id limit ${LIMIT})
    union all
    (select 'request', r.id, r.number, null, r.name, r.state, r.promised_at from request r, wanted
      where r.search @@ wanted.every and ${person}::uuid in (r.requester_id, r.ordered_by_id)
        and (r.state <> 'draft' or r.ordered_by_id = ${person}::uuid)
      order by r.updated_at desc limit ${LIMIT})
    union all
    (select 'report', i.id, i.number, i.title, null, i.state::text, i.due_at from incident i, wanted
      where i.requester_id = ${person}::uuid and i.search @@ wanted.every
      order by i.updated_at desc limit ${LIMIT})
    union all
    (select 'item', c.id, null, null, v.name, c.state, null from catalogue_item c
      join catalogue_item_version v on v.item_id = c.id and v.number = c.edition, wanted
      where c.search @@ wanted.q and c.state = 'published'
        and (c.roles = '{}' or c.roles && ${[...actor.roles]}::text[])
      order by ts_rank(c.search, wanted.q) desc, c.id limit ${LIMIT})
    union all
    (select 'article', a.id, null, a.title, null, a.state, null from article a, wanted
      where a.search @@ wanted.q and a.state = 'published'
      order by ts_rank(a.search, wanted.q) desc, a.id limit ${LIMIT})
    union all
    (select 'service', s.id, null, s.name, null, s.lifecycle, null from service s
      where s.name ilike ${containing(q)} and s.lifecycle not in ('retired', 'proposed')
      order by lower(s.name), s.id limit ${LIMIT})`.execute(db)
  return (rows.length > 0 ? rows : await almost(db, actor, words)).map(({ kind, id, key, title, name, state, at }) => ({
    kind,
    id,
    number: key,
    title: name === null ? (title ?? '') : said(name, actor.language),
    state,
    at,
  }))
}

/** So much of the letters of a word has to be found in another, beside each other, for it to be a slip of the finger. */
const ALMOST = 0.5
/** In shorter words one slip leaves nothing. */
const LEAST_LETTERS = 4

/** What can be ordered, helps or can be reported about under words that are almost those that were typed. */
async function almost(db: Db, actor: Context['actor'], words: readonly string[]): Promise<readonly Row[]> {
  const long = words.filter((word) => word.length >= LEAST_LETTERS)
  if (long.length === 0) return []
  const alike = (text: RawBuilder<unknown>) =>
    sql`(select max(word_similarity(word, lower(${text}))) from unnest(${long}::text[]) word)`
  const { rows } = await sql<Row>`
    select kind, id, null as key, title, name, state, null as at from (
      select 'item' as kind, c.id, null as title, v.name, c.state,
          ${alike(sql`v.name::text || v.synonyms::text`)} as likeness
        from catalogue_item c join catalogue_item_version v on v.item_id = c.id and v.number = c.edition
        where c.state = 'published' and (c.roles = '{}' or c.roles && ${[...actor.roles]}::text[])
      union all
      select 'article', a.id, a.title, null, a.state, ${alike(sql`a.title`)} from article a where a.state = 'published'
      union all
      select 'service', s.id, s.name, null, s.lifecycle, ${alike(sql`s.name`)} from service s
        where s.lifecycle not in ('retired', 'proposed')
    ) as known where likeness >= ${ALMOST} order by likeness desc, id limit ${LIMIT}`.execute(db)
  return rows
}

interface Row {
  readonly kind: Found['kind']
  readonly id: string
  readonly key: string | null
  readonly title: string | null
  readonly name: Words | null
  readonly state: string
  readonly at: Date | null
}

/** Of words where nothing was found what may be kept: letters, so that neither a number nor an address is. */
export function keptWords(q: string): string {
  const withoutAddresses = q.toLowerCase().replaceAll(/\S*[@/\\]\S*/g, ' ')
  return (withoutAddresses.match(/\p{L}{2,}/gu) ?? []).join(' ').slice(0, 80).trim()
}

/**
 * Counts a search that somebody has made up their mind about. What they found is looked up again, so that nobody makes up
 * what was not; who they are is not kept.
 */
export async function countSearch({ inTransaction, asProgram }: Door, q: string): Promise<null> {
  const counted = await inTransaction('read only', async (context) => {
    require(barredFromReporting(context.actor))
    const [customerId] = context.actor.customers
    return { customerId, found: (await searchPortal(context, q)).length }
  })
  const { customerId, found } = counted
  if (customerId === undefined) return null
  return asProgram(async ({ db, now }) => {
    const day = now.toISOString().slice(0, 10)
    await addSearch(db, { customerId, day, missed: found === 0 })
    const words = found === 0 ? keptWords(q) : ''
    if (words !== '') await addMiss(db, { customerId, day, words })
    return null
  })
}

/** Counts how long somebody of a customer took to find what they came for, by day. */
export async function countFind({ inTransaction, asProgram }: Door, seconds: number): Promise<null> {
  const customerId = await inTransaction('read only', async ({ actor }) => {
    require(barredFromReporting(actor))
    return actor.customers[0]
  })
  if (customerId === undefined) return null
  return asProgram(async ({ db, now }) => {
    await db
      .insertInto('portalFind')
      .values({ customerId, day: now.toISOString().slice(0, 10), seconds })
      .onConflict((conflict) =>
        conflict
          .columns(['customerId', 'day', 'seconds'])
          .doUpdateSet((set) => ({ times: set('portalFind.times', '+', 1) })),
      )
      .execute()
    return null
  })
}

interface CountedDay {
  readonly customerId: string
  readonly day: string
}

async function addSearch(db: Db, { missed, ...key }: CountedDay & { readonly missed: boolean }): Promise<void> {
  await db
    .insertInto('portalSearch')
    .values({ ...key, searches: 1, withoutResult: missed ? 1 : 0 })
    .onConflict((conflict) =>
      conflict.columns(['customerId', 'day']).doUpdateSet((set) => ({
        searches: set('portalSearch.searches', '+', 1),
        withoutResult: set('portalSearch.withoutResult', '+', missed ? 1 : 0),
      })),
    )
    .execute()
}

async function addMiss(db: Db, key: CountedDay & { readonly words: string }): Promise<void> {
  await db
    .insertInto('portalSearchMiss')
    .values({ ...key, times: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['customerId', 'day', 'words'])
        .doUpdateSet((set) => ({ times: set('portalSearchMiss.times', '+', 1) })),
    )
    .execute()
}

/** Searches of a day that are known from elsewhere, such as those of the sample company. */
export async function addSearches(
  { db }: Pick<Context, 'db'>,
  { customerId, day, words, times }: CountedDay & { readonly words: string | null; readonly times: number },
): Promise<void> {
  for (let index = 0; index < times; index++) {
    await addSearch(db, { customerId, day, missed: words !== null })
    if (words !== null) await addMiss(db, { customerId, day, words })
  }
}
