import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { invalid, notFound } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import type { Origin, OriginGiven, OriginKind } from './api-origin.ts'

/** What something was made from, as it is kept with it. */
export interface KeptOrigin {
  readonly originKind: string | null
  readonly originId: string | null
  readonly originKey: string | null
  readonly originPart: string | null
  readonly originLabel: string | null
}

interface FoundOrigin extends KeptOrigin {
  /** Whose it is; null for the provider's own. */
  readonly customerId: string | null
}

const nowhere = { originKind: null, originId: null, originKey: null, originPart: null, originLabel: null }

/** A record that something can be made from: whose it is and how it is called. Read with the asker's own eyes. */
export const originRecords: Readonly<Record<Exclude<OriginKind, 'kpi'>, RawBuilder<unknown>>> = {
  incident: sql`select id, customer_id, number || ' ' || title as label from incident`,
  'major-incident': sql`select m.id, m.customer_id, i.number || ' ' || i.title as label
    from major_incident m join incident i on i.id = m.incident_id`,
  escalation: sql`select e.id, e.customer_id, i.number || ' ' || i.title as label
    from escalation e join incident i on i.id = e.incident_id`,
  'feedback-case': sql`select id, customer_id, text as label from feedback_case`,
  request: sql`select id, customer_id, number || ' ' || coalesce(name ->> 'en', name ->> 'de', '') as label from request`,
  'friction-point': sql`select id, customer_id, title as label from friction_point`,
  review: sql`select r.id, r.customer_id, c.name || ' ' || to_char(r.month, 'YYYY-MM') as label
    from review r join customer c on c.id = r.customer_id`,
  action: sql`select id, customer_id, text as label from action`,
  stakeholder: sql`select id, customer_id, name as label from stakeholder where ended_at is null`,
  'forum-run': sql`select r.id, r.customer_id, f.name || ' ' || (r.planned_at at time zone f.time_zone)::date as label
    from forum_run r join forum f on f.id = r.forum_id`,
  improvement: sql`select id, customer_id, problem as label from improvement`,
  decision: sql`select id, customer_id, question as label from decision`,
  'service-credit': sql`select s.id, s.customer_id, c.number || ' ' || to_char(s.month, 'YYYY-MM') as label
    from service_credit s join contract c on c.id = s.contract_id`,
  contract: sql`select id, customer_id, number || ' ' || title as label from contract`,
  'contract-change': sql`select h.id, h.customer_id, c.number || ' #' || h.number as label
    from contract_change h join contract c on c.id = h.contract_id`,
  // Of what only some of us read no title: the label is read by whoever reads what was made from it.
  renewal: sql`select r.id, r.customer_id, c.number as label from renewal r join contract c on c.id = r.contract_id`,
  opportunity: sql`select id, customer_id, '#' || number as label from opportunity`,
}

const LONGEST_LABEL = 200

interface Asked {
  readonly origin?: OriginGiven | undefined
  /** Id or name. */
  readonly customer?: string | undefined
}

/**
 * What something is made from and whose it therefore is: of a record its customer, of a figure the one that is named with
 * it. Without either it is the provider's own. Throws when the record is not in sight, or is another customer's than named.
 */
export async function originOf({ db, actor }: Context, { origin, customer }: Asked): Promise<FoundOrigin> {
  const named = customer === undefined ? null : (await requireCustomer(db, customer)).id
  if (origin === undefined) return { ...nowhere, customerId: requireOwn(actor, named) }
  const { kind, id = null, key = null, part = null } = origin
  const kept = { originKind: kind, originId: id, originKey: key, originPart: part }
  if (kind === 'kpi') {
    if (key === null || id !== null) throw originNeeded('origin.key')
    const label = [key, ...(part === null ? [] : [part])].join(' · ')
    return { ...kept, originLabel: label, customerId: requireOwn(actor, named) }
  }
  if (id === null || key !== null) throw originNeeded('origin.id')
  const { rows } = await sql<{ readonly customerId: string | null; readonly label: string }>`
    select customer_id as "customerId", label from (${originRecords[kind]}) origin where id = ${id}`.execute(db)
  const [found] = rows
  if (found === undefined || (named !== null && found.customerId !== named)) throw notFound('origin.not-found')
  // Of a review it is said which line of it.
  const whole = kind === 'review' && part !== null ? `${found.label} · ${part}` : found.label
  const label = whole.length > LONGEST_LABEL ? `${whole.slice(0, LONGEST_LABEL - 1)}…` : whole
  return { ...kept, originLabel: label, customerId: requireOwn(actor, found.customerId) }
}

/** Whoever works for some customers makes nothing that is the provider's own. */
function requireOwn({ access }: Context['actor'], customerId: string | null): string | null {
  if (customerId === null && access === 'limited') {
    throw invalid('origin.customer-needed', {}, { errors: [{ path: 'customer', message: '' }] })
  }
  return customerId
}

function originNeeded(path: string) {
  return invalid('origin.incomplete', {}, { errors: [{ path, message: '' }] })
}

/** As it is told. */
export function toldOrigin({ originKind, originId, originKey, originPart, originLabel }: KeptOrigin): Origin | null {
  if (originKind === null) return null
  return {
    kind: originKind as OriginKind,
    id: originId,
    key: originKey,
    part: originPart,
    label: originLabel ?? originKey ?? '',
  }
}

/** Reads columns of a table for who asks: null to a customer's eyes. */
export function insideColumns(table: string, inside: boolean): (column: string) => RawBuilder<string | null> {
  return (column) => (inside ? sql`${sql.ref(`${table}.${column}`)}` : sql`null::text`)
}

/** What something was made from, as columns of a query. @param own As {@link insideColumns} gives it. */
export function originColumns(own: (column: string) => RawBuilder<string | null>) {
  return [
    own('origin_kind').as('originKind'),
    own('origin_id').as('originId'),
    own('origin_key').as('originKey'),
    own('origin_part').as('originPart'),
    own('origin_label').as('originLabel'),
  ] as const
}

interface Columns extends KeptOrigin {
  readonly customerId: string | null
  readonly customerName: string | null
}

/** A row with its customer and its origin as they are told. */
export function withOrigin<Row extends Columns>(row: Row) {
  const { customerId, customerName, originKind, originId, originKey, originPart, originLabel, ...rest } = row
  return {
    ...rest,
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
    origin: toldOrigin({ originKind, originId, originKey, originPart, originLabel }),
  }
}

/** Rows of `table` that were made from what a list is asked for. */
export function madeFrom(table: string, asked: string | undefined): RawBuilder<boolean> {
  if (asked === undefined) return sql<boolean>`true`
  const [kind = '', ref = ''] = asked.split(':', 2)
  const column = (name: string) => sql.ref(`${table}.${name}`)
  const byId = z.uuid().safeParse(ref)
  const same = byId.success
    ? sql<boolean>`${column('origin_id')} = ${byId.data}::uuid`
    : sql<boolean>`${column('origin_key')} = ${ref}`
  return sql<boolean>`(${column('origin_kind')} = ${kind} and ${same})`
}
