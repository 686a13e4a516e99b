import { type Compilable, type ExpressionBuilder, type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { barredFromInside } from '#core/may.ts'
import { notFound } from '#core/failure.ts'
import { agreementsOfClocks, agreementsOfRunning, type ClockView, clockView, inOrder } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { inserting } from '#platform/insert.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { together } from '#platform/database.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { HistoryEntry, Incident, IncidentPage } from './api.ts'
import { type Names, readNamesOf } from './names.ts'
import { clockFacts, type IncidentFact } from './clock-events.ts'

const facts = [
  'incident.id',
  'incident.number',
  'incident.sourceKey',
  'incident.source',
  'incident.customerId',
  'incident.title',
  'incident.state',
  'incident.pauseReason',
  'incident.priority',
  'incident.impact',
  'incident.urgency',
  'incident.category',
  'incident.channel',
  'incident.siteId',
  'incident.serviceId',
  'incident.requesterId',
  'incident.occurredAt',
  'incident.openedAt',
  'incident.respondedAt',
  'incident.resolvedAt',
  'incident.closedAt',
  'incident.updatedAt',
  'incident.dueAt',
  'incident.reopenCount',
  'incident.reportedMet',
  'incident.version',
] as const

/** Incidents by their own columns; who works on them only for the provider. Names are read beside (`readNames`). */
export function selectIncidents({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  const inside = barredFromInside(actor) === null
  return db
    .selectFrom('incident')
    .select(facts)
    .$if(inside, (query) => query.select(['incident.teamId', 'incident.assigneeId']))
}

export type IncidentRow = Awaited<ReturnType<ReturnType<typeof selectIncidents>['execute']>>[number]

/** Its id, its number or its number at its source. */
function isMeantBy(idOrNumber: string) {
  return (where: ExpressionBuilder<DB, 'incident'>) =>
    looksLikeId(idOrNumber)
      ? where('incident.id', '=', idOrNumber)
      : where.or([where('incident.number', '=', idOrNumber), where('incident.sourceKey', '=', idOrNumber)])
}

/** The incident of that id, number or number at its source. Throws when there is none in sight. */
export async function getIncident(context: Context, idOrNumber: string): Promise<IncidentPage> {
  const beside = (id: string) => together([readNamesOf(context, id), clocksOfOne(context, id)] as const)
  // By its id all can be asked for at once, and none of it is told where the incident itself is not in sight.
  const asked = looksLikeId(idOrNumber) ? beside(idOrNumber) : null
  const finding = selectIncidents(context)
    .select(['incident.description', 'incident.resolution', 'incident.resumeAt'])
    .$if(barredFromInside(context.actor) === null, (query) =>
      query.select(['incident.priorityReason', 'incident.hopCount', 'incident.misrouteCount']),
    )
    .where(isMeantBy(idOrNumber))
    .orderBy('incident.id')
    .executeTakeFirst()
  const [row, read] = await together([finding, asked])
  if (!row) throw notFound('incident.not-found', { incident: idOrNumber })
  const [names, clocks] = read ?? (await beside(row.id))
  const { description, resolution, resumeAt, priorityReason = null, hopCount: hops = null, ...rest } = row
  const { misrouteCount: misroutes = null, ...own } = rest
  const incident = incidentOf(own, names, clocks)
  return { ...incident, description, resolution, resumeAt, priorityReason, hops, misroutes }
}

/** What its history is found by, of the incident of that id, number or number at its source. Throws when there is none in sight. */
export async function findIncident(
  { db }: Pick<Context, 'db'>,
  idOrNumber: string,
): Promise<Pick<Incident, 'id' | 'openedAt'>> {
  const row = await db
    .selectFrom('incident')
    .select(['incident.id', 'incident.openedAt'])
    .where(isMeantBy(idOrNumber))
    .orderBy('incident.id')
    .executeTakeFirst()
  if (!row) throw notFound('incident.not-found', { incident: idOrNumber })
  return row
}

/** An incident's own columns, locked until the transaction ends, so that two who act on it take turns. */
export async function lockIncident(db: Db, idOrNumber: string) {
  const row = await db
    .selectFrom('incident')
    .selectAll()
    .where((where) =>
      looksLikeId(idOrNumber) ? where('incident.id', '=', idOrNumber) : where('incident.number', '=', idOrNumber),
    )
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('incident.not-found', { incident: idOrNumber })
  return row
}

/**
 * Keeps an incident in sight until the transaction ends although it goes to another team, for those who see what their own
 * team has (db/migrations/0029_team_parts.sql).
 */
export async function keepInSight(db: Db, incidentId: string): Promise<void> {
  await sql`select set_config('plumbline.handed', ${incidentId}, true)`.execute(db)
}

/** The statement that writes new incidents. */
export function writeIncidents(rows: readonly Insertable<DB['incident']>[]): Compilable {
  return inserting('incident', rows)
}

export async function updateIncident(db: Db, id: string, change: Updateable<DB['incident']>): Promise<void> {
  await db
    .updateTable('incident')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('incident.id', '=', id)
    .execute()
}

function selectClocks(db: Db) {
  return db
    .selectFrom('clock')
    .select([
      'id',
      'incidentId',
      'agreementVersionId',
      'calendarVersionId',
      'metric',
      'state',
      'startedAt',
      'dueAt',
      'stoppedAt',
      'breachedAt',
      'targetMs',
      'elapsedMs',
      'runningSince',
      'gapsMet',
      'gapsFailed',
    ])
}

/** Clocks of one incident as they stand now, the response first. */
async function clocksOfOne({ db, now }: Pick<Context, 'db' | 'now'>, incidentId: string): Promise<ClockView[]> {
  const [rows, promised] = await together([
    selectClocks(db).where('clock.incidentId', '=', incidentId).execute(),
    agreementsOfRunning(db, incidentId),
  ])
  const running = rows.filter(({ runningSince }) => runningSince !== null)
  // Between the two statements one may have stopped.
  const isComplete = running.every((row) => promised(row) !== null)
  const of = isComplete ? promised : (await agreementsOfClocks(db, running)).of
  return inOrder(rows.map((row) => clockView(row, row.runningSince === null ? null : of(row), now)))
}

/** Clocks of several incidents as they stand at `now`, the response first. */
export async function clocksOf(db: Db, incidentIds: readonly string[], now: Date): Promise<Map<string, ClockView[]>> {
  const clocks = new Map<string, ClockView[]>()
  if (incidentIds.length === 0) return clocks
  const rows = await selectClocks(db)
    .where(sql<boolean>`clock.incident_id = any(${incidentIds}::uuid[])`)
    .execute()
  const agreements = await agreementsOfClocks(
    db,
    rows.filter(({ runningSince }) => runningSince !== null),
  )
  for (const row of rows) {
    const of = clocks.get(row.incidentId) ?? []
    of.push(clockView(row, row.runningSince === null ? null : agreements.of(row), now))
    clocks.set(row.incidentId, of)
  }
  for (const [incidentId, of] of clocks) if (of.length > 1) clocks.set(incidentId, inOrder(of))
  return clocks
}

export function incidentOf(row: IncidentRow, names: Names, clocks: ClockView[]): Incident {
  const { sourceKey, ...own } = row
  return {
    ...own,
    sourceNumber: sourceKey,
    impact: row.impact as Incident['impact'],
    urgency: row.urgency as Incident['urgency'],
    // Whoever sees an incident sees its customer.
    customer: names.zoned(row.customerId)!,
    site: names.zoned(row.siteId),
    service: names.of(row.serviceId),
    team: names.of(row.teamId),
    assignee: names.of(row.assigneeId),
    requester: names.of(row.requesterId),
    clocks,
  }
}

/** Whether those affected by an incident were promised another message. */
export async function owesUpdate(db: Db, incidentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('clock')
    .select('id')
    .where('incidentId', '=', incidentId)
    .where('metric', '=', 'next-update')
    .where('stoppedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Nothing that is told of an incident lies further back from its opening: so few months need be looked into. */
const TOLD_BEFORE_MS = 366 * 86_400_000

/** What happened to an incident, the oldest first; the customer's role reads what is public, and not who did it. */
export async function readTimeline(
  context: Context,
  incident: Pick<Incident, 'id' | 'openedAt'>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: HistoryEntry[]; nextCursor: string | null }> {
  const { db, actor } = context
  const after = keyOf(cursor, ['moment', 'number', 'id'])
  const inside = barredFromInside(actor) === null
  const rows = await db
    .selectFrom('history')
    .select([
      'history.id',
      'history.kind',
      'history.occurredAt',
      'history.recordedAt',
      'history.facts',
      'history.visibility',
      'history.sequence',
    ])
    .select(sql<string>`history.occurred_at::text`.as('key'))
    .$if(inside, (query) =>
      query
        .leftJoin('person', 'person.id', 'history.actorId')
        .leftJoin('ruleRun', 'ruleRun.id', 'history.causeId')
        .select(['person.name as actor', 'ruleRun.ruleId', 'ruleRun.ruleName', 'ruleRun.number as ruleNumber']),
    )
    .where('history.subjectId', '=', incident.id)
    .where('history.subjectType', '=', 'incident')
    .where('history.occurredAt', '>=', new Date(incident.openedAt.getTime() - TOLD_BEFORE_MS))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(history.occurred_at, history.sequence, history.id) > (${after![0]}::timestamptz, ${after![1]}, ${after![2]}::uuid)`,
      ),
    )
    .orderBy('history.occurredAt')
    .orderBy('history.sequence')
    .orderBy('history.id')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, sequence, id }) => [key, sequence, id])
  return {
    items: items.map(({ id, kind, occurredAt, recordedAt, visibility, facts: told, actor: who, ...of }) => ({
      id,
      kind,
      occurredAt,
      recordedAt,
      actor: who ?? null,
      visibility: visibility as HistoryEntry['visibility'],
      // Whom a note calls up is the provider's affair, whatever it says.
      facts: inside ? (told as Record<string, unknown>) : withoutMentions(told as Record<string, unknown>),
      ...(of.ruleId && { rule: { id: of.ruleId, name: of.ruleName!, number: of.ruleNumber! } }),
    })),
    nextCursor,
  }
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
