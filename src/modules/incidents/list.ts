import { type Compilable, type RawBuilder, sql } from 'kysely'
import { barredFromInside } from '#core/may.ts'
import { priorities } from '#api/service-levels'
import { requireCustomer } from '#modules/customers'
import { counting, isUntold } from '#platform/confidential.ts'
import type { Context } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Incident, IncidentCondition, IncidentFilter, UntoldQuery } from './api.ts'
import { openStates, type Sorting } from './incident.ts'
import { type Condition, conditionsAndWords, conditionsOf } from './list-conditions.ts'
import { firstWithWords, type Selection } from './list-words.ts'
import { readNames } from './names.ts'
import { clocksOf } from './clocks.ts'
import { incidentOf, type IncidentRow, selectIncidents } from './queries.ts'

/** A stretch of a list, ordered by one moment: what one index can give in order. */
interface Stretch {
  readonly column: 'updated_at' | 'opened_at' | 'due_at'
  readonly direction: 'asc' | 'desc'
  readonly only?: Condition
}

const lastUpdated = { column: 'updated_at', direction: 'desc' } as const

/**
 * Each order as its stretches, one after the other. A list by due moment ends with what has none, the last updated first:
 * in one statement with `nulls last` its key would need an `or`, which no index answers in order.
 */
const orders: Readonly<Record<Sorting, readonly Stretch[]>> = {
  '-updatedAt': [lastUpdated],
  updatedAt: [{ column: 'updated_at', direction: 'asc' }],
  '-openedAt': [{ column: 'opened_at', direction: 'desc' }],
  openedAt: [{ column: 'opened_at', direction: 'asc' }],
  dueAt: [
    { column: 'due_at', direction: 'asc', only: sql`incident.due_at is not null` },
    { ...lastUpdated, only: sql`incident.due_at is null` },
  ],
  priority: priorities.map((each) => ({ ...lastUpdated, only: sql`incident.priority = ${sql.lit(each)}` })),
}

/** A page of a list in its order; `limit` may be larger than what a request may ask for. */
export async function listIncidents(
  context: Context,
  filter: IncidentFilter,
): Promise<{ items: Incident[]; nextCursor: string | null }> {
  const { db, now } = context
  const { sort, limit, cursor } = filter
  const { conditions, words } = await conditionsAndWords(context, filter)
  const [begun = 0, ...after] = keyOf(cursor, ['number', 'moment', 'id']) ?? []
  const stretches = orders[sort]
  const first = sort === 'dueAt' && isOver(filter.state) ? 1 : 0
  // What is due is open: said once more, it would only lead away from the order of the index.
  const ofDue =
    sort === 'dueAt' && filter.state === 'open'
      ? (await conditionsAndWords(context, { ...filter, state: undefined })).conditions
      : conditions
  const rows: (Awaited<ReturnType<typeof readStretch>>[number] & { readonly stretch: number })[] = []
  for (let index = Math.max(first, Number(begun)); index < stretches.length && rows.length <= limit; index++) {
    const read = await readStretch(context, stretches[index]!, {
      name: words === null || cursor !== undefined ? null : nameOf(context, filter, index),
      conditions: index === 0 ? ofDue : conditions,
      words,
      after: index === begun ? after : [],
      limit: limit + 1 - rows.length,
    })
    for (const row of read) rows.push({ ...row, stretch: index })
  }
  const page = pageFrom(rows, limit, ({ stretch, sortKey, id }) => [stretch, sortKey, id])
  const ids = page.items.map(({ id }) => id)
  const [names, clocks] = await together([readNames(context, page.items), clocksOf(db, ids, now)] as const)
  const items = page.items.map((row) => incidentOf(row, names, clocks.get(row.id) ?? []))
  return { items, nextCursor: page.nextCursor }
}

/** Of whose list it is, and of which: what one person finds says nothing about what another does, unless both see all. */
function nameOf(
  { actor }: Context,
  { cursor: _cursor, limit: _limit, ...asked }: IncidentFilter,
  stretch: number,
): string {
  return JSON.stringify([actor.access === 'staff' ? 'staff' : actor.personId, stretch, asked])
}

/** Nothing is due of what is over: there is no need to look through all that is due to find none of it. */
function isOver(state: IncidentFilter['state']): boolean {
  return state !== undefined && state !== 'open' && !openStates.includes(state)
}

interface Wished {
  readonly name: string | null
  readonly conditions: readonly Condition[]
  readonly words: Condition | null
  /** Key of the row before the first: moment and id. */
  readonly after: readonly (string | number)[]
  readonly limit: number
}

async function readStretch(
  context: Context,
  { column, direction, only }: Stretch,
  { name, conditions, words, after, limit }: Wished,
) {
  const key = sql.ref(`incident.${column}`)
  const [beyond, way] = direction === 'desc' ? [sql.raw('<'), sql.raw('desc')] : [sql.raw('>'), sql.raw('asc')]
  const all = [
    ...conditions,
    ...(only ? [only] : []),
    ...(after.length > 0
      ? [sql<boolean>`(${key}, incident.id) ${beyond} (${after[0]}::timestamptz, ${after[1]}::uuid)`]
      : []),
  ]
  const order = sql`order by ${key} ${way}, incident.id ${way}`
  const selection = selected(context, column)
  if (words !== null)
    return firstWithWords<ListedRow>(context, { name, conditions: all, words, key, beyond, order, limit, ...selection })
  const where = all.length === 0 ? sql`` : sql`where ${sql.join(all, sql` and `)}`
  // Written out, as are states and priorities: what has no values is prepared, and planned for what it says.
  const { rows } = await sql<ListedRow>`
    ${selection.shown} from "incident" ${where} ${order} limit ${sql.lit(limit)}`.execute(context.db)
  return rows
}

type ListedRow = IncidentRow & { readonly sortKey: string }

const selections = new Map<string, Selection>()

/** What is read of the incidents of a list, and the moment that orders it: made once, since it does not depend on the filter. */
function selected({ db, actor }: Pick<Context, 'db' | 'actor'>, column: Stretch['column']): Selection {
  const inside = barredFromInside(actor) === null
  const name = `${column} ${inside}`
  const known = selections.get(name)
  if (known !== undefined) return known
  const columns = selectIncidents(db, inside)
  // The moment as text keeps every digit.
  const moment = sql<string>`${sql.ref(`incident.${column}`)}::text`.as('sortKey')
  const made = { shown: withoutFrom(columns.select(moment)), read: withoutFrom(columns.select('incident.search')) }
  selections.set(name, made)
  return made
}

function withoutFrom(query: Compilable): RawBuilder<unknown> {
  return sql.raw(query.compile().sql.replace(/ from "incident"$/, ''))
}

/** Beyond this a count says only that there are more: it then costs the same with any number of incidents. */
const COUNTED_AT_MOST = 10_000

/** How many a list has, and how many of them are late or on hold. */
export async function countIncidents(context: Context, filter: IncidentCondition) {
  const conditions = await conditionsOf(context, filter)
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
  const { rows } = await sql<{ count: number; late: number; paused: number }>`
    select count(*) as count, count(*) filter (where due_at < ${context.now}) as late,
      count(*) filter (where state = 'on-hold') as paused
    from (select incident.due_at, incident.state from incident ${where} limit ${COUNTED_AT_MOST + 1}) as counted`.execute(
    context.db,
  )
  const { count, late, paused } = rows[0]!
  if (count > COUNTED_AT_MOST) return { count: COUNTED_AT_MOST, more: true, late: null, paused: null }
  return { count, more: false, late, paused }
}

/** How many a list has, and nothing else of them: an index may say it alone. */
export async function countAlike(context: Context, filter: IncidentCondition) {
  const conditions = await conditionsOf(context, filter)
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from incident where ${sql.join(conditions, sql` and `)} limit ${COUNTED_AT_MOST + 1}) as counted`.execute(
    context.db,
  )
  const { count } = rows[0]!
  return { count: Math.min(count, COUNTED_AT_MOST), more: count > COUNTED_AT_MOST }
}

/** How many a figure of a month counts that whoever asks must not know of, and that are in no list of theirs. */
export async function countUntold(
  context: Context,
  { customer, month, what }: UntoldQuery,
): Promise<{ count: number }> {
  const { timeZone: zone } = await requireCustomer(context.db, customer)
  const [from, to] = [`${month}-01`, lastDayOf(month)]
  const period = {
    opened: { openedFrom: from, openedTo: to },
    resolved: { resolvedFrom: from, resolvedTo: to },
    backlog: { openOn: to },
  }[what]
  const conditions = [isUntold(sql`incident.id`), ...(await conditionsOf(context, { customer, zone, ...period }))]
  const { rows } = await counting(context.db, () =>
    sql<{ count: number }>`select count(*) from incident where ${sql.join(conditions, sql` and `)}`.execute(context.db),
  )
  return rows[0]!
}

function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
