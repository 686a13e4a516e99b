import { sql } from 'kysely'
import { Failure, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { brakeFor, isSo } from '#core/rule.ts'
import { actorsOf } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { isInTheWay, isUndone } from '#platform/database.ts'
import type { JobWorld } from '#platform/worker.ts'
import { actOn } from './act.ts'
import { hoursFor, withinHours } from './hours.ts'
import { managesWhole } from './may.ts'
import { type About, fail, lockRecord, type Occasion, stop, tell, wasAnswered, writeRun } from './run.ts'
import { type TriggerKind, triggerKinds } from './shape.ts'
import { type HappenedFact, isTrigger, saidIn } from './trigger.ts'
import { type WaitingRule, waitingRules } from './waiting-rules.ts'

const HOUR_MS = 3_600_000

/** One fact, as the job that was queued for it names it. */
interface Happened {
  readonly subjectId: string
  readonly factId: string
  readonly at: string
}

/** Lets every rule that waits for this fact speak, in their order, each in a transaction of its own. */
export async function considerHappened(world: JobWorld, happened: Happened): Promise<void> {
  const found = await world.inTransaction((context) => factOf(context, happened))
  if (found === null) return
  const { fact, customerId, occasion } = found
  const kinds = (Object.keys(triggerKinds) as readonly TriggerKind[]).filter((kind) =>
    (triggerKinds[kind] as readonly string[]).includes(fact.kind),
  )
  const rules = await world.inTransaction((context) => waitingRules(context, kinds, customerId))
  for (const rule of rules) {
    if (isTrigger(rule.content.when, fact)) await consider(world, rule, { incidentId: happened.subjectId, occasion })
  }
}

async function factOf({ db }: Context, { subjectId, factId, at }: Happened) {
  const row = await db
    .selectFrom('history')
    .leftJoin('ruleRun', 'ruleRun.id', 'history.causeId')
    .select([
      'history.kind',
      'history.facts',
      'history.visibility',
      'history.customerId',
      'ruleRun.chain',
      'ruleRun.depth',
    ])
    .where('history.id', '=', factId)
    .where('history.subjectId', '=', subjectId)
    .where('history.occurredAt', '=', new Date(at))
    .executeTakeFirst()
  if (row === undefined || row.customerId === null) return null
  const fact: HappenedFact = { ...row, facts: row.facts as Record<string, unknown> }
  const occasion: Occasion = {
    key: factId,
    chain: row.chain ?? factId,
    depth: row.depth === null ? 0 : row.depth + 1,
    text: saidIn(fact),
  }
  return { fact, customerId: row.customerId, occasion }
}

/** Lets one rule speak. What it cannot do is undone as a whole, and written down. */
export async function consider(world: JobWorld, rule: WaitingRule, about: About): Promise<void> {
  try {
    await world.inTransaction((context) => speak(context, rule, about))
  } catch (error) {
    // What passes by itself is tried again; what does not must not keep other rules, nor other incidents, from theirs.
    if (!isUndone(error) || isInTheWay(error)) throw error
    if (!(error instanceof Failure))
      world.log.error({ rule: rule.id, incident: about.incidentId, err: error }, 'rule failed')
    const failure = error instanceof Failure ? error : refused('rule.failed')
    await world.inTransaction((context) => fail(context, rule, { ...about, failure }))
  }
}

async function speak(context: Context, rule: WaitingRule, { incidentId, occasion }: About): Promise<void> {
  const { db, now } = context
  const known = await lockRecord(context, incidentId)
  if (known === null || (await wasAnswered(context, rule, occasion))) return
  const { customerId, openedAt, record } = known
  const isWithin = withinHours(await hoursFor(db, rule.content), openedAt)
  if (!isSo(rule.content.if, record, { text: occasion.text, isWithin })) return
  const owner = (await actorsOf(context, [rule.ownerId])).get(rule.ownerId)
  if (!managesWhole(owner, customerId)) return
  const reason = brakeFor({ depth: occasion.depth, ...(await pastOf(context, rule, { incidentId, occasion })) })
  const run = { id: newId(now.getTime()), known, occasion }
  if (reason !== null) {
    await stop(context, rule, { ...run, reason })
    return
  }
  const acting = { ...context, cause: run.id }
  const done = await actOn(acting, { rule, runId: run.id, incidentId }, rule.content.actions)
  await writeRun(context, rule, { ...run, outcome: 'acted', why: null, done })
  await tell(acting, rule, { known, kind: 'incident.rule-acted', more: { done } })
}

/** What a rule did on this record before. */
async function pastOf({ db, now }: Context, { id }: WaitingRule, { incidentId, occasion }: About) {
  const { rows } = await sql<{ readonly hasActed: boolean; readonly lately: number }>`
    select coalesce(bool_or(chain = ${occasion.chain}), false) as "hasActed",
      count(*) filter (where at > ${new Date(now.getTime() - HOUR_MS)}) as lately
    from rule_run where incident_id = ${incidentId} and rule_id = ${id} and outcome = 'acted'`.execute(db)
  return rows[0]!
}
