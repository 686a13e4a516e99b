import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkCases } from '#core/clock-cases.ts'
import { compileCalendar } from '#core/calendar.ts'
import { runClock } from '#core/clock.ts'
import { hours, local, termsOf } from '#core/clock-testing.ts'
import type { ClockEvent } from '#core/clock-terms.ts'

const shared = new URL('../../../shared/', import.meta.url)
const casesFile = new URL('cases/service_level_cases.json', shared)
const goldenFile = new URL('data/bpi2014/service_hours_golden.csv', shared)

describe.skipIf(!existsSync(casesFile))('with the collected cases (../shared/cases)', () => {
  test('each of the core, each convention under its option, each quirk by its reference value', () => {
    const report = checkCases(JSON.parse(readFileSync(casesFile, 'utf8')))

    expect(report.lines).toEqual([])
    expect(report).toMatchObject({ passed: 508, failed: 0, coreFailed: 0, unchecked: 0 })
  })
})

describe.skipIf(!existsSync(goldenFile))('with the service hours of a bank (../shared/data/bpi2014)', () => {
  test('all 1,302 handling times are right to the second', () => {
    const years = [2011, 2012, 2013, 2014]
    const holidays = years.flatMap((year) => [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`])
    const open = compileCalendar(hours('07:30', '18:00', 5, 'Europe/Amsterdam', holidays))
    const [head, ...rows] = readFileSync(goldenFile, 'utf8').trim().split('\n')
    const column = (name: string) => head!.split(',').indexOf(name)
    const moment = (text: string | undefined) => local(text!, 'Europe/Amsterdam')
    const always = compileCalendar(hours('00:00', '24:00', 7))
    const counted = rows.map((row) => {
      const cells = row.trim().split(',')
      const [opened, stopped] = ['open_time_local', 'stop_time_local'].map((name) => moment(cells[column(name)]))
      const events: ClockEvent[] = [
        { at: opened!, kind: 'opened' },
        { at: stopped!, kind: 'resolved' },
      ]
      const isWindow = cells[column('class')] === 'window'
      return {
        isClean: isWindow && cells[column('stop_source')] === 'close_time',
        seconds: runClock(termsOf(1), isWindow ? open : always, events, stopped!).elapsedMs / 1000,
        reported: Number(cells[column('handle_seconds')]),
        model: Number(cells[column('model_seconds')]),
      }
    })

    expect(counted.filter(({ seconds, model }) => seconds !== model)).toEqual([])
    const clean = counted.filter(({ isClean }) => isClean)
    expect(clean).toHaveLength(1302)
    // The source rounds hours to ten digits.
    expect(clean.filter(({ seconds, reported }) => Math.abs(seconds - reported) > 1)).toEqual([])
  })
})
