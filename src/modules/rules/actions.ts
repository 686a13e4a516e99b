import { sql } from 'kysely'
import { Failure, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromManaging, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { NewRule, Rule, RuleChange } from './api.ts'
import { requireKnown } from './names.ts'
import { listRules, readRule } from './queries.ts'
import type { RuleContent } from './shape.ts'
import { waitForAll } from './waited-for.ts'

/** A new rule, behind the others. It looks at what happens from now on. */
export async function addRule(context: Context, asked: NewRule): Promise<Rule> {
  const { db, now, actor } = context
  require(barredFromManaging(actor))
  const { name, customer, enabled, ...content } = asked
  // Whoever works for some customers makes no rule for all.
  if (customer === undefined && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  await requireKnown(db, content)
  const id = newId(now.getTime())
  const ownerId = requirePersonId(context)
  const { last } = await db
    .selectFrom('rule')
    .select(({ fn }) => fn.max('position').as('last'))
    .executeTakeFirstOrThrow()
  await db
    .insertInto('rule')
    .values({
      id,
      customerId,
      name,
      position: (last ?? 0) + 1,
      enabledSince: enabled ? now : null,
      ownerId,
      trigger: content.when.on,
      createdAt: now,
    })
    .execute()
  await writeVersion(context, { id, customerId, name, content, number: 1 })
  await tell(context, 'rule.added', { id, customerId }, { name })
  return readRule(context, id)
}

/** Changes what is given. Another content or name is another version: it holds from now on, and whoever wrote it owns it. */
export async function changeRule(context: Context, id: string, version: number, change: RuleChange): Promise<Rule> {
  const { db, now } = context
  const kept = await lockRule(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const { enabled, name = kept.name, ...parts } = change
  const before = await contentOf(context, kept)
  const content = { ...before, ...parts } as RuleContent
  const isOther = name !== kept.name || JSON.stringify(content) !== JSON.stringify(before)
  if (isOther) await requireKnown(db, content)
  const number = isOther ? kept.number + 1 : kept.number
  const isOn = enabled ?? kept.enabledSince !== null
  // What another version waits for, or one that is switched on, is looked for from now on.
  const begins = isOn && (kept.enabledSince === null || isOther)
  await db
    .updateTable('rule')
    .set({
      name,
      number,
      trigger: content.when.on,
      enabledSince: isOn ? (begins ? now : kept.enabledSince) : null,
      version: version + 1,
      ...(isOther && { ownerId: requirePersonId(context) }),
      // What stopped it is told until somebody has seen to it.
      ...(begins && { stoppedAt: null, stoppedWhy: null, stoppedIncidentId: null }),
    })
    .where('id', '=', id)
    .execute()
  if (isOther) await writeVersion(context, { id, customerId: kept.customerId, name, content, number })
  await tell(context, 'rule.changed', kept, { number, ...(enabled !== undefined && { enabled }) })
  return readRule(context, id)
}

/** Ends a rule. What it did stays, and says by which rule it was done. */
export async function endRule(context: Context, id: string): Promise<void> {
  const kept = await lockRule(context, id)
  await context.db.updateTable('rule').set({ endedAt: context.now, enabledSince: null }).where('id', '=', id).execute()
  await tell(context, 'rule.ended', kept, { name: kept.name })
}

/**
 * In which order they speak. Those that are not named follow as they were. They exchange the places that they have among
 * themselves: rules out of sight keep theirs.
 */
export async function orderRules(context: Context, ids: readonly string[]): Promise<Rule[]> {
  const known = await listRules(context)
  const named = ids.filter((id) => known.some((each) => each.id === id))
  const order = [...new Set([...named, ...known.map(({ id }) => id)])]
  await sql`
    with wanted as (select id, place from unnest(${order}::uuid[]) with ordinality as w(id, place)),
      places as (select position, row_number() over (order by position, id) as place from rule where id = any(${order}::uuid[])),
      o as (select wanted.id, places.position from wanted join places on places.place = wanted.place)
    update rule set position = o.position, version = version + 1 from o
    where rule.id = o.id and rule.position is distinct from o.position`.execute(context.db)
  await tell(context, 'rules.ordered', { id: null, customerId: null }, { ids: named })
  return listRules(context)
}

async function lockRule({ db, actor }: Context, id: string) {
  require(barredFromManaging(actor))
  const row = await db
    .selectFrom('rule')
    .selectAll()
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('rule.not-found')
  return row
}

async function contentOf({ db }: Context, { id, number }: { readonly id: string; readonly number: number }) {
  const { content } = await db
    .selectFrom('ruleVersion')
    .select('content')
    .where('ruleId', '=', id)
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return content as unknown as RuleContent
}

interface Version {
  readonly id: string
  readonly customerId: string | null
  readonly name: string
  readonly number: number
  readonly content: RuleContent
}

async function writeVersion(context: Context, { id, customerId, name, number, content }: Version): Promise<void> {
  const { db, now } = context
  await db
    .insertInto('ruleVersion')
    .values({
      id: newId(now.getTime()),
      ruleId: id,
      customerId,
      number,
      name,
      content: JSON.stringify(content),
      madeBy: requirePersonId(context),
      madeAt: now,
    })
    .execute()
}

/** Somebody owns it: it acts where they may manage. */
function requirePersonId({ actor }: Context): string {
  if (actor.personId === null) throw new Failure('forbidden', 'may.managers')
  return actor.personId
}

async function tell(
  context: Context,
  action: string,
  { id, customerId }: { readonly id: string | null; readonly customerId: string | null },
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  waitForAll()
  await audit(context, { action, subjectType: 'rule', ...(id !== null && { subjectId: id }), customerId, facts })
}
