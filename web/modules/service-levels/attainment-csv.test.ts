import { expect, test } from 'vitest'
import { csvOf } from './attainment-csv.ts'

test('what was not measured is empty in a table, not nought and not a hundred', () => {
  expect(csvOf(['site', 'met', 'measured'], [['Gdańsk', null, 0]])).toBe('\uFEFFsite,met,measured\r\nGdańsk,,0\r\n')
})

test('a title with commas, quotes or a formula stays a title', () => {
  expect(csvOf(['title'], [['Wi-Fi, "hall 3"'], ['=1+1']])).toBe(`\uFEFFtitle\r\n"Wi-Fi, ""hall 3"""\r\n'=1+1\r\n`)
})
