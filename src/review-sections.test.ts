import { expect, test } from 'vitest'
import { experienceSection, watermelonSection } from '#modules/feedback'
import { tellSections } from './modules/reviews/chapters.ts'
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

test('a restatement calls each section by its name', () => {
  const changes = reviewSections.map(({ key }) => ({ kind: 'section' as const, section: key }))
  const facts = factsWith({ restatement: { of: 1, changes, reasons: [] } })
  for (const language of ['en', 'de'] as const) {
    const sentences = restatementSentences(facts, wordingOf(facts, language)).join('\n')
    expect(reviewSections.filter(({ key }) => sentences.includes(`: ${key}`)).map(({ key }) => key)).toEqual([])
    expect(sentences.split('\n').length).toBeGreaterThan(reviewSections.length)
  }
})
