import { expect, test } from 'vitest'
import de from '../locales/de/clock.json' with { type: 'json' }
import en from '../locales/en/clock.json' with { type: 'json' }
import { durationText, hoursText, sayClock } from '#core/clock-text.ts'
import { HOUR, hours, MINUTE } from '#core/clock-testing.ts'
import type { Language } from '#core/text.ts'

test('durations are hours and minutes, never days, and seconds where there is no hour', () => {
  const texts = (language: Language) =>
    [0, 999, 45_000, 90_000, HOUR, 62 * HOUR + 30_000, 178 * MINUTE].map((ms) => durationText(language, ms))

  expect(texts('en')).toEqual(['0 s', '0 s', '45 s', '1 min 30 s', '1 h', '62 h', '2 h 58 min'])
  expect(texts('de')).toEqual(['0 Sek.', '0 Sek.', '45 Sek.', '1 Min. 30 Sek.', '1 Std.', '62 Std.', '2 Std. 58 Min.'])
})

test('hours are told in groups of days', () => {
  const week = (...closings: readonly number[]) => ({
    ...hours('08:00', '18:00'),
    week: closings.map((closes) => (closes === 0 ? [] : [{ opens: 480, closes }])),
  })

  expect(hoursText('en', week(1020, 1020, 1020, 1020, 840, 0, 0))).toBe('Mon–Thu 08:00–17:00, Fri 08:00–14:00')
  expect(hoursText('de', week(1020, 0, 1020, 0, 1020, 0, 1800))).toBe(
    'Mo. 08:00–17:00, Mi. 08:00–17:00, Fr. 08:00–17:00, So. 08:00–06:00',
  )
  expect(hoursText('de', hours('00:00', '24:00', 7))).toBe('rund um die Uhr')

  const shifts = [22, 6, 14].map((hour) => ({ opens: hour * 60, closes: (hour + 8) * 60 }))
  const around = { ...hours('08:00', '18:00'), week: [shifts, [], [], [], shifts.slice(0, 2), [], []] }
  expect(hoursText('en', around)).toBe('Mon 06:00–14:00, 14:00–22:00 and 22:00–06:00, Fri 06:00–14:00 and 22:00–06:00')
})

test('both languages say everything, and every message can be filled', () => {
  expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted())
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    for (const language of ['de', 'en'] as const) {
      // Whatever is named in either language is filled with the same.
      const placeholders = `${en[key]} ${de[key]}`.match(/(?<=\{)\w+(?=[,}])/g) ?? []
      const said = sayClock(language, key, Object.fromEntries(placeholders.map((name) => [name, 2])))
      expect(said).toMatch(/^[^{}]+$/)
    }
  }
})
