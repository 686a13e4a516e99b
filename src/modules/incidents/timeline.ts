import { sql } from 'kysely'
import { momentOf } from '#core/id.ts'
import { barredFromInside } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import { factColumns } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { statement } from '#platform/statement.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { HistoryEntry, Incident, OpenedIncident } from './api.ts'
import { clockFacts, type IncidentFact } from './clock-events.ts'
import { findIncident, getIncident } from './queries.ts'

/** Nothing that is told of an incident lies further back from its opening: so few months need be looked into. */
const TOLD_BEFORE_MS = 366 * 86_400_000

/** Entries of a history, and where it goes on. */
export interface Timeline {
  readonly items: HistoryEntry[]
  readonly nextCursor: string | null
}

interface TimelinePage {
  readonly limit: number
  readonly cursor?: string | undefined
}

interface Wanted {
  readonly incidentId: string
  readonly from: Date
  /** Of the entry before the first of a further page. */
  readonly moment?: string | number | undefined
  readonly sequence?: string | number | undefined
  readonly id?: string | number | undefined
  readonly most: number
}

function entries({ inside, isFurther }: { readonly inside: boolean; readonly isFurther: boolean }) {
  return statement((db, { incidentId, from, moment, sequence, id, most }: Wanted) =>
    db
      .selectFrom('history')
      .select([...factColumns, 'history.sequence'])
      .select(sql<string>`history.occurred_at::text`.as('key'))
      .$if(inside, (query) =>
        query
          .leftJoin('person', 'person.id', 'history.actorId')
          .leftJoin('ruleRun', 'ruleRun.id', 'history.causeId')
          .select(['person.name as actor', 'ruleRun.ruleId', 'ruleRun.ruleName', 'ruleRun.number as ruleNumber']),
      )
      .where('history.subjectId', '=', incidentId)
      .where('history.subjectType', '=', 'incident')
      .where('history.occurredAt', '>=', from)
      .$if(isFurther, (query) =>
        query.where(
          sql<boolean>`(history.occurred_at, history.sequence, history.id) > (${moment}::timestamptz, ${sequence}, ${id}::uuid)`,
        ),
      )
      .orderBy('history.occurredAt')
      .orderBy('history.sequence')
      .orderBy('history.id')
      .limit(most),
  )
}

/** For the provider's people and for a customer's. */
const first = {
  inside: entries({ inside: true, isFurther: false }),
  outside: entries({ inside: false, isFurther: false }),
}
const further = {
  inside: entries({ inside: true, isFurther: true }),
  outside: entries({ inside: false, isFurther: true }),
}

/** What happened to an incident, the oldest first; the customer's role reads what is public, and not who did it. */
export async function readTimeline(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  incident: Pick<Incident, 'id' | 'openedAt'>,
  { limit, cursor }: TimelinePage,
): Promise<Timeline> {
  const after = keyOf(cursor, ['moment', 'number', 'id'])
  const inside = barredFromInside(actor) === null
  const [lastMoment, lastSequence, lastId] = after ?? []
  const rows = await (after === undefined ? first : further)[inside ? 'inside' : 'outside'](db, {
    incidentId: incident.id,
    from: new Date(incident.openedAt.getTime() - TOLD_BEFORE_MS),
    most: limit + 1,
    moment: lastMoment,
    sequence: lastSequence,
    id: lastId,
  })
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, sequence, id }) => [key, sequence, id])
  const readers = await readerNames(db, items)
  return {
    items: items.map(({ id, kind, occurredAt, recordedAt, visibility, facts: told, actor: who, ...of }) => ({
      id,
      kind,
      occurredAt,
      recordedAt,
      actor: who ?? null,
      visibility: visibility as HistoryEntry['visibility'],
      // Whom a note calls up is the provider's affair, whatever it says.
      facts: inside
        ? { ...(told as Record<string, unknown>), ...readers.get(id) }
        : withoutMentions(told as Record<string, unknown>),
      ...(of.ruleId && { rule: { id: of.ruleId, name: of.ruleName!, number: of.ruleNumber! } }),
    })),
    nextCursor,
  }
}

/** The same of the incident of that id or number. Throws when there is none in sight. */
export async function readTimelineById(
  context: Pick<Context, 'db' | 'actor'>,
  id: string,
  page: TimelinePage,
): Promise<Timeline> {
  const { told } = await withTimeline(context, id, page, findIncident(context, id))
  return told
}

/** An incident with the beginning of its history, as whoever opens one wants both. Throws when there is none in sight. */
export async function openIncident(context: Context, id: string, limit: number): Promise<OpenedIncident> {
  const { found, told } = await withTimeline(context, id, { limit }, getIncident(context, id))
  return { ...found, history: told }
}

/** What `finding` finds with its history: both in one trip to the database where it is asked for by its id. */
async function withTimeline<Found extends Pick<Incident, 'id' | 'openedAt'>>(
  context: Pick<Context, 'db' | 'actor'>,
  idOrNumber: string,
  page: TimelinePage,
  finding: Promise<Found>,
): Promise<{ readonly found: Found; readonly told: Timeline }> {
  // An id is made for the moment at which its incident was opened. Should that not be so, it costs a second trip.
  const madeFor = looksLikeId(idOrNumber) ? momentOf(idOrNumber) : null
  const guessed = madeFor === null ? null : { id: idOrNumber, openedAt: new Date(madeFor) }
  const [found, told] = await together([finding, guessed && readTimeline(context, guessed, page)])
  const isWhole = told !== null && guessed !== null && found.openedAt >= guessed.openedAt
  return { found, told: isWhole ? told : await readTimeline(context, found, page) }
}

/** Who was let know, by name, of the facts that say so; few incidents have one. */
async function readerNames(
  db: Db,
  facts: readonly { readonly id: string; readonly kind: string; readonly facts: unknown }[],
): Promise<ReadonlyMap<string, { readonly name: string }>> {
  const named = facts.filter(({ kind }) => kind === 'incident.reader-named' || kind === 'incident.reader-withdrawn')
  if (named.length === 0) return new Map()
  const personOf = (told: unknown) => String((told as { readonly person?: unknown }).person)
  const people = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(named.map((each) => personOf(each.facts)))])
    .execute()
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  return new Map(named.map(({ id, facts: told }) => [id, { name: nameOf.get(personOf(told)) ?? '' }]))
}

function withoutMentions(told: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(told).filter(([name]) => name !== 'mentions'))
}

/** The facts that clocks are counted from, in order. Internal ones count too, whoever asks. */
export async function readClockFacts(
  db: Db,
  { id, openedAt }: Pick<Incident, 'id' | 'openedAt'>,
): Promise<(IncidentFact & { readonly recordedAt: Date })[]> {
  const rows = await db
    .selectFrom('history')
    .select(['id', 'kind', 'occurredAt', 'recordedAt'])
    // Of a message only counts that it was sent.
    .select(sql`case when kind = 'incident.note' then '{}' else facts end`.as('facts'))
    .where('subjectId', '=', id)
    .where('subjectType', '=', 'incident')
    .where('occurredAt', '>=', new Date(openedAt.getTime() - TOLD_BEFORE_MS))
    .where((where) =>
      where.or([
        where('kind', 'in', clockFacts),
        where.and([where('kind', '=', 'incident.note'), where('visibility', '=', 'public')]),
      ]),
    )
    .orderBy('occurredAt')
    .orderBy('sequence')
    .orderBy('id')
    .execute()
  return rows.map(({ id: factId, kind, occurredAt, recordedAt, facts: told }) => ({
    id: factId,
    kind,
    at: occurredAt.getTime(),
    recordedAt,
    facts: told as Record<string, unknown>,
  }))
}
