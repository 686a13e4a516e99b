import { sql } from 'kysely'
import { z } from 'zod'
import { notFound } from '#core/failure.ts'
import { secretPurpose } from '#modules/catalogue'
import { fingerprint, newSecret } from '#modules/people'
import { configurationOf } from '#platform/configuration.ts'
import {
  allowedNetworks,
  type CallAnswer as Answered,
  callOutside,
  type CallProblem,
  CallRefused,
  NOT_OUTSIDE,
} from '#platform/outgoing-call.ts'
import { unseal } from '#platform/seal.ts'
import type { Context } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import type { CallAnswer } from './api.ts'
import { stepTask } from './fulfil.ts'
import { signatureOf } from './signature.ts'
import { lockRequest } from './queries.ts'

/** What the other program may answer at once; anything else of 2xx means that it took it and says more later. */
const said = z.object({ state: z.enum(['done', 'failed', 'accepted']), message: z.string().max(4000).optional() })

const ATTEMPTS_AT_MOST = 6
const LONGEST_MS = 15_000
/** Bytes of an answer that are read. */
const LARGEST = 65_536

/** What came of a call: an answer, or why there was none. */
export type Called = Answered | { readonly refused: CallProblem; readonly detail: string }

/** Calls for a task. Throws what may pass by itself, so that it is tried again; at last a person is told. */
export async function callFor({ db, inTransaction }: JobWorld, callId: string): Promise<void> {
  // The attempt counts before it is made: of two processes that make the same one, one word holds.
  const word = newSecret()
  const call = await inTransaction(async (context) => prepare(context, callId, word))
  if (call === null) return
  const { url, headers, body } = call
  const limits = { timeoutMs: LONGEST_MS, answerBytes: LARGEST, allowed: await allowedNetworks(db) }
  let called: Called
  try {
    called = await callOutside({ url, method: 'POST', headers, body, ...limits })
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error
    called = { refused: error.problem, detail: error.message }
  }
  const outcome = judge(called, call.attempts)
  await inTransaction(async (context) => settle(context, callId, outcome))
  if (outcome.again) throw new Error(outcome.problem ?? 'nobody answered')
}

async function prepare(context: Context, callId: string, word: string) {
  const { db, now } = context
  const row = await db
    .selectFrom('requestCall as k')
    .innerJoin('requestTask as t', 't.id', 'k.taskId')
    .innerJoin('request as r', 'r.id', 't.requestId')
    .innerJoin('customer as c', 'c.id', 'r.customerId')
    .innerJoin('catalogueItem as i', 'i.id', 'r.itemId')
    .innerJoin('person as p', 'p.id', 'r.requesterId')
    .select(['k.state', 'k.attempts', 't.state as taskState', 't.url', 't.id as taskId', 'r.number', 'r.id'])
    .select(['r.name', 'r.answers', 'c.name as customer', 'i.id as itemId', 'i.callSecret'])
    .select(['p.name as requester', 'p.email'])
    .where('k.id', '=', callId)
    .executeTakeFirst()
  // Cancelled meanwhile, or done by hand.
  if (row === undefined || row.state !== 'waiting' || row.taskState !== 'started' || row.url === null) return null
  await db
    .updateTable('requestCall')
    .set({ attempts: row.attempts + 1, fingerprint: fingerprint(word), triedAt: now })
    .where('id', '=', callId)
    .execute()
  const answers = row.answers as unknown as readonly { key: string; value: unknown }[]
  const body = JSON.stringify({
    call: callId,
    attempt: row.attempts + 1,
    request: { id: row.id, number: row.number, name: row.name, customer: row.customer },
    requester: { name: row.requester, email: row.email },
    answers: Object.fromEntries(answers.map(({ key, value }) => [key, value])),
    answerTo: `${configurationOf(process.env).url}/api/v1/request-calls/${word}`,
  })
  const seconds = Math.floor(now.getTime() / 1000)
  const secret = row.callSecret === null ? null : await unseal(row.callSecret, secretPurpose(row.itemId))
  return {
    url: row.url,
    body,
    attempts: row.attempts + 1,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Plumbline',
      'idempotency-key': callId,
      ...(secret !== null && { 'plumbline-signature': signatureOf(secret, seconds, body) }),
    },
  }
}

interface Outcome {
  readonly state: 'waiting' | 'accepted' | 'done' | 'failed'
  readonly status: number | null
  readonly problem: string | null
  readonly message: string | undefined
  readonly again: boolean
}

/** What an attempt means: 2xx answers, 408, 429 and 5xx pass by themselves, everything else does not. */
export function judge(called: Called, attempts: number): Outcome {
  const nothing = { status: null, problem: null, message: undefined, again: false } as const
  const isRefused = 'refused' in called
  if (isRefused && NOT_OUTSIDE.has(called.refused)) return { ...nothing, state: 'failed', problem: called.refused }
  const mayPass = isRefused || called.status >= 500 || called.status === 408 || called.status === 429
  const problem = isRefused ? `${called.refused} ${called.detail}`.trim().slice(0, 500) : `HTTP ${called.status}`
  const status = isRefused ? null : called.status
  if (mayPass && attempts < ATTEMPTS_AT_MOST) return { ...nothing, state: 'waiting', status, problem, again: true }
  if (isRefused || called.status < 200 || called.status >= 300) {
    return { ...nothing, state: 'failed', status, problem }
  }
  const answered = said.safeParse(parsed(called.text))
  if (!answered.success || answered.data.state === 'accepted') return { ...nothing, state: 'accepted', status }
  const { state, message } = answered.data
  return { ...nothing, state, status, message, problem: state === 'failed' ? (message ?? null) : null }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What another program says, as the database takes it: without ends of text and halves of characters. */
function kept(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

async function settle(context: Context, callId: string, outcome: Outcome): Promise<void> {
  const { state, status, problem, message } = outcome
  const { db } = context
  const call = await db
    .updateTable('requestCall')
    .set({ state, status, problem: problem === null ? null : kept(problem) })
    .where('id', '=', callId)
    // Answered from the other side while we still waited for the end of the connection.
    .where('state', '=', 'waiting')
    .returning('taskId')
    .executeTakeFirst()
  if (call === undefined || (state !== 'done' && state !== 'failed')) return
  await finish(context, call.taskId, { state, message: message ?? problem ?? undefined })
}

async function finish(context: Context, taskId: string, { state, message: given }: CallAnswer): Promise<void> {
  const { db } = context
  const message = given === undefined ? undefined : kept(given)
  const task = await db.selectFrom('requestTask').select('requestId').where('id', '=', taskId).executeTakeFirstOrThrow()
  const request = await lockRequest(context, task.requestId)
  const now = await db.selectFrom('requestTask').select('state').where('id', '=', taskId).executeTakeFirstOrThrow()
  // Cancelled meanwhile, or done by hand.
  if (now.state !== 'started') return
  await stepTask(context, request, taskId, { to: state, ...(message !== undefined && { result: message }) })
}

/** The other program says later what became of it. The word that it was given is all that it needs, and holds once. */
export async function answerCall(context: Context, word: string, answer: CallAnswer): Promise<null> {
  const call = await context.db
    .updateTable('requestCall')
    .set({
      state: answer.state,
      problem: answer.state === 'failed' && answer.message !== undefined ? kept(answer.message) : null,
    })
    .where('fingerprint', '=', fingerprint(word))
    .where('state', 'in', ['waiting', 'accepted'])
    .returning('taskId')
    .executeTakeFirst()
  if (call === undefined) throw notFound('request-call.not-found')
  await finish(context, call.taskId, answer)
  return null
}

/** Longer than all attempts of a call take together. */
const LONGEST_CALL_MS = 86_400_000
const LOST = 'timeout'

/** Calls of which nothing is heard any more fail, for somebody to see: after their last attempt, and a day after the task's time. */
export async function endLostCalls(context: Context): Promise<void> {
  const { db, now } = context
  const before = new Date(now.getTime() - LONGEST_CALL_MS)
  const { rows } = await sql<{ readonly id: string; readonly requestId: string }>`
    select k.id, t.request_id as "requestId" from request_call k join request_task t on t.id = k.task_id
    where t.state = 'started' and case k.state
      when 'waiting' then coalesce(k.tried_at, k.created_at) < ${before}
      when 'accepted' then coalesce(k.tried_at, k.created_at) + t.planned_seconds * interval '1 second' < ${before}
      else false end
    order by k.created_at limit 1000`.execute(db)
  for (const { id, requestId } of rows) {
    await lockRequest(context, requestId)
    const call = await db
      .updateTable('requestCall')
      .set({ state: 'failed', problem: LOST })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'accepted'])
      .returning('taskId')
      .executeTakeFirst()
    if (call !== undefined) await finish(context, call.taskId, { state: 'failed', message: LOST })
  }
}
