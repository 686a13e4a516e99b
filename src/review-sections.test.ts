import { expect, test } from 'vitest'
import { experienceSection, watermelonSection } from '#modules/feedback'
import { tellInEach, tellSections } from './modules/reviews/chapters.ts'
import { standsApart } from './modules/reviews/layout.ts'
import { restatementSentences } from './modules/reviews/restate.ts'
import { factsWith } from './modules/reviews/testing-facts.ts'
import { wordingOf } from './modules/reviews/wording.ts'
import { reviewSections } from './review-sections.ts'

const felt = { value: 30, low: 20, high: 40 }

const group = (name: string, accord: 'watermelon' | 'good' = 'watermelon') => ({
  name,
  hidden: false,
  answers: 12,
  asked: 40,
  valid: true,
  csat: felt,
  nps: null,
  ces: null,
  lostMinutes: null,
  points: 30,
  met: 98,
  failed: 2,
  accord,
})

test.each([
  [['A'], 'A: kept, and yet felt to be bad', 'A: eingehalten und doch als schlecht erlebt'],
  [
    ['A', 'B', 'C'],
    '3 groups kept their times and yet were felt to be bad: A, B and C',
    '3 Gruppen hielten ihre Zeiten ein und wurden doch als schlecht erlebt: A, B und C',
  ],
  [
    ['A', 'B', 'C', 'D'],
    '4 groups kept their times and yet were felt to be bad: A, B and 2 others',
    '4 Gruppen hielten ihre Zeiten ein und wurden doch als schlecht erlebt: A, B und 2 weitere',
  ],
])('what was kept and felt to be bad is named as often as it is counted: %s', (names, en, de) => {
  const services = [...names.map((name) => group(name)), group('Good', 'good')]
  const facts = factsWith({ sections: { watermelon: { minimum: 5, services, sites: [] } } })
  const title = (language: 'en' | 'de') =>
    tellSections([watermelonSection], facts, wordingOf(facts, language))[0]?.title
  expect(title('en')).toBe(en)
  expect(title('de')).toBe(de)
})

test('whoever answers at a poster was not asked: no share of the asked is told of them', () => {
  const told = (asked: number) => {
    const experience = { minimum: 5, target: 70, total: { ...group(''), asked }, before: null, quotes: [] }
    const facts = factsWith({ sections: { experience } })
    return JSON.stringify(tellSections([experienceSection], facts, wordingOf(facts, 'en')))
  }
  expect(told(40)).toContain('of 40 who were asked')
  expect(told(0)).toContain('at a poster or link; nobody was asked')
  expect(told(0)).not.toContain('of 0 who were asked')
})

const months = (n: number, d: number) => [
  { month: '2026-09', numerator: 90, denominator: 100 },
  { month: '2026-10', numerator: n, denominator: d },
]
const figure = (key: string, n: number, d: number) => ({ key, version: 1, points: months(n, d), baselines: [] })

test('a restatement says which key figures changed, from what to what and why, and of money only what it tells', () => {
  const restatedIn = (language: 'en' | 'de', before: object, after: object, key = 'signals') => {
    const facts = factsWith({
      ...(key === 'site-scorecard' && { report: 'R14' as const }),
      sections: { [key]: after },
      restatement: { of: 1, changes: [{ kind: 'section', section: key }], reasons: [] },
    })
    const told = tellInEach(reviewSections, facts, { sections: { [key]: before } })[language]
    return restatementSentences(facts, wordingOf(facts, language), told).slice(1, -1)
  }
  // Somebody who sees margins made the first version, somebody who does not the second.
  const before = { kpis: [figure('K01', 95, 100), figure('K05', 3_600_000, 2), figure('K51', 1, 4)] }
  const first = {
    ...figure('K01', 96, 100),
    points: [{ month: '2026-09', numerator: 91, denominator: 100 }, months(96, 100)[1]!],
  }
  const after = { kpis: [first, figure('K05', 3_600_001, 2), figure('K21', 30, 40)] }
  expect(restatedIn('en', before, after)).toEqual([
    'SLA attainment: 95.0\u00a0% (95 of 100) before, 96.0\u00a0% (96 of 100) now; results were put right or came after the data lock before',
    'Customer satisfaction (CSAT): not told before, 75.0\u00a0% (30 of 40) now; more answers came after the data lock before',
    'SLA attainment, September 2026: 90.0\u00a0% (90 of 100) before, 91.0\u00a0% (91 of 100) now; results were put right or came after the data lock before',
  ])
  expect(restatedIn('de', before, after)[0]).toBe(
    'Zielerreichung (SLA): bisher 95,0\u00a0% (95 von 100), jetzt 96,0\u00a0% (96 von 100); Ergebnisse wurden berichtigt oder kamen nach dem vorigen Datenstand dazu',
  )
  // What is not told any more is not told as what it was.
  expect(restatedIn('en', before, { kpis: [figure('K05', 3_600_000, 2)] })).toEqual(['Other figures in: Key figures'])
  const many = (n: number) => ({
    kpis: ['K01', 'K02', 'K03', 'K09', 'K10', 'K21', 'K23', 'K26', 'K31', 'K80'].map((key) => figure(key, n, 100)),
  })
  expect(restatedIn('en', many(50), many(51)).at(-1)).toBe('And 3 more figures of the same section')

  const site = (n: number, isHidden: boolean) => ({
    sites: [{ name: 'Mill', type: null, values: [{ key: 'K21', numerator: n, denominator: 10, hidden: isHidden }] }],
  })
  expect(restatedIn('en', site(8, false), site(0, true), 'site-scorecard')).toEqual([
    'Mill, Customer satisfaction (CSAT): hidden now, since too few answered',
  ])
})

test('a restatement calls each section by its name', () => {
  const changes = reviewSections.map(({ key }) => ({ kind: 'section' as const, section: key }))
  const facts = factsWith({ restatement: { of: 1, changes, reasons: [] } })
  for (const language of ['en', 'de'] as const) {
    const sentences = restatementSentences(facts, wordingOf(facts, language)).join('\n')
    expect(reviewSections.filter(({ key }) => sentences.includes(`: ${key}`)).map(({ key }) => key)).toEqual([])
    const told = reviewSections.filter(({ key }) => !standsApart(key))
    expect(sentences.split('\n')).toHaveLength(told.length + 2)
    // A page about one thing says nothing of another.
    const page = { ...facts, report: 'R31' as const }
    expect(restatementSentences(page, wordingOf(page, language))).toHaveLength(3)
    expect(restatementSentences({ ...page, report: 'R04' }, wordingOf(page, language)).length).toBe(4)
  }
})
