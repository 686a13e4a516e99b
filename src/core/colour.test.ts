import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Colour, contrast, readableOn } from './colour.ts'

const colours = fc.integer({ min: 0, max: 0xffffff }).map((value): Colour => `#${value.toString(16).padStart(6, '0')}`)

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrast('#1c4f8c', '#1c4f8c')).toBe(1)
})

test('a colour that stands out stays as it is, any other is moved until it does', () => {
  expect(readableOn('#1c4f8c', '#fbfaf7', 4.5)).toBe('#1c4f8c')
  fc.assert(
    fc.property(colours, fc.constantFrom<Colour>('#fbfaf7', '#141618'), (colour, ground) => {
      expect(contrast(readableOn(colour, ground, 4.5), ground)).toBeGreaterThanOrEqual(4.5)
    }),
  )
})
