import { expect, test } from 'vitest'
import type { MailRhythm } from './kind.ts'
import { mailDueAt, quietUntil, type Rhythm } from './rhythm.ts'

const rhythm: Rhythm = { zone: 'Europe/Berlin', digestAt: 450, digestDay: 1, quiet: { from: 1320, to: 360 } }
const at = (text: string) => new Date(text).getTime()

test.each<[string, MailRhythm, string, string | null]>([
  ['at once, two minutes later', 'now', '2026-03-02T10:00+01:00', '2026-03-02T10:02+01:00'],
  ['at once, but not by night', 'now', '2026-03-02T23:00+01:00', '2026-03-03T06:00+01:00'],
  ['at once, but not in the small hours', 'now', '2026-03-03T03:00+01:00', '2026-03-03T06:00+01:00'],
  ['over the night the clocks go forward', 'now', '2026-03-28T23:00+01:00', '2026-03-29T06:00+02:00'],
  ['at the end of quiet hours', 'now', '2026-03-03T05:59+01:00', '2026-03-03T06:01+01:00'],
  ['daily, today', 'daily', '2026-03-02T07:00+01:00', '2026-03-02T07:30+01:00'],
  ['daily, tomorrow', 'daily', '2026-03-02T07:30+01:00', '2026-03-03T07:30+01:00'],
  ['weekly, on Monday', 'weekly', '2026-03-04T12:00+01:00', '2026-03-09T07:30+01:00'],
  ['weekly, this Monday still', 'weekly', '2026-03-02T07:00+01:00', '2026-03-02T07:30+01:00'],
  ['never', 'never', '2026-03-02T07:00+01:00', null],
])('a mail goes out %s', (_, mail, now, expected) => {
  expect(mailDueAt(rhythm, mail, at(now))).toBe(expected === null ? null : at(expected))
})

test.each<[string, { from: number; to: number } | null, string, string | null]>([
  ['by day', { from: 720, to: 780 }, '2026-03-02T12:30+01:00', '2026-03-02T13:00+01:00'],
  ['from their first minute on', { from: 720, to: 780 }, '2026-03-02T12:00+01:00', '2026-03-02T13:00+01:00'],
  ['until their last', { from: 720, to: 780 }, '2026-03-02T13:00+01:00', null],
  ['the whole day', { from: 480, to: 480 }, '2026-03-02T09:00+01:00', '2026-03-03T08:00+01:00'],
  ['never', null, '2026-03-02T03:00+01:00', null],
])('quiet hours hold %s', (_, quiet, now, expected) => {
  expect(quietUntil({ ...rhythm, quiet }, at(now))).toBe(expected === null ? null : at(expected))
})
