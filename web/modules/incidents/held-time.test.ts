import { expect, test } from 'vitest'
import type { ExplanationStep, HistoryEntry } from '#api/incidents'
import { heldByTeam } from './held-time.ts'

function step(from: string, to: string, countedSeconds: number): ExplanationStep {
  return {
    from: new Date(from),
    to: new Date(to),
    kind: countedSeconds > 0 ? 'run' : 'closed',
    reason: null,
    countedSeconds,
    elapsedSeconds: 0,
    sentence: '',
  }
}

function assigned(at: string, team: string): HistoryEntry {
  const moment = new Date(at)
  return {
    id: '01a1c4d6-0027-7cc7-af12-1aa57b082c23',
    kind: 'incident.assigned',
    occurredAt: moment,
    recordedAt: moment,
    actor: null,
    visibility: 'internal',
    facts: { team: { from: null, to: team } },
  }
}

const steps = [
  step('2026-11-09T08:00Z', '2026-11-09T09:00Z', 3600),
  step('2026-11-09T09:00Z', '2026-11-09T17:00Z', 28_800),
  step('2026-11-09T17:00Z', '2026-11-10T07:00Z', 0),
  step('2026-11-10T07:00Z', '2026-11-10T08:00Z', 3600),
]

test('each team is told the time for which it had the incident, and together they had all of it', () => {
  const held = heldByTeam(steps, [assigned('2026-11-09T08:00Z', 'desk'), assigned('2026-11-09T09:00Z', 'network')])
  expect(held).toEqual([
    { team: 'desk', seconds: 3600 },
    { team: 'network', seconds: 32_400 },
  ])
})

test('time before anybody had it is nobody’s', () => {
  expect(heldByTeam(steps, [assigned('2026-11-09T09:00Z', 'network')])[0]).toEqual({ team: null, seconds: 3600 })
})

test('who gets it back has it under one sum', () => {
  const there = [
    assigned('2026-11-09T08:00Z', 'desk'),
    assigned('2026-11-09T09:00Z', 'network'),
    assigned('2026-11-10T06:00Z', 'desk'),
  ]
  expect(heldByTeam(steps, there)).toEqual([
    { team: 'desk', seconds: 7200 },
    { team: 'network', seconds: 28_800 },
  ])
})
