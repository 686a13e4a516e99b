import type { Content, ServiceAvailability } from './content-shape.ts'
import type { AvailabilityFacts, ReviewFacts } from './facts.ts'
import type { Wording } from './wording.ts'

/** How long services were there, of the time agreed; null where nothing was promised about it. */
export function availabilityOf({ availability = [] }: ReviewFacts, wording: Wording): Content['availability'] {
  if (availability.length === 0) return null
  const measured = availability.filter(({ verdict }) => verdict !== 'not-measured')
  return {
    title: wording.say('title.availability', {
      measured: measured.length,
      met: measured.filter(({ verdict }) => verdict === 'met').length,
    }),
    items: availability.map((each) => lineOf(each, wording)),
  }
}

function lineOf(facts: AvailabilityFacts, { say, duration, locale, timeShare }: Wording): ServiceAvailability {
  const { service, calendar, targetPpm, basis, agreedMs, downMs, maintenanceMs, excludedMs, verdict } = facts
  const some = (ms: number) => (ms === 0 ? '–' : duration(ms))
  const per = (value: number, digits: number) =>
    `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)}\u00a0%`
  return {
    name: service,
    about: say('availability.about', { target: per(targetPpm / 10_000, 4), calendar, basis }),
    verdict,
    verdictText: say(`availability.${verdict}`),
    agreed: some(agreedMs),
    down: some(downMs),
    maintenance: some(maintenanceMs),
    excluded: some(excludedMs),
    // Cut off, so that what missed its target never looks as if it had met it.
    share: agreedMs === 0 ? '' : timeShare(agreedMs - downMs, agreedMs),
  }
}
