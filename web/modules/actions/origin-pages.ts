import type { Origin, OriginGiven } from '#api/actions'

/** Where a record that something was made from has its page. */
export const originPages = {
  incident: '/incidents/$id',
  'major-incident': '/major-incidents/$id',
  escalation: '/escalations/$id',
  'feedback-case': '/feedback/cases/$id',
  request: '/requests/$id',
  review: '/reviews/$id',
  action: '/actions/$id',
  decision: '/decisions/$id',
  'forum-run': '/forum-runs/$id',
  improvement: '/improvements/$id',
  stakeholder: '/stakeholders/$id',
  'friction-point': '/friction/$id',
  'service-credit': '/credits/$id',
  contract: '/contracts/$id',
  'contract-change': '/contract-changes/$id',
  renewal: '/renewals/$id',
  opportunity: '/opportunities/$id',
} as const satisfies Readonly<Record<Exclude<Origin['kind'], 'kpi'>, string>>

const ID = '([0-9a-f]{8}-[0-9a-f-]{27})'

/** The record or figure whose page has this address; null where it is none's. */
export function originAt(address: string): OriginGiven | null {
  const { pathname, searchParams } = new URL(address.trim(), 'http://here')
  const figure = /^\/kpis\/(K\d{2})$/.exec(pathname)?.[1]
  if (figure !== undefined) {
    const month = searchParams.get('month')
    return { kind: 'kpi', key: figure, ...(month !== null && { part: month }) }
  }
  for (const [kind, page] of Object.entries(originPages)) {
    const id = new RegExp(`^${page.replace('$id', ID)}$`).exec(pathname)?.[1]
    if (id !== undefined) return { kind: kind as keyof typeof originPages, id }
  }
  return null
}
