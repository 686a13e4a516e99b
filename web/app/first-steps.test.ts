import { expect, test } from 'vitest'
import { firstSteps, thingsToSee, type WhatIs } from '#web/app/first-steps.ts'

const nothing: WhatIs = {
  hasTickets: false,
  hasActiveAgreement: false,
  hasReview: false,
  hasColleagues: false,
  hasTwoFactor: false,
}
const states = (is: Partial<WhatIs>) =>
  Object.fromEntries(firstSteps({ ...nothing, ...is }).map(({ key, state }) => [key, state]))

test('in an empty installation there is nothing to see and nothing to review yet', () => {
  expect(states({})).toMatchObject({ import: 'next', agree: 'next', attainment: 'later', review: 'later' })
})

test('tickets alone cannot be measured: an agreement is missing', () => {
  expect(states({ hasTickets: true })).toMatchObject({ import: 'done', agree: 'next', attainment: 'later' })
})

test('with tickets and an agreement the attainment is there and a review can be made', () => {
  expect(states({ hasTickets: true, hasActiveAgreement: true })).toMatchObject({ attainment: 'next', review: 'next' })
})

test('a review that was made is done, whatever became of the rest', () => {
  expect(states({ hasReview: true })).toMatchObject({ review: 'done', import: 'next' })
})

test('whoever only reads is not told to agree, import, review or invite', () => {
  const keys = thingsToSee({ ...nothing, hasTickets: true }).map(({ key, state }) => [key, state])
  expect(keys).toEqual([
    ['desk', 'next'],
    ['attainment', 'later'],
    ['read', 'later'],
    ['two-factor', 'next'],
  ])
})
