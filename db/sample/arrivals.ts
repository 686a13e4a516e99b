import { DAY_MS } from '#core/calendar-rules.ts'
import { localAt } from '#core/zone.ts'
import type { SampleSite } from './company.ts'
import type { Random } from './random.ts'
import { type Rates, ratesOf } from './rates.ts'
import type { Story } from './stories.ts'

const HOUR_MS = 3_600_000

export interface Arrival {
  readonly at: number
  readonly site: SampleSite
  /** What it belongs to, when it is not just one of many. */
  readonly story: Story | null
}

interface Stream {
  readonly site: SampleSite
  readonly story: Story | null
  readonly rates: Rates
}

export interface ArrivalPlan {
  readonly count: number
  /** Instants, whole hours; the end is exclusive. */
  readonly from: number
  readonly to: number
  readonly sites: readonly SampleSite[]
  readonly holidays: (site: SampleSite) => ReadonlySet<string>
  readonly stories: readonly Story[]
  readonly random: Random
}

/**
 * Exactly `count` arrivals in the order of time. Given how many there are, those of a Poisson process are independent
 * draws; drawn already sorted, so that nothing has to be kept.
 */
export function* arrivalsOf({ count, from, to, sites, holidays, stories, random }: ArrivalPlan): Generator<Arrival> {
  const ordinary = sites.map((site): Stream => ({
    site,
    story: null,
    rates: ratesOf(site, holidays(site), { random: random.fork(`days/${site.key}`), from }),
  }))
  const hours = Math.round((to - from) / HOUR_MS)
  const totals = new Float64Array(hours)
  let ordinaryTotal = 0
  for (let hour = 0; hour < hours; hour++) {
    for (const { rates } of ordinary) totals[hour]! += rates.at(from + hour * HOUR_MS)
    ordinaryTotal += totals[hour]!
  }
  const told = stories.flatMap((story) => streamsOf(story, ordinary, { from, hours, ordinaryTotal }))
  for (const { rates } of told)
    for (let hour = 0; hour < hours; hour++) totals[hour]! += rates.at(from + hour * HOUR_MS)
  const streams = [...ordinary, ...told]
  const total = totals.reduce((sum, rate) => sum + rate, 0)

  let hour = 0
  let before = 0
  let weights: Float64Array | undefined
  let position = 0
  for (let index = 0; index < count; index++) {
    // The smallest of the draws that are left.
    position = 1 - (1 - position) * random.next() ** (1 / (count - index))
    const value = position * total
    while (hour < hours - 1 && before + totals[hour]! <= value) {
      before += totals[hour]!
      hour += 1
      weights = undefined
    }
    const hourStart = from + hour * HOUR_MS
    weights ??= Float64Array.from(streams, ({ rates }) => rates.at(hourStart))
    const { site, story } = streams[random.weighted(weights)]!
    const within = Math.min(Math.max((value - before) / totals[hour]!, 0), 0.9999)
    yield { at: hourStart + Math.floor((within * HOUR_MS) / 1000) * 1000, site, story }
  }
}

/** A story's own arrivals: so many of all, spread over its time by the rhythm of its sites. */
function streamsOf(
  story: Story,
  ordinary: readonly Stream[],
  { from, hours, ordinaryTotal }: { readonly from: number; readonly hours: number; readonly ordinaryTotal: number },
): Stream[] {
  const concerned = ordinary.filter(({ site }) => story.sites === 'all' || story.sites.includes(site.key))
  const rateAt = (stream: Stream, at: number) =>
    at >= story.from && at < story.to
      ? stream.rates.at(at) * story.strength(at, Math.floor((localAt(stream.site.timeZone, at) % DAY_MS) / HOUR_MS))
      : 0
  let raw = 0
  for (const stream of concerned) for (let hour = 0; hour < hours; hour++) raw += rateAt(stream, from + hour * HOUR_MS)
  const scale = raw === 0 ? 0 : (story.share * ordinaryTotal) / raw
  return concerned.map((stream) => ({ site: stream.site, story, rates: { at: (at) => scale * rateAt(stream, at) } }))
}
