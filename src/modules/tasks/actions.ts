import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { getIncident } from '#modules/incidents'
import { requirePerson, requireTeam } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import type { ChecklistItem, NewTask, NewTime, Task, TaskChange, TimeEntry } from './api.ts'
import { nextTaskStates, type TaskKind, type TaskState, travelMinutesAt } from './task.ts'
import { checklistOf, requireTask, timeOf } from './queries.ts'

interface Subject {
  readonly incidentId: string
  readonly customerId: string
}

async function subjectOf(context: Context, idOrNumber: string): Promise<Subject> {
  require(barredFromWorking(context.actor))
  const { id, customer } = await getIncident(context, idOrNumber)
  return { incidentId: id, customerId: customer.id }
}

/** In the history of the incident, for the provider's eyes. */
async function tell(
  context: Context,
  { incidentId, customerId }: Subject,
  kind: `incident.${string}`,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const about = { subjectType: 'incident', subjectId: incidentId, customerId } as const
  await record(context, { ...about, kind, facts })
  await audit(context, { action: kind, ...about, facts })
}

/** The columns of what is given. Throws when it is for nobody that we know, or ends before it begins. */
async function columnsOf(
  { db }: Context,
  { title, kind, team, person, dueAt, appointment, travelMinutes, parts }: Omit<TaskChange, 'state' | 'failedFor'>,
) {
  if (appointment && appointment.to <= appointment.from)
    throw invalid('task.appointment-order', {}, { errors: [{ path: 'appointment.to', message: '' }] })
  if (person) {
    const { customerId } = await requirePerson(db, person)
    if (customerId !== null) throw invalid('task.person-inside', {}, { errors: [{ path: 'person', message: '' }] })
  }
  return {
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { kind }),
    ...(travelMinutes !== undefined && { travelMinutes }),
    ...(parts !== undefined && { parts: JSON.stringify(parts) }),
    ...(team !== undefined && { teamId: team === null ? null : (await requireTeam(db, team)).id }),
    ...(person !== undefined && { personId: person }),
    ...(dueAt !== undefined && { dueAt }),
    ...(appointment !== undefined && {
      appointmentFrom: appointment?.from ?? null,
      appointmentTo: appointment?.to ?? null,
      appointmentZone: appointment?.zone ?? null,
    }),
  }
}

/** Adds a task to an incident. */
export async function addTask(context: Context, idOrNumber: string, given: NewTask): Promise<Task> {
  const { db, now } = context
  const subject = await subjectOf(context, idOrNumber)
  // An appointment is somebody going there, unless it is said otherwise.
  const kind = given.kind ?? (given.appointment ? 'field' : 'remote')
  const columns = await columnsOf(context, { ...given, kind })
  const id = newId(now.getTime())
  await db
    .insertInto('incidentTask')
    .values({ id, ...subject, ...columns, title: given.title, createdAt: now })
    .execute()
  const { title, appointment } = given
  await tell(context, subject, 'incident.task-added', { task: id, title, ...(appointment && { appointment }) })
  return requireTask(db, id)
}

/** Changes what is given; a state is told as what it is. */
export async function changeTask(
  context: Context,
  id: string,
  version: number,
  { state, failedFor, ...given }: TaskChange,
): Promise<Task> {
  require(barredFromWorking(context.actor))
  const { db } = context
  const kept = await db.selectFrom('incidentTask').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (kept === undefined) throw notFound('task.not-found')
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const columns = await columnsOf(context, given)
  const moved = state !== undefined && state !== kept.state
  const kind = given.kind ?? (kept.kind as TaskKind)
  const moving = moved ? stepOf(context, { ...kept, ...columns, kind }, state, failedFor) : {}
  if (!moved && kept.state === 'en-route' && kind !== 'field') throw refused('task.not-there')
  await db
    .updateTable('incidentTask')
    .set({
      ...moving,
      ...columns,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  const title = given.title ?? kept.title
  if (moved) {
    const why = failedFor === undefined ? {} : { reason: failedFor }
    await tell(context, kept, 'incident.task-state', { task: id, title, from: kept.state, to: state, ...why })
  }
  // The way there and what was used are told with the end of it.
  const { travelMinutes: _way, parts: _parts, ...besides } = columns
  if (Object.keys(moved ? besides : columns).length > 0) {
    const { appointment } = given
    await tell(context, kept, 'incident.task-changed', { task: id, title, ...(appointment && { appointment }) })
  }
  return requireTask(db, id)
}

interface Moved {
  readonly departedAt: Date | null
  readonly travelMinutes: number | null
  readonly kind: TaskKind
  readonly state: string
  readonly personId: string | null
  readonly acceptedAt: Date | null
  readonly startedAt: Date | null
}

/** The columns of a step into another state. Throws when there is none, and when it failed and nobody says why. */
function stepOf({ now, actor }: Context, task: Moved, to: TaskState, failedFor: string | undefined) {
  const from = task.state as TaskState
  if (!nextTaskStates(task.kind, from).includes(to)) {
    const plain = (state: TaskState) => state.replace('-', '_')
    throw refused('task.cannot', { state: plain(from), to: plain(to) })
  }
  if (to === 'failed' && failedFor === undefined)
    throw invalid('task.reason-needed', {}, { errors: [{ path: 'failedFor', message: '' }] })
  const over = {
    state: to,
    doneAt: to === 'done' ? now : null,
    failedAt: to === 'failed' ? now : null,
    failedFor: to === 'failed' ? failedFor! : null,
  }
  if (to === 'open') return { ...over, acceptedAt: null, departedAt: null, startedAt: null }
  // Whoever takes the first step of what is nobody's has it.
  const takes = to === 'accepted' || to === 'en-route' || to === 'started'
  const personId = takes && task.personId === null ? actor.personId : task.personId
  const begins = to === 'started' || (to === 'done' && task.startedAt === null)
  return {
    ...over,
    personId,
    ...(takes && { acceptedAt: task.acceptedAt ?? now }),
    ...(to === 'en-route' && { departedAt: now }),
    ...(begins && { startedAt: now, travelMinutes: travelMinutesAt(task, now) }),
  }
}

/** Adds items to the checklist, in their order. */
export async function addChecklist(
  context: Context,
  idOrNumber: string,
  items: readonly string[],
): Promise<{ items: ChecklistItem[] }> {
  const { db, now } = context
  const subject = await subjectOf(context, idOrNumber)
  const rows = items.map((text) => ({ id: newId(now.getTime()), ...subject, text, createdAt: now }))
  await db.insertInto('checklistItem').values(rows).execute()
  await tell(context, subject, 'incident.checklist-added', { count: items.length, text: items[0] })
  const added = new Set(rows.map(({ id }) => id))
  return { items: (await checklistOf(db, subject.incidentId)).filter(({ id }) => added.has(id)) }
}

/** Says that an item is done, or not after all. */
export async function tickItem(context: Context, id: string, version: number, done: boolean): Promise<ChecklistItem> {
  const { db, now } = context
  const kept = await lockItem(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const changed = await db
    .updateTable('checklistItem')
    .set({ doneAt: done ? now : null, version: version + 1 })
    .where('id', '=', id)
    .returning(['id', 'text', 'doneAt', 'version'])
    .executeTakeFirstOrThrow()
  await tell(context, kept, done ? 'incident.checklist-done' : 'incident.checklist-undone', { text: kept.text })
  return changed
}

export async function removeItem(context: Context, id: string): Promise<null> {
  const kept = await lockItem(context, id)
  await context.db.deleteFrom('checklistItem').where('id', '=', id).execute()
  await tell(context, kept, 'incident.checklist-removed', { text: kept.text })
  return null
}

async function lockItem({ db, actor }: Context, id: string) {
  require(barredFromWorking(actor))
  const row = await db
    .selectFrom('checklistItem')
    .select(['incidentId', 'customerId', 'text', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('checklist-item.not-found')
  return row
}

/**
 * Books time that the caller spent. The history tells that somebody did, not how much: that is for them and for who leads
 * them (DOMAIN §5.5), and a history is read by everybody who works on it.
 */
export async function bookTime(context: Context, idOrNumber: string, given: NewTime): Promise<TimeEntry> {
  const { db, now, actor } = context
  const subject = await subjectOf(context, idOrNumber)
  if (actor.personId === null) throw new Failure('forbidden', 'may.session')
  // Wherever somebody is, their day begins at most fourteen hours before ours.
  if (Date.parse(given.day) > now.getTime() + 14 * 3_600_000)
    throw invalid('time.not-yet', {}, { errors: [{ path: 'day', message: '' }] })
  const id = newId(now.getTime())
  await db
    .insertInto('timeEntry')
    .values({ id, ...subject, personId: actor.personId, ...given, createdAt: now })
    .execute()
  await tell(context, subject, 'incident.time-booked', {})
  return (await timeOf(context, subject.incidentId)).find((each) => each.id === id)!
}

/** Takes away what the caller booked; that of somebody whom they lead is not theirs to take. */
export async function removeTime(context: Context, id: string): Promise<null> {
  require(barredFromWorking(context.actor))
  const { db, actor } = context
  const kept = await db
    .deleteFrom('timeEntry')
    .where('id', '=', id)
    .where('personId', '=', actor.personId)
    .returning(['incidentId', 'customerId'])
    .executeTakeFirst()
  if (kept === undefined) throw notFound('time-entry.not-found')
  await tell(context, kept, 'incident.time-removed', {})
  return null
}
