import { sql } from 'kysely'
import { agreementsOfClocks, agreementsOfRunning, type ClockView, clockView, inOrder } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import { ofOneOrMany } from '#platform/statement.ts'

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

const clocksOfIncidents = ofOneOrMany((db, isMeant) => selectClocks(db).where(isMeant(sql`clock.incident_id`)))

/** Clocks of some incidents as they stand at `now`, the response first; in one trip to the database. */
export async function clocksOf(db: Db, incidentIds: readonly string[], now: Date): Promise<Map<string, ClockView[]>> {
  const clocks = new Map<string, ClockView[]>()
  if (incidentIds.length === 0) return clocks
  const [rows, promised] = await together([
    clocksOfIncidents(db, incidentIds),
    agreementsOfRunning(db, incidentIds),
  ] as const)
  const running = rows.filter(({ runningSince }) => runningSince !== null)
  // Between the two statements one may have begun.
  const isComplete = running.every((row) => promised(row) !== null)
  const agreementOf = isComplete ? promised : (await agreementsOfClocks(db, running)).of
  for (const row of rows) {
    const of = clocks.get(row.incidentId) ?? []
    of.push(clockView(row, row.runningSince === null ? null : agreementOf(row), now))
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
