import { dueAfter, openMsBetween } from '#core/calendar.ts'
import type { PauseReason } from '#core/clock-terms.ts'
import type { Level, Priority, TeamKey } from './company.ts'
import {
  actorOf,
  type Course,
  handOver,
  HOUR_MS,
  MINUTE_MS,
  pass,
  settle,
  settleBack,
  takeUp,
  waitForCustomer,
  waitForOthers,
  work,
} from './course.ts'
import { cancellations, priorityReasons, reopenings, secondTime, unanswered } from './phrases.ts'
import type { Subject } from './subjects/subject.ts'
import type { Rating } from './ticket.ts'
import type { Promised } from './world.ts'
import type { Channel } from './wording.ts'

/** When nothing was promised, work takes as long as if this had been. */
const usualMs: Readonly<Record<'response' | 'resolution', number>> = { response: 8 * HOUR_MS, resolution: 55 * HOUR_MS }

/** What is decided of a ticket before it is lived. */
export interface Fate {
  readonly subject: Subject
  readonly channel: Channel
  readonly rating: Rating
  readonly promised: Promised | null
  readonly resolutions: readonly string[]
  readonly responds: 'in-time' | 'late'
  readonly resolves: 'in-time' | 'late'
  /** The desk that answers. */
  readonly desk: TeamKey
  /** Who solves what the desk does not. */
  readonly solver: TeamKey
  /** Solved together with others at this moment, as in a failure of all. */
  readonly solvedAt: number | null
  /** A failure of all: declared by those who watch over the service. */
  readonly declared: boolean
}

const direct: readonly Channel[] = ['phone', 'chat', 'walk-up']

/** Writes the course of a ticket, from its opening to its closing. */
export function live(course: Course, fate: Fate): void {
  const { random, log } = course
  open(course, fate)
  if (!fate.declared && fate.channel !== 'monitoring' && random.chance(0.016)) return cancel(course)
  respond(course, fate)
  if (fate.solvedAt !== null) return finishTogether(course, fate, fate.solvedAt)
  if (fate.resolves === 'in-time' && solvedByDesk(course, fate)) {
    quickly(course, fate)
  } else if (atLength(course, fate) === 'unanswered') {
    log.enter(course.at, 'resolved', { note: unanswered[course.language], actorId: actorOf(course) })
    return close(course)
  }
  if (fate.channel !== 'monitoring' && !fate.subject.once && random.chance(0.044)) reopen(course, fate)
  close(course)
}

function open(course: Course, { channel, rating, desk, solver, declared }: Fate): void {
  const { random, log, world, requester, at } = course
  course.team = channel === 'monitoring' ? solver : desk
  takeUp(course)
  const immediate = direct.includes(channel) || channel === 'monitoring'
  const actorId = channel === 'monitoring' ? null : direct.includes(channel) ? actorOf(course) : (requester?.id ?? null)
  log.open(at, rating, { state: immediate ? 'assigned' : 'new', channel, actorId })
  const team = world.team(course.team).id
  if (immediate) return log.assign(at, { team }, null)
  const sorted = at + random.whole(20, declared ? 60 : 420) * 1000
  log.enter(sorted, 'assigned', { actorId: null })
  log.assign(sorted, { team }, null)
}

function cancel(course: Course): void {
  const { random, log, language } = course
  pass(course, Math.max(log.last(), course.at) + random.lognormal(35, 0.9) * MINUTE_MS)
  log.enter(course.at, 'cancelled', { note: random.pick(cancellations[language]), actorId: actorOf(course) })
}

function respond(course: Course, { channel, rating, promised, responds }: Fate): void {
  const { random, log } = course
  if (direct.includes(channel)) {
    pass(course, course.at + random.whole(20, 240) * 1000)
  } else {
    const target = promised?.targetMs('response', rating.priority) ?? usualMs.response
    const share = responds === 'late' ? 1.01 + random.exponential(0.45) : inTime(random.lognormal(0.2, 0.8), random)
    const soonest = log.last() + random.whole(40, 300) * 1000
    pass(course, Math.max(soonest, dueAfter(course.open, course.at, share * target) ?? soonest))
  }
  log.assign(course.at, { assignee: actorOf(course) }, actorOf(course))
  log.enter(course.at, 'in-progress', { actorId: actorOf(course) })
}

/** A share of the time that keeps a promise; now and then a narrow one, for people work towards what is due. */
function inTime(share: number, random: Course['random']): number {
  if (random.chance(0.05)) return 0.82 + 0.17 * random.next()
  return share < 0.96 ? share : 0.35 + 0.55 * random.next()
}

function solvedByDesk({ random }: Course, { subject, channel, rating }: Fate): boolean {
  if (rating.priority === 'p1' || channel === 'monitoring') return false
  return random.chance(subject.firstContact * (direct.includes(channel) ? 1.1 : 0.75))
}

function quickly(course: Course, { channel, rating, promised, resolutions }: Fate): void {
  const { random, log } = course
  const target = promised?.targetMs('resolution', rating.priority) ?? usualMs.resolution
  if (direct.includes(channel)) pass(course, course.at + random.lognormal(9, 0.6) * MINUTE_MS)
  else
    work(course, Math.min(random.lognormal(22, 0.7) * MINUTE_MS, Math.max(0.95 * target - course.counted, MINUTE_MS)))
  log.enter(course.at, 'resolved', { note: random.pick(resolutions), actorId: actorOf(course) })
}

function finishTogether(course: Course, { resolutions, declared, solver }: Fate, solvedAt: number): void {
  const { random, log } = course
  if (!declared) handOver(course, solver)
  const back = Math.max(solvedAt, course.at + 2 * MINUTE_MS)
  pass(course, back)
  if (declared) {
    log.enter(course.at, 'restored', { actorId: actorOf(course) })
    pass(course, course.at + 25 * MINUTE_MS)
  } else {
    pass(course, course.at + random.lognormal(24, 0.7) * MINUTE_MS)
  }
  log.enter(course.at, 'resolved', { note: random.pick(resolutions), actorId: actorOf(course) })
  close(course)
}

/** Something that happens on the way, after a share of the work. */
interface Stage {
  readonly after: number
  readonly act: () => 'goes-on' | 'unanswered' | void
}

function atLength(course: Course, fate: Fate): 'goes-on' | 'unanswered' {
  const { random, log } = course
  const late = fate.resolves === 'late'
  let rating = fate.rating
  let target = fate.promised?.targetMs('resolution', rating.priority) ?? usualMs.resolution
  const share = late ? lateShare(random) : inTime(random.lognormal(0.27, 0.75), random)
  const before = course.counted
  let total = Math.max(share * target - before, random.whole(6, 40) * MINUTE_MS)
  const stages: Stage[] = [...handOvers(course, fate), ...waitsOf(course, fate, { total, late })]
  if (fate.promised !== null && random.chance(0.03)) {
    stages.push({
      after: 0.05 + 0.35 * random.next(),
      act: () => {
        const changed = rerated(course, fate.promised!, rating)
        if (changed === null) return
        rating = changed.rating
        const other = fate.promised!.targetMs('resolution', rating.priority)
        if (other === null) return
        // A new clock, unless it had been wrong from the start.
        if (changed.reason !== 'correction') course.counted = 0
        total = Math.max(share * other - (changed.reason === 'correction' ? before : 0), total * 0.1)
        target = other
      },
    })
  }
  let passed = 0
  for (const { after, act } of stages.toSorted((one, other) => one.after - other.after)) {
    work(course, (after - passed) * total)
    passed = after
    settle(course)
    if (act() === 'unanswered') return 'unanswered'
  }
  work(course, (1 - passed) * total)
  settle(course)
  if (rating.priority === 'p1' && random.chance(0.6)) {
    log.enter(Math.max(log.last(), course.at - random.whole(10, 40) * MINUTE_MS), 'restored', {
      actorId: actorOf(course),
    })
  }
  if (!late && course.counted > 0.985 * target) keepPromise(course, target)
  log.enter(course.at, 'resolved', { note: random.pick(fate.resolutions), actorId: actorOf(course) })
  return 'goes-on'
}

function lateShare(random: Course['random']): number {
  // Many are late by a little, few by a lot.
  return random.chance(0.35) ? 1.004 + 0.09 * random.next() : Math.min(1.02 + random.exponential(0.4), 4)
}

/** Nights and weekends of the team have used more than was left: it was solved before them. */
function keepPromise(course: Course, target: number): void {
  const over = course.counted - (0.88 + 0.1 * course.random.next()) * target
  const back = dueAfter(course.open, course.at, -over)
  if (back !== null && back > course.log.last()) settleBack(course, back)
}

function handOvers(course: Course, { channel, solver, subject, desk }: Fate): Stage[] {
  const { random } = course
  const stages: Stage[] = []
  const astray = random.chance(0.07) ? random.pick<TeamKey>(['workplace', 'network', 'access']) : null
  if (channel !== 'monitoring' && !(subject.firstContact > 0.5 && random.chance(0.3))) {
    const first = 0.02 + 0.16 * random.next()
    if (astray !== null && astray !== solver) stages.push({ after: first, act: () => handOver(course, astray) })
    stages.push({ after: astray === null ? first : first + 0.25 * random.next(), act: () => handOver(course, solver) })
  }
  if (random.chance(0.035)) {
    // Back to the desk, and to the right ones again.
    stages.push({ after: 0.5, act: () => handOver(course, desk) }, { after: 0.55, act: () => handOver(course, solver) })
  }
  return stages
}

const day = 24 * HOUR_MS

function waitsOf(
  course: Course,
  fate: Fate,
  { total, late }: { readonly total: number; readonly late: boolean },
): Stage[] {
  const { random, world } = course
  const { rating, channel, solver, subject } = fate
  const calm = rating.priority !== 'p1' && rating.priority !== 'p2'
  const stages: Stage[] = []
  const customers = (reason: PauseReason) =>
    stages.push({ after: 0.2 + 0.6 * random.next(), act: () => waitForCustomer(course, reason) })
  if (channel !== 'monitoring' && random.chance(calm ? 0.21 : 0.07)) customers('awaiting-requester')
  if (calm && world.team(solver).kind === 'field' && random.chance(0.24)) customers('appointment')
  if (calm && subject.category === 'Access' && random.chance(0.14)) customers('awaiting-customer')
  if (calm && random.chance(0.012)) customers('customer-delay')
  const others = (reason: PauseReason, ms: number) =>
    stages.push({ after: 0.35 + 0.3 * random.next(), act: () => waitForOthers(course, reason, ms) })
  // What we wait for ourselves uses time that counts, so it comes out of the time there is.
  const ours = Math.min((0.15 + 0.25 * random.next()) * total, 2 * day)
  if (subject.supplier !== undefined && random.chance(late ? 0.4 : 0.1)) others('awaiting-supplier', ours)
  else if (calm && random.chance(0.03))
    others(random.pick<PauseReason>(['awaiting-change', 'awaiting-evidence', 'awaiting-problem']), ours)
  // The few that nobody finishes for weeks or months.
  if (calm && late && random.chance(0.13))
    others(
      random.pick<PauseReason>(['awaiting-supplier', 'awaiting-change', 'awaiting-problem']),
      random.exponential(38) * day,
    )
  else if (calm && random.chance(0.008)) others('customer-delay', random.exponential(34) * day)
  if (calm && late && random.chance(0.03)) others('awaiting-problem', random.exponential(320) * day)
  return stages
}

const levels: readonly Level[] = ['low', 'medium', 'high']

/** Another rating by the same matrix; null when it comes to the same priority. */
function rerated(
  course: Course,
  { matrix }: Promised,
  before: Rating,
): { readonly rating: Rating; readonly reason: 'correction' | 'worsened' | 'eased' } | null {
  const { random, log, language } = course
  const reason = random.pick(['correction', 'worsened', 'eased'] as const)
  const step = reason === 'worsened' || (reason === 'correction' && random.chance(0.4)) ? 1 : -1
  const impact = step === 1 ? levels[levels.indexOf(before.impact) + 1] : before.impact
  const urgency = step === 1 ? before.urgency : levels[levels.indexOf(before.urgency) - 1]
  if (impact === undefined || urgency === undefined) return null
  const priority: Priority = matrix[impact][urgency]
  if (priority === before.priority || priority === 'p1') return null
  const rating = { impact, urgency, priority }
  log.rate(course.at, rating, { reason, note: priorityReasons[language][reason], actorId: actorOf(course) })
  return { rating, reason }
}

/** It comes back within some days, and takes some more of the time. */
function reopen(course: Course, { promised, rating, resolves, resolutions }: Fate): void {
  const { random, log, world, site, requester, language, open: hours } = course
  const target = promised?.targetMs('resolution', rating.priority) ?? usualMs.resolution
  const left = resolves === 'late' ? 0.25 * target : Math.min(0.94 * target - course.counted, 0.3 * target)
  if (left < 20 * MINUTE_MS) return
  const back = dueAfter(world.siteHours(site), course.at, random.lognormal(5, 0.8) * HOUR_MS)
  if (back === null || back > course.at + 4.5 * day) return
  const first = log.facts.at(-1)!.facts['note']
  course.at = back
  log.enter(back, 'in-progress', { note: random.pick(reopenings[language]), actorId: requester?.id ?? null })
  const counted = course.counted
  work(course, (0.1 + 0.6 * random.next()) * left)
  settle(course)
  if (resolves === 'in-time' && course.counted > 0.985 * target) {
    const earlier = dueAfter(hours, back, Math.max(0.97 * target - counted, 0))
    if (earlier !== null && earlier > log.last() && earlier < course.at) {
      course.counted -= openMsBetween(hours, earlier, course.at)
      course.at = earlier
    }
  }
  const other = resolutions.filter((resolution) => resolution !== first)
  const note = other.length === 0 ? secondTime[language].alone : secondTime[language].before + random.pick(other)
  log.enter(course.at, 'resolved', { note, actorId: actorOf(course) })
}

/** By whoever reported it, or by itself after five days. */
function close(course: Course): void {
  const { random, log, world, site, requester } = course
  const confirmed = requester !== null && random.chance(0.36)
  const after = confirmed ? dueAfter(world.siteHours(site), course.at, random.lognormal(4, 0.9) * HOUR_MS) : null
  const byItself = course.at + 5 * day + random.whole(0, 59) * MINUTE_MS
  const at = after === null || after > byItself ? byItself : after
  log.enter(at, 'closed', { actorId: at === after ? (requester?.id ?? null) : null })
}
