import { clockTime, DAY_MS, MINUTE_MS, weekdayOf, windowsOn } from '#core/calendar-rules.ts'
import { dateText, hoursText, inSentences, momentText } from '#core/clock-text.ts'
import { promisedDue } from '#core/promised-due.ts'
import type { Language } from '#core/text.ts'
import { instantAt, localAt } from '#core/zone.ts'
import { sayAgreement, timeWords } from './agreement-sentences.ts'
import type { AgreementVersion } from './api.ts'
import type { AgreementInForce } from './in-force.ts'

/** The weekly hours that hold while a version does: those of its beginning, and others from their day on. */
export function hoursLines(
  language: Language,
  { calendarVersions, open }: AgreementInForce,
  { calendarName: calendar, validFrom, validTo }: AgreementVersion,
): string[] {
  const end = validTo?.getTime() ?? Infinity
  const holding = calendarVersions.flatMap((span, index) =>
    span.to > validFrom.getTime() && span.from < end ? [{ ...span, rules: open.versions[index]!.rules }] : [],
  )
  return holding.map(({ from, rules }, index) =>
    inSentences(
      sayAgreement(language, index === 0 ? 'hours.of' : 'hours.from', {
        calendar,
        hours: hoursText(language, rules),
        zone: rules.timeZone,
        from: index === 0 ? '' : dateText(language, localAt(rules.timeZone, from), 0),
      }),
    ),
  )
}

/** Days of a year that are not like their weekday, by date, with what people call them. */
export function otherDays(language: Language, { open }: AgreementInForce, year: number): [string, string, string][] {
  return open.versions
    .flatMap(({ rules, from, to }) =>
      rules.exceptions.filter(({ date }) => {
        const midnight = instantAt(rules.timeZone, Date.parse(`${date}T00:00Z`))
        return date.startsWith(`${year}-`) && from <= midnight && midnight < to
      }),
    )
    .toSorted((one, other) => one.date.localeCompare(other.date))
    .map(({ date, label, windows }) => [
      dateText(language, Date.parse(`${date}T00:00Z`), year),
      label ?? '',
      windows.length === 0
        ? sayAgreement(language, 'holidays.closed')
        : windows.map(({ opens, closes }) => `${clockTime(opens)}–${clockTime(closes)}`).join(', '),
    ])
}

const FRIDAY = 4
/** Late enough that the night and the weekend have their say. */
const SAMPLE_MS = (16 * 60 + 40) * MINUTE_MS
const EXAMPLES_AT_MOST = 12

/**
 * When a ticket of the first Friday under a version would be due, for each time that it promises; for a promise in days one
 * day of its reading stands before it.
 */
export function workedExample(
  language: Language,
  { open }: AgreementInForce,
  { targets, terms, validFrom }: AgreementVersion,
): { readonly lede: string; readonly rows: readonly (readonly [string, string])[] } {
  const zone = open.versions.at(-1)!.rules.timeZone
  const first = Math.ceil(localAt(zone, validFrom.getTime()) / DAY_MS)
  let day = first + ((FRIDAY - weekdayOf(first) + 7) % 7)
  // A holiday would show little.
  while (windowsOn(open.versions.at(-1)!.rules, new Date(day * DAY_MS).toISOString().slice(0, 10)).exception) day += 7
  const at = instantAt(zone, day * DAY_MS + SAMPLE_MS)
  const promised = [...targets, ...terms.fulfilment]
  const readings = [...new Set(promised.flatMap(({ days }) => (days === undefined ? [] : [days.reading])))]
  const promises = [
    ...readings.map((reading) => ({ targetSeconds: 1, days: { count: 1, reading } })),
    ...promised.toSorted((one, other) => one.targetSeconds - other.targetSeconds),
  ]
  const rows = promises.map(({ days, targetSeconds }) => {
    const due = promisedDue(
      open,
      at,
      days === undefined ? { targetMs: targetSeconds * 1000 } : { days },
      terms.boundary,
    )
    return [
      timeWords(language, { days, targetSeconds }),
      due === null ? sayAgreement(language, 'example.never') : momentText(language, zone, due, 0),
    ] as const
  })
  const different = rows.filter(([words], index) => rows.findIndex(([other]) => other === words) === index)
  return {
    lede: sayAgreement(language, 'example.lede', { at: momentText(language, zone, at, 0) }),
    rows: different.slice(0, EXAMPLES_AT_MOST),
  }
}
