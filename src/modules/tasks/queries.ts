import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { requireTeam } from '#modules/people'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { ChecklistItem, Part, Task, TasksQuery, TimeEntry, Work } from './api.ts'
import { toDoStates } from './task.ts'

function tasks(db: Db) {
  return db
    .selectFrom('incidentTask')
    .innerJoin('incident', 'incident.id', 'incidentTask.incidentId')
    .innerJoin('customer', 'customer.id', 'incidentTask.customerId')
    .leftJoin('team', 'team.id', 'incidentTask.teamId')
    .leftJoin('person', 'person.id', 'incidentTask.personId')
    .select([
      'incidentTask.id',
      'incidentTask.title',
      'incidentTask.kind',
      'incidentTask.state',
      'incidentTask.dueAt',
      'incidentTask.appointmentFrom',
      'incidentTask.appointmentTo',
      'incidentTask.appointmentZone',
      'incidentTask.acceptedAt',
      'incidentTask.departedAt',
      'incidentTask.startedAt',
      'incidentTask.doneAt',
      'incidentTask.failedAt',
      'incidentTask.failedFor',
      'incidentTask.travelMinutes',
      'incidentTask.parts',
      'incidentTask.version',
      'incident.id as incidentId',
      'incident.number',
      'incident.title as incidentTitle',
      'customer.id as customerId',
      'customer.name as customerName',
      'team.id as teamId',
      'team.name as teamName',
      'person.id as personId',
      'person.name as personName',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof tasks>['execute']>>[number]

function pair(id: string | null, name: string | null) {
  return id === null || name === null ? null : { id, name }
}

function taskOf(row: Row): Task {
  const { acceptedAt, departedAt, startedAt, failedAt, failedFor, travelMinutes } = row
  const { id, title, state, dueAt, doneAt, version, appointmentFrom, appointmentTo, appointmentZone } = row
  return {
    id,
    title,
    dueAt,
    acceptedAt,
    departedAt,
    startedAt,
    doneAt,
    failedAt,
    failedFor,
    travelMinutes,
    parts: row.parts as unknown as Part[],
    version,
    kind: row.kind as Task['kind'],
    state: state as Task['state'],
    incident: { id: row.incidentId, number: row.number, title: row.incidentTitle },
    customer: { id: row.customerId, name: row.customerName },
    team: pair(row.teamId, row.teamName),
    person: pair(row.personId, row.personName),
    appointment:
      appointmentFrom === null || appointmentTo === null || appointmentZone === null
        ? null
        : { from: appointmentFrom, to: appointmentTo, zone: appointmentZone },
  }
}

/** One of them. Throws when there is none in sight. */
export async function requireTask(db: Db, id: string): Promise<Task> {
  const row = await tasks(db).where('incidentTask.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('task.not-found')
  return taskOf(row)
}

/** Tasks over all incidents, the soonest first; those without a moment last. */
export async function listTasks(
  { db, actor }: Context,
  { person, team, state, limit, cursor }: TasksQuery,
): Promise<{ items: Task[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const teamId = team === undefined ? null : (await requireTeam(db, team)).id
  const moment = sql`coalesce(incident_task.appointment_from, incident_task.due_at, '9999-12-31T00:00Z')`
  const whose = person === 'me' ? actor.personId : person
  const rows = await tasks(db)
    .select(sql<string>`${moment}::text`.as('sortKey'))
    .$if(state === 'to-do', (query) => query.where('incidentTask.state', 'in', toDoStates))
    .$if(state !== 'to-do', (query) => query.where('incidentTask.state', '=', state))
    .$if(whose === 'nobody', (query) => query.where('incidentTask.personId', 'is', null))
    .$if(whose !== undefined && whose !== 'nobody', (query) => query.where('incidentTask.personId', '=', whose!))
    .$if(teamId !== null, (query) => query.where('incidentTask.teamId', '=', teamId!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(${moment}, incident_task.id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy(moment)
    .orderBy('incidentTask.id')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(taskOf), nextCursor: page.nextCursor }
}

const itemColumns = ['id', 'text', 'doneAt', 'version'] as const

export async function checklistOf(db: Db, incidentId: string): Promise<ChecklistItem[]> {
  return db
    .selectFrom('checklistItem')
    .select(itemColumns)
    .where('incidentId', '=', incidentId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

/** Time spent that the caller may see, the latest first: the database leaves out that of others. */
export async function timeOf({ db, actor }: Context, incidentId: string): Promise<TimeEntry[]> {
  const rows = await db
    .selectFrom('timeEntry')
    .innerJoin('person', 'person.id', 'timeEntry.personId')
    .select(['timeEntry.id', 'timeEntry.minutes', 'timeEntry.billable', 'timeEntry.note'])
    .select(['person.id as personId', 'person.name', sql<string>`time_entry.day::text`.as('day')])
    .where('timeEntry.incidentId', '=', incidentId)
    .orderBy('timeEntry.day', 'desc')
    .orderBy('timeEntry.id', 'desc')
    .execute()
  return rows.map(({ personId, name, ...entry }) => ({
    ...entry,
    person: { id: personId, name },
    own: personId === actor.personId,
  }))
}

/** All that is planned and counted of an incident. */
export async function workOf(context: Context, incidentId: string): Promise<Work> {
  const { db } = context
  const rows = await tasks(db)
    .where('incidentTask.incidentId', '=', incidentId)
    .orderBy('incidentTask.createdAt')
    .orderBy('incidentTask.id')
    .execute()
  return {
    tasks: rows.map(taskOf),
    checklist: await checklistOf(db, incidentId),
    time: await timeOf(context, incidentId),
  }
}
