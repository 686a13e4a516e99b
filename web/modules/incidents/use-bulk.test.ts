import { expect, test } from 'vitest'
import { contrariesOf } from './use-bulk.ts'

const before = { team: null, assignee: null, state: 'in-progress', impact: 'low', urgency: 'high' } as const
const item = (incident: string, was: object = {}, changed = true) => ({
  incident,
  number: incident,
  changed,
  code: null,
  message: null,
  version: 2,
  before: changed ? { ...before, ...was } : null,
})

test('what was assigned goes back to whom each had it, those of one team together', () => {
  const items = [
    item('A', { team: 'one' }),
    item('B', { team: 'two' }),
    item('C', { team: 'one' }),
    item('D', {}, false),
  ]
  expect(contrariesOf(items, { assign: { team: 'three' } })).toEqual([
    { incidents: ['A', 'C'], change: { assign: { team: 'one' } } },
    { incidents: ['B'], change: { assign: { team: 'two' } } },
  ])
})

test('a hold is taken back, a resolution is not', () => {
  expect(contrariesOf([item('A')], { transition: { to: 'on-hold' } })).toMatchObject([
    { change: { transition: { to: 'in-progress' } } },
  ])
  expect(contrariesOf([item('A')], { transition: { to: 'resolved' } })).toEqual([])
})
