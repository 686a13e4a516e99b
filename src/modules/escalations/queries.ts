import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { getIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Escalation, EscalationRule, EscalationsQuery } from './api.ts'

/** Escalations with the names that they refer to; who of the provider's people only for the provider. */
function escalations({ db, actor }: Context) {
  const inside = barredFromInside(actor) === null
  const person = (column: 'owner_id' | 'raised_by') =>
    inside
      ? sql<Escalation['owner']>`(select json_build_object('id', p.id, 'name', p.name) from person p
          where p.id = ${sql.ref(`escalation.${column}`)})`
      : sql<null>`null`
  const rule = inside
    ? sql<string | null>`(select r.name from escalation_rule r where r.id = escalation.rule_id)`
    : sql<null>`null`
  return db
    .selectFrom('escalation')
    .innerJoin('incident', 'incident.id', 'escalation.incidentId')
    .innerJoin('customer', 'customer.id', 'escalation.customerId')
    .select([
      'escalation.id',
      'escalation.source',
      'escalation.direction',
      'escalation.kind',
      'escalation.level',
      'escalation.reason',
      'escalation.state',
      'escalation.raisedAt',
      'escalation.acknowledgedAt',
      'escalation.nextUpdateDue',
      'escalation.agreedOutcome',
      'escalation.closedAt',
      'escalation.raiserSatisfied',
      'escalation.version',
      'incident.id as incidentId',
      'incident.number',
      'incident.title',
      'customer.id as customerId',
      'customer.name as customerName',
      person('owner_id').as('owner'),
      person('raised_by').as('raisedBy'),
      rule.as('rule'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof escalations>['execute']>>[number]

function escalationOf({ incidentId, number, title, customerId, customerName, ...row }: Row): Escalation {
  return {
    ...(row as Omit<Escalation, 'incident' | 'customer'>),
    incident: { id: incidentId, number, title },
    customer: { id: customerId, name: customerName },
  }
}

/** A page of them, the newest first. */
export async function listEscalations(
  context: Context,
  { customer, incident, rule, state, source, since, late, taken, said, limit, cursor }: EscalationsQuery,
): Promise<{ items: Escalation[]; nextCursor: string | null }> {
  const { db } = context
  // Rules are inside: to a customer none has raised anything.
  if (rule !== undefined && barredFromInside(context.actor) !== null) return { items: [], nextCursor: null }
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const incidentId = incident === undefined ? null : (await getIncident(context, incident)).id
  const rows = await escalations(context)
    .select(sql<string>`escalation.raised_at::text`.as('sortKey'))
    .$if(customerId !== null, (query) => query.where('escalation.customerId', '=', customerId!))
    .$if(incidentId !== null, (query) => query.where('escalation.incidentId', '=', incidentId!))
    .$if(rule !== undefined, (query) => query.where('escalation.ruleId', '=', rule!))
    .$if(source !== undefined, (query) => query.where('escalation.source', '=', source!))
    .$if(since !== undefined, (query) => query.where('escalation.raisedAt', '>=', since!))
    .$if(late === true, (query) =>
      query.where('escalation.closedAt', 'is', null).where('escalation.nextUpdateDue', '<', context.now),
    )
    .$if(taken === true, (query) => query.where('escalation.acknowledgedAt', 'is not', null))
    .$if(said === true, (query) => query.where('escalation.raiserSatisfied', 'is not', null))
    .$if(state === 'counted', (query) => query.where('escalation.state', '<>', 'withdrawn'))
    .$if(state === 'open', (query) => query.where('escalation.closedAt', 'is', null))
    .$if(state === 'over', (query) => query.where('escalation.closedAt', 'is not', null))
    .$if(state !== undefined && state !== 'open' && state !== 'over' && state !== 'counted', (query) =>
      query.where('escalation.state', '=', state!),
    )
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(escalation.raised_at, escalation.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('escalation.raisedAt', 'desc')
    .orderBy('escalation.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(escalationOf), nextCursor: page.nextCursor }
}

/** One of them. Throws when there is none in sight. */
export async function readEscalation(context: Context, id: string): Promise<Escalation> {
  const row = await escalations(context).where('escalation.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('escalation.not-found')
  return escalationOf(row)
}

/** The rules that are in force, by name. */
export async function listRules({ db }: Context): Promise<EscalationRule[]> {
  const rows = await db
    .selectFrom('escalationRule')
    .innerJoin('person', 'person.id', 'escalationRule.ownerId')
    .leftJoin('customer', 'customer.id', 'escalationRule.customerId')
    .select([
      'escalationRule.id',
      'escalationRule.name',
      'escalationRule.trigger',
      'escalationRule.threshold',
      'escalationRule.priorities',
      'escalationRule.level',
      'escalationRule.kind',
      'escalationRule.version',
      'person.id as ownerId',
      'person.name as ownerName',
      'customer.id as customerId',
      'customer.name as customerName',
      sql<number>`(select count(*) from escalation e where e.rule_id = escalation_rule.id)`.as('raised'),
    ])
    .where('escalationRule.active', '=', true)
    .orderBy(sql`lower(escalation_rule.name)`)
    .orderBy('escalationRule.id')
    .execute()
  return rows.map(({ ownerId, ownerName, customerId, customerName, ...row }) => ({
    ...(row as Omit<EscalationRule, 'owner' | 'customer'>),
    owner: { id: ownerId, name: ownerName },
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
  }))
}
