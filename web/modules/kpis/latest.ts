import type { Kpi, ListedKpi } from '#api/kpis'

/** The last month of a course with whether it is news. */
export function latestOf({ series, stretches }: Kpi): ListedKpi['latest'] {
  const last = series.at(-1)
  if (last === undefined) return null
  return { ...last, limits: stretches.at(-1)?.limits ?? null }
}
