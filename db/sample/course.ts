import { dueAfter, isOpen, nextOpening, openMsBetween, previousClosing, type OpenTime } from '#core/calendar.ts'
import { localAt } from '#core/zone.ts'
import type { PauseReason } from '#core/clock-terms.ts'
import type { Language, SampleAgent, SampleRequester, SampleSite, TeamKey } from './company.ts'
import { handOvers, questions, supplierNotes, waits } from './phrases.ts'
import type { Random } from './random.ts'
import type { Subject } from './subjects/subject.ts'
import type { Chronicle } from './ticket.ts'
import type { SampleWorld } from './world.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
const HALF_HOUR_MS = 30 * MINUTE_MS

/** A ticket on its way: where it stands in time, how much has counted, and who has it. */
export interface Course {
  readonly random: Random
  readonly world: SampleWorld
  readonly log: Chronicle
  readonly site: SampleSite
  readonly language: Language
  readonly requester: SampleRequester | null
  /** The hours in which the promise counts. */
  readonly open: OpenTime
  readonly pausedBy: readonly PauseReason[]
  /** Somebody works on it also at night. */
  readonly urgent: boolean
  readonly subject: Subject
  at: number
  /** Open time that has counted against the promise. */
  counted: number
  team: TeamKey
  agent: SampleAgent | null
}

/** Lets open time pass. */
export function work(course: Course, ms: number): void {
  pass(course, dueAfter(course.open, course.at, Math.max(ms, 0)) ?? course.at)
}

/** Lets time pass until an instant; what of it is open counts. */
export function pass(course: Course, until: number): void {
  course.counted += openMsBetween(course.open, course.at, until)
  course.at = Math.max(course.at, until)
}

/** Waits until whoever has it is at work; what is urgent does not wait. */
export function settle(course: Course): void {
  if (course.urgent) return
  const hours = course.world.teamHours(course.team)
  if (isOpen(hours, course.at)) return
  const opens = nextOpening(hours, course.at)
  if (opens !== null) pass(course, opens + course.random.whole(3, 55) * MINUTE_MS)
}

/** Goes back to a moment at which people were at work, when it can without passing the last fact. */
export function settleBack(course: Course, until: number): void {
  const { world, team, log, random, open } = course
  const hours = world.teamHours(team)
  let target = until
  if (!course.urgent && !isOpen(hours, target))
    target = (previousClosing(hours, target) ?? target) - random.whole(4, 70) * MINUTE_MS
  if (target <= log.last() + MINUTE_MS) target = Math.max(until, log.last() + MINUTE_MS)
  course.counted -= openMsBetween(open, target, course.at)
  course.at = target
}

/** Somebody of the team takes it. */
export function takeUp(course: Course): void {
  const members = course.world.members(course.team)
  course.agent = members.length === 0 ? null : course.random.pick(members)
}

export function actorOf({ agent }: Course): string | null {
  return agent?.id ?? null
}

export function handOver(course: Course, to: TeamKey): void {
  if (to === course.team) return
  const { random, log, language, world } = course
  const from = actorOf(course)
  if (random.chance(0.45)) {
    const reasons = handOvers[language][world.team(course.team).kind === 'desk' ? 'desk' : 'others']
    log.note(course.at, random.pick(reasons), 'internal', from)
  }
  course.team = to
  takeUp(course)
  log.assign(course.at, { team: world.team(to).id, assignee: actorOf(course) }, from)
}

function questionsAbout({ subject, language }: Course): readonly (readonly [question: string, answer: string])[] {
  const { any, lasting, screen, program } = questions[language]
  if (subject.once) return any
  if (subject.category === 'Hardware') return [...any, ...lasting]
  const ofProgram = subject.reach === 'person' && subject.category === 'Software'
  return ofProgram ? [...any, ...lasting, ...screen, ...program] : [...any, ...lasting, ...screen]
}

/** How a wait ended: it goes on, or nobody ever answered. */
export type WaitEnd = 'goes-on' | 'unanswered'

/** Waits for somebody on the customer's side. */
export function waitForCustomer(course: Course, reason: PauseReason): WaitEnd {
  const { random, log, language, world, site, requester } = course
  // A visit is when those who come are at work.
  const hours = reason === 'appointment' ? world.teamHours(course.team) : world.siteHours(site)
  const asked = course.at
  if (reason === 'awaiting-requester' && requester !== null) {
    const [question, answer] = random.pick(questionsAbout(course))
    log.enter(asked, 'on-hold', { reason, note: question, actorId: actorOf(course) })
    if (random.chance(0.06)) {
      waitUntil(course, dueAfter(hours, asked, random.whole(38, 52) * HOUR_MS) ?? asked, reason)
      return 'unanswered'
    }
    waitUntil(course, dueAfter(hours, asked, random.lognormal(2.6, 1) * HOUR_MS) ?? asked, reason)
    log.note(course.at, answer, 'public', requester.id)
    // Somebody reads the answer before anything goes on.
    waitUntil(course, course.at + random.whole(1, 25) * MINUTE_MS, reason)
  } else {
    const length =
      { appointment: random.lognormal(6, 0.5), 'customer-delay': random.whole(30, 60) }[reason as string] ??
      random.lognormal(8, 0.8)
    const until = Math.floor((dueAfter(hours, asked, length * HOUR_MS) ?? asked) / HALF_HOUR_MS) * HALF_HOUR_MS
    const note = random.pick(waits[language][reason]!).replace('{when}', () => momentText(until, site, language))
    log.enter(asked, 'on-hold', { reason, note, actorId: actorOf(course) })
    waitUntil(course, until, reason)
  }
  log.enter(course.at, 'in-progress', { actorId: actorOf(course) })
  return 'goes-on'
}

/** Waits for a reason on our side, or a very long time for whatever reason. The time counts unless the agreement lets it pass. */
export function waitForOthers(course: Course, reason: PauseReason, ms: number): void {
  const { random, log, language } = course
  if (reason === 'awaiting-supplier' && course.subject.supplier !== undefined) askSupplier(course)
  log.enter(course.at, 'on-hold', { reason, note: random.pick(waits[language][reason]!), actorId: actorOf(course) })
  const team = course.team
  waitUntil(course, course.at + ms, reason)
  settle(course)
  log.enter(course.at, 'in-progress', { actorId: actorOf(course) })
  course.team = team
}

function askSupplier(course: Course): void {
  const { random, log, language } = course
  const reference = `${random.pick(['SR', 'RMA', 'Q'])}-${random.whole(10_400, 68_900)}`
  log.note(
    course.at,
    random.pick(supplierNotes[language]).replace('{reference}', reference),
    'internal',
    actorOf(course),
  )
}

function waitUntil(course: Course, until: number, reason: PauseReason): void {
  if (course.pausedBy.includes(reason)) course.at = Math.max(course.at, until)
  else pass(course, until)
}

/** `Thu 12 Mar, 10:00` and `Do., 12.03., 10:00`, as the clocks at the site show it. */
function momentText(at: number, site: SampleSite, language: Language): string {
  const local = new Date(localAt(site.timeZone, at))
  const [weekday, month, time] = [local.getUTCDay(), local.getUTCMonth(), local.toISOString().slice(11, 16)]
  if (language === 'de') {
    const day = `${String(local.getUTCDate()).padStart(2, '0')}.${String(month + 1).padStart(2, '0')}.`
    return `${['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'][weekday]!}., ${day}, ${time}`
  }
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  return `${days[weekday]!} ${local.getUTCDate()} ${months[month]!}, ${time}`
}
