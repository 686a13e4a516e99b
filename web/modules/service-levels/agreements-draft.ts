import {
  type Metric,
  metrics,
  type Priority,
  priorities,
  type PromisedMetric,
  type reportedTimes,
  type Target,
} from '#api/service-levels'
import type { DayReading, WrittenPromise } from '#core/promised-due.ts'

const HOUR_SECONDS = 3600
const MINUTE_SECONDS = 60
/** Ten years: what the server takes at most. */
const MOST_SECONDS = 10 * 365 * 86_400
const MOST_DAYS = 3650
const DAY_SECONDS = 86_400

/** What is promised once, as it is typed: `4 h` or `2 days`, `95`. */
export interface TypedTarget {
  readonly time: string
  /** What a day means; asked where the time is in days. */
  readonly reading: DayReading
  readonly share: string
  /** Empty where none was agreed. */
  readonly expected: string
  readonly minimum: string
}

/** What is typed for every priority and metric; nothing promised where the time is empty. */
export type TargetGrid = Readonly<Record<Priority, Readonly<Record<Metric, TypedTarget>>>>

/** A target that the grid has no place for: under conditions, or for another metric. What it does not ask for is empty. */
export interface OtherTarget extends TypedTarget {
  readonly key: string
  readonly metric: PromisedMetric
  readonly priority: Priority
  readonly service: string
  readonly category: string
  readonly siteType: SiteType | ''
  readonly reported: (typeof reportedTimes)[number] | ''
}

type SiteType = NonNullable<NonNullable<Target['when']>['siteType']>

/**
 * Reads a length of service time, in seconds: `4`, `4 h` and `4 Std.` are hours, as is `1,5`; `30 min`; `1:30` and
 * `1 h 30`; what other programs agreed on to the second, `7 min 30 s` and `1:00:30`. Of `2 days` the days, which mean one thing to one reader and another to the next; null when it is no length.
 */
export function readTime(text: string): number | { readonly days: number } | null {
  const plain = text.trim().toLowerCase().replace(',', '.')
  const days = /^(\d{1,4})\s?(?:d|t|days?|tage?n?|working days?|arbeitstage?n?)$/.exec(plain)
  if (days) return Number(days[1]) >= 1 && Number(days[1]) <= MOST_DAYS ? { days: Number(days[1]) } : null
  const clock = /^(\d{1,5}):([0-5]\d)(?::([0-5]\d))?\s?(?:h|std\.?)?$/.exec(plain)
  const minutes = /^(?:(\d{1,6})\s?(?:m|min\.?|mins|minutes?|minuten?))?(?:\s?(\d{1,6})\s?(?:s|sec|sek\.?))?$/.exec(
    plain,
  )
  const hours =
    /^(\d{1,5}(?:\.\d+)?)\s?(?:h|hrs?|hours?|std\.?|stunden?)?(?:\s?(\d{1,2})\s?(?:m|min\.?|minutes?|minuten?)?)?$/.exec(
      plain,
    )
  const [whole, rest, single] = clock
    ? [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)]
    : minutes
      ? [0, Number(minutes[1] ?? 0), Number(minutes[2] ?? 0)]
      : hours
        ? [Number(hours[1]), Number(hours[2] ?? 0), 0]
        : [0, 0, 0]
  const seconds = Math.round(whole * HOUR_SECONDS) + rest * MINUTE_SECONDS + single
  return seconds >= 1 && seconds <= MOST_SECONDS ? seconds : null
}

/** The same length in the shortest form that reads back: `4 h`, `30 min`, `1:30 h`, `7 min 30 s`. */
export function writeTime(seconds: number): string {
  const hours = Math.floor(seconds / HOUR_SECONDS)
  const minutes = Math.floor((seconds % HOUR_SECONDS) / MINUTE_SECONDS)
  const rest = seconds % MINUTE_SECONDS
  const two = (part: number) => String(part).padStart(2, '0')
  if (rest > 0 && hours > 0) return `${hours}:${two(minutes)}:${two(rest)} h`
  if (rest > 0) return minutes === 0 ? `${rest} s` : `${minutes} min ${rest} s`
  if (minutes === 0) return `${hours} h`
  return hours === 0 ? `${minutes} min` : `${hours}:${two(minutes)} h`
}

/** Reads a share in per cent as basis points: `95`, `99,5 %`; null above 100 and for nothing. */
export function readShare(text: string): number | null {
  const found = /^(\d{1,3}(?:[.,]\d{1,2})?)\s?%?$/.exec(text.trim())
  if (!found) return null
  const points = Math.round(Number(found[1]!.replace(',', '.')) * 100)
  return points >= 1 && points <= 10_000 ? points : null
}

export function writeShare(points: number): string {
  return String(points / 100)
}

type Problem = 'time' | 'share' | 'expected' | 'minimum'

/** What is wrong with what was typed; null where it is right or promises nothing. */
export function problemOf({ time, share, expected, minimum }: TypedTarget): Problem | null {
  if (time.trim() === '') return null
  if (readTime(time) === null) return 'time'
  const points = readShare(share)
  if (points === null) return 'share'
  if (expected.trim() !== '' && (readShare(expected) ?? 0) < points) return 'expected'
  if (minimum.trim() !== '' && (readShare(minimum) ?? Infinity) > points) return 'minimum'
  return null
}

/** What was typed as a promise whose due moment can be told; null while it cannot be read. */
export function promiseOf({ time, reading }: Pick<TypedTarget, 'time' | 'reading'>): WrittenPromise | null {
  const read = readTime(time)
  if (read === null) return null
  return typeof read === 'number' ? { targetMs: read * 1000 } : { days: { count: read.days, reading } }
}

/** Whether a target is one that the grid shows: for every case of its priority. */
function isPlain({ metric, when }: Target): boolean {
  return when === undefined && metrics.some((each) => each === metric)
}

/** The targets that the grid shows. */
export function plainOf(targets: readonly Target[]): readonly Target[] {
  return targets.filter(isPlain)
}

/** The targets that the grid does not show, as they were agreed and in their order. */
export function othersOf(targets: readonly Target[]): readonly Target[] {
  return targets.filter((target) => !isPlain(target))
}

/** A target with the place where it was typed: `p1 response`, or the key of another one. */
interface PlacedTarget {
  readonly place: string
  readonly target: Target
}

/** The targets that were typed, priority by priority, then the others in their order; null while one cannot be read. */
export function targetsOf(grid: TargetGrid, others: readonly OtherTarget[] = []): readonly PlacedTarget[] | null {
  const placed: PlacedTarget[] = []
  for (const priority of priorities) {
    for (const metric of metrics) {
      const typed = grid[priority][metric]
      if (typed.time.trim() === '') continue
      const promised = promisedBy(typed)
      if (promised === null) return null
      placed.push({ place: `${priority} ${metric}`, target: { metric, priority, ...promised } })
    }
  }
  for (const other of others) {
    const { key, metric, priority, service, category, siteType, reported } = other
    const promised = promisedBy(other)
    if (promised === null) return null
    const when = {
      ...(service !== '' && { service }),
      ...(category.trim() !== '' && { category: category.trim() }),
      ...(siteType !== '' && { siteType }),
      ...(reported !== '' && { reported }),
    }
    placed.push({
      place: key,
      target: { metric, priority, ...promised, ...(Object.keys(when).length > 0 && { when }) },
    })
  }
  return placed
}

function promisedBy(typed: TypedTarget): Omit<Target, 'metric' | 'priority'> | null {
  const read = readTime(typed.time)
  const attainmentBp = readShare(typed.share)
  if (read === null || attainmentBp === null || problemOf(typed) !== null) return null
  const [expectedBp, minimumBp] = [readShare(typed.expected), readShare(typed.minimum)]
  return {
    // Of days the server reckons the usual length.
    targetSeconds: typeof read === 'number' ? read : read.days * DAY_SECONDS,
    attainmentBp,
    ...(expectedBp !== null && { expectedBp }),
    ...(minimumBp !== null && { minimumBp }),
    ...(typeof read !== 'number' && { days: { count: read.days, reading: typed.reading } }),
  }
}

const NOTHING: TypedTarget = { time: '', reading: 'end-of-day', share: '95', expected: '', minimum: '' }

/** As it would be typed. @param inDays Writes days: `2 days`. */
function typedOf(target: Target | undefined, inDays: (count: number) => string): TypedTarget {
  if (target === undefined) return NOTHING
  const { targetSeconds, attainmentBp, expectedBp, minimumBp, days } = target
  return {
    time: days === undefined ? writeTime(targetSeconds) : inDays(days.count),
    reading: days?.reading ?? NOTHING.reading,
    share: writeShare(attainmentBp),
    expected: expectedBp === undefined ? '' : writeShare(expectedBp),
    minimum: minimumBp === undefined ? '' : writeShare(minimumBp),
  }
}

/** The grid of targets that were agreed; the usual share stands where nothing was. */
export function gridOf(targets: readonly Target[], inDays: (count: number) => string): TargetGrid {
  const cell = (priority: Priority, metric: Metric) =>
    typedOf(
      targets.find((target) => isPlain(target) && target.priority === priority && target.metric === metric),
      inDays,
    )
  return byPriority((priority) => ({ response: cell(priority, 'response'), resolution: cell(priority, 'resolution') }))
}

/** The others of the targets that were agreed. */
export function typedOthers(targets: readonly Target[], inDays: (count: number) => string): readonly OtherTarget[] {
  return othersOf(targets).map((target, index) => {
    const { service = '', category = '', siteType = '', reported = '' } = target.when ?? {}
    const { metric, priority } = target
    return {
      ...typedOf(target, inDays),
      key: `other ${index}`,
      metric,
      priority,
      service,
      category,
      siteType,
      reported,
    }
  })
}

/** One more: restoring the service, for the most urgent. */
export function anotherTarget(others: readonly OtherTarget[]): OtherTarget {
  const last = Math.max(-1, ...others.map(({ key }) => Number(key.split(' ')[1])))
  return {
    ...NOTHING,
    key: `other ${last + 1}`,
    metric: 'restore',
    priority: 'p1',
    service: '',
    category: '',
    siteType: '',
    reported: '',
  }
}

/** With one cell changed. */
export function withCell(
  grid: TargetGrid,
  priority: Priority,
  metric: Metric,
  changed: Partial<TypedTarget>,
): TargetGrid {
  return { ...grid, [priority]: { ...grid[priority], [metric]: { ...grid[priority][metric], ...changed } } }
}

function byPriority<Value>(make: (priority: Priority) => Value): Record<Priority, Value> {
  return { p1: make('p1'), p2: make('p2'), p3: make('p3'), p4: make('p4'), p5: make('p5') }
}
