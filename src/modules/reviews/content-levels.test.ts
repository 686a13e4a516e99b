import { expect, test } from 'vitest'
import { whyOf } from './content-levels.ts'
import { factsWith, missWith } from './testing-facts.ts'
import { wordingOf } from './wording.ts'

const HOUR_MS = 3_600_000
const inEnglish = wordingOf(factsWith(), 'en')
const inGerman = wordingOf(factsWith(), 'de')
const plain = (words: string) => words.replaceAll('\u00a0', ' ')

test('a miss says what took its time: the longest wait, handovers, what did not count', () => {
  const miss = missWith('NHL-1', 30, {
    pausedMs: 2 * HOUR_MS,
    why: { waitedFor: 'awaiting-supplier', waitedMs: 9 * HOUR_MS, handovers: 3 },
  })

  expect(plain(whyOf(miss, inEnglish))).toBe('9 h waiting for a supplier, 3 handovers, 2 h paused')
  expect(plain(whyOf(miss, inGerman))).toBe('9 Std. Warten auf den Lieferanten, 3 Weitergaben, 2 Std. angehalten')
})

test('a wait is called as its provider calls it', () => {
  const words = { states: {}, reasons: { 'awaiting-supplier': 'beim Zulieferer' } }
  const german = wordingOf(factsWith(), 'de', words)
  const waited = (waitedFor: string) =>
    plain(whyOf(missWith('NHL-1', 30, { why: { waitedFor, waitedMs: HOUR_MS, handovers: 0 } }), german))

  expect(waited('awaiting-supplier')).toBe('1 Std. beim Zulieferer')
  expect(waited('awaiting-change')).toBe('1 Std. Warten auf eine Änderung')
  expect(waited('other')).toBe('1 Std. zurückgestellt')
})

test('a miss of a review that was made before reasons were told has only its pause', () => {
  expect(whyOf(missWith('NHL-1', 30), inEnglish)).toBe('')
  expect(plain(whyOf(missWith('NHL-1', 30, { pausedMs: HOUR_MS }), inEnglish))).toBe('1 h paused')
})

test('a customer’s edition says nothing of handovers', () => {
  const why = { waitedFor: 'queue', waitedMs: 5 * HOUR_MS, handovers: null }
  expect(plain(whyOf(missWith('NHL-1', 30, { why }), inEnglish))).toBe('5 h before anybody began')
})
