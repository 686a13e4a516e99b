import { sql } from 'kysely'
import { MOST_LOST_MINUTES } from '#core/lost-time.ts'
import { rational, rounded, times } from '#core/rational.ts'
import { accordsOf, type FeltSums, feltRows, feltSums, scoreOfSums } from '#modules/feedback'
import { placed, slicingOf } from './slicing.ts'
import {
  byService,
  countedRows,
  type KpiSource,
  type Slice,
  type SlicedSource,
  type SummedSource,
  withoutTeam,
} from './source.ts'

/** Answers on a scale. */
function answered(scale: string, n: string): SummedSource {
  return {
    records: 'answers',
    spread: false,
    parts: withoutTeam,
    topics: ['answers'],
    rows: ({ customerId, from, to }) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, t.month, ${sql.raw(n)} as n, 1 as d, null::uuid as record_id
      from answer t where t.customer_id = ${customerId} and t.scale = ${scale} and t.month >= ${from}::date and t.month < ${to}::date`,
  }
}

/** Points of a score are kept to the hundredth. */
const POINT_PARTS = 100
/** Points of the highest score. */
const MOST_POINTS = 100

/** The score of each part by itself: weighted means do not add up. What too few answered for is not measured. */
const experience: SlicedSource = {
  records: 'answers',
  parts: withoutTeam,
  topics: ['answers'],
  slices: async (stretch, { db }) => {
    const { part, key, sets } = slicingOf(withoutTeam)
    const { rows } = await sql<FeltSums & Pick<Slice, 'month' | 'part' | 'key'>>`
      select s.month::text as month, ${part} as part, ${key} as key, ${feltSums}
      from ${placed(feltRows(stretch))} s group by grouping sets (${sets})`.execute(db)
    return rows.flatMap(({ month, part: of, key: id, ...sums }): Slice[] => {
      const { points, valid } = scoreOfSums(sums)
      if (points === null || !valid) return []
      const { answers } = sums
      const numerator = rounded(times(points, rational(POINT_PARTS)), 0) * answers
      return [{ month, part: of, key: id, numerator, denominator: POINT_PARTS * MOST_POINTS * answers, size: answers }]
    })
  },
}

/** Figures of what people say. */
export const feltSources: Readonly<Record<string, KpiSource>> = {
  K21: answered('csat', '(t.score >= 4)::int'),
  K22: answered('nps', '(t.score >= 9)::int - (t.score <= 6)::int'),
  K23: answered('ces', '(t.score >= 5)::int'),
  K24: {
    records: 'answers',
    spread: true,
    parts: withoutTeam,
    topics: ['answers'],
    rows: ({ customerId, from, to }) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, t.month,
        60000 * least(t.lost_minutes, ${sql.lit(MOST_LOST_MINUTES)}) as n, 1 as d, null::uuid as record_id
      from answer t where t.customer_id = ${customerId} and t.lost_minutes is not null and t.month >= ${from}::date and t.month < ${to}::date`,
  },
  K25: experience,
  K26: {
    records: 'answers',
    spread: false,
    parts: withoutTeam,
    topics: ['answers'],
    rows: ({ customerId, from, to }) => {
      const within = sql`t.customer_id = ${customerId} and t.month >= ${from}::date and t.month < ${to}::date`
      return sql`
        select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, t.month, 0 as n, 1 as d, null::uuid as record_id
        from survey_invitation t where ${within}
        union all
        select t.customer_id, t.site_id, t.service_id, null::uuid, t.month, 1, 0, null::uuid from survey_answer t where ${within}
        union all
        select t.customer_id, t.site_id, t.service_id, null::uuid, t.month, 1, 0, null::uuid from anonymous_answer t
        where ${within} and t.site_id is null and t.service_id is null`
    },
  },
  K27: {
    records: 'services',
    spread: false,
    sized: true,
    parts: byService,
    topics: ['answers', 'results'],
    rows: async (stretch, { db }) => {
      const found = await accordsOf(db, stretch)
      return countedRows(
        stretch.customerId,
        found.map(({ month, serviceId, answers, accord }) => ({
          month,
          serviceId,
          n: accord === 'watermelon' ? 1 : 0,
          d: 1,
          size: answers,
          recordId: serviceId,
        })),
      )
    },
  },
}
