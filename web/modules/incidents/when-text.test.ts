import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { formatIn } from '#web/ui/format.ts'
import { agoText, dueText, overText, whenText } from './when-text.ts'

const format = formatIn('en', 'Europe/Berlin')
const now = new Date('2026-11-10T09:42Z')
// Days of this year are told without it.
beforeEach(() => void vi.useFakeTimers({ now }))
afterEach(() => void vi.useRealTimers())

const t = (key: string, values?: Readonly<Record<string, unknown>>) =>
  `${key} ${Object.values(values ?? {}).join(' ')}`.trim()

test.each([
  ['in less than half a day as the time that is left', '2026-11-10T12:40Z', '2\u00a0h\u00a058'],
  ['later as weekday and time', '2026-11-11T07:40Z', 'Wed 08:40'],
  ['beyond the week as the day', '2026-11-17T07:40Z', '17 Nov'],
])('what is due is told %s', (_, due, text) => {
  expect(dueText(new Date(due), { format, now })).toBe(text)
})

test.each([
  ['today by its time', '2026-11-10T09:31Z', '10:31'],
  ['within the week by weekday and time', '2026-11-09T13:20Z', 'Mon 14:20'],
  ['before by its day', '2026-10-29T08:04Z', '29 Oct'],
])('what was is told %s', (_, at, text) => {
  expect(agoText(new Date(at), { format, now })).toBe(text)
})

test('which day it is depends on the zone in which it is told', () => {
  const at = new Date('2026-11-10T23:30Z')
  expect(whenText(at, { t, format, now, zone: 'UTC' })).toBe('incidents.when.today 23:30')
  expect(whenText(at, { t, format, now, zone: 'Europe/Berlin' })).toBe('incidents.when.tomorrow 00:30')
})

test('minutes are told while they matter', () => {
  expect(overText(8_400_000, format)).toBe('2\u00a0h\u00a020')
  expect(overText(534_000_000, format)).toBe('148\u00a0h')
})
