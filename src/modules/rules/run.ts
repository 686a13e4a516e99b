import { sql } from 'kysely'
import type { Failure } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import type { BrakeReason } from '#core/rule.ts'
import { actorsOf } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit, record as recordFact } from '#platform/history.ts'
import { sentence } from '#platform/problem.ts'
import type { ActingRule } from './act.ts'
import type { RuleAct } from './api.ts'
import { type KnownRecord, readRecords } from './record.ts'
import type { WaitingRule } from './waiting-rules.ts'

/** What a rule may answer: a fact, or a moment that was reached. */
export interface Occasion {
  /** By which a rule answers it once. */
  readonly key: string
  readonly chain: string
  readonly depth: number
  readonly text: string
}

/** On which incident a rule answers what. */
export interface About {
  readonly incidentId: string
  readonly occasion: Occasion
}

/** What a rule knows of an incident, which nobody else changes until the transaction ends; null when it is gone. */
export async function lockRecord({ db }: Context, incidentId: string): Promise<KnownRecord | null> {
  await sql`select from incident where id = ${incidentId} for update`.execute(db)
  return (await readRecords(db, [incidentId]))[0] ?? null
}

/** Whether a rule answered this before. */
export async function wasAnswered({ db }: Context, { id }: WaitingRule, { key }: Occasion): Promise<boolean> {
  const row = await db
    .selectFrom('ruleRun')
    .select('id')
    .where('ruleId', '=', id)
    .where('occasion', '=', key)
    .executeTakeFirst()
  return row !== undefined
}

/** That a rule spoke of an incident, whatever came of it. */
export interface Run {
  readonly id: string
  readonly known: KnownRecord
  readonly occasion: Occasion
}

/** Keeps a rule from acting again; one that goes round through somebody outside, or deep down, is switched off as well. */
export async function stop(
  context: Context,
  rule: WaitingRule,
  run: Run & { readonly reason: BrakeReason },
): Promise<void> {
  const { db, now } = context
  const { reason: why, known } = run
  await writeRun(context, rule, { ...run, outcome: 'stopped', why, done: [] })
  await db
    .updateTable('rule')
    .set({
      stoppedAt: now,
      stoppedWhy: why,
      stoppedIncidentId: known.id,
      ...(why !== 'itself' && { enabledSince: null, version: sql<number>`version + 1` }),
    })
    .where('id', '=', rule.id)
    .execute()
  await tell({ ...context, cause: run.id }, rule, { known, kind: 'incident.rule-stopped', more: { why } })
  const subject = { subjectType: 'rule', subjectId: rule.id, customerId: rule.customerId }
  await audit(context, { action: 'rule.stopped', ...subject, facts: { why, incident: known.number } })
}

/** Writes down what a rule could not do. */
export async function fail(
  context: Context,
  rule: WaitingRule,
  { incidentId, occasion, failure }: About & { readonly failure: Failure },
): Promise<void> {
  const known = await lockRecord(context, incidentId)
  if (known === null || (await wasAnswered(context, rule, occasion))) return
  const owner = (await actorsOf(context, [rule.ownerId])).get(rule.ownerId)
  const why = sentence(failure, owner?.language ?? 'en')
  const id = newId(context.now.getTime())
  await writeRun(context, rule, { id, known, occasion, outcome: 'failed', why, done: [] })
  await tell({ ...context, cause: id }, rule, { known, kind: 'incident.rule-failed', more: { why } })
}

/** Keeps that a rule spoke, so that it answers each occasion once. */
export async function writeRun(
  { db, now }: Context,
  { id: ruleId, name, number }: ActingRule,
  {
    id,
    known,
    occasion,
    outcome,
    why,
    done,
  }: Run & {
    readonly outcome: 'acted' | 'stopped' | 'failed'
    readonly why: string | null
    readonly done: readonly RuleAct[]
  },
): Promise<void> {
  await db
    .insertInto('ruleRun')
    .values({
      id,
      ruleId,
      number,
      ruleName: name,
      customerId: known.customerId,
      incidentId: known.id,
      occasion: occasion.key,
      chain: occasion.chain,
      depth: occasion.depth,
      at: now,
      outcome,
      why,
      done: JSON.stringify(done),
    })
    .execute()
}

/** In the history of the record, for the provider's eyes. */
export async function tell(
  context: Context,
  { id, name, number }: ActingRule,
  { known, kind, more }: { readonly known: KnownRecord; readonly kind: `incident.${string}`; readonly more: object },
): Promise<void> {
  const about = { subjectType: 'incident', subjectId: known.id, customerId: known.customerId } as const
  await recordFact(context, { ...about, kind, facts: { rule: { id, name, number }, ...more } })
}
