import { expect, test } from 'vitest'
import { byConsequence, stakeOf, type Weighed } from './consequence.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 10, hour))
const incident = (
  name: string,
  priority: NonNullable<Weighed['priority']>,
  why: 'late' | 'due-soon',
  hour: number,
) => ({
  name,
  priority,
  why: [why],
  stake: stakeOf(priority, [why]),
  due: at(hour),
})

test('work that stands still comes first, then promises that can still be kept, then broken ones, then paper', () => {
  const list = [
    { name: 'paper', stake: 'paper' as const, why: 'ends', due: at(0) },
    incident('broken p3', 'p3', 'late', 2),
    { name: 'report', stake: 'report' as const, why: 'ready', due: null },
    incident('soon p4', 'p4', 'due-soon', 11),
    incident('soon p3', 'p3', 'due-soon', 12),
    incident('p2 late', 'p2', 'late', 1),
    incident('p1 soon', 'p1', 'due-soon', 12),
    incident('p1 late', 'p1', 'late', 9),
  ]
  expect(list.toSorted(byConsequence).map(({ name }) => name)).toEqual([
    'p1 late',
    'p1 soon',
    'p2 late',
    'soon p4',
    'soon p3',
    'broken p3',
    'report',
    'paper',
  ])
})

test('what has no moment stands after what has one, and the graver first among equals', () => {
  const list = [
    { name: 'none', stake: 'people' as const, why: 'yours', due: null, priority: 'p3' as const },
    { name: 'none, p1', stake: 'people' as const, why: 'yours', due: null, priority: 'p1' as const },
    { name: 'some', stake: 'people' as const, why: 'yours', due: at(20), priority: 'p4' as const },
  ]
  expect(list.toSorted(byConsequence).map(({ name }) => name)).toEqual(['some', 'none, p1', 'none'])
})

test('a grave incident that only came back does not stand still', () => {
  expect(stakeOf('p1', ['reopened'])).toBe('people')
  expect(stakeOf('p2', ['unassigned', 'reopened'])).toBe('production')
  expect(stakeOf('p3', ['late'])).toBe('promise')
})
