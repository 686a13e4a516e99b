import { type Metric, metrics, type Priority, priorities, type Target } from '#api/service-levels'

const HOUR_SECONDS = 3600
const MINUTE_SECONDS = 60
/** Ten years: what the server takes at most. */
const MOST_SECONDS = 10 * 365 * 86_400

/** What is promised for one priority and one clock, as it is typed: `4 h`, `95`. */
interface TargetCell {
  readonly time: string
  readonly share: string
}

/** What is typed for every priority and metric; nothing promised where the time is empty. */
export type TargetGrid = Readonly<Record<Priority, Readonly<Record<Metric, TargetCell>>>>

/**
 * Reads a length of service time, in seconds: `4`, `4 h` and `4 Std.` are hours, as is `1,5`; `30 min`; `1:30` and
 * `1 h 30`. `'days'` when days were written, which mean one thing to one reader and another to the next; null when it is
 * no length.
 */
export function readTime(text: string): number | 'days' | null {
  const plain = text.trim().toLowerCase().replace(',', '.')
  if (/^\d+(\.\d+)?\s?(d|t|days?|tage?n?|working days?|arbeitstage?n?)$/.test(plain)) return 'days'
  const clock = /^(\d{1,5}):([0-5]\d)\s?(?:h|std\.?)?$/.exec(plain)
  const minutes = /^(\d{1,6})\s?(?:m|min\.?|mins|minutes?|minuten?)$/.exec(plain)
  const hours =
    /^(\d{1,5}(?:\.\d+)?)\s?(?:h|hrs?|hours?|std\.?|stunden?)?(?:\s?(\d{1,2})\s?(?:m|min\.?|minutes?|minuten?)?)?$/.exec(
      plain,
    )
  const [whole, rest] = clock
    ? [Number(clock[1]), Number(clock[2])]
    : minutes
      ? [0, Number(minutes[1])]
      : hours
        ? [Number(hours[1]), Number(hours[2] ?? 0)]
        : [0, 0]
  const seconds = Math.round(whole * HOUR_SECONDS) + rest * MINUTE_SECONDS
  return seconds >= 1 && seconds <= MOST_SECONDS ? seconds : null
}

/** The same length in the shortest form that reads back: `4 h`, `30 min`, `1:30 h`. */
export function writeTime(seconds: number): string {
  const hours = Math.floor(seconds / HOUR_SECONDS)
  const minutes = Math.round((seconds % HOUR_SECONDS) / MINUTE_SECONDS)
  if (minutes === 0) return `${hours} h`
  return hours === 0 ? `${minutes} min` : `${hours}:${String(minutes).padStart(2, '0')} h`
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

/** What is wrong with a cell; null for one that is right or empty. */
export function problemOf({ time, share }: TargetCell): 'time' | 'days' | 'share' | null {
  if (time.trim() === '') return null
  const seconds = readTime(time)
  if (seconds === 'days') return 'days'
  if (seconds === null) return 'time'
  return readShare(share) === null ? 'share' : null
}

/** Whether a target is one that the grid shows: for every case of its priority, in service time. */
function isPlain({ metric, when, days }: Target): boolean {
  return when === undefined && days === undefined && metrics.some((each) => each === metric)
}

/** The targets that the grid shows. */
export function plainOf(targets: readonly Target[]): readonly Target[] {
  return targets.filter(isPlain)
}

/** The targets that the grid does not show, as they were agreed and in their order. */
export function othersOf(targets: readonly Target[]): readonly Target[] {
  return targets.filter((target) => !isPlain(target))
}

/**
 * The targets that were typed, priority by priority, and behind them those of `before` that the grid does not show; null
 * while one of them cannot be read. What the grid does not ask of a target stays as it was before.
 */
export function targetsOf(grid: TargetGrid, before: readonly Target[] = []): readonly Target[] | null {
  const plain = before.filter(isPlain)
  const targets: Target[] = []
  for (const priority of priorities) {
    for (const metric of metrics) {
      const { time, share } = grid[priority][metric]
      if (time.trim() === '') continue
      const targetSeconds = readTime(time)
      const attainmentBp = readShare(share)
      if (typeof targetSeconds !== 'number' || attainmentBp === null) return null
      const was = plain.find((target) => target.metric === metric && target.priority === priority)
      targets.push({ ...was, metric, priority, targetSeconds, attainmentBp })
    }
  }
  return [...targets, ...othersOf(before)]
}

const USUAL_SHARE = '95'

/** The grid of targets that were agreed; the usual share stands where nothing was. */
export function gridOf(targets: readonly Target[]): TargetGrid {
  const cell = (priority: Priority, metric: Metric): TargetCell => {
    const found = targets.find((target) => isPlain(target) && target.priority === priority && target.metric === metric)
    return found
      ? { time: writeTime(found.targetSeconds), share: writeShare(found.attainmentBp) }
      : { time: '', share: USUAL_SHARE }
  }
  return byPriority((priority) => ({ response: cell(priority, 'response'), resolution: cell(priority, 'resolution') }))
}

/** With one cell changed. */
export function withCell(
  grid: TargetGrid,
  priority: Priority,
  metric: Metric,
  changed: Partial<TargetCell>,
): TargetGrid {
  return { ...grid, [priority]: { ...grid[priority], [metric]: { ...grid[priority][metric], ...changed } } }
}

function byPriority<Value>(make: (priority: Priority) => Value): Record<Priority, Value> {
  return { p1: make('p1'), p2: make('p2'), p3: make('p3'), p4: make('p4'), p5: make('p5') }
}
