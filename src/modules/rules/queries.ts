import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromManaging, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Rule, RuleRun, RuleVersion } from './api.ts'
import { namesIn } from './names.ts'
import { mayTriggerItself, type RuleContent } from './shape.ts'
import { sayOfRules } from './text.ts'

const DAYS = 30
const DAY_MS = 86_400_000

function rules({ db, now }: Context) {
  const since = new Date(now.getTime() - DAYS * DAY_MS)
  return db
    .selectFrom('rule')
    .innerJoin('ruleVersion', (join) =>
      join.onRef('ruleVersion.ruleId', '=', 'rule.id').onRef('ruleVersion.number', '=', 'rule.number'),
    )
    .innerJoin('person', 'person.id', 'rule.ownerId')
    .leftJoin('customer', 'customer.id', 'rule.customerId')
    .leftJoin('incident', 'incident.id', 'rule.stoppedIncidentId')
    .select([
      'rule.id',
      'rule.name',
      'rule.position',
      'rule.enabledSince',
      'rule.number',
      'rule.stoppedAt',
      'rule.stoppedWhy',
      'rule.version',
      'ruleVersion.content',
      'person.id as ownerId',
      'person.name as ownerName',
      'customer.id as customerId',
      'customer.name as customerName',
      'incident.id as incidentId',
      'incident.number as incidentNumber',
      sql<number>`(select count(*) from rule_run r where r.rule_id = rule.id and r.outcome = 'acted' and r.at > ${since})`.as(
        'acted',
      ),
    ])
    .where('rule.endedAt', 'is', null)
}

type Row = Awaited<ReturnType<ReturnType<typeof rules>['execute']>>[number]

async function rulesOf(context: Context, rows: readonly Row[]): Promise<Rule[]> {
  const contents = rows.map(({ content }) => content as unknown as RuleContent)
  const names = await namesIn(context.db, contents)
  return rows.map((row, index) => {
    const content = contents[index]!
    const text = JSON.stringify(content)
    return {
      ...content,
      id: row.id,
      name: row.name,
      position: row.position,
      enabledSince: row.enabledSince,
      number: row.number,
      version: row.version,
      acted: row.acted,
      owner: { id: row.ownerId, name: row.ownerName },
      customer:
        row.customerId === null || row.customerName === null ? null : { id: row.customerId, name: row.customerName },
      mayTriggerItself: mayTriggerItself(content),
      stopped: stoppedOf(context, row),
      names: Object.fromEntries([...names].filter(([id]) => text.includes(id))),
    }
  })
}

function stoppedOf({ actor }: Context, row: Row): Rule['stopped'] {
  const { stoppedAt: at, stoppedWhy, incidentId, incidentNumber } = row
  if (at === null) return null
  const why = stoppedWhy as 'itself' | 'depth' | 'rate'
  return {
    at,
    why,
    incident: incidentId === null || incidentNumber === null ? null : { id: incidentId, number: incidentNumber },
    sentence: sayOfRules(actor.language, `stopped.${why}`),
  }
}

/** In the order in which they speak. */
export async function listRules(context: Context): Promise<Rule[]> {
  require(barredFromManaging(context.actor))
  const rows = await rules(context).orderBy('rule.position').orderBy('rule.id').execute()
  return rulesOf(context, rows)
}

/** One of them. Throws when there is none in sight. */
export async function readRule(context: Context, id: string): Promise<Rule> {
  require(barredFromManaging(context.actor))
  const row = await rules(context).where('rule.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('rule.not-found')
  return (await rulesOf(context, [row]))[0]!
}

/** What a rule said, the newest first. */
export async function listVersions(context: Context, id: string): Promise<RuleVersion[]> {
  await readRule(context, id)
  const rows = await context.db
    .selectFrom('ruleVersion')
    .innerJoin('person', 'person.id', 'ruleVersion.madeBy')
    .select([
      'ruleVersion.number',
      'ruleVersion.name',
      'ruleVersion.content',
      'ruleVersion.madeAt',
      'person.name as madeBy',
    ])
    .where('ruleVersion.ruleId', '=', id)
    .orderBy('ruleVersion.number', 'desc')
    .execute()
  return rows.map(({ content, ...row }, index) => {
    const said = content as unknown as RuleContent
    const before = rows[index + 1]
    return { ...said, ...row, changed: before === undefined ? [] : differences({ content, name: row.name }, before) }
  })
}

function differences(
  one: { readonly content: unknown; readonly name: string },
  other: { readonly content: unknown; readonly name: string },
): RuleVersion['changed'] {
  const [now, before] = [one.content, other.content] as [RuleContent, RuleContent]
  const parts = (['when', 'if', 'actions'] as const).filter(
    (part) => JSON.stringify(now[part]) !== JSON.stringify(before[part]),
  )
  return [...(one.name === other.name ? [] : (['name'] as const)), ...parts]
}

interface RunsQuery {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly outcome?: RuleRun['outcome'] | undefined
}

/** What a rule did, the newest first. */
export async function listRuns(context: Context, id: string, { limit, cursor, outcome }: RunsQuery) {
  await readRule(context, id)
  const { db, actor } = context
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await db
    .selectFrom('ruleRun')
    .innerJoin('incident', 'incident.id', 'ruleRun.incidentId')
    .select([
      'ruleRun.id',
      'ruleRun.at',
      'ruleRun.number as version',
      'ruleRun.outcome',
      'ruleRun.why',
      'ruleRun.done',
      'incident.id as incidentId',
      'incident.number',
      'incident.title',
      sql<string>`rule_run.at::text`.as('sortKey'),
    ])
    .where('ruleRun.ruleId', '=', id)
    .$if(outcome !== undefined, (query) => query.where('ruleRun.outcome', '=', outcome!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(rule_run.at, rule_run.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('ruleRun.at', 'desc')
    .orderBy('ruleRun.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id: runId }) => [sortKey, runId])
  return {
    items: items.map(({ incidentId, number, title, version, why, done, ...row }): RuleRun => ({
      ...(row as Pick<RuleRun, 'id' | 'at' | 'outcome'>),
      number: version,
      incident: { id: incidentId, number, title },
      why: row.outcome === 'stopped' ? sayOfRules(actor.language, `stopped.${why as 'itself'}`) : why,
      done: done as RuleRun['done'],
    })),
    nextCursor,
  }
}
