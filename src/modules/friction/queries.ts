import { sql } from 'kysely'
import { Failure, notFound } from '#core/failure.ts'
import { inHours } from '#core/impact.ts'
import { rounded } from '#core/rational.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { FrictionPoint, FrictionQuery } from './api.ts'
import { costOf, overStates, removedStates } from './friction-point.ts'

function points(db: Db) {
  const of = (table: 'site' | 'service' | 'person', column: string) =>
    sql<FrictionPoint['site']>`(select json_build_object('id', t.id, 'name', t.name) from ${sql.table(table)} t
      where t.id = ${sql.ref(`friction_point.${column}`)})`
  return db
    .selectFrom('frictionPoint')
    .innerJoin('customer', 'customer.id', 'frictionPoint.customerId')
    .select(['frictionPoint.id', 'frictionPoint.title', 'frictionPoint.description', 'frictionPoint.place'])
    .select(['frictionPoint.who', 'frictionPoint.people', 'frictionPoint.perWeek', 'frictionPoint.minutes'])
    .select(['frictionPoint.rateMinor', 'frictionPoint.currency', 'frictionPoint.workaround', 'frictionPoint.foundBy'])
    .select(['frictionPoint.state', 'frictionPoint.outcome', 'frictionPoint.observedAt', 'frictionPoint.verifiedAt'])
    .select(['frictionPoint.version', 'frictionPoint.minutesYear'])
    .select(['customer.id as customerId', 'customer.name as customerName'])
    .select([
      of('site', 'site_id').as('site'),
      of('service', 'service_id').as('service'),
      of('person', 'reporter_id').as('reporter'),
      of('person', 'owner_id').as('owner'),
      sql<FrictionPoint['incident']>`(select json_build_object('id', i.id, 'number', i.number, 'title', i.title)
        from incident i where i.id = friction_point.incident_id)`.as('incident'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof points>['execute']>>[number]

function pointOf({ customerId, customerName, ...row }: Row): FrictionPoint {
  return {
    ...(row as Omit<FrictionPoint, 'customer' | 'cost'>),
    customer: { id: customerId, name: customerName },
    cost: costOf(row),
  }
}

/** `GET /friction-points`. */
export async function listPoints({ db }: Context, { customer, site, state, limit, cursor }: FrictionQuery) {
  const after = keyOf(cursor, ['number', 'id'])
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const rows = await points(db)
    .$if(customerId !== null, (query) => query.where('frictionPoint.customerId', '=', customerId!))
    .$if(site !== undefined, (query) => query.where('frictionPoint.siteId', '=', site!))
    .$if(state === 'open', (query) => query.where('frictionPoint.state', 'not in', overStates))
    .$if(state === 'over', (query) => query.where('frictionPoint.state', 'in', overStates))
    .$if(state === 'removed', (query) => query.where('frictionPoint.state', 'in', removedStates))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(friction_point.minutes_year, friction_point.id) < (${after?.[0]}::bigint, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('frictionPoint.minutesYear', 'desc')
    .orderBy('frictionPoint.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { rows: sums } = await sql<{ readonly open: number; readonly removed: number }>`
    select coalesce(sum(minutes_year) filter (where state not in (${sql.join(overStates)})), 0)::float8 as open,
      coalesce(sum(minutes_year) filter (where state in (${sql.join(removedStates)})), 0)::float8 as removed
    from friction_point f where true
      ${customerId === null ? sql`` : sql`and f.customer_id = ${customerId}`}
      ${site === undefined ? sql`` : sql`and f.site_id = ${site}`}`.execute(db)
  const shown = pageFrom(rows, limit, ({ minutesYear, id }) => [minutesYear, id])
  const { open, removed } = sums[0]!
  return {
    items: shown.items.map(pointOf),
    nextCursor: shown.nextCursor,
    openHours: rounded(inHours(open), 1),
    removedHours: rounded(inHours(removed), 1),
  }
}

export async function readPoint(db: Db, id: string): Promise<FrictionPoint> {
  const row = await points(db).where('frictionPoint.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('friction.not-found')
  return pointOf(row)
}

/** Reads one and locks it; throws when it is not at `version` any more. */
export async function lockPoint(db: Db, id: string, version: number) {
  const row = await db
    .selectFrom('frictionPoint')
    .select(['id', 'customerId', 'state', 'reporterId', 'ownerId', 'outcome', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('friction.not-found')
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}
