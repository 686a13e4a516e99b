import { expect, test } from 'vitest'
import { momentIn, typedIn } from './local-moment.ts'

test('what is typed is meant in the zone, whatever the browser’s own', () => {
  const moment = momentIn('Asia/Kolkata', { date: '2026-03-02', time: '09:00' })
  expect(moment).toEqual({ at: new Date('2026-03-02T03:30Z'), shifted: false })
  expect(typedIn('Asia/Kolkata', new Date('2026-03-02T03:30:59Z'))).toEqual({ date: '2026-03-02', time: '09:00' })
})

test('a time that the clocks skip is taken as the later one, and that is told', () => {
  const moment = momentIn('Europe/Berlin', { date: '2026-03-29', time: '02:30' })
  expect(moment).toEqual({ at: new Date('2026-03-29T01:30Z'), shifted: true })
})

test('while something is missing, or there is no such day, no moment is meant', () => {
  expect(momentIn('UTC', { date: '2026-03-02', time: '' })).toBeNull()
  expect(momentIn('UTC', { date: '2026-02-30', time: '10:00' })).toBeNull()
})
