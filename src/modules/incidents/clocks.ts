import { sql } from 'kysely'
import { agreementsOfClocks, agreementsOfRunning, type ClockView, clockView, inOrder } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import { statement } from '#platform/statement.ts'

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

const clocksOfIncident = statement((db, { incidentId }: { readonly incidentId: string }) =>
  selectClocks(db).where('clock.incidentId', '=', incidentId),
)

const clocksOfIncidents = statement((db, { incidentIds }: { readonly incidentIds: readonly string[] }) =>
  selectClocks(db).where(sql<boolean>`clock.incident_id = any(${incidentIds}::uuid[])`),
)

/** Clocks of one incident as they stand now, the response first. */
export async function clocksOfOne({ db, now }: Pick<Context, 'db' | 'now'>, incidentId: string): Promise<ClockView[]> {
  const [rows, promised] = await together([clocksOfIncident(db, { incidentId }), agreementsOfRunning(db, incidentId)])
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
  const rows = await clocksOfIncidents(db, { incidentIds })
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
