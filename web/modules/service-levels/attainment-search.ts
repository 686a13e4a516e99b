import { z } from 'zod'
import { metrics, priorities, verdicts } from '#api/service-levels'
import { optional } from '#web/ui/search.ts'

const period = {
  period: optional(z.enum(['last-12', 'custom'])),
  month: optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
}

/** By what the table below the figures is grouped; priorities have panels of their own. */
export const tableGroupings = ['site', 'service', 'team', 'month', 'customer'] as const
export type TableGrouping = (typeof tableGroupings)[number]

/** With what the figures are compared: an earlier period, another customer, one site. */
const against = /^(before|year-before|(customer|site):[0-9a-f-]{36})$/

export const attainmentSearch = z.object({
  ...period,
  by: optional(z.enum(tableGroupings)),
  against: optional(z.string().regex(against)),
})
export type AttainmentSearch = z.output<typeof attainmentSearch> & {
  readonly customer?: string | undefined
  readonly site?: string | undefined
}

/** The cases under a figure: its own period, and what it was narrowed to. */
export const caseSearch = z.object({
  ...period,
  metric: optional(z.enum(metrics)),
  verdict: optional(z.enum(verdicts)),
  priority: optional(z.enum(priorities)),
  site: optional(z.uuid()),
  service: optional(z.uuid()),
  team: optional(z.uuid()),
})
export type CaseSearch = z.output<typeof caseSearch> & { readonly customer?: string | undefined }
