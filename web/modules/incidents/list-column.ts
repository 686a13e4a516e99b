/** What a list can show of an incident, in its usual order; a part of the first load, so without anything else. */
export const listColumns = [
  'due',
  'used',
  'number',
  'title',
  'priority',
  'state',
  'customer',
  'site',
  'service',
  'team',
  'assignee',
  'category',
  'resolutionCode',
  'requester',
  'opened',
  'updated',
  'resolved',
  'source',
] as const
export type ListColumn = (typeof listColumns)[number]

/** Shown unless somebody chose: where only one customer is seen, or one state, its column would say nothing. */
export function usualColumns({
  customer,
  state = 'open',
}: {
  readonly customer?: string | undefined
  readonly state?: string | undefined
}): readonly ListColumn[] {
  const idle = new Set<ListColumn>([
    'service',
    'assignee',
    'category',
    'resolutionCode',
    'requester',
    'opened',
    'resolved',
    'source',
    ...(customer === undefined ? [] : (['customer'] as const)),
    ...(state === 'open' || state === 'all' ? [] : (['state'] as const)),
  ])
  return listColumns.filter((column) => !idle.has(column))
}

/** Of who works on it a customer's people are told nothing. */
const insideColumns: ReadonlySet<ListColumn> = new Set(['team', 'assignee'])

/** Those chosen, as far as they may be seen; what it is about is always among them. */
export function shownColumns(
  chosen: readonly ListColumn[],
  { usual, inside }: { readonly usual: readonly ListColumn[]; readonly inside: boolean },
): readonly ListColumn[] {
  const wanted = chosen.length === 0 ? usual : chosen.includes('title') ? chosen : ['title' as const, ...chosen]
  return [...new Set(wanted)].filter((column) => inside || !insideColumns.has(column))
}

/** All that somebody may choose from. */
export function choosableColumns(inside: boolean): readonly ListColumn[] {
  return listColumns.filter((column) => inside || !insideColumns.has(column))
}
