import { sql } from 'kysely'
import { openStates } from '#api/incidents'
import type { Context } from '#platform/context.ts'
import { insertEscalation } from './actions.ts'
import { type Considered, type Rule, speaks } from './escalation.ts'

const DAY_MS = 86_400_000

interface OpenIncident extends Considered {
  readonly id: string
  readonly customerId: string
}

/** Raises what the rules say of one incident; each speaks once about it. */
export async function considerOne(context: Context, incidentId: string): Promise<void> {
  const { db, now } = context
  const { rows } = await sql<{
    readonly customerId: string
    readonly priority: string
    readonly state: (typeof openStates)[number]
    readonly reopened: number
    readonly handedOver: number
    readonly openedAt: Date
    readonly share: number
  }>`
    select customer_id as "customerId", priority, state, reopen_count as reopened, hop_count as "handedOver",
      opened_at as "openedAt",
      coalesce((select max(told_bp) from clock where clock.incident_id = incident.id), 0) / 100 as share
    from incident where id = ${incidentId}`.execute(db)
  const [row] = rows
  if (row === undefined) return
  const { customerId, priority, state, reopened, handedOver, openedAt, share } = row
  await raiseWhatSpeaks(context, {
    id: incidentId,
    customerId,
    priority,
    isOpen: openStates.includes(state),
    reopened,
    handedOver,
    share,
    ageDays: Math.floor((now.getTime() - openedAt.getTime()) / DAY_MS),
  })
}

/** The same for everything that has become as old as a rule allows. */
export async function considerAged(context: Context): Promise<void> {
  const { db, now } = context
  const { rows } = await sql<{ readonly id: string }>`
    select distinct incident.id from escalation_rule rule
    join incident on (rule.customer_id is null or rule.customer_id = incident.customer_id)
      and incident.opened_at <= ${now}::timestamptz - make_interval(days => rule.threshold)
      and incident.state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored')
    where rule.active and rule.trigger = 'age'
      and not exists (select from escalation e where e.incident_id = incident.id and e.rule_id = rule.id)
    limit 1000`.execute(db)
  for (const { id } of rows) await considerOne(context, id)
}

async function raiseWhatSpeaks(context: Context, incident: OpenIncident): Promise<void> {
  const rules = await context.db
    .selectFrom('escalationRule')
    .select(['id', 'name', 'trigger', 'threshold', 'priorities', 'level', 'kind', 'ownerId'])
    .where('active', '=', true)
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', incident.customerId)]))
    .execute()
  for (const { id: ruleId, name, level, kind, ownerId, ...rule } of rules) {
    if (!speaks(rule as Rule, incident)) continue
    await insertEscalation(context, {
      incidentId: incident.id,
      customerId: incident.customerId,
      source: 'auto',
      direction: kind === 'hierarchic' ? 'to-management' : 'inbound',
      kind: kind as 'functional' | 'hierarchic',
      level,
      reason: name,
      ownerId,
      ruleId,
    })
  }
}
