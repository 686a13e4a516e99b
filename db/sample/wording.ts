import { DAY_MS, weekdayOf } from '#core/calendar-rules.ts'
import { localAt } from '#core/zone.ts'
import type { Language, SamplePerson, SampleSite } from './company.ts'
import { asks, closings, greetings, restarts, since, spoken, tellsTime, titleStarts } from './phrases.ts'
import type { Random } from './random.ts'
import { type Fill, filler } from './slots.ts'
import type { Case, Subject } from './subjects/subject.ts'

export type Channel = 'portal' | 'mail' | 'phone' | 'chat' | 'walk-up' | 'monitoring'

export interface Wording {
  readonly language: Language
  readonly title: string
  readonly description: string
  /** Ways in which it was solved, at least one. */
  readonly resolutions: readonly string[]
}

interface Circumstances {
  readonly random: Random
  readonly subject: Subject
  readonly site: SampleSite
  readonly channel: Channel
  readonly language: Language
  readonly requester: SamplePerson | null
  readonly at: number
  readonly urgent: boolean
}

/** What is written of a ticket. */
export function wordingOf(circumstances: Circumstances): Wording {
  const { random, subject, site, channel, requester } = circumstances
  const cases = (circumstances.language === 'de' ? subject.de : undefined) ?? subject.en
  const language = cases === subject.en ? 'en' : 'de'
  const alert = language === 'de' ? (subject.alert?.de ?? subject.alert?.en) : subject.alert?.en
  const chosen: Case = channel === 'monitoring' && alert !== undefined ? alert : random.pick(cases)
  const [title, detail, effect, ...resolutions] = chosen
  const fill = filler(random, site, language)
  const local = localAt(site.timeZone, circumstances.at)
  const told = body({ ...circumstances, language, detail, effect, fill, local })
  const spelled = (text: string) => inCountry(text, site)
  return {
    language,
    title: spelled(titleStart({ ...circumstances, language }) + fill(title)),
    description: spelled(
      channel === 'mail' && requester !== null ? asMail(told, { random, language, requester, local }) : told,
    ),
    resolutions: resolutions.map((resolution) => spelled(fill(resolution))),
  }
}

function titleStart({ random, subject, channel, urgent, language }: Circumstances): string {
  const starts = titleStarts[language]
  if (channel === 'monitoring') return ''
  if (channel === 'mail' && random.chance(0.05)) return starts.forwarded
  if (urgent && random.chance(0.08)) return starts.urgent
  return subject.once === undefined && random.chance(0.04) ? starts.again : ''
}

interface Matter extends Circumstances {
  readonly detail: string
  readonly effect: string
  readonly fill: Fill
  /** Local time at the site, as the same reading in UTC. */
  readonly local: number
}

function body(matter: Matter): string {
  const { random, subject, channel, language, detail, effect, fill, local } = matter
  const sentences = [fill(detail)]
  if (channel === 'monitoring') return `${sentences[0]} ${fill(effect)}`
  const lasting = subject.once === undefined && !tellsTime.test(detail)
  if (lasting && channel !== 'chat' && random.chance(0.62))
    sentences.push(...sinceWhen(random, { language, local, pressing: subject.pressing }))
  if (subject.restarted && random.chance(0.3)) sentences.push(random.pick(restarts[language]))
  if (random.chance(channel === 'chat' ? 0.35 : 0.72)) sentences.push(fill(effect))
  const lead = channel === 'phone' || channel === 'walk-up' ? random.pick(spoken[language][channel]) : ''
  return lead + sentences.join(' ')
}

const HOUR_MS = 3_600_000

function sinceWhen(
  random: Random,
  { language, local, pressing }: { readonly language: Language; readonly local: number; readonly pressing: number },
): string[] {
  const say = since[language]
  const ago = random.lognormal(0.9, 0.7) * HOUR_MS
  const ofDay = local % DAY_MS
  const weekday = weekdayOf(Math.floor(local / DAY_MS))
  // Today's beginning only while it was the same day and somebody was up.
  if (random.chance(0.55) && ago < ofDay - 5 * HOUR_MS) return [random.pick(say.time(timeOfDay(ofDay - ago)))]
  if (ofDay >= 9.5 * HOUR_MS && ofDay < 12 * HOUR_MS && random.chance(0.4)) return [random.pick(say.morning)]
  // What presses was not left lying for days.
  if (pressing >= 0.5) return []
  if (weekday === 0 && random.chance(0.6)) return [random.pick(say.friday)]
  if (weekday !== 0 && weekday < 5 && random.chance(0.5)) return [random.pick(say.yesterday)]
  return [random.pick(say.days)]
}

/** Rounded to five minutes, as people remember it. */
function timeOfDay(ms: number): string {
  const rounded = Math.floor(ms / 300_000) * 5
  return `${String(Math.floor(rounded / 60)).padStart(2, '0')}:${String(rounded % 60).padStart(2, '0')}`
}

function asMail(
  told: string,
  {
    random,
    language,
    requester,
    local,
  }: { readonly random: Random; readonly language: Language; readonly requester: SamplePerson; readonly local: number },
): string {
  const morning = local % DAY_MS < 10 * HOUR_MS && random.chance(0.4)
  const greeting = random.pick(morning ? greetings[language].morning : greetings[language].any)
  const ask = random.chance(0.6) ? ` ${random.pick(asks[language])}` : ''
  return `${greeting}\n\n${told}${ask}\n\n${random.pick(closings[language])}\n${requester.name}`
}

/** Switzerland writes no ß. */
export function inCountry(text: string, { place }: SampleSite): string {
  return place.country === 'CH' ? text.replaceAll('ß', 'ss') : text
}
