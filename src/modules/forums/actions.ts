import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { isZone } from '#core/zone.ts'
import { requireCustomer } from '#modules/customers'
import { requirePerson } from '#modules/people'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Forum, ForumChange, NewForum, RunInFull, RunRecord } from './api.ts'
import { barredFromConvening, barredFromRecording } from './may.ts'
import { planAnew } from './plan.ts'
import { readForum } from './queries.ts'
import { readRun } from './run-queries.ts'

/** Sets up a forum and plans its meetings ahead. */
export async function addForum(context: Context, asked: NewForum): Promise<Forum> {
  const { db, now, actor } = context
  require(barredFromConvening(actor))
  const { customer, supplier, chair, members, ...given } = asked
  // Whoever works for some customers makes no forum over all.
  if (customer === undefined && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  requireZone(given.timeZone)
  const supplierId = supplier ?? null
  if (supplierId !== null) await requireSupplier(db, supplierId)
  const chairId = chair ?? actor.personId
  for (const person of [...(chairId === null ? [] : [chairId]), ...members])
    await requireInvited(context, { customerId, supplierId }, person)
  const id = newId(now.getTime())
  await db
    .insertInto('forum')
    .values({ id, customerId, supplierId, chairId, createdAt: now, ...given })
    .execute()
  await setMembers(context, { id, customerId }, members)
  await planAnew(context, id)
  await audit(context, { action: 'forum.added', subjectType: 'forum', subjectId: id, customerId })
  return readForum(context, id)
}

const rhythm = ['weekdays', 'weeks', 'nth', 'months', 'startsOn', 'atMinute', 'timeZone'] as const

/** Changes what is given. A new rhythm plans what is to come anew; an end takes away what was planned after it. */
export async function changeForum(
  context: Context,
  id: string,
  version: number,
  { supplier, chair, members, ended, ...change }: ForumChange,
): Promise<Forum> {
  const { db, now } = context
  require(barredFromConvening(context.actor))
  const kept = await db
    .selectFrom('forum')
    .select(['id', 'customerId', 'supplierId', 'version', 'endedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (kept === undefined) throw notFound('forum.not-found')
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (kept.endedAt !== null) throw refused('forum.over')
  if (change.timeZone !== undefined) requireZone(change.timeZone)
  const supplierId = supplier === undefined ? kept.supplierId : supplier
  if (supplierId !== null && supplierId !== kept.supplierId) await requireSupplier(db, supplierId)
  for (const person of [...(chair === undefined ? [] : [chair]), ...(members ?? [])])
    await requireInvited(context, { customerId: kept.customerId, supplierId }, person)
  await db
    .updateTable('forum')
    .set({
      ...change,
      supplierId,
      ...(chair !== undefined && { chairId: chair }),
      ...(ended && { endedAt: now }),
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  if (members !== undefined) await setMembers(context, kept, members)
  if (ended || rhythm.some((part) => change[part] !== undefined)) await planAnew(context, id)
  const { customerId } = kept
  await audit(context, { action: 'forum.changed', subjectType: 'forum', subjectId: id, customerId, facts: change })
  return readForum(context, id)
}

/** Writes down what became of a meeting; as often as there is something to add. */
export async function recordRun(
  context: Context,
  id: string,
  version: number,
  { state, beganAt, endedAt, present, minutes, reason }: RunRecord,
): Promise<RunInFull> {
  const { db, now, actor } = context
  require(barredFromRecording(actor))
  const kept = await db.selectFrom('forumRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (kept === undefined) throw notFound('forum-run.not-found')
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const held = state === 'held'
  if (!held && reason === undefined)
    throw invalid('action.why-needed', {}, { errors: [{ path: 'reason', message: '' }] })
  const began = beganAt ?? kept.beganAt ?? kept.plannedAt
  if (held && began > now) throw refused('forum-run.not-yet')
  const ended = endedAt ?? kept.endedAt
  if (held && ended !== null && ended < began) {
    throw invalid('forum-run.order', {}, { errors: [{ path: 'endedAt', message: '' }] })
  }
  const { supplierId } = await db
    .selectFrom('forum')
    .select('supplierId')
    .where('id', '=', kept.forumId)
    .executeTakeFirstOrThrow()
  for (const person of present ?? []) await requireInvited(context, { ...kept, supplierId }, person)
  await db
    .updateTable('forumRun')
    .set({
      state,
      beganAt: held ? began : null,
      endedAt: held ? ended : null,
      reason: held ? null : reason!,
      ...(minutes !== undefined && { minutes: minutes === '' ? null : minutes }),
      recordedBy: actor.personId,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  if (present !== undefined || !held) {
    await db.deleteFrom('forumAttendance').where('runId', '=', id).execute()
    const there = held ? [...new Set(present)] : []
    if (there.length > 0) {
      const { customerId } = kept
      await db
        .insertInto('forumAttendance')
        .values(there.map((personId) => ({ runId: id, personId, customerId })))
        .execute()
    }
  }
  const about = { subjectType: 'forum-run', subjectId: id, customerId: kept.customerId }
  await audit(context, { action: 'forum-run.recorded', ...about, facts: { state } })
  return readRun(context, id)
}

async function setMembers(
  { db }: Context,
  { id, customerId }: { readonly id: string; readonly customerId: string | null },
  members: readonly string[],
): Promise<void> {
  await db.deleteFrom('forumMember').where('forumId', '=', id).execute()
  const chosen = [...new Set(members)]
  if (chosen.length === 0) return
  await db
    .insertInto('forumMember')
    .values(chosen.map((personId) => ({ forumId: id, personId, customerId })))
    .execute()
}

/** One of ours, of the forum's customer, or of the supplier that it governs. */
async function requireInvited(
  { db }: Context,
  { customerId, supplierId }: { readonly customerId: string | null; readonly supplierId: string | null },
  personId: string,
): Promise<void> {
  const person = await requirePerson(db, personId)
  if (person.customerId !== null && person.customerId !== customerId) throw invalid('forum.member-elsewhere')
  const theirs = await db.selectFrom('supplierPerson').select('supplierId').where('personId', '=', personId).execute()
  const isElsewhere = theirs.length > 0 && theirs.every((each) => each.supplierId !== supplierId)
  if (isElsewhere) throw invalid('forum.member-elsewhere')
}

async function requireSupplier(db: Db, id: string): Promise<void> {
  const row = await db.selectFrom('supplier').select('id').where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('supplier.not-found')
}

function requireZone(zone: string): void {
  if (!isZone(zone)) throw invalid('zone.unknown', { zone }, { errors: [{ path: 'timeZone', message: '' }] })
}
