import type { Tone } from '#core/review-content.ts'
import type { ToldSection } from './chapters.ts'
import type { ReviewFacts } from './facts.ts'
import type { Claim } from './story.ts'
import { openBreachedIncidents } from './story-targets.ts'
import type { Wording } from './wording.ts'

interface AudienceClaim {
  readonly ref: string
  readonly tone: Tone
  readonly text: string
  readonly evidence: readonly string[]
  readonly figure: string
}

/** For a general manager or a CFO the same facts are told in hours, places and risk instead of targets (DOMAIN §4.1). */
export function audienceHeadline(
  facts: ReviewFacts,
  { say, month, duration, brief }: Wording,
  told: readonly ToldSection[],
): string | null {
  if (facts.report !== 'R15-gm' && facts.report !== 'R15-cfo') return null
  const { late, cases } = lateOf(facts)
  const [busiest] = facts.volumes.bySite.filter(({ name, opened }) => name !== null && opened > 0)
  if (facts.report === 'R15-gm')
    return say('audience.gm', {
      month: month(facts.month),
      cases,
      late: duration(late),
      open: openBreachedIncidents(facts),
      site: busiest === undefined ? 'none' : brief(busiest.name),
    })
  const cost = told.find(({ key }) => key === 'credits')?.claims?.find(({ tone }) => tone === 'miss')
  if (cost !== undefined) return cost.text
  const promised = [...facts.targets, ...(facts.availability ?? [])]
  const missed = promised.filter(({ verdict }) => verdict === 'missed').length
  const open = openBreachedIncidents(facts)
  return say('audience.cfo', { month: month(facts.month), missed, measured: promised.length, open })
}

/** What of the facts matters to whom the page is for; nothing for the service review itself. */
export function audienceClaims(facts: ReviewFacts, wording: Wording): AudienceClaim[] {
  if (facts.report === 'R15-gm') return placeClaims(facts, wording)
  if (facts.report === 'R15-cfo') return riskClaims(facts, wording)
  return []
}

/** Sections that tell of money: for who answers for it they go first, whatever they say. */
const ABOUT_MONEY = new Set(['section:credits:1', 'section:contract:1', 'section:margin:1'])

/** In the order in which they matter: own misses, for a CFO money, then what is amiss, then the rest. */
export function forReader(facts: ReviewFacts, ours: readonly Claim[], theirs: readonly Claim[]): Claim[] {
  const money = facts.report === 'R15-cfo' ? theirs.filter(({ ref }) => ABOUT_MONEY.has(ref)) : []
  const others = theirs.filter((claim) => !money.includes(claim))
  const missed = (claims: readonly Claim[]) => claims.filter(({ tone }) => tone === 'miss')
  const rest = (claims: readonly Claim[]) => claims.filter(({ tone }) => tone !== 'miss')
  return [...money, ...missed(ours), ...missed(others), ...rest(ours), ...rest(others)]
}

/** Time that people waited beyond what was promised, of the misses that are listed. */
function lateOf({ misses }: ReviewFacts): { readonly late: number; readonly cases: number } {
  const late = misses.items.reduce((sum, { elapsedMs, targetMs }) => sum + Math.max(0, elapsedMs - targetMs), 0)
  return { late, cases: misses.items.length + misses.more }
}

function placeClaims({ volumes }: ReviewFacts, { say, brief, percent, number }: Wording): AudienceClaim[] {
  return volumes.bySite
    .filter(({ name, opened }) => name !== null && opened > 0)
    .slice(0, 2)
    .map(({ name, opened, resolved, backlog }, index) => ({
      ref: `site:${index + 1}`,
      tone: 'plain',
      text: say('audience.site', { site: brief(name), opened, backlog }),
      evidence: [
        say('audience.site-share', {
          share: percent(opened, volumes.opened),
          all: number(volumes.opened),
          resolved: number(resolved),
        }),
      ],
      figure: say('figure.volumes'),
    }))
}

function riskClaims(facts: ReviewFacts, { say, duration }: Wording): AudienceClaim[] {
  const { late, cases } = lateOf(facts)
  const near = facts.nearMisses.items.length + facts.nearMisses.more
  return [
    {
      ref: 'risk',
      tone: cases > 0 ? 'soon' : 'plain',
      text: say('audience.risk', { cases, late: duration(late), open: openBreachedIncidents(facts) }),
      evidence: [say('audience.near', { near })],
      figure: say('figure.levels'),
    },
  ]
}
