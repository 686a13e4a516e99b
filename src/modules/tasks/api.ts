import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { isZone } from '#core/zone.ts'
import { taskKinds, taskStates } from './task.ts'

export { barredFromWorking } from '#core/may.ts'
export { nextTaskStates, type TaskKind, taskKinds, type TaskState, taskStates } from './task.ts'

const ofIncident = z.object({ id: z.string().max(200).describe('Id or number of an incident') })

const appointment = z.object({
  from: instant,
  to: instant.describe('After its beginning'),
  zone: z.string().max(64).refine(isZone).describe('By whose clocks it was agreed'),
})

export const part = z.object({
  name: z.string().trim().min(1).max(200),
  quantity: z.int().min(1).max(9999).default(1),
})
export type Part = z.output<typeof part>

const travelMinutes = z.int().min(0).max(1440)

export const task = z.object({
  id: z.uuid(),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
  customer: named,
  title: z.string(),
  kind: z.enum(taskKinds),
  team: named.nullable(),
  person: named.nullable(),
  state: z.enum(taskStates),
  dueAt: instant.nullable(),
  appointment: appointment.nullable(),
  acceptedAt: instant.nullable(),
  departedAt: instant.nullable(),
  startedAt: instant.nullable(),
  doneAt: instant.nullable(),
  failedAt: instant.nullable(),
  failedFor: z.string().nullable().describe('Why it did not succeed'),
  travelMinutes: travelMinutes.nullable().describe('The way there; from setting off to beginning unless it was said'),
  parts: z.array(part).describe('What was used'),
  version: z.int(),
})
export type Task = z.output<typeof task>

export const checklistItem = z.object({
  id: z.uuid(),
  text: z.string(),
  doneAt: instant.nullable(),
  version: z.int(),
})
export type ChecklistItem = z.output<typeof checklistItem>

export const timeEntry = z.object({
  id: z.uuid(),
  person: named,
  day: localDate,
  minutes: z.int(),
  billable: z.boolean(),
  note: z.string(),
  own: z.boolean().describe('The caller’s'),
})
export type TimeEntry = z.output<typeof timeEntry>

export const readWork = endpoint({
  method: 'GET',
  path: '/incidents/:id/work',
  summary:
    'Tasks and checklist of an incident, and the time spent that the caller may see: their own, and that of whom they lead',
  audience: 'provider',
  params: ofIncident,
  reply: z.object({
    tasks: z.array(task),
    checklist: z.array(checklistItem),
    time: z.array(timeEntry),
  }),
})
export type Work = z.output<typeof readWork.reply>

export const listTasks = endpoint({
  method: 'GET',
  path: '/tasks',
  summary: 'Tasks over all incidents, the soonest first: by appointment or due moment',
  audience: 'provider',
  query: z.object({
    ...page,
    person: z
      .union([z.enum(['me', 'nobody']), z.uuid()])
      .optional()
      .describe('Whose'),
    team: z.string().max(200).optional().describe('Id or name'),
    state: z
      .enum([...taskStates, 'to-do'])
      .default('to-do')
      .describe('To do: neither done, failed nor dropped'),
  }),
  reply: pageOf(task),
})
export type TasksQuery = z.output<typeof listTasks.query>

const given = {
  title: z.string().trim().min(1).max(400),
  kind: z.enum(taskKinds),
  team: z.string().max(200).nullable().describe('Id or name'),
  person: z.uuid().nullable(),
  dueAt: instant.nullable(),
  appointment: appointment.nullable(),
}

export const addTask = endpoint({
  method: 'POST',
  path: '/incidents/:id/tasks',
  summary: 'Adds a task to an incident',
  audience: 'provider',
  params: ofIncident,
  body: z.object({
    title: given.title,
    kind: given.kind.optional().describe('In the field with an appointment, else remote, unless given'),
    team: given.team.default(null),
    person: given.person.default(null),
    dueAt: given.dueAt.default(null),
    appointment: given.appointment.default(null),
  }),
  reply: task,
  status: 201,
})
export type NewTask = z.output<typeof addTask.body>

export const changeTask = endpoint({
  method: 'PATCH',
  path: '/tasks/:id',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      ...given,
      state: z.enum(taskStates),
      failedFor: z.string().trim().min(1).max(2000).describe('Why it did not succeed; needed for failed'),
      travelMinutes: travelMinutes.nullable(),
      parts: z.array(part).max(50),
    })
    .partial(),
  reply: task,
  match: true,
})
export type TaskChange = z.output<typeof changeTask.body>

export const addChecklist = endpoint({
  method: 'POST',
  path: '/incidents/:id/checklist',
  summary: 'Adds items to the checklist of an incident, in their order',
  audience: 'provider',
  params: ofIncident,
  body: z.object({ items: z.array(z.string().trim().min(1).max(400)).min(1).max(50) }),
  reply: z.object({ items: z.array(checklistItem) }),
  status: 201,
})

export const tickItem = endpoint({
  method: 'PATCH',
  path: '/checklist-items/:id',
  summary: 'Says that an item is done, or not done after all',
  audience: 'provider',
  params: byId,
  body: z.object({ done: z.boolean() }),
  reply: checklistItem,
  match: true,
})

export const removeItem = endpoint({
  method: 'DELETE',
  path: '/checklist-items/:id',
  summary: 'Takes an item away',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

export const bookTime = endpoint({
  method: 'POST',
  path: '/incidents/:id/time',
  summary: 'Books time that the caller spent; told to them and to who leads them, to nobody else',
  audience: 'provider',
  params: ofIncident,
  body: z.object({
    minutes: z.int().min(1).max(1440),
    day: localDate,
    billable: z.boolean().default(false),
    note: z.string().trim().max(400).default(''),
  }),
  reply: timeEntry,
  status: 201,
})
export type NewTime = z.output<typeof bookTime.body>

export const removeTime = endpoint({
  method: 'DELETE',
  path: '/time-entries/:id',
  summary: 'Takes time away that the caller booked',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})
