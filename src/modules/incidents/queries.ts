import { type Compilable, type ExpressionBuilder, type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { barredFromInside } from '#core/may.ts'
import { notFound } from '#core/failure.ts'
import type { ClockView } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { inserting } from '#platform/insert.ts'
import { together } from '#platform/database.ts'
import { statement } from '#platform/statement.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { Confidence, Detection, Incident, IncidentPage } from './api.ts'
import { clocksOf } from './clocks.ts'
import { type Names, readNamesOf } from './names.ts'

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
  'incident.resolutionCode',
  'incident.concernsPrivacy',
  'incident.concernsSecurity',
  'incident.reopenCount',
  'incident.reportedMet',
  'incident.version',
] as const

/** Incidents by their own columns; who works on them only for those inside. Names are read beside (`readNames`). */
export function selectIncidents(db: Db, inside: boolean) {
  return db
    .selectFrom('incident')
    .select(facts)
    .$if(inside, (query) => query.select(['incident.teamId', 'incident.assigneeId']))
}

export type IncidentRow = Awaited<ReturnType<ReturnType<typeof selectIncidents>['execute']>>[number]

/** By what an incident is asked for: its id, or its number here or at its source. */
interface Meant {
  readonly idOrNumber: string
}

function isMeantBy({ idOrNumber }: Meant, byId: boolean) {
  return (where: ExpressionBuilder<DB, 'incident'>) =>
    byId
      ? where('incident.id', '=', idOrNumber)
      : where.or([where('incident.number', '=', idOrNumber), where('incident.sourceKey', '=', idOrNumber)])
}

function wholeIncident({ inside, byId }: { readonly inside: boolean; readonly byId: boolean }) {
  return statement((db, meant: Meant) =>
    selectIncidents(db, inside)
      .select([
        'incident.description',
        'incident.resolution',
        'incident.workaround',
        'incident.detection',
        'incident.detectedAt',
        'incident.onBehalfOf',
        'incident.resumeAt',
        'incident.closesAt',
      ])
      .$if(inside, (query) =>
        query.select([
          'incident.priorityReason',
          'incident.causedByChange',
          'incident.hopCount',
          'incident.misrouteCount',
        ]),
      )
      .where(isMeantBy(meant, byId))
      .orderBy('incident.id'),
  )
}

/** For the provider's people and for a customer's. */
const byId = {
  inside: wholeIncident({ inside: true, byId: true }),
  outside: wholeIncident({ inside: false, byId: true }),
}
const byNumber = {
  inside: wholeIncident({ inside: true, byId: false }),
  outside: wholeIncident({ inside: false, byId: false }),
}

/** The incident of that id, number or number at its source. Throws when there is none in sight. */
export async function getIncident(context: Context, idOrNumber: string): Promise<IncidentPage> {
  const { db, actor, now } = context
  const beside = (id: string) => together([readNamesOf(context, id), clocksOf(db, [id], now)] as const)
  // By its id all can be asked for at once, and none of it is told where the incident itself is not in sight.
  const isId = looksLikeId(idOrNumber)
  const asked = isId ? beside(idOrNumber) : null
  const finding = (isId ? byId : byNumber)[barredFromInside(actor) === null ? 'inside' : 'outside'](db, { idOrNumber })
  const [[row], read] = await together([finding, asked])
  if (!row) throw notFound('incident.not-found', { incident: idOrNumber })
  const [names, clocks] = read ?? (await beside(row.id))
  const {
    description,
    resolution,
    workaround,
    detection,
    detectedAt,
    onBehalfOf,
    resumeAt,
    closesAt,
    priorityReason = null,
    causedByChange = null,
    hopCount: hops = null,
    ...rest
  } = row
  const { misrouteCount: misroutes = null, ...own } = rest
  const incident = incidentOf(own, names, clocks.get(row.id) ?? [])
  const found = { workaround, detection: detection as Detection | null, detectedAt, causedByChange }
  const told = { description, resolution, onBehalfOf, resumeAt, closesAt, priorityReason }
  return { ...incident, ...told, ...found, hops, misroutes }
}

function opening(isId: boolean) {
  return statement((db, meant: Meant) =>
    db
      .selectFrom('incident')
      .select(['incident.id', 'incident.openedAt'])
      .where(isMeantBy(meant, isId))
      .orderBy('incident.id'),
  )
}

const openingById = opening(true)
const openingByNumber = opening(false)

/** What its history is found by, of the incident of that id, number or number at its source. Throws when there is none in sight. */
export async function findIncident(
  { db }: Pick<Context, 'db'>,
  idOrNumber: string,
): Promise<Pick<Incident, 'id' | 'openedAt'>> {
  const [row] = await (looksLikeId(idOrNumber) ? openingById : openingByNumber)(db, { idOrNumber })
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

/** Why only few may know of it; nothing for what everybody in scope may. */
export function confidencesOf({
  concernsPrivacy,
  concernsSecurity,
}: Pick<IncidentRow, 'concernsPrivacy' | 'concernsSecurity'>): Confidence[] {
  return [...(concernsPrivacy ? (['privacy'] as const) : []), ...(concernsSecurity ? (['security'] as const) : [])]
}

export function incidentOf(row: IncidentRow, names: Names, clocks: ClockView[]): Incident {
  const { sourceKey, concernsPrivacy, concernsSecurity, ...own } = row
  return {
    ...own,
    sourceNumber: sourceKey,
    confidential: confidencesOf({ concernsPrivacy, concernsSecurity }),
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
