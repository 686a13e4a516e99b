import { type RawBuilder, sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { insideColumns, madeFrom, originColumns, withOrigin } from '#modules/actions'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Improvement, ImprovementInFull, ImprovementsQuery } from './api.ts'
import { benefitOf } from './benefit.ts'

const LOG = 100

/** Improvements with the names they refer to. What is not for a customer's eyes is null to them, cost to who manages not. */
function improvements({ db, actor }: Context) {
  const inside = barredFromInside(actor) === null
  const manages = barredFromManaging(actor) === null || actor.access === 'auditor'
  const own = insideColumns('improvement', inside)
  const person = (column: string) =>
    inside
      ? sql<Improvement['owner']>`(select json_build_object('id', p.id, 'name', p.name) from person p
          where p.id = ${sql.ref(`improvement.${column}`)})`
      : sql<null>`null`
  const month = (column: string) => sql<string | null>`to_char(${sql.ref(`improvement.${column}`)}, 'YYYY-MM')`
  return db
    .selectFrom('improvement')
    .leftJoin('customer', 'customer.id', 'improvement.customerId')
    .select(['improvement.id', 'improvement.problem', 'improvement.hypothesis', 'improvement.theme'])
    .select(['improvement.benefitType', 'improvement.kpi', 'improvement.kpiPart', 'improvement.kpiOf'])
    .select(['improvement.baselineValue', 'improvement.targetValue', 'improvement.agreedEvidence'])
    .select(['improvement.state', 'improvement.startedAt', 'improvement.proof', 'improvement.proofPattern'])
    .select(['improvement.proofValue', 'improvement.verifiedAt', 'improvement.shared', 'improvement.madeAt'])
    .select(['improvement.version', 'customer.id as customerId', 'customer.name as customerName'])
    .select([
      sql<number | null>`improvement.baseline_numerator::float8`.as('baselineNumerator'),
      sql<number | null>`improvement.baseline_denominator::float8`.as('baselineDenominator'),
      month('baseline_month').as('baselineMonth'),
      month('proof_month').as('proofMonth'),
      (manages ? sql<number | null>`improvement.cost_minor::float8` : sql<null>`null`).as('costMinor'),
      (manages ? own('cost_currency') : sql<null>`null`).as('costCurrency'),
      person('owner_id').as('owner'),
      person('verified_by').as('verifiedBy'),
      own('findings').as('findings'),
      own('stop_reason').as('stopReason'),
      own('evidence').as('evidence'),
      ...originColumns(own),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof improvements>['execute']>>[number]

function improvementOf(row: Row): Improvement {
  const { kpi, kpiPart, kpiOf, baselineMonth, baselineValue, baselineNumerator, baselineDenominator, ...others } =
    withOrigin(row)
  const { costMinor, costCurrency, ...rest } = others
  return {
    ...(rest as Omit<Improvement, 'kpi' | 'baseline' | 'cost'>),
    kpi: kpi === null ? null : { key: kpi, part: (kpiPart ?? 'customer') as 'customer', of: kpiOf ?? '' },
    baseline:
      baselineMonth === null || baselineValue === null
        ? null
        : {
            month: baselineMonth,
            value: baselineValue,
            numerator: baselineNumerator ?? 0,
            denominator: baselineDenominator ?? 0,
          },
    cost: costMinor === null || costCurrency === null ? null : { amountMinor: costMinor, currency: costCurrency },
  }
}

const shown: Readonly<Record<ImprovementsQuery['show'], RawBuilder<boolean>>> = {
  open: sql`improvement.state not in ('benefit-verified', 'closed', 'stopped')`,
  verified: sql`improvement.state in ('benefit-verified', 'closed')`,
  'by-signal': sql`(improvement.state in ('benefit-verified', 'closed') and improvement.proof = 'signal')`,
  stopped: sql`improvement.state = 'stopped'`,
  all: sql`true`,
}

/** `GET /improvements`. */
export async function listImprovements(
  context: Context,
  { customer, show, theme, origin, limit, cursor }: ImprovementsQuery,
): Promise<{ items: Improvement[]; nextCursor: string | null }> {
  const { db, actor } = context
  if (origin !== undefined && barredFromInside(actor) !== null) return { items: [], nextCursor: null }
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await improvements(context)
    .select(sql<string>`improvement.made_at::text`.as('sortKey'))
    .where(origin === undefined ? shown[show] : sql<boolean>`true`)
    .where(madeFrom('improvement', origin))
    .$if(customerId !== null, (query) => query.where('improvement.customerId', '=', customerId!))
    .$if(theme !== undefined, (query) => query.where('improvement.theme', '=', theme!))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(improvement.made_at, improvement.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('improvement.madeAt', 'desc')
    .orderBy('improvement.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(improvementOf), nextCursor: page.nextCursor }
}

/** One of them. Throws when there is none in sight. */
export async function readImprovement(context: Context, id: string): Promise<Improvement> {
  const row = await improvements(context).where('improvement.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('improvement.not-found')
  return improvementOf(row)
}

/** `GET /improvements/:id`. */
export async function readInFull(context: Context, id: string): Promise<ImprovementInFull> {
  const improvement = await readImprovement(context, id)
  if (barredFromInside(context.actor) !== null) return { ...improvement, benefit: null, unit: null, log: [] }
  const { customer, kpi, startedAt } = improvement
  const measured = { customerId: customer?.id ?? null, startedAt }
  const found = await benefitOf(context, {
    ...measured,
    kpi: kpi?.key ?? null,
    kpiPart: kpi?.part ?? null,
    kpiOf: kpi?.of ?? null,
  })
  const { rows } = await sql<ImprovementInFull['log'][number]>`
    select h.id, h.occurred_at as at, h.facts->>'from' as "from", h.facts->>'to' as "to", h.facts->>'note' as note,
      (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = h.actor_id) as by
    from history h where h.subject_id = ${id} and h.subject_type = 'improvement'
    order by h.occurred_at desc, h.id desc limit ${LOG}`.execute(context.db)
  return { ...improvement, ...found, log: rows }
}

/** `GET /reports/improvements`. */
export async function reportImprovements({ db }: Context, { customer }: { readonly customer?: string | undefined }) {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const { rows } = await sql<{
    readonly open: number
    readonly verified: number
    readonly stopped: number
    readonly signals: number
    readonly medianDays: number | null
  }>`
    select count(*) filter (where ${shown.open})::int as open, count(*) filter (where ${shown.verified})::int as verified,
      count(*) filter (where ${shown.stopped})::int as stopped,
      count(*) filter (where ${shown['by-signal']})::int as signals,
      (percentile_cont(0.5) within group (order by extract(epoch from verified_at - made_at) / 86400)
        filter (where ${shown.verified}))::float8 as "medianDays"
    from improvement where ${customerId === null ? sql`true` : sql`customer_id = ${customerId}`}`.execute(db)
  const { signals, ...counts } = rows[0]!
  const bySignal = counts.verified === 0 ? null : { numerator: signals, denominator: counts.verified }
  return { ...counts, bySignal }
}
