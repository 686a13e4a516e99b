import { type RawBuilder, sql } from 'kysely'
import { type Ratio, reaches } from '#core/attainment.ts'
import { MOST_LOST_MINUTES } from '#core/lost-time.ts'
import { type Accord, accordOf, isValid, pointsOf, type Score, scoreOf } from '#core/perception.ts'
import { compared, rational, rounded } from '#core/rational.ts'
import type { Db } from '#platform/context.ts'

/** From so many points on it is felt to be good, and what the points are made of (DOMAIN §3.5). */
export const TARGET_POINTS = 70
const WEIGHTS = { nps: 40, lostTime: 25, ces: 20, csat: 15 } as const

/** What the score is made of; null where nobody was asked for it. */
export interface FeltParts {
  readonly nps: Ratio | null
  /** Minutes over answers. */
  readonly lostTime: Ratio | null
  /** The mean on the scale from 1 to 7. */
  readonly ces: Ratio | null
  readonly csat: Ratio | null
}

function componentsOf({ nps, lostTime, ces, csat }: FeltParts) {
  return [
    { name: 'nps', weight: WEIGHTS.nps, value: hundredfold(nps), bad: -100, good: 100 },
    { name: 'lost-time', weight: WEIGHTS.lostTime, value: lostTime, bad: 240, good: 60 },
    { name: 'ces', weight: WEIGHTS.ces, value: ces, bad: 1, good: 7 },
    { name: 'csat', weight: WEIGHTS.csat, value: hundredfold(csat), bad: 0, good: 100 },
  ] as const
}

/** The experience score of what was measured. */
export function experienceScore(parts: FeltParts): Score {
  return scoreOf(componentsOf(parts))
}

/** What the score is the weighted mean of: each part that was measured, on the scale from 0 to 100 and as it was measured. */
export function scoreParts(parts: FeltParts) {
  return componentsOf(parts).flatMap(({ name, weight, value, ...scale }) => {
    const points = pointsOf({ name, weight, value, ...scale })
    return value === null || points === null ? [] : [{ name, weight, value, points: rounded(points, 1) }]
  })
}

/** Whether what was kept and what was felt agree; unknown where too few answered. */
export function accordBetween(
  kept: { readonly met: number; readonly failed: number; readonly targetBp: number | null },
  { points }: Score,
  valid: boolean,
): Accord {
  const good = points !== null && compared(points, rational(TARGET_POINTS)) >= 0
  const felt = !valid || points === null ? null : good ? 'met' : 'missed'
  return accordOf(promiseOf(kept), felt)
}

function promiseOf({ met, failed, targetBp }: Parameters<typeof accordBetween>[0]): 'met' | 'missed' | null {
  if (targetBp === null || met + failed === 0) return null
  return reaches({ numerator: met, denominator: met + failed }, targetBp) ? 'met' : 'missed'
}

function hundredfold(ratio: Ratio | null): Ratio | null {
  return ratio && { numerator: 100 * ratio.numerator, denominator: ratio.denominator }
}

/** A customer's months from the first to before the last, as first days. */
interface Months {
  readonly customerId: string
  readonly from: string
  readonly to: string
}

/**
 * A row for each answer and each person asked, with what the score is summed from: month, site_id, service_id and the
 * columns of `feltSums`.
 */
export function feltRows({ customerId, from, to }: Months): RawBuilder<unknown> {
  const within = sql`a.customer_id = ${customerId}::uuid and a.month >= ${from}::date and a.month < ${to}::date`
  return sql`
    select a.month, a.site_id, a.service_id, 0 as asked, 1 as answers,
      (a.scale = 'nps')::int as nps_d, case when a.scale = 'nps' then (a.score >= 9)::int - (a.score <= 6)::int end as nps_n,
      (a.scale = 'ces')::int as ces_d, case when a.scale = 'ces' then a.score end as ces_n,
      (a.scale = 'csat')::int as csat_d, case when a.scale = 'csat' then (a.score >= 4)::int end as csat_n,
      (a.lost_minutes is not null)::int as lost_d,
      case when a.lost_minutes is not null then least(a.lost_minutes, ${sql.lit(MOST_LOST_MINUTES)}) end as lost_n
    from answer a where ${within}
    union all
    select a.month, a.site_id, a.service_id, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 from survey_invitation a where ${within}`
}

/** The columns of the sums of `feltRows` `s`. */
export const feltSums = sql`sum(s.asked)::int as asked, sum(s.answers)::int as answers,
  sum(s.nps_d)::int as "npsOf", coalesce(sum(s.nps_n), 0)::int as nps, sum(s.ces_d)::int as "cesOf", coalesce(sum(s.ces_n), 0)::int as ces,
  sum(s.csat_d)::int as "csatOf", coalesce(sum(s.csat_n), 0)::int as csat, sum(s.lost_d)::int as "lostOf", coalesce(sum(s.lost_n), 0)::int as lost`

export interface FeltSums {
  readonly asked: number
  readonly answers: number
  readonly nps: number
  readonly npsOf: number
  readonly ces: number
  readonly cesOf: number
  readonly csat: number
  readonly csatOf: number
  readonly lost: number
  readonly lostOf: number
}

/** The score of sums, and whether enough answered for it to be shown. */
export function scoreOfSums(sums: FeltSums): Score & { readonly valid: boolean } {
  const ratio = (numerator: number, denominator: number) => (denominator === 0 ? null : { numerator, denominator })
  const score = experienceScore({
    nps: ratio(sums.nps, sums.npsOf),
    ces: ratio(sums.ces, sums.cesOf),
    csat: ratio(sums.csat, sums.csatOf),
    lostTime: ratio(sums.lost, sums.lostOf),
  })
  return { ...score, valid: isValid({ numerator: sums.answers, denominator: Math.max(sums.asked, sums.answers) }) }
}

export interface ServiceAccord {
  /** First day. */
  readonly month: string
  readonly serviceId: string
  readonly answers: number
  readonly accord: Accord
}

/** Of each service and month whether what was kept and what was felt agree; those of which one is not known are left out. */
export async function accordsOf(db: Db, months: Months): Promise<readonly ServiceAccord[]> {
  const { rows } = await sql<
    FeltSums & { month: string; serviceId: string; met: number; failed: number; promised: number; measured: number }
  >`
    with kept as (
      select k.month, k.service_id, sum(k.met)::int as met, sum(k.failed)::int as failed,
        coalesce(sum((k.met + k.failed) * k.bp), 0)::float8 as promised,
        coalesce(sum(k.met + k.failed) filter (where k.bp is not null), 0)::int as measured
      from (select a.month, a.service_id, a.met, a.failed, (select max(t.attainment_bp) from target t
          where t.agreement_version_id = a.agreement_version_id and t.metric = a.metric and t.priority = a.priority::text) as bp
        from attainment_month a where a.metric = 'resolution' and a.service_id is not null and a.customer_id = ${months.customerId}::uuid
          and a.month >= ${months.from}::date and a.month < ${months.to}::date) k
      group by k.month, k.service_id
    ), felt as (
      select s.month, s.service_id, ${feltSums} from (${feltRows(months)}) s where s.service_id is not null group by s.month, s.service_id
    )
    select felt.*, felt.month::text as month, felt.service_id as "serviceId", kept.met, kept.failed, kept.promised, kept.measured
    from felt join kept using (month, service_id) order by felt.month, felt.service_id`.execute(db)
  return rows.flatMap(({ month, serviceId, met, failed, promised, measured, ...sums }) => {
    const { valid, ...score } = scoreOfSums(sums)
    const targetBp = measured === 0 ? null : Math.round(promised / measured)
    const accord = accordBetween({ met, failed, targetBp }, score, valid)
    return accord === 'unknown' ? [] : [{ month, serviceId, answers: sums.answers, accord }]
  })
}
