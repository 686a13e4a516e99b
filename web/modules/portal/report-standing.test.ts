import { expect, test } from 'vitest'
import type { Incident } from '#api/incidents'
import { standingOf, theirsFirst } from './report-standing.ts'

const now = new Date('2026-03-02T12:00Z')
const due = new Date('2026-03-03T13:00Z')

type Clock = Incident['clocks'][number]

function report(
  state: Incident['state'],
  pauseReason: string | null = null,
  clock: Pick<Clock, 'state' | 'dueAt'> = { state: 'running', dueAt: due },
) {
  const resolution: Clock = {
    id: '00000000-0000-4000-8000-000000000000',
    metric: 'resolution',
    startedAt: now,
    stoppedAt: null,
    breachedAt: null,
    targetSeconds: 3600,
    elapsedSeconds: 0,
    ...clock,
  }
  return { state, pauseReason, clocks: [resolution] }
}

test.each([
  ['new', null, 'received', due],
  ['assigned', null, 'received', due],
  ['in-progress', null, 'working', due],
  ['on-hold', 'awaiting-supplier', 'waiting', due],
  ['on-hold', 'awaiting-requester', 'answer', null],
  ['on-hold', 'awaiting-customer', 'answer', null],
  ['restored', null, 'restored', null],
  ['resolved', null, 'confirm', null],
  ['closed', null, 'closed', null],
  ['cancelled', null, 'cancelled', null],
] as const)('%s, waiting for %s, is told as %s', (state, reason, kind, promised) => {
  expect(standingOf(report(state, reason), now)).toMatchObject({ kind, promised, late: false })
})

test('a promise that has passed is told as late, one that stands still not at all', () => {
  const past = new Date('2026-03-02T11:00Z')
  expect(standingOf(report('in-progress', null, { state: 'breached-running', dueAt: past }), now).late).toBe(true)
  const paused = report('on-hold', 'awaiting-supplier', { state: 'paused', dueAt: null })
  expect(standingOf(paused, now)).toMatchObject({ promised: null, late: false })
})

test('what waits for the person comes first, and otherwise stays in its order', () => {
  const all = [report('in-progress'), report('resolved'), report('new'), report('on-hold', 'awaiting-requester')]
  expect(theirsFirst(all, now).map(({ state }) => state)).toEqual(['resolved', 'on-hold', 'in-progress', 'new'])
})
