import { sql } from 'kysely'
import { Failure, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { brakeFor, type BrakeReason, isSo } from '#core/rule.ts'
import { actorsOf } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { isUndone } from '#platform/database.ts'
import { audit, record as recordFact } from '#platform/history.ts'
import { sentence } from '#platform/problem.ts'
import type { JobWorld } from '#platform/worker.ts'
import { type ActingRule, actOn } from './act.ts'
import type { RuleAct } from './api.ts'
import { hoursFor, withinHours } from './hours.ts'
import { managesWhole } from './may.ts'
import { type KnownRecord, readRecords } from './record.ts'
import type { RuleContent, TriggerKind } from './shape.ts'
import { triggerKinds } from './shape.ts'
import { type HappenedFact, isTrigger, momentsAfter, saidIn } from './trigger.ts'

const HOUR_MS = 3_600_000

/** A rule that is on, with what it says. */
interface WaitingRule extends ActingRule {
  readonly customerId: string | null
  readonly ownerId: string
  readonly lookedAt: Date | null
  readonly enabledSince: Date
  readonly content: RuleContent
}

/** What a rule may answer: a fact, or a moment that was reached. */
interface Occasion {
  /** By which a rule answers it once. */
  readonly key: string
  readonly chain: string
  readonly depth: number
  readonly text: string
}

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

/** Rules that are on, for a customer or for all; without a customer: of every customer. */
async function waitingRules(
  { db }: Context,
  kinds: readonly TriggerKind[],
  customerId?: string,
): Promise<readonly WaitingRule[]> {
  if (kinds.length === 0) return []
  const rows = await db
    .selectFrom('rule')
    .innerJoin('ruleVersion', (join) =>
      join.onRef('ruleVersion.ruleId', '=', 'rule.id').onRef('ruleVersion.number', '=', 'rule.number'),
    )
    .select([
      'rule.id',
      'rule.name',
      'rule.number',
      'rule.customerId',
      'rule.ownerId',
      'rule.lookedAt',
      'rule.enabledSince',
      'ruleVersion.content',
    ])
    .where('rule.enabledSince', 'is not', null)
    .where('rule.endedAt', 'is', null)
    .where('rule.trigger', 'in', [...kinds])
    .$if(customerId !== undefined, (query) =>
      query.where((where) =>
        where.or([where('rule.customerId', 'is', null), where('rule.customerId', '=', customerId!)]),
      ),
    )
    .orderBy('rule.position')
    .orderBy('rule.id')
    .execute()
  return rows.map((row) => ({
    ...row,
    enabledSince: row.enabledSince!,
    content: row.content as unknown as RuleContent,
  }))
}

interface About {
  readonly incidentId: string
  readonly occasion: Occasion
}

/** Lets one rule speak. What it cannot do is undone as a whole, and written down. */
async function consider(world: JobWorld, rule: WaitingRule, about: About): Promise<void> {
  try {
    await world.inTransaction((context) => speak(context, rule, about))
  } catch (error) {
    // What passes by itself is tried again; what does not must not keep other rules, nor other incidents, from theirs.
    if (!isUndone(error) || isPassing(error)) throw error
    if (!(error instanceof Failure))
      world.log.error({ rule: rule.id, incident: about.incidentId, err: error }, 'rule failed')
    const failure = error instanceof Failure ? error : refused('rule.failed')
    await world.inTransaction((context) => fail(context, rule, { ...about, failure }))
  }
}

/** Two transactions were in each other's way, or the database was told to stop. */
function isPassing(error: unknown): boolean {
  return String((error as { readonly code?: unknown }).code).startsWith('40')
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

async function lockRecord({ db }: Context, incidentId: string): Promise<KnownRecord | null> {
  await sql`select from incident where id = ${incidentId} for update`.execute(db)
  return (await readRecords(db, [incidentId]))[0] ?? null
}

async function wasAnswered({ db }: Context, { id }: WaitingRule, { key }: Occasion): Promise<boolean> {
  const row = await db
    .selectFrom('ruleRun')
    .select('id')
    .where('ruleId', '=', id)
    .where('occasion', '=', key)
    .executeTakeFirst()
  return row !== undefined
}

/** What a rule did on this record before. */
async function pastOf({ db, now }: Context, { id }: WaitingRule, { incidentId, occasion }: About) {
  const { rows } = await sql<{ readonly hasActed: boolean; readonly lately: number }>`
    select coalesce(bool_or(chain = ${occasion.chain}), false) as "hasActed",
      count(*) filter (where at > ${new Date(now.getTime() - HOUR_MS)}) as lately
    from rule_run where incident_id = ${incidentId} and rule_id = ${id} and outcome = 'acted'`.execute(db)
  return rows[0]!
}

interface Run {
  readonly id: string
  readonly known: KnownRecord
  readonly occasion: Occasion
}

/** Keeps a rule from acting again; one that goes round through somebody outside, or deep down, is switched off as well. */
async function stop(context: Context, rule: WaitingRule, run: Run & { readonly reason: BrakeReason }): Promise<void> {
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

async function fail(
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

async function writeRun(
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
async function tell(
  context: Context,
  { id, name, number }: ActingRule,
  { known, kind, more }: { readonly known: KnownRecord; readonly kind: `incident.${string}`; readonly more: object },
): Promise<void> {
  const about = { subjectType: 'incident', subjectId: known.id, customerId: known.customerId } as const
  await recordFact(context, { ...about, kind, facts: { rule: { id, name, number }, ...more } })
}

/** Incidents of which it is asked at once whether their time has come. */
const AT_ONCE = 5000

/** Lets rules that wait for time speak of every moment since they were looked at last. */
export async function considerMoments(world: JobWorld): Promise<void> {
  const { until, rules } = await world.inTransaction(async (context) => ({
    until: context.now,
    rules: await waitingRules(context, ['time']),
  }))
  for (const rule of rules) {
    let after: Place | null = { anchor: '-infinity', id: FIRST_ID }
    while (after !== null) {
      const from: Place = after
      const { due, next } = await world.inTransaction((context) => momentsOf(context, rule, { until, after: from }))
      for (const { incidentId, at } of due) {
        const key = `${incidentId} ${new Date(at).toISOString()}`
        await consider(world, rule, { incidentId, occasion: { key, chain: key, depth: 0, text: '' } })
      }
      after = next
    }
    // Up to where it was looked, not up to when that was done.
    await world.inTransaction(async ({ db }) => {
      await db.updateTable('rule').set({ lookedAt: until }).where('id', '=', rule.id).execute()
    })
  }
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Where a page of incidents ends; the moment as the database has it, finer than ours. */
interface Place {
  readonly anchor: string
  readonly id: string
}

async function momentsOf(
  { db }: Context,
  { content, customerId, lookedAt, enabledSince }: WaitingRule,
  { until, after }: { readonly until: Date; readonly after: Place },
) {
  const { when } = content
  if (when.on !== 'time') return { due: [], next: null }
  const open = when.calendar === null ? undefined : (await hoursFor(db, content)).get(when.calendar)
  // A calendar that is gone never opens again.
  if (when.calendar !== null && open === undefined) return { due: [], next: null }
  const anchor = when.since === 'opened' ? sql.ref('opened_at') : sql.ref('updated_at')
  const { rows } = await sql<{ readonly id: string; readonly at: Date; readonly anchor: string }>`
    select id, ${anchor} as at, ${anchor}::text as anchor from incident
    where state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored')
      and (${customerId}::uuid is null or customer_id = ${customerId})
      and ${anchor} <= ${new Date(until.getTime() - when.hours * HOUR_MS)}
      and (${anchor}, id) > (${after.anchor}::timestamptz, ${after.id}::uuid)
    order by ${anchor}, id limit ${AT_ONCE}`.execute(db)
  const looked = lookedAt !== null && lookedAt > enabledSince ? lookedAt : enabledSince
  const span = { from: looked.getTime() + 1, until: until.getTime(), open }
  const due = rows.flatMap(({ id: incidentId, at: since }) =>
    momentsAfter(when, { anchor: since.getTime(), ...span }).map((at) => ({ incidentId, at })),
  )
  const last = rows.at(-1)
  return { due, next: last === undefined || rows.length < AT_ONCE ? null : { anchor: last.anchor, id: last.id } }
}
