import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { instantAt, isZone, localAt, offsetAt } from '#core/zone.ts'

// Laws are tried many times; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const utc = (text: string) => Date.parse(`${text}Z`)
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 16)

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

test.each([
  ['an hour that is skipped is read an hour later', 'Europe/Berlin', '2025-03-30T02:30', '2025-03-30T01:30'],
  ['the edge of a skipped hour is its end', 'Europe/Berlin', '2025-03-30T02:00', '2025-03-30T01:00'],
  ['an hour that happens twice is the first', 'Europe/Berlin', '2025-10-26T02:30', '2025-10-26T00:30'],
  ['the hour after it is after the second', 'Europe/Berlin', '2025-10-26T03:00', '2025-10-26T02:00'],
  ['a midnight that is skipped is one o’clock', 'America/Sao_Paulo', '2018-11-04T00:00', '2018-11-04T03:00'],
  ['a midnight that happens twice is the first', 'America/Havana', '2024-11-03T00:00', '2024-11-03T04:00'],
  ['a change of half an hour', 'Australia/Lord_Howe', '2024-10-06T02:15', '2024-10-05T15:45'],
  ['a whole day that is left out', 'Pacific/Apia', '2011-12-30T08:00', '2011-12-30T18:00'],
  ['a zone without summer time', 'Asia/Kolkata', '2025-07-01T09:00', '2025-07-01T03:30'],
  ['the first year', 'Europe/London', '1970-01-01T00:00', '1969-12-31T23:00'],
  ['the last year', 'America/New_York', '2100-07-01T12:00', '2100-07-01T16:00'],
])('%s', (_, zone, local, instant) => {
  expect(iso(instantAt(zone, utc(local)))).toBe(instant)
})

test('every reading between 1970 and 2100 is the instant that Temporal says, and back', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: utc('2100-12-31T00:00') / 1000 }),
      (zone, seconds) => {
        const reading = Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
        const wanted = reading.toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(zone).epochMilliseconds
        expect(instantAt(zone, seconds * 1000)).toBe(wanted)
        const shown = reading.toZonedDateTimeISO(zone)
        expect(localAt(zone, seconds * 1000)).toBe(seconds * 1000 + shown.offsetNanoseconds / 1e6)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a browser without Temporal gets the same answers', async () => {
  vi.stubGlobal('Temporal', undefined)
  vi.resetModules()
  const withoutTemporal = await import('#core/zone.ts')
  for (const zone of [
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
    'UTC',
  ]) {
    for (let local = utc('2010-06-01T00:00'); local < utc('2013-06-01T00:00'); local += 7 * 3_600_000) {
      expect(withoutTemporal.instantAt(zone, local)).toBe(instantAt(zone, local))
      expect(withoutTemporal.localAt(zone, local)).toBe(localAt(zone, local))
    }
  }
})

test('what is asked far from what was asked before is answered as well, in any order', () => {
  for (const year of [2025, 1850, 2500, 1900, 2099, -5000, 9999, 1970]) {
    const reading = Date.UTC(2000, 6, 1) + (year - 2000) * 365.25 * 86_400_000
    expect(localAt('Europe/Vienna', instantAt('Europe/Vienna', reading))).toBe(reading)
  }
})

test('an offset is positive east of Greenwich and changes in summer', () => {
  expect(offsetAt('Europe/Berlin', utc('2025-01-01T00:00'))).toBe(3_600_000)
  expect(offsetAt('Europe/Berlin', utc('2025-07-01T00:00'))).toBe(7_200_000)
  expect(offsetAt('America/St_Johns', utc('2025-01-01T00:00'))).toBe(-12_600_000)
})

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['+02:00', false],
  ['Europe/Bielefeld', false],
  ['', false],
])('%j is a zone: %s', (name, known) => {
  expect(isZone(name)).toBe(known)
})

test('a zone that nobody knows is refused, not taken for UTC', () => {
  expect(() => instantAt('Europe/Bielefeld', 0)).toThrow(RangeError)
  expect(() => localAt('+02:00', 0)).toThrow(RangeError)
})
