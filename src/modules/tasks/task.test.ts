import { expect, test } from 'vitest'
import { nextTaskStates, type TaskKind, type TaskState, travelMinutesAt } from './task.ts'

test.each<[TaskKind, TaskState, readonly TaskState[]]>([
  ['field', 'open', ['accepted', 'en-route', 'started', 'done', 'failed', 'dropped']],
  ['field', 'accepted', ['en-route', 'started', 'done', 'failed', 'dropped', 'open']],
  ['remote', 'accepted', ['started', 'done', 'failed', 'dropped', 'open']],
  ['check', 'done', ['open']],
  ['approval', 'failed', ['open']],
])('a %s task that is %s can become %j', (kind, state, next) => {
  expect(nextTaskStates(kind, state)).toEqual(next)
})

const begun = new Date('2026-03-02T09:00Z')

test.each([
  ['nobody set off', { departedAt: null, travelMinutes: null }, null],
  ['forty minutes and a bit', { departedAt: new Date('2026-03-02T08:19:40Z'), travelMinutes: null }, 40],
  ['what was said holds', { departedAt: new Date('2026-03-02T08:00Z'), travelMinutes: 15 }, 15],
  [
    'a departure that was forgotten for days is a day',
    { departedAt: new Date('2026-02-20T08:00Z'), travelMinutes: null },
    1440,
  ],
])('the way there: %s', (_, way, minutes) => {
  expect(travelMinutesAt(way, begun)).toBe(minutes)
})
