import type { AvailabilityFacts, ReviewFacts } from './facts.ts'
import type { FactClaim } from './story.ts'
import type { Wording } from './wording.ts'

/** Services that were not there as long as was promised, the longest gone first. */
export function unavailable({ availability = [] }: ReviewFacts): readonly AvailabilityFacts[] {
  return availability
    .filter(({ verdict }) => verdict === 'missed')
    .toSorted((one, other) => other.downMs / other.agreedMs - one.downMs / one.agreedMs)
}

/** One claim for the service that was gone longest, which says how many others were; none where all were there. */
export function unavailableClaims(
  facts: ReviewFacts,
  { say, brief, duration, timeShare, number }: Wording,
): FactClaim[] {
  const gone = unavailable(facts)
  const [worst] = gone
  if (worst === undefined) return []
  const { service, agreedMs, downMs, targetPpm } = worst
  return [
    {
      ref: 'availability',
      tone: 'miss',
      text: say('claim.unavailable', { service: brief(service), others: gone.length - 1, down: duration(downMs) }),
      evidence: [
        say('claim.unavailable-share', {
          share: timeShare(agreedMs - downMs, agreedMs),
          target: number(targetPpm / 10_000),
        }),
      ],
      figure: say('section.availability'),
    },
  ]
}
