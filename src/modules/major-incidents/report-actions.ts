import { Failure, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import type { z } from 'zod'
import { readActions } from './actions-query.ts'
import type { addMajorAction as addEndpoint, changeMajorAction as changeEndpoint, MajorAction } from './api.ts'
import { followUpDays, followUpDueAt } from './follow-up.ts'
import { barredFromLeading } from './may.ts'
import { requireColleague } from './people-of.ts'
import { lockMajorIncident, readMajorIncident, updateMajorIncident } from './queries.ts'
import type { ReportSection } from './report-parts.ts'

async function leading(context: Context, id: string) {
  const major = await readMajorIncident(context, id)
  require(barredFromLeading(context.actor, major))
  return major
}

/** Keeps what was written into a section, unless somebody else wrote there since `version`; 0 is a section without words. */
export async function writeReportText(
  context: Context,
  { id, section }: { readonly id: string; readonly section: ReportSection },
  version: number,
  { language, text }: { readonly language: Language; readonly text: string },
): Promise<{ version: number; updatedAt: Date }> {
  const { db, now } = context
  const { customer } = await leading(context, id)
  await lockMajorIncident(db, id)
  const before = await db
    .selectFrom('majorIncidentText')
    .select('version')
    .where('majorIncidentId', '=', id)
    .where('language', '=', language)
    .where('section', '=', section)
    .executeTakeFirst()
  if ((before?.version ?? 0) !== version) throw new Failure('moved-on', 'request.moved-on')
  await db
    .insertInto('majorIncidentText')
    .values({ majorIncidentId: id, customerId: customer.id, language, section, text, updatedAt: now })
    .onConflict((conflict) =>
      conflict
        .columns(['majorIncidentId', 'language', 'section'])
        .doUpdateSet({ text, updatedAt: now, version: version + 1 }),
    )
    .execute()
  return { version: version + 1, updatedAt: now }
}

/** Says that the full report was given to whom it is for; again, when a later one was. */
export async function issueReport(context: Context, id: string): Promise<{ issuedAt: Date }> {
  const { customer, reportIssuedAt } = await leading(context, id)
  const about = { subjectType: 'major-incident', subjectId: id, customerId: customer.id } as const
  await record(context, { ...about, kind: 'major-incident.report-issued' })
  await audit(context, { action: 'major-incident.report-issued', ...about })
  await updateMajorIncident(context, id, {
    reportIssuedAt: context.now,
    // Counted from the first one: a later version changes what was said, not when it happened.
    ...(reportIssuedAt === null && { followUpDue: followUpDueAt(context.now, followUpDays[0]) }),
  })
  return { issuedAt: context.now }
}

export async function listMajorActions(context: Context, id: string): Promise<{ items: MajorAction[] }> {
  await readMajorIncident(context, id)
  return { items: await readActions(context.db, id) }
}

export async function addMajorAction(
  context: Context,
  id: string,
  { kind, what, owner = null, due = null, verification = '' }: z.output<typeof addEndpoint.body>,
): Promise<MajorAction> {
  const { db, now } = context
  const { customer } = await leading(context, id)
  const ownerId = owner === null ? null : (await requireColleague(db, owner)).id
  const actionId = newId(now.getTime())
  await db
    .insertInto('majorIncidentAction')
    .values({
      id: actionId,
      customerId: customer.id,
      majorIncidentId: id,
      kind,
      what,
      ownerId,
      due,
      verification,
      createdAt: now,
    })
    .execute()
  await audit(context, {
    action: 'major-incident-action.added',
    subjectType: 'major-incident',
    subjectId: id,
    customerId: customer.id,
  })
  return actionOf(context, id, actionId)
}

export async function changeMajorAction(
  context: Context,
  actionId: string,
  version: number,
  { owner, done, ...change }: z.output<typeof changeEndpoint.body>,
): Promise<MajorAction> {
  const { db, now } = context
  const { majorIncidentId, customerId, doneAt, ...row } = await lockAction(context, actionId)
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (owner) await requireColleague(db, owner)
  await db
    .updateTable('majorIncidentAction')
    .set({
      ...change,
      ...(owner !== undefined && { ownerId: owner }),
      ...(done !== undefined && { doneAt: done ? (doneAt ?? now) : null }),
      version: version + 1,
    })
    .where('id', '=', actionId)
    .execute()
  await audit(context, {
    action: 'major-incident-action.changed',
    subjectType: 'major-incident',
    subjectId: majorIncidentId,
    customerId,
  })
  return actionOf(context, majorIncidentId, actionId)
}

export async function removeMajorAction(context: Context, actionId: string): Promise<void> {
  const { majorIncidentId, customerId } = await lockAction(context, actionId)
  await context.db.deleteFrom('majorIncidentAction').where('id', '=', actionId).execute()
  await audit(context, {
    action: 'major-incident-action.removed',
    subjectType: 'major-incident',
    subjectId: majorIncidentId,
    customerId,
  })
}

async function lockAction(context: Context, actionId: string) {
  const row = await context.db
    .selectFrom('majorIncidentAction')
    .select(['majorIncidentId', 'customerId', 'doneAt', 'version'])
    .where('id', '=', actionId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('major-incident-action.not-found')
  await leading(context, row.majorIncidentId)
  return row
}

async function actionOf({ db }: Context, id: string, actionId: string): Promise<MajorAction> {
  const found = (await readActions(db, id)).find((each) => each.id === actionId)
  if (found === undefined) throw notFound('major-incident-action.not-found')
  return found
}
