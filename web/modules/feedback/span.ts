import { addMonths } from '#web/ui/month.ts'

/** How far one looks back. */
export const spans = ['last-12', 'last-3', 'all'] as const
export type Span = (typeof spans)[number]

const MONTHS: Readonly<Record<Span, number | null>> = { 'last-12': 12, 'last-3': 3, all: null }

/** The days that bound a span, whole months with the one that goes on. */
export function spanOf(span: Span, now: Date): { readonly from: string | undefined; readonly to: string | undefined } {
  const months = MONTHS[span]
  if (months === null) return { from: undefined, to: undefined }
  const current = now.toISOString().slice(0, 7)
  return { from: `${addMonths(current, 1 - months)}-01`, to: `${addMonths(current, 1)}-01` }
}

/** The days that bound one month, `2026-10`. */
export function monthSpan(month: string): { readonly from: string; readonly to: string } {
  return { from: `${month}-01`, to: `${addMonths(month, 1)}-01` }
}
