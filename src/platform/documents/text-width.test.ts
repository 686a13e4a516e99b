import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitted, linesOf, widthOf } from './text-width.ts'

const style = { size: 12 }
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(fc.constantFrom('Störung', 'a-b', '👩🏽‍🚒', 'שלום', '日本語', 'x/y', 'é', ' '), { maxLength: 60 })
    .map((parts) => parts.join(' ')),
)

describe('a text that is fitted', () => {
  test('never needs more lines than its box has', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 300 }), fc.integer({ min: 1, max: 4 }), (words, width, lines) => {
        expect(linesOf(fitted(words, { ...style, width, lines }), { ...style, width }).length).toBeLessThanOrEqual(
          lines,
        )
      }),
    )
  })

  test('stays as it is where there is room, and ends in an ellipsis where there is not', () => {
    expect(fitted('Printer jams', { ...style, width: 200, lines: 1 })).toBe('Printer jams')
    const cut = fitted('Wareneingangsbestätigungsrückmeldung'.repeat(11), { ...style, width: 200, lines: 2 })
    expect(cut).toMatch(/^Wareneingangs.*…$/)
    expect(cut.length).toBeLessThan(90)
  })

  test('is not cut within a letter and its marks', () => {
    for (let width = 20; width < 120; width++) {
      const cut = fitted('👩🏽‍🚒👩🏽‍🚒👩🏽‍🚒👩🏽‍🚒', { ...style, width, lines: 1 })
      expect(cut.replace('…', '').length % '👩🏽‍🚒'.length).toBe(0)
    }
  })

  test('fills its last line with the beginning of the next word', () => {
    expect(fitted('Bremen Überseehafen Nordseite', { ...style, width: 90, lines: 1 })).toMatch(/^Bremen Über.*…$/)
  })
})

test('lines put together are the text', () => {
  fc.assert(
    fc.property(text, (words) => {
      expect(linesOf(words, { ...style, width: 80 }).join('')).toBe(words)
    }),
  )
})

test('bold letters are wider, accents are as wide as their letter, wide signs the widest', () => {
  expect(widthOf('Anmeldung', { size: 12, bold: true })).toBeGreaterThan(widthOf('Anmeldung', style))
  expect(widthOf('ńä', style)).toBe(widthOf('na', style))
  expect(widthOf('語', style)).toBeGreaterThan(widthOf('W', style))
  // As measured in the font of presentations: not less, or it runs over; not much more, or it is cut for nothing.
  for (const [words, thousandths] of [
    ['Θεσσαλονίκη', 532],
    ['Принтернепечатаетщшж', 573],
    ['שלוםהמדפסתלאמדפיסה', 576],
  ] as const) {
    const seen = (thousandths * 12 * words.length) / 1000
    expect(widthOf(words, style)).toBeGreaterThan(seen)
    expect(widthOf(words, style)).toBeLessThan(seen * 1.3)
  }
})
