import { instantAt, localAt } from '#core/zone.ts'

export interface Stretch {
  readonly from: Date
  readonly to: Date
}

/** What a stretch of a month is drawn as. */
export type StripKind = 'open' | 'ahead' | 'maintenance' | 'down' | 'excluded' | 'gap'

export interface StripBar {
  readonly kind: StripKind
  /** Of the row's width, 0 to 1. */
  readonly at: number
  readonly width: number
}

export interface StripDay {
  /** `2026-10-12` */
  readonly date: string
  readonly at: number
  readonly width: number
}

/** A week from Monday, or what of it lies in the month. */
export interface StripRow {
  readonly days: readonly StripDay[]
  readonly bars: readonly StripBar[]
  /** Where now is, if it is in this week. */
  readonly now: number | null
}

type Stretches = Readonly<Record<StripKind, readonly Stretch[]>>

const DAY_MS = 86_400_000
/** Those drawn over the others come last. */
const order: readonly StripKind[] = ['open', 'ahead', 'maintenance', 'excluded', 'down', 'gap']

/** A month as its weeks, in the days of a zone: a day of a clock change is as wide as it is long. */
export function stripRows(month: string, zone: string, stretches: Stretches, now: Date): readonly StripRow[] {
  return weeksOf(month, zone).map((dates) => {
    const monday = dates.monday
    const begins = instantAt(zone, monday)
    const length = instantAt(zone, monday + 7 * DAY_MS) - begins
    const place = (instant: number) => (instant - begins) / length
    const days = dates.days.map((local): StripDay => {
      const [from, to] = [instantAt(zone, local), instantAt(zone, local + DAY_MS)]
      return { date: new Date(local).toISOString().slice(0, 10), at: place(from), width: place(to) - place(from) }
    })
    const [first, last] = [days[0]!.at, days.at(-1)!.at + days.at(-1)!.width]
    const bars = order.flatMap((kind) =>
      stretches[kind].flatMap(({ from, to }): StripBar[] => {
        const at = Math.max(first, place(from.getTime()))
        const end = Math.min(last, place(to.getTime()))
        return end > at ? [{ kind, at, width: end - at }] : []
      }),
    )
    const nowAt = place(now.getTime())
    return { days, bars, now: nowAt >= first && nowAt < last ? nowAt : null }
  })
}

/** Local midnights, as if they were UTC. */
function weeksOf(
  month: string,
  zone: string,
): readonly { readonly monday: number; readonly days: readonly number[] }[] {
  const first = Date.parse(`${month}-01T00:00:00Z`)
  const days: number[] = []
  for (let day = first; new Date(day).getUTCMonth() === new Date(first).getUTCMonth(); day += DAY_MS) days.push(day)
  const weeks = Map.groupBy(days, (day) => day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS)
  return [...weeks].map(([monday, of]) => ({ monday, days: of.filter((day) => exists(zone, day)) }))
}

/** A day that a zone left out when it crossed the date line never was. */
function exists(zone: string, local: number): boolean {
  return localAt(zone, instantAt(zone, local)) < local + DAY_MS
}

/** Milliseconds of each kind on each day of the month, in order. */
export function stripDays(month: string, zone: string, stretches: Stretches) {
  return weeksOf(month, zone).flatMap(({ days }) =>
    days.map((local) => {
      const [from, to] = [instantAt(zone, local), instantAt(zone, local + DAY_MS)]
      const within = (kind: StripKind) =>
        stretches[kind].reduce(
          (sum, each) => sum + Math.max(0, Math.min(each.to.getTime(), to) - Math.max(each.from.getTime(), from)),
          0,
        )
      return {
        date: new Date(local).toISOString().slice(0, 10),
        open: within('open'),
        ahead: within('ahead'),
        maintenance: within('maintenance'),
        down: within('down'),
        excluded: within('excluded'),
        gap: within('gap'),
      }
    }),
  )
}
