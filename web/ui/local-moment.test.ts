import { expect, test } from 'vitest'
import { momentIn, typedIn } from './local-moment.ts'

test('what is typed is meant in the zone, whatever the browser’s own', () => {
  const moment = momentIn('Asia/Kolkata', { date: '2026-03-02', time: '09:00' })
  expect(moment).toEqual({ at: new Date('2026-03-02T03:30Z'), shifted: false, again: null })
  expect(typedIn('Asia/Kolkata', new Date('2026-03-02T03:30:59Z'))).toEqual({ date: '2026-03-02', time: '09:00' })
})

test('a time that the clocks skip is taken as the later one, and that is told', () => {
  const moment = momentIn('Europe/Berlin', { date: '2026-03-29', time: '02:30' })
  expect(moment).toEqual({ at: new Date('2026-03-29T01:30Z'), shifted: true, again: null })
})

test.each([
  ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30Z', '2026-10-25T01:30Z'],
  ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45Z', '2026-04-04T15:15Z'],
])(
  'a time that the clocks of %s show twice means the first, and the second is known',
  (zone, date, time, at, again) => {
    expect(momentIn(zone, { date, time })).toEqual({ at: new Date(at), shifted: false, again: new Date(again) })
  },
)

test.each(['00:59', '01:59', '03:00', '03:30'])('%s on that day is there once', (time) => {
  expect(momentIn('Europe/Berlin', { date: '2026-10-25', time })?.again).toBeNull()
})

test('while something is missing, or there is no such day, no moment is meant', () => {
  expect(momentIn('UTC', { date: '2026-03-02', time: '' })).toBeNull()
  expect(momentIn('UTC', { date: '2026-02-30', time: '10:00' })).toBeNull()
})
