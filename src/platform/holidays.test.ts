import { expect, test } from 'vitest'
import { holidayPlaces, holidaysOf } from '#platform/holidays.ts'

const datesOf = async (place: Parameters<typeof holidaysOf>[0]) => (await holidaysOf(place)).map(({ date }) => date)

test('Baden-Württemberg keeps Corpus Christi and All Saints, Hesse only the first, Berlin neither', async () => {
  const of = (state: string) => datesOf({ country: 'DE', state, year: 2026, language: 'de' })

  expect(await of('BW')).toEqual(expect.arrayContaining(['2026-01-06', '2026-06-04', '2026-11-01']))
  expect(await of('HE')).toEqual(expect.arrayContaining(['2026-06-04']))
  expect(await of('HE')).not.toContain('2026-11-01')
  expect(await of('BE')).not.toContain('2026-06-04')
})

test('a region of a state has holidays of its own', async () => {
  const augsburg = await datesOf({ country: 'DE', state: 'BY', region: 'A', year: 2026, language: 'de' })
  const bavaria = await datesOf({ country: 'DE', state: 'BY', year: 2026, language: 'de' })

  expect(augsburg).toContain('2026-08-08')
  expect(bavaria).not.toContain('2026-08-08')
})

test('the United States rest on the day on which a holiday is observed, also in the year before it', async () => {
  const of = (year: number) => datesOf({ country: 'US', year, language: 'en' })

  expect(await of(2026)).toEqual(expect.arrayContaining(['2026-07-03', '2026-07-04']))
  expect(await of(2021)).toEqual(expect.arrayContaining(['2021-07-05', '2021-12-24', '2021-12-31']))
})

test('names come in the language of the reader, in English where there is none', async () => {
  const christmas = async (language: 'de' | 'en') =>
    (await holidaysOf({ country: 'DE', year: 2026, language })).find(({ date }) => date === '2026-12-25')?.name

  expect(await christmas('de')).toBe('1. Weihnachtstag')
  expect(await christmas('en')).toBe('Christmas Day')
  const polish = await holidaysOf({ country: 'PL', year: 2026, language: 'de' })
  expect(polish.every(({ name }) => !/[ąćęłńśźż]/.test(name))).toBe(true)
})

test('only public holidays are proposed, and half days off are none', async () => {
  const german = await holidaysOf({ country: 'DE', year: 2026, language: 'de' })

  expect(german.every(({ type }) => type === 'public')).toBe(true)
  expect(german.map(({ date }) => date)).not.toContain('2026-12-24')
  const asked = await holidaysOf({ country: 'DE', year: 2026, language: 'de', types: ['bank'] })
  expect(asked.map(({ date }) => date)).not.toContain('2026-12-24')
})

test('a holiday of several days closes each of them, once', async () => {
  const dates = await datesOf({ country: 'EG', year: 2026, language: 'en' })

  expect(dates).toEqual(expect.arrayContaining(['2026-05-27', '2026-05-28', '2026-05-29', '2026-05-30']))
  expect(new Set(dates).size).toBe(dates.length)
  expect(dates).toEqual(dates.toSorted())
})

test('a country that is not known has no holidays', async () => {
  expect(await holidaysOf({ country: 'XX', year: 2026, language: 'en' })).toEqual([])
})

test('places are listed by name: countries, states of one, regions of a state', async () => {
  const countries = await holidayPlaces({ language: 'de' })

  expect(countries.length).toBeGreaterThan(190)
  expect(countries.find(({ code }) => code === 'PL')?.name).toBe('Polen')
  expect(await holidayPlaces({ country: 'DE', language: 'de' })).toHaveLength(16)
  expect(await holidayPlaces({ country: 'DE', state: 'BY', language: 'de' })).toContainEqual({
    code: 'A',
    name: 'Stadt Augsburg',
  })
  expect(await holidayPlaces({ country: 'XX', language: 'en' })).toEqual([])
})
