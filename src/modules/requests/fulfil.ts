import { newId } from '#core/id.ts'
import { invalid, notFound, refused } from '#core/failure.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { fingerprint, newSecret, requireTeam } from '#modules/people'
import type { Context } from '#platform/context.ts'
import type { Task, TaskMove } from './api.ts'
import { type Door, through } from './door.ts'
import { callOut } from './jobs.ts'
import { getRequest, type Kept, lockRequest } from './queries.ts'
import { nextStage, openRequestStates, type RequestState, taskLifecycle, type TaskState } from './request.ts'
import { requireTask, taskOf } from './task-queries.ts'
import { enter, store, tell } from './tell.ts'

/** Opens the next stage when the one before is done; delivers when all is. To be called with the request locked. */
export async function advance(context: Context, kept: Pick<Kept, 'id' | 'customerId' | 'state'>): Promise<void> {
  const { db, now } = context
  const tasks = await db
    .selectFrom('requestTask')
    .select(['id', 'stage', 'state', 'kind'])
    .where('requestId', '=', kept.id)
    .execute()
  const stage = nextStage(tasks)
  if (stage === 'over') {
    await enter(context, kept, 'delivered')
    return
  }
  if (kept.state === 'approved') await enter(context, kept, 'fulfilling')
  if (stage === null) return
  const opening = tasks.filter((task) => task.stage === stage)
  await db
    .updateTable('requestTask')
    .set({ state: 'open', openedAt: now })
    .where(
      'id',
      'in',
      opening.map(({ id }) => id),
    )
    .execute()
  for (const { id, kind } of opening) if (kind === 'call') await beginCall(context, kept.customerId, id)
}

/** Has another program called for a task. */
async function beginCall(context: Context, customerId: string, taskId: string): Promise<void> {
  const { db, now, enqueue } = context
  const id = newId(now.getTime())
  // The word itself is made when it is sent; until then nobody can answer.
  const unused = fingerprint(newSecret())
  await db.insertInto('requestCall').values({ id, customerId, taskId, fingerprint: unused, createdAt: now }).execute()
  await db.updateTable('requestTask').set({ state: 'started', startedAt: now }).where('id', '=', taskId).execute()
  await enqueue(callOut, { call: id })
}

/** Takes a task, finishes it, gives it on or says that it failed. */
export async function moveTask(
  door: Door,
  { id, task }: { readonly id: string; readonly task: string },
  move: TaskMove,
): Promise<Task> {
  return through(
    door,
    async (context) => {
      require(barredFromWorking(context.actor))
      const request = await getRequest(context, id)
      await requireTask(context, request.id, task)
      if (move.to === 'failed' && !move.result) {
        throw invalid('request.reason-needed', {}, { errors: [{ path: 'result', message: '' }] })
      }
      if (move.team !== undefined) await requireTeam(context.db, move.team)
      return request.id
    },
    async (context, requestId) => {
      await stepTask(context, await lockRequest(context, requestId), task, move)
      return task
    },
    taskOf,
  )
}

/** The step itself, by a person or by what a call brought. To be called with the request locked. */
export async function stepTask(context: Context, kept: Kept, taskId: string, move: TaskMove): Promise<void> {
  const { db, now, actor } = context
  const { to, team, result } = move
  const row = await db
    .selectFrom('requestTask')
    .select(['id', 'state', 'kind', 'title', 'uses', 'teamId', 'startedAt'])
    .where('id', '=', taskId)
    .where('requestId', '=', kept.id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('request-task.not-found')
  const from = row.state as TaskState
  const given = to === 'open' && team !== undefined && from === 'open'
  if (!given && !reachable(taskLifecycle, from).includes(to)) {
    throw refused('request.task-cannot', { state: from, to })
  }
  await db
    .updateTable('requestTask')
    .set({
      state: to,
      ...(result !== undefined && { result }),
      ...(to === 'started' && { startedAt: row.startedAt ?? now, assigneeId: actor.personId }),
      ...(to === 'done' && { doneAt: now, startedAt: row.startedAt ?? now }),
      ...(to === 'open' && { assigneeId: null, ...(team !== undefined && { teamId: team }) }),
    })
    .where('id', '=', taskId)
    .execute()
  if (team !== undefined && team !== row.teamId) {
    await db
      .updateTable('request')
      .set({ teamIds: [...new Set([...kept.teamIds, team])] })
      .where('id', '=', kept.id)
      .execute()
  }
  const told = { task: taskId, title: row.title, from, to, ...(result && { result }), ...(team && { team }) }
  await tell(context, kept, 'request.task', told, 'internal')
  if (row.kind === 'call' && to === 'started') await beginCall(context, kept.customerId, taskId)
  if (to === 'done') {
    await writeUses(context, kept, row.uses)
    await advance(context, kept)
  }
  await store(context, kept.id)
}

/** Answers that somebody needed, the first time for each. */
export async function writeUses(
  { db, now, actor }: Context,
  kept: Pick<Kept, 'id' | 'customerId' | 'itemId' | 'answers'>,
  fields: readonly string[],
): Promise<void> {
  const answered = new Set((kept.answers as unknown as { key: string }[]).map(({ key }) => key))
  const used = fields.filter((field) => answered.has(field))
  if (used.length === 0) return
  const { id: requestId, customerId, itemId } = kept
  await db
    .insertInto('requestAnswerUse')
    .values(used.map((field) => ({ requestId, customerId, itemId, field, personId: actor.personId, usedAt: now })))
    .onConflict((conflict) => conflict.columns(['requestId', 'field']).doNothing())
    .execute()
}

/** What was delivered is not what was ordered: the last stage is done again by those who did it. */
export async function takeUpAgain(context: Context, kept: Kept, note: string): Promise<void> {
  const { db, now } = context
  await enter(context, kept, 'fulfilling', { note })
  const last = await db
    .selectFrom('requestTask')
    .select(({ fn }) => fn.max('stage').as('stage'))
    .where('requestId', '=', kept.id)
    .executeTakeFirst()
  // By hand, whoever did it before: what a call brought was not right.
  await db
    .updateTable('requestTask')
    .set({ state: 'open', openedAt: now, startedAt: null, doneAt: null })
    .where('requestId', '=', kept.id)
    .where('stage', '=', last?.stage ?? 1)
    .execute()
}

/** Whether anything can still become of a request. */
export function isUnderWay(state: string): boolean {
  return openRequestStates.includes(state as RequestState)
}
