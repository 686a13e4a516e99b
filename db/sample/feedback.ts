import type { Language, ServiceKey } from './company.ts'
import type { Random } from './random.ts'

/** An incident as whoever reported it remembers it. */
export interface Lived {
  readonly service: ServiceKey | null
  readonly hours: number
  readonly inTime: boolean
  readonly handedOver: number
  readonly reopened: boolean
}

export interface SampleAnswer {
  /** 1 to 5. */
  readonly score: number
  readonly lostMinutes: number | null
  readonly factors: readonly string[]
  readonly text: string | null
  readonly mayQuote: boolean
}

/** In time nearly always, and yet people wait for help that their shift does not get: what the figures do not show. */
const CLASHES: readonly string[] = ['scanning', 'printing']
const ANSWER_SHARE = 0.24
const BY_FACTOR = ['speed', 'solution', 'communication', 'friendliness', 'effort', 'updates'] as const

/** Nobody looks at a clock for it: minutes as people say them. */
const SAID_MINUTES = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480, 720, 960, 1440, 1920, 2400]

function asSaid(minutes: number): number {
  return SAID_MINUTES.reduce((nearest, said) =>
    Math.abs(said - minutes) < Math.abs(nearest - minutes) ? said : nearest,
  )
}

/** What somebody answers about an incident; null from most, who do not answer. */
export function answerOf(random: Random, lived: Lived, language: Language): SampleAnswer | null {
  // Who is annoyed answers more often.
  if (!random.chance(lived.inTime ? ANSWER_SHARE : ANSWER_SHARE * 1.4)) return null
  const clash = lived.service !== null && CLASHES.includes(lived.service)
  const mood =
    4.5 -
    (lived.inTime ? 0 : 1.2) -
    0.35 * Math.min(lived.handedOver, 3) -
    (lived.reopened ? 0.9 : 0) -
    (clash ? 1.2 : 0)
  const score = Math.max(1, Math.min(5, Math.round(mood + 0.8 * random.normal())))
  const lost = asSaid(Math.min(lived.hours * 60, random.lognormal(clash ? 190 : 45, 0.9)))
  const unhappy = score <= 3
  const factors = unhappy
    ? [clash ? random.pick(['speed', 'updates']) : random.pick(BY_FACTOR)]
    : random.chance(0.3)
      ? [random.pick(['speed', 'friendliness', 'solution'])]
      : []
  const writes = random.chance(unhappy ? 0.5 : 0.16)
  const words = wordsOf[language][unhappy ? (clash ? 'clash' : 'bad') : 'good']
  return {
    score,
    lostMinutes: random.chance(0.7) ? lost : null,
    factors,
    text: writes ? random.pick(words) : null,
    mayQuote: random.chance(0.6),
  }
}

/** How somebody who is asked twice a year would recommend the service: 0 to 10. */
export function recommendationOf(random: Random): number {
  return random.weighted([1, 0, 1, 1, 1, 4, 5, 10, 18, 14, 9])
}

const wordsOf: Readonly<Record<Language, Readonly<Record<'good' | 'bad' | 'clash', readonly string[]>>>> = {
  de: {
    good: [
      'Schnell und freundlich, danke!',
      'Sofort verstanden, worum es ging.',
      'Der Kollege hat zurückgerufen, bevor ich nachfragen musste.',
      'Alles bestens.',
      'Lief nach zehn Minuten wieder.',
    ],
    bad: [
      'Musste dreimal dasselbe erklären.',
      'Die Lösung hielt nur einen Tag.',
      'Ich wusste tagelang nicht, ob sich jemand kümmert.',
      'Freundlich, aber es hat zu lange gedauert.',
    ],
    clash: [
      'Gelöst ist es laut Meldung, wir haben trotzdem die halbe Schicht gestanden.',
      'Nachts erreicht man niemanden, der sich damit auskennt.',
      'Jedes Mal derselbe Drucker. Bitte endlich austauschen!',
      'Im Bericht sicher grün. Bei uns in der Halle nicht.',
    ],
  },
  en: {
    good: [
      'Quick and friendly, thank you!',
      'They knew at once what it was about.',
      'Called back before I had to ask.',
      'All good.',
      'Working again within ten minutes.',
    ],
    bad: [
      'I had to explain the same thing three times.',
      'The fix lasted a day.',
      'For days I did not know whether anybody was on it.',
      'Friendly, but it took too long.',
    ],
    clash: [
      'It says resolved, and yet we stood still for half a shift.',
      'At night nobody can be reached who knows about it.',
      'The same printer every time. Please replace it at last!',
      'Green in the report, I am sure. Not on our floor.',
    ],
  },
}

/** A compliment and complaints, as the portal takes them. */
export const sampleCases: readonly {
  readonly customer: string
  readonly kind: 'compliment' | 'complaint'
  readonly text: string
  readonly daysAgo: number
  readonly answer?: string
}[] = [
  {
    customer: 'NHL',
    kind: 'complaint',
    text: 'In der Nachtschicht dauert es jedes Mal über eine Stunde, bis sich jemand um die Scanner kümmert. Im Bericht steht davon nichts.',
    daysAgo: 3,
  },
  {
    customer: 'NHL',
    kind: 'compliment',
    text: 'Die Umstellung am Wochenende war großartig vorbereitet. Montag früh lief alles, danke an das ganze Team!',
    daysAgo: 12,
  },
  {
    customer: 'BWR',
    kind: 'complaint',
    text: 'Two stores opened late because the tills were updated on a Saturday morning.',
    daysAgo: 25,
    answer: 'You were right: updates of tills go out on Tuesdays from now on, and each store is told a week before.',
  },
]
