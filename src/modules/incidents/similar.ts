import { type RawBuilder, sql } from 'kysely'
import { DAY_MS } from '#core/calendar-rules.ts'
import { barredBeyondPortal } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { type SimilarIncident, similarForDays, type SimilarWanted } from './api-similar.ts'
import { openStates } from './incident.ts'

/** Of the newest so many every title is compared, by letters and by words; that costs the same with any number of incidents. */
const COMPARED = 1000
/** Where those are not enough, of all others so many that have every word. */
const HITS = 200
/** Less alike than this is not alike. All letters in common are 1, all words are half of that more. */
const LEAST = 0.45
/** Shorter beginnings would find everything. */
const LEAST_LETTERS = 3

/**
 * Incidents whose title is like a given one, by the stems of its words in German and English and by its letters. The most
 * alike of the newest first, of equals the newer one. None while the title has no word that says something.
 */
export async function listSimilarIncidents(
  { db, now, actor }: Pick<Context, 'db' | 'now' | 'actor'>,
  { customer, title, open = false, requester, limit }: SimilarWanted,
): Promise<{ items: SimilarIncident[] }> {
  const stems = await stemsOf(db, title)
  if (stems.length === 0) return { items: [] }
  const ofCustomer =
    customer === undefined ? sql`true` : sql`incident.customer_id = ${(await requireCustomer(db, customer)).id}`
  // Whoever sees only their own is spared the looking through everybody's.
  const own = requester === 'me' || barredBeyondPortal(actor) !== null
  const of = own ? sql`${ofCustomer} and incident.requester_id = ${actor.personId}::uuid` : ofCustomer
  const since = new Date(now.getTime() - similarForDays * DAY_MS)
  const isOpen = sql`incident.state in (${sql.join(openStates)})`
  const recent = open
    ? isOpen
    : sql`(${isOpen} or (incident.state in ('resolved', 'closed') and incident.resolved_at >= ${since}))`
  const given = title.toLowerCase()
  const alike = async (candidates: RawBuilder<unknown>) => {
    const { rows } = await sql<SimilarIncident>`
      with candidate as materialized (select id, title, opened_at from incident where ${of} and ${recent} and ${candidates}),
      alike as (
        select id, opened_at, similarity(lower(title), ${given})
          + (select count(*) filter (where position(stem in lower(title)) > 0) from unnest(${stems}::text[]) stem)
            * 0.5 / ${stems.length} as likeness
        from candidate offset 0
      )
      select incident.id, incident.number, incident.title, incident.state, incident.priority, incident.resolution,
        incident.opened_at as "openedAt", incident.resolved_at as "resolvedAt"
      from alike join incident using (id) where likeness >= ${LEAST}
      order by likeness desc, alike.opened_at desc, id limit ${limit}`.execute(db)
    return rows
  }
  const latest = await alike(sql`true order by incident.opened_at desc limit ${COMPARED}`)
  if (latest.length === limit) return { items: latest }
  const everyWord = stems.map((stem) => `${stem}:*`).join(' & ')
  const others = await alike(sql`incident.search @@ to_tsquery('simple', ${everyWord}) limit ${HITS}`)
  const known = new Set(latest.map(({ id }) => id))
  return { items: [...latest, ...others.filter(({ id }) => !known.has(id))].slice(0, limit) }
}

/**
 * Beginnings of the words that say something, as the words stand: umlauts too, which the stem itself has lost. What is a
 * stop word in one of the languages is none of them.
 */
async function stemsOf(db: Db, title: string): Promise<readonly string[]> {
  const words = [...new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, 12)
  if (words.length === 0) return []
  const { rows } = await sql<{ stem: string }>`
    select distinct left(word, least(german, english)) as stem
    from unnest(${words}::text[]) word,
      lateral (select length((ts_lexize('german_stem', word))[1]) as german,
        length((ts_lexize('english_stem', word))[1]) as english) lengths
    where german is not null and english is not null`.execute(db)
  return rows.map(({ stem }) => stem).filter((stem) => stem.length >= LEAST_LETTERS)
}
