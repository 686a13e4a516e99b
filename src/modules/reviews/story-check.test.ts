import { expect, test } from 'vitest'
import { type Ground, problemsOf } from './story-check.ts'

const ground: Ground = {
  language: 'en',
  facts: new Set(['missed:p2']),
  felt: new Set(['whole']),
  said: ['5 of 46 P2 incidents were late', '41 of 46 in time (89.1 %)', '1,234 resolved', 'The scanner is slow again'],
  hidden: ['Kiel'],
  names: ['Aldermoor Foods', 'Jana Weber', 'Workplace'],
  own: ['Nordhafen workplace', 'Workplace of the future'],
  internal: false,
}
const german: Ground = { ...ground, language: 'de', said: ['41 von 46 (89,1 %)', '1.234 gelöst'] }

const claim = (text: string, change = {}) => ({
  headline: 'Service was late',
  claims: [{ text, fact: 'missed:p2', felt: { kind: 'said' as const, ref: 'whole' }, ...change }],
  ask: null,
})
const kinds = (story: Parameters<typeof problemsOf>[0], on = ground) => problemsOf(story, on).map(({ kind }) => kind)

test.each([
  ['a number of the lock', '41 of 46 were in time, 89.1 %', ground],
  ['the same with other separators', '1234 were resolved', ground],
  ['a German number', '89,1 % von 1.234', german],
  ['a day that is planned', 'Night cover starts on 14 July at 02:00, see 2027-01-03', ground],
  ['a German day', 'Ab 14. Juli und am 3.1.2027 um 02:00', german],
  ['the name of an agreement, though a team is called so', 'Nordhafen workplace was late', ground],
  ['words that somebody may repeat', 'They say “The scanner is slow again”', ground],
])('%s may be said', (_, text, on) => {
  expect(kinds(claim(text), on)).toEqual([])
})

test.each([
  ['a number that nobody counted', claim('47 of 46 were in time'), ['number-outside-lock']],
  ['a rounded one', claim('89 % in time'), ['number-outside-lock']],
  ['words that nobody allowed', claim('They say “we had enough of it”'), ['quote-without-permission']],
  ['another customer', claim('As at Aldermoor Foods'), ['private-word']],
  ['somebody of ours', claim('Jana Weber mended it'), ['private-word']],
  ['a team of ours', claim('Workplace mended Nordhafen workplace'), ['private-word']],
  ['a margin', claim('The margin is thin'), ['private-word']],
  ['a small group', claim('Kiel is unhappy'), ['small-group']],
  ['no fact', claim('It was late', { fact: 'nothing' }), ['fact-unknown']],
  ['something felt that nobody said', claim('It was late', { felt: { kind: 'said', ref: 'x' } }), ['felt-unknown']],
  ['a number in the headline', { ...claim('It was late'), headline: '99 % kept' }, ['number-outside-lock']],
  ['a sum in the ask', { ...claim('It was late'), ask: 'Agree to 2400 euros' }, ['number-outside-lock']],
])('%s is found', (_, story, found) => {
  expect(kinds(story)).toEqual(found)
})

test('inside, names may be told, numbers still are those of the lock', () => {
  const inside = { ...ground, internal: true }
  expect(kinds(claim('Jana Weber mended 7 of them at a margin'), inside)).toEqual(['number-outside-lock'])
})
